"""What finds something in one post finds it in many, in the shape they came in."""

import enum

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit import text
from stancekit.errors import InputError
from stancekit.text import batch

FUNCTIONS = [text.tokens, text.hashtags, text.mentions, text.urls, text.cashtags, text.emojis]
POSTS = ["#a @ana $TRAM 👏🏽 town.example.org/plan #b", "", "nothing at all", "RT @bo: #c\n#d"]
every = pytest.mark.parametrize("find", FUNCTIONS, ids=lambda find: find.__name__)


class Colour(str, enum.Enum):
    RED = "#red"


@every
@pytest.mark.parametrize(
    "shape",
    [
        list,
        tuple,
        iter,
        np.array,
        pd.Index,
        pa.array,
        lambda posts: pd.array(posts, dtype="string"),
        lambda posts: dict(enumerate(posts)).values(),
    ],
    ids=["list", "tuple", "iterator", "numpy", "index", "arrow", "pandas", "view"],
)
def test_many_posts_give_a_list_each(find, shape):
    assert find(shape(POSTS)) == [find(post) for post in POSTS]


@every
@pytest.mark.parametrize("dtype", ["object", "str", "string", "category", "string[pyarrow]"])
def test_a_column_gives_a_column(find, dtype):
    index = pd.Index([7, 7, -1, 3], name="post")
    posts = pd.Series(POSTS, index, dtype=dtype, name="body")
    for given_ in (posts, posts.to_frame(), posts.to_frame("text").assign(lang="en")):
        found = find(given_)
        assert isinstance(found, pd.Series)
        assert found.index.equals(index)
        assert found.tolist() == [find(post) for post in POSTS]
    assert find(posts).name == "body"


@every
def test_a_column_goes_through_its_own_map_as_well(find):
    posts = pd.Series([*POSTS, None, float("nan"), pd.NA], dtype=object)
    expected = find(posts)
    assert posts.map(find).tolist() == posts.apply(find).tolist() == expected.tolist()
    assert expected.tolist()[-3:] == [[], [], []]


@every
@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT, ""])
def test_nothing_is_found_in_nothing(find, nothing):
    assert find(nothing) == []
    assert find([nothing, "x"])[0] == []


@every
def test_no_posts_give_no_lists(find):
    assert find([]) == []
    assert find(pd.Series([], dtype=object)).empty


@every
@pytest.mark.parametrize(
    ("posts", "message"),
    [
        (3, "posts is int: give a str, a list"),
        (b"#a", "posts is bytes"),
        ({"#a": 1}, "posts is dict"),
        ({"#a"}, "posts is set"),
        (["#a", 3], "post 1 is int, not text: 3"),
        (["#a", b"#b"], "post 1 is bytes"),
        ([["#a"]], "post 0 is list"),
        (pd.DataFrame({"a": ["x"], "b": ["y"]}), "give one of its columns, 'a', 'b'"),
    ],
    ids=repr,
)
def test_what_is_no_text_is_refused_in_words(find, posts, message):
    with pytest.raises(InputError, match=message):
        find(posts)


def test_spans_are_those_of_one_post():
    with pytest.raises(InputError, match="text is list: spans takes one post"):
        text.spans(["#a"])


@pytest.mark.parametrize("texts", ["one post", ["a", None], ["a", 3], None, iter(["a"])])
def test_a_segmentation_is_of_a_list_of_posts(texts):
    with pytest.raises(InputError, match="text"):
        text.segment(texts)


def test_a_column_can_be_segmented():
    alone, column = text.segment(POSTS), text.segment(pd.Series(POSTS, [4, 4, 2, 1]))
    np.testing.assert_array_equal(alone.codes, column.codes)


def test_a_kind_of_str_is_the_text_it_holds():
    assert text.hashtags(Colour.RED) == ["red"]
    assert text.hashtags([Colour.RED]) == [["red"]]


@pytest.mark.slow
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=12), max_size=8))
def test_a_post_has_in_it_what_it_has_alone(posts):
    for find in FUNCTIONS:
        assert find(posts) == [find(post) for post in posts]


def test_posts_of_several_batches_are_all_there(monkeypatch):
    monkeypatch.setattr(batch, "MAX_POSTS", 2)
    assert text.hashtags(POSTS) == [["a", "b"], [], [], ["c", "d"]]
