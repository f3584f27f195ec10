"""All results are looked at alike: as text, on a page, as a frame and as a picture."""

import importlib
import inspect
import pkgutil
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit import reporting
from stancekit.errors import MissingExtraError
from stancekit.events.pileons.result import PileOns
from stancekit.events.storms.result import Storms
from stancekit.fairness.result import Audit
from stancekit.model.explaining.explanation import Explanation
from stancekit.reporting.counting.addressed import Addressed
from stancekit.reporting.counting.tally import Tally
from stancekit.reporting.counting.timeline import Timeline
from stancekit.reporting.counting.words import Distinguishing, MostUsed
from stancekit.reporting.findings import Findings
from stancekit.reporting.overview import Overview
from stancekit.scores.comparing import compare
from stancekit.scores.comparison import Comparison
from stancekit.scores.report import Report
from stancekit.scores.scoring import make_report
from stancekit.show.shown import OnSheet, Shown
from stancekit.study.agreeing.result import Agreement
from stancekit.study.evaluating.result import Evaluation
from stancekit.study.learning.result import LearningCurve
from stancekit.study.shares.result import Shares
from tests.support.html import read_html

SAVED = Path(__file__).parents[1] / "model" / "saved" / "format-1" / "model"
HOSTILE = '<script>alert("1")</script>\x1b]8;;https://example.org\x07\u202e$x^2$'


