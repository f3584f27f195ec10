import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stancekit
from stancekit.errors import ArgumentError, InputError
from stancekit.model.training.votes import labels_by_votes, votes_of

COLUMNS = ["item_id", "text", "annotator", "label"]


def table(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


THREE = table(
    ("1", "Save the tram", "ana", "for"),
    ("1", "Save the tram", "bo", "For "),
    ("1", "Save the tram", "cy", "against"),
    ("2", "No tram", "ana", "against"),
    ("2", "No tram", "bo", "for"),
    ("3", "Which tram?", "ana", None),
)


def test_the_majority_is_of_what_was_meant_and_ties_are_dropped_and_counted():
    posts, dropped = labels_by_votes(THREE)
    assert posts[["item_id", "label", "votes"]].values.tolist() == [["1", "for", 3]]
    assert posts["agreed"].tolist() == [pytest.approx(2 / 3)]
    assert dropped == {"annotators tie": 1, "annotations without a label": 1}


def test_ties_are_kept_with_equal_weights():
    posts, dropped = labels_by_votes(THREE, ties="keep")
    own = posts[posts["item_id"] == "2"]
    assert own["label"].tolist() == ["against", "for"]
    assert own["weight"].tolist() == [0.5, 0.5]
    assert own["tied"].all()
    assert "annotators tie" not in dropped
    with pytest.raises(ArgumentError, match="ties is 'coin'"):
        labels_by_votes(THREE, ties="coin")


@given(
    st.lists(
        st.tuples(
            st.sampled_from("123"),
            st.just("t"),
            st.sampled_from(["ana", "bo", None]),
            st.sampled_from(["for", "against", "none", None]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_soft_weights_are_one_for_each_post(rows):
    posts, _ = labels_by_votes(table(*rows), soft=True)
    labelled = {row[0] for row in rows if row[3] is not None}
    weights = posts.groupby("item_id")["weight"].sum()
    assert set(weights.index) == labelled
    assert weights.tolist() == pytest.approx([1.0] * len(labelled))
    assert posts.groupby("item_id")["first"].sum().eq(1).all()


def test_several_choices_share_one_vote():
    rows = table(("1", "t", "ana", "x"), ("1", "t", "ana", "y"), ("1", "t", "bo", "y"))
    assert votes_of(rows).table["weight"].tolist() == [0.5, 0.5, 1.0]
    posts, _ = labels_by_votes(rows)
    assert posts["label"].tolist() == ["y"]


def corpus():
    words = [("bravo", "supportive"), ("shame", "critical")]
    rows = []
    for number in range(40):
        word, label = words[number % 2]
        text = f"{word} number {number}"
        rows += [(str(number), text, who, label) for who in ("ana", "bo")]
        rows.append((str(number), text, "cy", "critical" if number < 10 else label))
    rows += [("x", "so it goes", "ana", "supportive"), ("x", "so it goes", "bo", "critical")]
    return table(*rows)


@pytest.mark.filterwarnings("ignore::stancekit.errors.LabelWarning")
def test_train_takes_the_table_of_annotations():
    model = stancekit.train(corpus(), n_jobs=1)
    assert model.report.posts == 40
    assert model.report.dropped == {"annotators tie": 1}
    assert "majority of annotators" in model.report.how
    assert model.classify("bravo!").label[0] == "supportive"


@pytest.mark.filterwarnings("ignore::stancekit.errors.LabelWarning")
def test_soft_labels_are_learnt_from_and_scored_once():
    hard, soft = (stancekit.train(corpus(), soft=soft, n_jobs=1) for soft in (False, True))
    assert soft.report.posts == hard.report.posts == 40
    p = [m.classify("bravo").loc[0, "supportive"] for m in (hard, soft)]
    assert p[0] != p[1]
    kept = stancekit.train(corpus(), ties="keep", n_jobs=1)
    assert kept.report.dropped == {}


def test_a_table_without_any_majority_is_refused():
    tied = table(("1", "t", "ana", "x"), ("1", "t", "bo", "y"))
    with pytest.raises(InputError, match="no post has a label that most"):
        stancekit.train(tied)


@pytest.mark.filterwarnings("ignore::stancekit.errors.LabelWarning")
def test_a_label_that_no_post_has_by_majority_is_left_out_and_counted():
    lonely = pd.concat([corpus(), table(("0", "bravo number 0", "dee", "odd"))])
    model = stancekit.train(lonely, soft=True, n_jobs=1)
    assert model.report.classes == ("supportive", "critical")
    assert model.report.dropped == {"label that no post has by majority": 1}
