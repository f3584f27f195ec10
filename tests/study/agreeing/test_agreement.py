import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import ArgumentError, InputError
from stancekit.study import agreement

krippendorff = pytest.importorskip("krippendorff")


def annotations(matrix, names=None):
    """A long table of a matrix: a row a post, a column an annotator, None where there is none."""
    rows = [
        (str(item), (names or [f"ann{k}" for k in range(len(labels))])[place], label)
        for item, labels in enumerate(matrix)
        for place, label in enumerate(labels)
        if label is not None
    ]
    return pd.DataFrame(rows, columns=["item_id", "annotator", "label"])


@st.composite
def matrices(draw):
    labels = st.sampled_from([None, 1, 2, 3, 7])
    row = st.lists(labels, min_size=3, max_size=3)
    return draw(st.lists(row, min_size=2, max_size=12))


@settings(deadline=None, max_examples=60)
@given(matrices(), st.sampled_from(["nominal", "ordinal"]))
def test_alpha_is_that_of_the_package_krippendorff(matrix, level):
    data = np.array([[np.nan if v is None else v for v in row] for row in matrix], float)
    shared = data[(~np.isnan(data)).sum(axis=1) >= 2]
    if len(shared) == 0 or len(np.unique(shared[~np.isnan(shared)])) < 2:
        return
    expected = krippendorff.alpha(reliability_data=data.T, level_of_measurement=level)
    assert agreement(annotations(matrix), level=level).alpha == pytest.approx(expected)


def test_the_interval_holds_alpha_and_narrows_with_more_posts():
    rng = np.random.default_rng(3)

    def table(size):
        truth = rng.choice(["for", "against", "none"], size)
        return annotations([[t if rng.random() < 0.8 else "none" for _ in range(3)] for t in truth])

    few, many = agreement(table(60)), agreement(table(960))
    for found in (few, many):
        low, high = found.interval
        assert low < found.alpha < high
    width = [f.interval[1] - f.interval[0] for f in (few, many)]
    assert width[1] < width[0] / 2.5  # posts are drawn again: sixteen times as many, a quarter


def test_agreement_by_label_is_that_of_two_raters():
    matrix = [["a", "a"]] * 6 + [["a", "b"]] * 2 + [["b", "b"]] * 1
    by_label = agreement(annotations(matrix)).by_label.set_index("label")["agreement"]
    assert by_label["a"] == pytest.approx(2 * 6 / (2 * 6 + 2))
    assert by_label["b"] == pytest.approx(2 * 1 / (2 * 1 + 2))


def test_pairs_need_thirty_common_posts():
    matrix = [["x", "x", None]] * 20 + [["x", "y", "x"]] * 9 + [["y", "y", "y"]] * 1
    assert agreement(annotations(matrix)).pairs.to_dict("records") == [
        {
            "a": "ann0",
            "b": "ann1",
            "posts": 30,
            "agreement": 0.7,
            "kappa": pytest.approx((0.7 - (29 / 30 * 2 / 3 + 1 / 30 / 3)) / (1 - 0.6555555)),
        }
    ]


def test_annotators_are_told_one_a_line_and_the_worst_posts_first():
    table = annotations([["x", "x", "x"], ["x", "y", "x"], ["x", "y", "z"]], ["ana", "bo", "cy"])
    found = agreement(table)
    row = found.annotators.set_index("annotator").loc["bo"]
    assert (row["annotations"], row["shared"], row["share_y"]) == (3, 3, pytest.approx(2 / 3))
    assert row["agreement"] == pytest.approx(2 / 6)
    assert found.disagreements["item_id"].tolist() == ["2", "1"]
    assert found.disagreements["labels"].tolist() == ["x 1, y 1, z 1", "x 2, y 1"]


def test_posts_without_ids_are_told_by_their_text():
    table = pd.DataFrame(
        [("Save the tram", "ana", "for"), ("Save  the tram", "bo", "for"), ("No", "bo", "against")],
        columns=["text", "annotator", "label"],
    )
    found = agreement(table)
    assert (found.posts, found.shared) == (2, 1)


def test_annotators_without_a_name_are_different_people():
    table = annotations([["x", "x"], ["x", "y"], ["y", "y"]]).assign(annotator=pd.NA)
    named = agreement(annotations([["x", "x"], ["x", "y"], ["y", "y"]]))
    found = agreement(table)
    assert found.alpha == named.alpha
    assert found.annotators.empty
    assert "have no names" in str(found)


def test_the_last_annotation_of_a_post_counts():
    table = annotations([["x", "x"], ["y", "y"], ["x", "y"]])
    table["time"] = pd.Timestamp("2026-01-01", tz="UTC")
    table["source_ref"] = [f"a.json:{n}" for n in range(len(table))]
    later = pd.DataFrame(
        [("2", "ann1", "x", pd.Timestamp("2026-01-02", tz="UTC"), "a.json:0")],
        columns=list(table),
    )
    found = agreement(pd.concat([later, table], ignore_index=True))
    assert found.alpha == 1.0
    assert "left out: 1 annotation that the same annotator made again" in str(found)


def test_several_labels_chosen_at_once_are_one():
    table = annotations([["x", "x"], ["y", "y"]])
    table["source_ref"] = ["a:1", "a:2", "a:3", "a:4"]
    both = pd.DataFrame([("1", "ann1", "x", "a:4")], columns=list(table))
    found = agreement(pd.concat([table, both], ignore_index=True))
    assert found.labels == ("x", "x + y", "y")
    assert "of several labels at once" in str(found)
    with pytest.raises(InputError, match="no place in an order"):
        agreement(pd.concat([table, both], ignore_index=True), level="ordinal")


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ([["x", None], [None, "y"]], "no post was labelled by two annotators"),
        ([["x", "x"], ["x", "x"]], "labelled 'x' by all"),
    ],
)
def test_undefined_is_said_in_a_sentence(matrix, said):
    found = agreement(annotations(matrix))
    assert np.isnan(found.alpha)
    assert said in str(found)
    assert "nan" not in str(found)
    assert found.to_frame()["value"].notna().sum() <= 1


def test_full_agreement_has_the_interval_of_the_rule_of_three():
    found = agreement(annotations([["x", "x"]] * 30 + [["y", "y"]] * 30))
    assert found.alpha == 1.0
    assert 0.85 < found.interval[0] < 0.95
    assert "rule of three" in str(found)


def test_it_shows_itself_and_obeys_no_text():
    table = annotations([["<b>x", "y\x1b[2J"]] * 3).assign(text="<script>alert(1)</script>")
    found = agreement(table)
    assert "\x1b" not in str(found)
    assert "<script>" not in found._repr_html_()
    mpl.use("agg")
    assert found.plot().get_title().startswith("Agreement")
    assert found.to_frame().columns.tolist() == ["measure", "label", "value", "low", "high"]


def test_what_cannot_be_compared_is_said():
    table = annotations([["x", "y"]])
    with pytest.raises(ArgumentError, match="level is 'interval'"):
        agreement(table, level="interval")
    with pytest.raises(InputError, match="no column 'label'"):
        agreement(table.drop(columns="label"))
    with pytest.raises(InputError, match="label 'x' is no number"):
        agreement(table, level="ordinal")
    with pytest.raises(InputError, match="nothing in the table has a label"):
        agreement(table.assign(label=pd.NA))
    texts = annotations([[f"a whole sentence, number {n}"] * 2 for n in range(200)])
    with pytest.raises(InputError, match="does it hold texts"):
        agreement(texts)
