"""Models on labelled posts of one's own: scores, slices, mistakes, and what is too good."""

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.errors import ArgumentError, InputError, LabelWarning, LeakWarning
from stancekit.features.transformers import WordNgrams
from stancekit.scores.scoring import make_report
from stancekit.study.evaluating import mistakes
from stancekit.study.evaluating.result import SEEN
from tests.support import invented

CLASSES = ("no", "yes")


def fit(posts, name="mine", bits=10):
    return stancekit.train(posts, name=name, blocks={"words": WordNgrams(bits=bits)}, n_jobs=1)


@pytest.fixture(scope="module")
def model():
    return fit(invented.posts(60, CLASSES, seed=1))


@pytest.fixture(scope="module")
def other():
    return fit(invented.posts(20, CLASSES, seed=2, noise=0.8), name="other")


@pytest.fixture
def posts():
    made = invented.posts(50, CLASSES, seed=77, noise=0.7)
    made.index = [f"row {place}" for place in range(len(made))]
    return made.assign(place=["hall", "stop"] * 50)


def test_the_report_is_that_of_the_probabilities(model, posts):
    found = stancekit.evaluate(model, posts)
    by_hand = make_report(
        posts["label"].tolist(), model.predict_proba(posts, text="text"), CLASSES, how="By hand."
    )
    assert found.comparison is None
    assert found.report.counts == by_hand.counts
    assert found.report.macro_f1.value == by_hand.macro_f1.value
    assert found.report.groups <= found.report.posts == 100
    assert found.seen == {"mine": 0}


def test_slices_are_the_scores_of_their_posts(model, posts):
    found = stancekit.evaluate(model, posts, by="place")
    assert found.slices["value"].tolist() == ["hall", "stop"]
    for row in found.slices.itertuples():
        alone = stancekit.evaluate(model, posts[posts["place"] == row.value]).report
        assert row.posts == alone.posts
        assert row.macro_f1 == alone.macro_f1.value
        assert row.accuracy_low == alone.accuracy.low
    assert "By place" in str(found)


def test_many_values_are_the_most_frequent_and_numbers_are_quarters(model, posts):
    posts["words"] = np.arange(100) % 50 + 0.5
    posts["author"] = [f"author {place % 60}" for place in range(100)]
    found = stancekit.evaluate(model, posts, by=["words", "author"]).slices
    assert (found["by"] == "words").sum() == 4
    assert "all others" in set(found["value"])
    assert found.groupby("by")["posts"].sum().tolist() == [100, 100]


def test_mistakes_come_with_what_spoke_for_them(model, posts):
    errors = stancekit.evaluate(model, posts, by="place").errors
    labels = model.classify(posts, text="text")
    wrong = labels[labels["label"].astype(object) != posts["label"]]
    assert set(errors.index) == set(wrong.index)
    assert len(errors) > 3
    assert errors["confidence"].is_monotonic_decreasing
    assert (errors["true"] != errors["predicted"]).all()
    assert errors["evidence"].str.startswith("+").all()
    assert set(errors["slice"]) == {"place=hall", "place=stop"}
    for row, error in errors.iterrows():
        assert error["text"] == posts.loc[row, "text"]
        assert error["predicted"] == labels.loc[row, "label"]


def test_several_models_are_compared_on_the_same_posts(model, other, posts):
    found = stancekit.evaluate([model, other], posts, by="place")
    assert list(found.reports) == list(found.comparison.names) == ["mine", "other"]
    for place, report in enumerate(found.reports.values()):
        assert found.comparison.macro_f1[place].value == pytest.approx(report.macro_f1.value)
    assert len(found.slices) == 4
    assert set(found.errors["model"]) == {"mine", "other"}
    assert set(found.to_frame()["model"]) == {"mine", "other"}
    assert "2 models on the same 100 posts" in found.to_markdown()
    assert found.to_latex().count(r"\begin{tabular}") == 5


