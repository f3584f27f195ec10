"""What is in posts stands in columns, whatever the posts come in."""

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit import text
from stancekit.errors import InputError
from stancekit.features import Lexicon, SentimentCues
from stancekit.text import batch

POSTS = [
    "Thank you @ana 👏🏽 #NoTram #OurTown $TRAM",
    "you are a clown https://town.example.org/plan",
    "",
    "the bus is late",
]
FINDERS = {
    "hashtags": text.hashtags,
    "mentions": text.mentions,
    "links": text.urls,
    "emoji": text.emojis,
    "cashtags": text.cashtags,
}


def test_the_columns_are_what_the_functions_and_the_cues_find():
    found = stancekit.extract(POSTS)
    cues = SentimentCues()
    names = [f"cue_{name}" for name in cues.get_feature_names_out()]
    assert found.columns.tolist() == [*FINDERS, *names]
    for name, find in FINDERS.items():
        assert found[name].tolist() == find(POSTS), name
    np.testing.assert_array_equal(found[names].to_numpy(), cues.fit_transform(POSTS))
    assert set(found[names].dtypes) == {np.dtype("float32")}
    assert found.index.equals(pd.RangeIndex(4))


@pytest.mark.parametrize(
    ("posts", "options"),
    [
        (tuple(POSTS), {}),
        (iter(POSTS), {}),
        (np.array(POSTS), {}),
        (pd.Series(POSTS), {}),
        (pd.DataFrame({"text": POSTS, "body": "x"}), {}),
        (pd.DataFrame({"body": POSTS}), {}),
        (pd.DataFrame({"body": POSTS, "lang": "en"}), {"text": "body"}),
    ],
)
def test_any_input_gives_the_same(posts, options):
    pd.testing.assert_frame_equal(stancekit.extract(posts, **options), stancekit.extract(POSTS))


def test_one_post_is_one_row():
    assert stancekit.extract(POSTS[0]).hashtags.tolist() == [["NoTram", "OurTown"]]


def test_the_index_is_the_callers_and_lists_explode():
    posts = pd.Series(POSTS, pd.Index([5, 5, 2, 9], name="id"))
    found = stancekit.extract(posts)
    assert found.index.equals(posts.index)
    assert found.index.name == "id"
    assert found.hashtags.explode().dropna().to_dict() == {5: "OurTown"}
    assert found.hashtags.explode().dropna().tolist() == ["NoTram", "OurTown"]


def test_what_is_no_text_has_nothing_in_it_and_no_cues():
    found = stancekit.extract(["#a", None, float("nan"), pd.NA, 5, "#b"])
    assert found.hashtags.tolist() == [["a"], [], [], [], [], ["b"]]
    missing = found.filter(like="cue_").isna()
    assert missing.all(axis=1).tolist() == missing.any(axis=1).tolist()
    assert missing.all(axis=1).tolist() == [False, True, True, True, True, False]


def test_lists_are_each_posts_own():
    found = stancekit.extract([None, None, "x"])
    found.hashtags[0].append("changed")
    assert found.hashtags.tolist() == [["changed"], [], []]


def test_no_posts_give_an_empty_table_with_its_columns():
    found = stancekit.extract([])
    assert found.shape == (0, stancekit.extract("x").shape[1])
    assert found.columns.tolist() == stancekit.extract("x").columns.tolist()


def test_nothing_depends_on_where_batches_are_cut(monkeypatch):
    whole = stancekit.extract([*POSTS, None] * 3)
    monkeypatch.setattr(batch, "MAX_POSTS", 2)
    pd.testing.assert_frame_equal(stancekit.extract([*POSTS, None] * 3), whole)


def test_lists_of_ones_own_are_columns_too():
    lexicon = Lexicon.from_dicts({"transport": {"bus": 1.0, "tram": 1.0}})
    found = stancekit.extract(POSTS, lexicon=lexicon)
    assert (found["cue_transport"] > 0).tolist() == [False, False, False, True]


def test_the_table_given_is_not_changed():
    posts = pd.DataFrame({"text": POSTS})
    kept = posts.copy(deep=True)
    stancekit.extract(posts)
    pd.testing.assert_frame_equal(posts, kept)


def test_errors_say_what_to_give():
    with pytest.raises(InputError, match="name its column with text=, one of 'a', 'b'"):
        stancekit.extract(pd.DataFrame({"a": ["x"], "b": ["y"]}))
    with pytest.raises(InputError, match="posts is dict"):
        stancekit.extract({"a": "b"})


@pytest.mark.parametrize(
    "posts",
    [
        pd.DataFrame({"text": POSTS}),
        pd.DataFrame({"body": POSTS}),
        np.array(POSTS, object).reshape(-1, 1),
        pd.Series(POSTS, [9, 8, 7, 6]),
        iter(POSTS),
    ],
    ids=["text", "only", "numpy", "series", "iterator"],
)
def test_a_transformer_takes_a_column_in_any_shape(posts):
    wanted = SentimentCues().fit_transform(POSTS)
    if not isinstance(posts, (pd.DataFrame, pd.Series, np.ndarray)):
        np.testing.assert_array_equal(SentimentCues().transform(posts), wanted)
    else:
        np.testing.assert_array_equal(SentimentCues().fit_transform(posts), wanted)


def test_a_transformer_refuses_a_table_of_several_columns():
    with pytest.raises(InputError, match="give one of its columns, 'a', 'b'"):
        SentimentCues().fit_transform(pd.DataFrame({"a": ["x"], "b": ["y"]}))
