"""Pictures take an Axes and give it back, on light and dark ground, in the colours of labels."""

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.errors import InputError
from stancekit.labels import LABELS
from stancekit.reporting import most_addressed, most_used, tally
from stancekit.scores.scoring import make_report
from stancekit.show.palette import looks
from tests.support.evening import labelled

pyplot = pytest.importorskip("matplotlib.pyplot")


@pytest.fixture(autouse=True)
def figures():
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def posts():
    return labelled()


@pytest.fixture(scope="module")
def found(posts):
    pileons = stancekit.find_pileons(posts)
    rng = np.random.default_rng(0)
    true = rng.integers(0, 4, 300)
    proba = rng.dirichlet([1] * 4, 300)
    proba[np.arange(300), true] += 1
    proba /= proba.sum(axis=1, keepdims=True)
    return {
        "shares": tally(posts),
        "timeline": stancekit.timeline(posts),
        "storm": stancekit.find_storms(posts, pileons=pileons),
        "pileon": pileons,
        **dict.fromkeys(
            ("confusion", "reliability", "coverage"),
            make_report(np.array(LABELS)[true], proba, LABELS, how="invented"),
        ),
    }


def drawn(ax):
    """The colours of what is filled in an Axes, or marks a place."""
    from matplotlib.colors import to_hex

    return {to_hex(one.get_facecolor()) for one in ax.patches} | {
        to_hex(one.get_color()) for one in ax.lines
    }


@pytest.mark.parametrize(
    "name",
    ["shares", "timeline", "storm", "pileon", "confusion", "reliability", "coverage"],
)
@pytest.mark.parametrize("style", ["default", "dark_background"])
def test_each_draws_into_the_axes_it_is_given(found, name, style):
    with pyplot.style.context(style):
        _, ax = pyplot.subplots()
        assert getattr(stancekit.plot, name)(found[name], ax=ax) is ax
        ax.figure.canvas.draw()
        if name in ("shares", "storm", "pileon"):
            own = {look.on(style != "default").lower() for look in looks(LABELS)}
            assert own <= drawn(ax)


def test_a_storm_is_found_by_its_key(found, posts):
    key = next(iter(found["storm"])).key
    ax = stancekit.plot.storm(found["storm"], f"#{key.upper()}")
    assert key in ax.get_title()
    with pytest.raises(InputError, match="no storm"):
        stancekit.plot.storm(found["storm"], "nothing")
    none = stancekit.find_storms(posts, floor=10_000)
    assert stancekit.plot.storm(none) is not None


def test_the_targets_own_posts_are_marked(found, posts):
    hours = found["pileon"].hours[0]
    own = posts.head(3).assign(author="ana_vale", kind="post", text="hello")
    own["reply_to_author"] = pd.array(["writer1"] * 3, "string")

    ax = stancekit.plot.pileon(found["pileon"], posts=pd.concat([posts, own]))
    (marks,) = [line for line in ax.lines if line.get_marker() == "v"]
    assert len(marks.get_xdata()) == 3
    assert (marks.get_xdata() >= 0).all()
    assert (marks.get_xdata() <= np.ptp(hours[:, 0]) + 1).all()


def test_what_is_counted_draws_itself(posts):
    for one in (
        stancekit.distinguishing(posts),
        stancekit.distinguishing(posts.head(3)),
        most_used(posts),
        most_addressed(posts),
        stancekit.report(posts),
    ):
        ax = one.plot()
        ax.figure.canvas.draw()
