"""A report adds up, survives JSON, and can be read in a terminal, a notebook and a figure."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from stancekit.errors import FormatError, InputError
from stancekit.labels import LABELS
from stancekit.scores.calibration import softmax
from stancekit.scores.report import Report
from stancekit.scores.scoring import make_report
from stancekit.show.cells import width

HOW = "5-fold cross-validation grouped by near-duplicate, out of fold."


def sample(classes=LABELS, posts=300, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, len(classes), posts)
    logits = rng.normal(size=(posts, len(classes)))
    logits[np.arange(posts), y] += 2
    return [classes[code] for code in y], softmax(logits)


def report(classes=LABELS, posts=300, seed=0, **options):
    return make_report(*sample(classes, posts, seed), classes, how=HOW, **options)


NAMES = st.one_of(
    st.lists(st.text(max_size=40), min_size=2, max_size=12, unique=True),
    st.lists(st.integers(-5, 10**6), min_size=2, max_size=12, unique=True),
)


@pytest.mark.slow
@given(names=NAMES, posts=st.integers(1, 40), seed=st.integers(0, 9), grouped=st.booleans())
@settings(max_examples=60)
def test_any_labels_come_back_from_json_and_can_be_shown(names, posts, seed, grouped):
    made = report(names, posts, seed, groups=np.arange(posts) // 3 if grouped else None)
    again = Report.from_dict(json.loads(json.dumps(made.to_dict())))
    assert again == made
    assert str(again) == str(made)
    assert again._repr_html_() == made._repr_html_()
    assert made.posts == posts == made.confusion.to_numpy().sum()


def test_numbers_are_scikit_learns():
    y, proba = sample()
    made = report()
    guess = np.array(LABELS)[proba.argmax(axis=1)]
    assert made.macro_f1.value == pytest.approx(sk.f1_score(y, guess, average="macro"))
    assert made.accuracy.value == pytest.approx(sk.accuracy_score(y, guess))
    assert (made.confusion.to_numpy() == sk.confusion_matrix(y, guess, labels=LABELS)).all()
    table = made.per_class
    assert table["f1"].to_numpy() == pytest.approx(
        sk.f1_score(y, guess, average=None, labels=LABELS)
    )
    assert (table["f1_low"] < table["f1"]).all()
    assert (table["f1"] < table["f1_high"]).all()
    assert table["support"].sum() == table["predicted"].sum() == 300


def test_coverage_starts_with_all_posts_and_follows_the_confidence():
    y, proba = sample()
    curve = report().coverage
    assert curve["kept"].iloc[0] == 1
    assert curve["kept"].is_monotonic_decreasing
    assert curve["threshold"].is_monotonic_increasing
    right = np.array(LABELS)[proba.argmax(axis=1)] == np.array(y)
    truth, guess = np.array(y), np.array(LABELS)[proba.argmax(axis=1)]
    for row in curve.to_dict("records"):
        passed = proba.max(axis=1) >= row["threshold"]
        assert row["kept"] == pytest.approx(passed.mean())
        assert row["accuracy"] == pytest.approx(right[passed].mean())
        assert row["macro_f1"] == pytest.approx(
            sk.f1_score(truth[passed], guess[passed], average="macro", zero_division=0)
        )
        precision = sk.precision_score(
            truth[passed], guess[passed], labels=LABELS, average=None, zero_division=np.nan
        )
        found = [row[f"precision_{name}"] for name in LABELS]
        assert found == pytest.approx(precision.tolist(), nan_ok=True)


def test_order_of_posts_changes_nothing_but_rounding():
    y, proba = sample()
    places = np.random.default_rng(3).permutation(len(y))
    shuffled = make_report([y[i] for i in places], proba[places], LABELS, how=HOW)
    assert str(shuffled) == str(report())


def test_class_without_posts_has_no_f1_and_does_not_count_in_the_mean():
    made = make_report(["a", "b"] * 20, [[0.8, 0.2, 0], [0.2, 0.8, 0]] * 20, "abc", how=HOW)
    assert made.f1[2] is None
    assert made.macro_f1.value == 1
    assert np.isnan(made.per_class.loc["c", "f1"])
    assert "–" in str(made)


def test_groups_and_what_was_left_out_are_told():
    made = report(groups=np.arange(300) // 2, dropped={"no text": 12, "annotators disagree": 1234})
    assert "300 posts in 150 groups of near-duplicates" in str(made)
    assert "no text 12, annotators disagree 1,234" in str(made)
    assert HOW in str(made)
    assert "no interval" in str(report(groups=[0] * 300))


@pytest.mark.parametrize("classes", [LABELS, ("賛成", "反対", "e\u0301t\u00e9"), ("a\nb", "")])
def test_columns_line_up_in_a_terminal(classes):
    for block in str(report(classes)).split("\n\n")[1:]:
        lines = block.split("\n")
        lines = lines if lines[0].startswith("class") else lines[1:]
        assert len({width(line) for line in lines}) == 1, block


def test_many_classes_fit_a_terminal():
    text = str(report([f"topic {n}" for n in range(30)]))
    assert "Most often mixed up" in text
    assert max(map(width, text.split("\n"))) <= 110


@pytest.mark.slow
@pytest.mark.parametrize("classes", [("yes", "no"), LABELS, [f"$topic_{n}^" for n in range(20)]])
def test_a_plot_draws_what_the_frames_say_and_cuts_nothing_off(classes):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    made = report(classes)
    figure = made.plot().figure
    figure.canvas.draw()
    figure.canvas.draw()  # the layout settles in the second
    (width, height), box = figure.get_size_inches(), figure.get_tightbbox()
    assert min(box.x0, box.y0, width - box.x1, height - box.y1) > -0.05, "a label is cut off"
    _, confusion, diagram, coverage = figure.axes[:4]
    names = [label.get_text().replace("\\$", "$") for label in confusion.get_yticklabels()]
    assert names == list(classes)
    assert diagram.get_xlabel() == "confidence"
    assert f"{made.ece:.3f}" in diagram.get_title()
    assert (diagram.lines[1].get_ydata() == made.reliability["accuracy"]).all()
    assert (coverage.lines[0].get_ydata() == made.coverage["accuracy"]).all()
    assert (coverage.lines[1].get_xdata() == made.coverage["kept"]).all()
    pyplot.close(figure)


def test_a_frame_holds_every_score_with_its_interval():
    made = report()
    frame = made.to_frame().set_index(["metric", "label"])
    assert len(frame) == 3 + 3 * len(LABELS)
    whole = frame.loc[("macro_f1", None)]
    assert tuple(whole) == (*(getattr(made.macro_f1, end) for end in ("value", "low", "high")), 300)
    for place, name in enumerate(LABELS):
        assert frame.loc[("f1", name), "low"] == made.f1[place].low
        assert frame.loc[("recall", name), "value"] == made.per_class.loc[name, "recall"]
        assert frame.loc[("precision", name), "posts"] == made.per_class.loc[name, "predicted"]
    without = made.to_frame().query("metric in ('precision', 'recall', 'calibration_error')")
    assert without["low"].isna().all()


def test_calibration_error_is_shown_beside_that_of_chance():
    made = report()
    assert f"{made.ece_by_chance:.3f}"[1:] + " is chance on this many posts" in str(made)


@pytest.mark.slow
def test_perfect_probabilities_have_the_calibration_error_of_chance():
    rng = np.random.default_rng(0)
    found = []
    for _ in range(40):
        proba = softmax(rng.normal(size=(800, 4)))
        y = (rng.random((800, 1)) > proba.cumsum(axis=1)).sum(axis=1).clip(0, 3)
        made = make_report([LABELS[code] for code in y], proba, LABELS, how=HOW)
        found.append(made.ece - made.ece_by_chance)
    assert abs(np.mean(found)) < 0.005


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"classes": ["a"]}, "at least 2"),
        ({"proba": [[0.5, 0.5]]}, "y_true has 2 labels, proba 1"),
        ({"proba": [[0.5, 0.5], [0.5, 0.1]]}, "row 1"),
        ({"proba": [[0.5, 0.5], [np.nan, 1]]}, "row 1"),
        ({"proba": [[1.0], [1.0]]}, "shape"),
        ({"y_true": ["a", "z"]}, "'z'"),
        ({"y_true": [], "proba": np.empty((0, 2))}, "at least one row"),
    ],
)
def test_wrong_input_is_named(change, message):
    given = {"y_true": ["a", "b"], "proba": [[0.5, 0.5]] * 2, "classes": ["a", "b"], **change}
    with pytest.raises(InputError, match=message):
        make_report(**given, how=HOW)


@pytest.mark.parametrize("data", [{}, {"report_format": 99}, {"report_format": 1}])
def test_what_is_no_report_is_refused(data):
    with pytest.raises(FormatError):
        Report.from_dict(data)


def test_it_can_be_published():
    made = report(("in_favour", "against & how"))
    assert r"in\_favour" in made.to_latex()
    assert made.to_latex().count(r"\\") == 3
    assert "macro-F1" in made.to_latex().splitlines()[1]
    assert "| in_favour |" in made.to_markdown()
    assert made.to_markdown().startswith("300 posts\n\n")
