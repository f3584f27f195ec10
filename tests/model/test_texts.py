"""Whatever a caller holds becomes texts, in order, or says why not."""

import datetime as dt
import enum
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.labels import EMPTY, MISSING, NOT_TEXT
from stancekit.model.texts import as_texts
from stancekit.text.given import values_of

WORDS = ["one", "two", "three"]


class Colour(str, enum.Enum):
    RED = "a red post"


class Loud(str):
    def __str__(self):
        return "something else"


@pytest.mark.parametrize(
    "posts",
    [
        WORDS,
        tuple(WORDS),
        (word for word in WORDS),
        iter(WORDS),
        dict(enumerate(WORDS)).values(),
        np.array(WORDS),
        np.array(WORDS, object),
        pd.Index(WORDS),
        pd.Categorical(WORDS),
        pd.array(WORDS, dtype="string"),
        pa.array(WORDS),
        pa.chunked_array([WORDS[:1], WORDS[1:]]),
    ],
    ids=lambda posts: type(posts).__name__,
)
def test_any_iterable_is_posts_in_order(posts):
    values, index = values_of(posts)
    found = as_texts(values)
    assert found.texts == WORDS
    assert all(type(text) is str for text in found.texts)
    assert index.equals(pd.RangeIndex(3))
    assert found.place.tolist() == [0, 1, 2]
    assert found.reason.tolist() == [None] * 3


@pytest.mark.parametrize(
    "dtype", ["object", "str", "string", "category", "string[pyarrow]", "large_string[pyarrow]"]
)
def test_any_dtype_of_text_keeps_the_callers_index(dtype):
    index = pd.Index([7, 7, -1], name="post")
    series = pd.Series(WORDS, index, dtype=dtype)
    for posts, column in ((series, None), (pd.DataFrame({"body": series}), "body")):
        values, found = values_of(posts, column)
        assert as_texts(values).texts == WORDS
        assert found.equals(index)
        assert found.name == "post"


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category", "string[pyarrow]"])
def test_gaps_of_any_dtype_are_missing(dtype):
    found = as_texts(values_of(pd.Series(["one", None, "three"], dtype=dtype))[0])
    assert found.texts == ["one", "three"]
    assert found.reason.tolist() == [None, MISSING, None]


def test_a_post_that_is_none_has_a_reason():
    missing = [
        None,
        np.nan,
        pd.NA,
        pd.NaT,
        np.float32("nan"),
        np.datetime64("NaT", "ns"),
        Decimal("nan"),
    ]
    no_text = [3, 2.5, True, b"bytes", ["a"], {"a": 1}, np.array([1, 2]), dt.date(2026, 1, 1)]
    empty = ["", " ", "\n\t\u00a0\u3000"]
    found = as_texts([*missing, *no_text, *empty, "post"])
    assert found.reason.tolist() == (
        [MISSING] * len(missing) + [NOT_TEXT] * len(no_text) + [EMPTY] * len(empty) + [None]
    )
    assert found.texts == ["post"]
    assert found.place.tolist() == [len(found) - 1]


def test_a_kind_of_str_counts_as_the_text_it_holds():
    found = as_texts([Colour.RED, Loud("as given"), np.str_("numpy's")])
    assert found.texts == ["a red post", "as given", "numpy's"]
    assert all(type(text) is str for text in found.texts)


def test_one_str_is_one_post():
    assert values_of("one post")[0] == ["one post"]
    assert as_texts(values_of(Colour.RED)[0]).texts == ["a red post"]


@pytest.mark.parametrize("values", ["one post", b"bytes", {"a post"}, iter(WORDS), 3])
def test_what_is_no_sequence_is_refused_before_its_letters_pass_for_posts(values):
    with pytest.raises(InputError, match="give a list or tuple"):
        as_texts(values)


def test_naming_the_index_of_the_labels_names_not_the_callers():
    series, frame = pd.Series(WORDS), pd.DataFrame({"text": WORDS})
    values_of(series)[1].name = "changed"
    values_of(frame, "text")[1].name = "changed"
    assert series.index.name is None
    assert frame.index.name is None


@pytest.mark.parametrize(
    "posts",
    [
        pd.DataFrame({"text": WORDS, "lang": "en"}),
        pd.DataFrame({"body": WORDS}),
        pd.DataFrame(WORDS),  # its column is called 0
    ],
    ids=["text", "only", "unnamed"],
)
def test_a_column_that_is_plain_need_not_be_named(posts):
    assert values_of(posts)[0] == WORDS


TABLE = pd.DataFrame({"body": WORDS, "lang": "en"})


@pytest.mark.parametrize(
    ("posts", "text", "message"),
    [
        (3, None, "posts is int: give a str, a list"),
        (None, None, "posts is NoneType"),
        (b"bytes", None, "posts is bytes"),
        (bytearray(b"x"), None, "posts is bytearray"),
        ({"a": "b"}, None, "posts is dict"),
        ({"in no order"}, None, "posts is set"),
        (np.array([["a", "b"]]), None, r"shape \(1, 2\): give one dimension"),
        (np.array("a"), None, r"shape \(\)"),
        (WORDS, "body", "text='body' names a column, but posts is list"),
        ("one", "body", "names a column, but posts is str"),
        (TABLE, None, "name its column with text=, one of 'body', 'lang'"),
        (TABLE, "text", "no column 'text': give text=, one of 'body', 'lang'"),
        (pd.concat([TABLE, TABLE], axis=1), "body", "2 columns 'body': rename all but one"),
    ],
)
def test_an_error_says_what_to_give(posts, text, message):
    with pytest.raises(InputError, match=message):
        values_of(posts, text)


ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=8),
    st.none(),
    st.integers(),
    st.floats(),
    st.binary(max_size=3),
    st.sampled_from([pd.NA, pd.NaT, " ", "\x00"]),
)


@given(st.lists(ANYTHING, max_size=12))
@settings(max_examples=100)
def test_every_post_is_either_a_text_or_has_a_reason(posts):
    found = as_texts(posts)
    assert len(found) == len(found.reason) == len(posts)
    labelled = [why is None for why in found.reason]
    assert found.texts == [post for post, good in zip(posts, labelled, strict=True) if good]
    assert np.flatnonzero(labelled).tolist() == found.place.tolist()
    for post, why in zip(posts, found.reason, strict=True):
        assert (why in (None, EMPTY)) == isinstance(post, str)
        assert (why == EMPTY) == (isinstance(post, str) and not post.strip())