def test_posts_a_model_was_trained_on_are_told_and_scored_apart(model):
    known, new = invented.posts(60, CLASSES, seed=1), invented.posts(20, CLASSES, seed=77)
    both = pd.concat([known, new.assign(text="RT @ana: " + new["text"])], ignore_index=True)
    both["text"] = both["text"].str.upper()
    with pytest.warns(LeakWarning, match="stood in the training data of 'mine'"):
        found = stancekit.evaluate(model, both)
    assert found.seen["mine"] >= 120
    assert found.slices["by"].unique().tolist() == [SEEN]
    assert found.slices.set_index("value").loc["yes", "posts"] == found.seen["mine"]


def test_spellings_are_the_models(model, posts):
    typed = posts.assign(label=[f" {label.upper()}" for label in posts["label"]])
    found, as_is = stancekit.evaluate(model, typed), stancekit.evaluate(model, posts)
    assert found.report.counts == as_is.report.counts


def test_models_that_spell_labels_otherwise_are_compared(model, posts):
    shouting = invented.posts(60, CLASSES, seed=1)
    loud = fit(shouting.assign(label=shouting["label"].str.upper()), name="loud")
    (pair,) = stancekit.evaluate([model, loud], posts).comparison.pairs
    assert pair.only_first == pair.only_second == 0


def test_what_tells_the_label_is_said(model, posts):
    with pytest.warns(LeakWarning, match="column 'file' alone tells the label"):
        stancekit.evaluate(model, posts.assign(file=posts["label"] + ".csv"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda posts: posts.drop(columns="label"), "no column 'label'"),
        (lambda posts: posts.assign(label="maybe"), "label 'maybe' is none of the model's"),
        (lambda posts: posts.assign(label=None), "no post has both a text and a label"),
        (lambda posts: posts.iloc[:0], "no post has both a text and a label"),
        (lambda posts: posts["text"], "Series"),
    ],
    ids=["no label column", "unknown label", "no labels", "no rows", "no frame"],
)
@pytest.mark.filterwarnings("ignore::stancekit.errors.LabelWarning")
def test_what_cannot_be_evaluated_is_refused(model, posts, change, said):
    with pytest.raises(InputError, match=said):
        stancekit.evaluate(model, change(posts))


@pytest.mark.parametrize("given", [[], ["fast", "fast"]], ids=["none", "twice"])
def test_models_that_cannot_be_compared(given, posts):
    with pytest.raises(ArgumentError):
        stancekit.evaluate(given, posts)


def test_a_column_to_slice_by_that_is_not_there(model, posts):
    with pytest.raises(InputError, match="'nowhere'"):
        stancekit.evaluate(model, posts, by="nowhere")


def test_one_label_two_rows_and_copies_have_scores_without_false_certainty(model):
    two = pd.DataFrame({"text": ["bravo indeed", "so it is bravo"], "label": ["yes", "yes"]})
    found = stancekit.evaluate(model, two)
    assert found.report.posts == 2
    copies = pd.DataFrame({"text": ["It is a flawed and mistaken plan"] * 9, "label": ["no"] * 9})
    report = stancekit.evaluate(model, copies).report
    assert report.groups == 1
    assert report.macro_f1.low is None
    assert "no interval" in str(report)


def test_rows_without_text_or_label_are_counted(model, posts):
    posts.iloc[0, 0], posts.iloc[1, 1] = None, None
    with pytest.warns(LabelWarning, match="1 of 100 rows have no label"):
        found = stancekit.evaluate(model, posts)
    assert found.report.posts == 98
    assert sum(found.report.dropped.values()) == 2


def test_however_many_mistakes_there_are_the_surest_are_kept(model, posts, monkeypatch):
    every = stancekit.evaluate(model, posts).errors
    monkeypatch.setattr(mistakes, "MOST", 3)
    assert stancekit.evaluate(model, posts).errors.equals(every.iloc[:3])