TAGS = {
    *("div", "strong", "span", "bdi", "br"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}


def made_report(model):
    return make_report(
        [HOSTILE, "b"] * 30,
        [[0.8, 0.2], [0.4, 0.6]] * 30,
        [HOSTILE, "b"],
        how=HOSTILE,
        dropped={HOSTILE: 2},
    )


def made_explanation(model):
    return model.explain(f"bravo {HOSTILE} clown")


def made_audit(model):
    found = stancekit.audit(model, n=1, progress=False)
    summary = found.summary.assign(test=found.summary["test"] + HOSTILE)
    return Audit(HOSTILE, "0" * 64, 0, found.cases, summary, found.sides, {HOSTILE: 1})


def made_comparison(model):
    guesses = {HOSTILE: ["a", "b"] * 30, f"{HOSTILE}2": ["a"] * 60}
    return compare(["a", "b"] * 30, guesses, "ab", how=HOSTILE)


def made_evaluation(model):
    texts = [f"bravo {HOSTILE} {n}" for n in range(4)] + [f"clown {n}" for n in range(4)]
    posts = pd.DataFrame({"text": texts, "label": ["critical"] * 8, HOSTILE: [HOSTILE, "b"] * 4})
    return stancekit.evaluate(model, posts, by=HOSTILE)


def made_learning_curve(model):
    curves = np.array([[0.7, 2, 0.5], [0.7, 2.2, 0.5]])
    sizes, scores = (100, 200, 400), (0.5, 0.56, 0.6)
    return LearningCurve(500, 100, sizes, scores, np.array([scores] * 2), curves[0], curves, 2)


def made_agreement(model):
    labels = [HOSTILE, HOSTILE, HOSTILE, "b", "b", "b"]
    posts = {"item_id": list("112233"), "annotator": [HOSTILE, "bo"] * 3, "label": labels}
    return stancekit.agreement(pd.DataFrame(posts))


def made_shares(model):
    posts = pd.DataFrame({"id": range(200), "label": [HOSTILE, "b"] * 100})
    checked = posts.sample(80, random_state=0).rename(columns={"label": "true_label"})
    return stancekit.estimate_shares(posts, checked)


def labelled():
    """An evening: a past of three days, then forty accounts at one target, by one hashtag."""
    past = [(f"a{n % 9}", f"t{n % 5}", 3 * n, "neutral") for n in range(1_400)]
    storm = [(f"{HOSTILE}{n}", HOSTILE, 4_300 + n, "dog-piling") for n in range(40)]
    rows = [*past, *storm]
    numbered = list(enumerate(rows))
    said = {"neutral": "the tram is late", "dog-piling": f"clown {HOSTILE} #SaveTheTram"}
    return pd.DataFrame(
        {
            "id": [str(n) for n in range(len(rows))],
            "text": [f"@{target} {said[label]} {n % 7}" for n, (_, target, _, label) in numbered],
            "author": [author for author, *_ in rows],
            "kind": "reply",
            "reply_to_author": [target for _, target, _, _ in rows],
            "mentions": [[target] for _, target, _, _ in rows],
            "inherited": [[] for _ in rows],
            "hashtags": [["SaveTheTram"] if target == HOSTILE else [] for _, target, _, _ in rows],
            "created_at": pd.Timestamp("2026-03-01", tz="UTC")
            + pd.to_timedelta([minute for _, _, minute, _ in rows], unit="min"),
            "label": [label for *_, label in rows],
        }
    )


def made_storms(model):
    return stancekit.find_storms(labelled())


def made_pileons(model):
    return stancekit.find_pileons(labelled())


def made_overview(model):
    return stancekit.report(labelled())


#: One of each class of results; a new class adds its own.
MADE = {
    Report: made_report,
    Explanation: made_explanation,
    Audit: made_audit,
    Comparison: made_comparison,
    Evaluation: made_evaluation,
    LearningCurve: made_learning_curve,
    Agreement: made_agreement,
    Shares: made_shares,
    Storms: made_storms,
    PileOns: made_pileons,
    Overview: made_overview,
    Tally: lambda model: reporting.tally(labelled()),
    Timeline: lambda model: reporting.timeline(labelled()),
    Distinguishing: lambda model: reporting.distinguishing(labelled()),
    MostUsed: lambda model: reporting.most_used(labelled()),
    Addressed: lambda model: reporting.most_addressed(labelled()),
}


@pytest.fixture(scope="module")
def model():
    return stancekit.load(SAVED)


@pytest.fixture(scope="module", params=list(MADE), ids=lambda kind: kind.__name__)
def result(request, model):
    return MADE[request.param](model)


def classes():
    for found in pkgutil.walk_packages(stancekit.__path__, "stancekit."):
        if not found.name.endswith("__main__"):
            for _, kind in inspect.getmembers(importlib.import_module(found.name), inspect.isclass):
                if kind.__module__.startswith("stancekit"):
                    yield kind


def test_what_a_notebook_shows_is_shown_in_every_way():
    kinds = set(classes()) - {Shown, OnSheet, Findings}
    shown = {kind for kind in kinds if issubclass(kind, Shown)}
    bases = {*kinds, OnSheet, Findings}
    ours = {kind: [base for base in kind.__mro__ if base in bases] for kind in kinds}
    in_notebooks = {
        kind for kind in kinds if any("_repr_html_" in vars(base) for base in ours[kind])
    }
    assert in_notebooks == shown
    assert shown == set(MADE), "each class of results is tried out here"


def test_a_class_that_lacks_a_way_cannot_be_used():
    class NoPicture(Shown):
        __str__ = _repr_html_ = to_frame = object.__str__

    with pytest.raises(TypeError, match="plot"):
        NoPicture()


def test_text_steers_no_terminal(result):
    text = str(result)
    assert text.strip()
    assert not re.search("[^\n -~\u00a0-\U0010ffff]|\u202e", text)
    assert all(line == line.rstrip() for line in text.split("\n"))


def test_html_is_balanced_escaped_and_takes_the_colours_of_its_page(result):
    page = result._repr_html_()
    read = read_html(page)
    assert read.tags <= TAGS
    assert read.attributes <= {"style", "title", "scope", "dir"}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", page)
    colours = re.findall(r"(?:background|[^-]color):([^;\"]+)", page)
    assert {colour for colour in colours if not colour.startswith("rgba(")} <= {
        "inherit",
        "transparent",
    }


def test_a_frame_is_the_callers_own(result):
    frame = result.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert len(frame)
    frame["more"] = 1
    assert "more" not in result.to_frame()


@pytest.mark.slow
def test_a_plot_takes_and_gives_an_axes(result):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    figure, axes = pyplot.subplots(1, 2, figsize=(14, 4))
    assert result.plot(axes[1]) is axes[1]
    assert result.plot(ax=axes[0]) is axes[0]
    figure.canvas.draw()
    own = result.plot()
    assert own.figure is not figure
    own.figure.canvas.draw()  # a dollar starts no formula: this would fail
    pyplot.close(figure)
    pyplot.close(own.figure)


def test_without_matplotlib_the_extra_is_named(result, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(MissingExtraError, match=r"stancekit\[notebook\]"):
        result.plot()
