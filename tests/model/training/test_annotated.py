"""Labelled posts are checked, and what must stay together is grouped."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.labels import RESERVED
from stancekit.model.training.annotated import annotated

TEXTS = [
    "the library on mill road must stay open",
    "nobody asked for this bridge in the first place",
    "the bus was late again this morning",
    "what a wonderful evening at the town hall",
    "the mayor has not read her own budget",
    "rain until friday and then a little sun",
]


def table(labels, texts=TEXTS, **columns):
    return pd.DataFrame({"text": texts[: len(labels)], "label": labels, **columns})


def read(posts, **options):
    return annotated(posts, text="text", label="label", **options)


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        (["neutral", "critical"] * 3, ("critical", "neutral")),
        (["neutral", "dog-piling", "supportive"] * 2, ("supportive", "dog-piling", "neutral")),
        (["neutral", "angry"] * 3, ("angry", "neutral")),
        (pd.Categorical(["b", "a"] * 3, ["c", "b", "a"]), ("b", "a")),
        (pd.Categorical(["b ", "a"] * 2 + ["b", "a"], ["b", "b ", "a"]), ("b", "a")),
        (pd.Categorical([10, 9] * 3, [10, 9]), (10, 9)),
        ([10, 9] * 3, (9, 10)),
        (["10", "9"] * 3, ("9", "10")),
        ([-1, 0, 1] * 2, (-1, 0, 1)),
        ([1.0, 0.0, np.nan, 1.0, 0.0, 1.0], (0, 1)),
        ([0.5, 1.0] * 3, ("1", "0.5")),
        (pd.array([1, 0, None, 1, 0, 1], dtype="Int64"), (0, 1)),
        ([True, False] * 3, (0, 1)),
        (pd.array([True, None, False, True, False, True], dtype="boolean"), (0, 1)),
        ([np.int8(3), 1, None, 3.0, np.float32(1), 1], (1, 3)),
        (pd.Categorical([2.0, 1.0] * 3, [2.0, 1.0]), (2, 1)),
        ([1, "1 ", "b", "b", 1, 1], ("1", "b")),
        ([1, 0, " ", 1, "", 0], (0, 1)),
        ([10**20, 1] * 3, ("1", "100000000000000000000")),
        (pd.array(["x", "y"] * 3, dtype="string"), ("x", "y")),
        ([" x", "y "] * 3, ("x", "y")),
    ],
)
def test_classes_have_an_order(labels, classes):
    found = read(table(labels))
    assert found.classes == classes
    names = [name for name in pd.Series(labels).dropna() if str(name).strip()]
    for code, name in zip(found.y, names, strict=True):
        if isinstance(name, str) or isinstance(classes[0], int):
            assert classes[code] == (name.strip() if isinstance(name, str) else name)
            assert type(classes[code]) is type(classes[0])


def test_what_cannot_be_used_is_dropped_and_counted():
    posts = pd.DataFrame(
        {
            "text": [*TEXTS, None, " ", 5, "no label", "blank label", "both", "no weight"],
            "label": [*["a", "b"] * 3, "a", "a", "a", None, " ", float("nan"), "a"],
            "weight": [1.0] * 10 + [0.0, 0.0, 0.0],
        },
        index=[3] * 13,
    )
    found = read(posts, weight="weight")
    assert found.texts == TEXTS
    assert found.dropped == {
        "no text": 1,
        "empty text": 1,
        "text is not text": 1,
        "no label": 3,
        "weight 0": 1,
    }
    assert len(found.texts) + sum(found.dropped.values()) == len(posts)


def test_the_table_given_is_not_changed():
    posts = table(["a", "b", None] * 2, weight=[2, 1, 0] * 2, thread=list("xyzwxz"))
    kept = posts.copy(deep=True)
    read(posts, weight="weight", group="thread")
    pd.testing.assert_frame_equal(posts, kept)


@pytest.mark.parametrize("dtype", ["float64", "int64", "Int64", "float32", "str"])
def test_weights_of_any_unit_are_brought_to_a_mean_of_one(dtype):
    weights = pd.Series([10, 20, 30, 40, 50, 60]).astype(dtype)
    found = read(table(["a", "b"] * 3, weight=weights), weight="weight")
    assert found.weight == pytest.approx(np.arange(1, 7) / 3.5)


@pytest.mark.parametrize("bad", [-1, None, float("inf"), "heavy"])
def test_a_weight_that_is_none_is_refused_with_its_row(bad):
    posts = table(["a", "b"] * 3, weight=pd.Series([1, 1, bad, 1, 1, 1], dtype=object))
    with pytest.raises(InputError, match=r"column 'weight', row 2: .* is no weight: give a number"):
        read(posts, weight="weight")
    posts.loc[2, "label"] = None  # dropped anyhow
    assert read(posts, weight="weight").dropped == {"no label": 1}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"text": "body"}, "no column 'body': give text=, one of 'text', 'label'"),
        ({"label": "stance"}, "no column 'stance': give label=, one of 'text', 'label'"),
        ({"group": "thread"}, "no column 'thread': give group="),
        ({"weight": "sure"}, "no column 'sure': give weight="),
    ],
)
def test_a_column_that_is_missing_is_named_with_those_there_are(options, message):
    with pytest.raises(InputError, match=message):
        annotated(table(["a", "b"] * 3), **{"text": "text", "label": "label", **options})


@pytest.mark.parametrize(
    ("posts", "message"),
    [
        ([("a", "b")], "posts is list: give a DataFrame"),
        (table(["a"] * 6), r"1 label\(s\) \('a',\): two or more are needed"),
        (table([None] * 6), r"0 label\(s\)"),
        (table([]), r"0 label\(s\)"),
        (table(["a"] * 5 + ["b"]), r"'b' has 1 post\(s\).*Annotate more, or leave the label out"),
        (table(["a"] * 4 + ["b"] * 2, [*TEXTS[:4], "RT @x: so it is!", "so it is"]), "'b' has 2"),
        (
            table([f"l{n}" for n in range(200)], ["no tram"] * 200),
            "200 labels, and a model takes 127 at most",
        ),
        (table(pd.Series(["a\ud800", "b"] * 3, dtype=object)), "holds half a character: rename it"),
    ],
    ids=["list", "one label", "none", "empty", "one post", "two copies", "many", "surrogate"],
)
def test_labels_that_cannot_be_learnt_are_refused(posts, message):
    with pytest.raises(InputError, match=message):
        read(posts)


@pytest.mark.parametrize("name", RESERVED)
def test_a_label_called_like_a_column_is_refused(name):
    with pytest.raises(InputError, match=f"a label is called '{name}'"):
        read(table([name, "b"] * 3))


def test_reposts_are_in_one_group_with_what_they_repost():
    texts = [*TEXTS, *(f"RT @someone: {text}!!" for text in TEXTS)]
    found = read(table(["a", "b"] * 6, texts))
    assert (found.groups[:6] == found.groups[6:]).all()
    assert len(set(found.groups)) == 6


def test_a_group_of_the_callers_joins_what_near_duplicates_leave_apart():
    texts = [*TEXTS, f"RT @x {TEXTS[0]}", "one more thing about the river", "and the last of all"]
    threads = ["p", "q", None, None, "r", "r", "s", "s", None]
    found = read(table(["a", "b", "a"] * 3, texts, thread=threads), group="thread")
    groups = found.groups
    # 0 is 6's copy, and 6 is in a thread with 7
    assert groups[0] == groups[6] == groups[7]
    assert groups[4] == groups[5]
    assert len(set(groups)) == 9 - 3  # those of no thread are alone
    assert set(groups) == set(range(6))


@given(
    st.lists(
        st.tuples(st.sampled_from(TEXTS), st.sampled_from(["p", "q", "r", "s", None])),
        min_size=8,
        max_size=30,
    )
)
@settings(max_examples=40)
def test_no_copy_and_no_thread_is_ever_split(rows):
    texts, threads = zip(*rows, strict=True)
    labels = ["a", "b"] * (len(rows) // 2) + ["a"] * (len(rows) % 2)
    try:
        found = read(table(labels, list(texts), thread=threads), group="thread")
    except InputError as error:
        assert "in one group" in str(error)
        return
    of_text, of_thread = {}, {}
    for text, thread, group in zip(texts, threads, found.groups, strict=True):
        assert of_text.setdefault(text, group) == group
        assert thread is None or of_thread.setdefault(thread, group) == group
