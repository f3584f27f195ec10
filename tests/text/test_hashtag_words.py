import ast
import csv
import lzma
import re
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load

from stancekit.errors import InputError
from stancekit.text.hashtag_words.splitting import split_hashtag, split_hashtags
from stancekit.text.hashtag_words.table import word_table

TAG_LETTERS = st.text(st.sampled_from("abehiostwxyABTHEéÉß0129_#＃日ж"), max_size=30)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("#WeSupportCorbyn", "We Support Corbyn"),
        ("#wesupportcorbyn", "we support corbyn"),
        ("＃SaveOurLibraries", "Save Our Libraries"),
        ("stopthecuts", "stop the cuts"),
        ("#GE2019", "GE 2019"),
        ("#BBCNews", "BBC News"),
        ("#SUPPORTOURNURSES", "SUPPORT OUR NURSES"),
        ("#save_ourlibraries", "save our libraries"),
        ("#blacklivesmatter", "black lives matter"),
        ("#brexit", "brexit"),
        ("#Corbyn", "Corbyn"),
        ("#MAGA", "MAGA"),
        ("#YouTube", "YouTube"),
        ("#CaféCulture", "Café Culture"),
    ],
)
def test_splits_as_a_person_would(tag, words):
    assert split_hashtag(tag) == words.split()


def test_acronyms_and_digits_are_told_apart():
    words = split_hashtag("#JCRecord2bproudof")
    assert words[:2] == ["JC", "Record"]
    assert words[-2:] == ["proud", "of"]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("#コービン", ["コービン"]),
        ("#Ελλάδα", ["Ελλάδα"]),
        ("#السلام_عليكم", ["السلام", "عليكم"]),
        ("#ニュースBBC", ["ニュースBBC"]),
        ("#cafe\u0301", ["cafe\u0301"]),
    ],
)
def test_other_scripts_stay_whole_between_underscores(tag, words):
    assert split_hashtag(tag) == words


@pytest.mark.parametrize("tag", ["", "#", "＃", "___", "#_"])
def test_nothing_to_split_gives_no_words(tag):
    assert split_hashtag(tag) == []


def test_a_number_is_never_cut():
    tags = [f"#vote{number}now" for number in range(0, 100_000, 997)]
    for tag, words in zip(tags, split_hashtags(tags), strict=True):
        number = re.search(r"\d+", tag)[0]
        assert any(number in word for word in words), words


@pytest.mark.slow
@given(st.lists(st.one_of(TAG_LETTERS, st.text(max_size=40)), max_size=8))
def test_words_joined_are_the_tag(tags):
    split = split_hashtags(tags)
    assert len(split) == len(tags)
    for tag, words in zip(tags, split, strict=True):
        assert "".join(words) == re.sub("[#＃_]", "", tag)
        assert all(words)


@given(st.lists(TAG_LETTERS, min_size=1, max_size=12))
def test_a_tag_is_split_alike_alone_and_in_any_company(tags):
    assert split_hashtags(tags) == [split_hashtag(tag) for tag in tags]


@given(st.text(st.sampled_from("abehiostwxyé01"), min_size=1, max_size=60))
def test_two_digits_in_a_row_stay_together(tag):
    for left, right in pairwise(split_hashtag(tag)):
        assert not (left[-1] in "01" and right[0] in "01")


def test_a_very_long_tag_is_split_to_its_end():
    tag = "wesupportourlocallibrary" * 420
    words = split_hashtag("#" + tag)
    assert "".join(words) == tag
    assert words.count("library") > 300


def test_one_letter_ten_thousand_times():
    assert "".join(split_hashtag("a" * 10_000)) == "a" * 10_000


def test_one_string_is_refused_with_the_way_out():
    with pytest.raises(InputError, match="split_hashtag"):
        split_hashtags("#tag")


@pytest.mark.parametrize("tags", [None, 5])
def test_what_is_no_list_of_tags_is_refused_in_words(tags):
    with pytest.raises(InputError, match="give a list of tags"):
        split_hashtags(tags)
    with pytest.raises(InputError, match="give one string, or use split_hashtags"):
        split_hashtag(tags)
    with pytest.raises(InputError, match="tag is list"):
        split_hashtag(["#a"])


def test_a_column_of_tags_is_split():
    assert split_hashtags(pd.Series(["#SaveOurBus"], [7])) == [["Save", "Our", "Bus"]]


def test_a_missing_tag_is_named():
    with pytest.raises(InputError, match=r"tag 1 is NoneType"):
        split_hashtags(["#a", None])


def test_order_and_number_of_tags_are_kept():
    tags = [f"#team{'x' * n}wins" for n in range(70)]
    assert ["".join(words) for words in split_hashtags(tags)] == [tag[1:] for tag in tags]


def test_every_stored_word_is_found_and_nothing_else():
    packed = files("stancekit.text") / "data" / "hashtag_words.safetensors.xz"
    stored = load(lzma.decompress(packed.read_bytes()))
    words = bytes(stored["words"]).split()
    table = word_table()
    assert len(words) == len(table.words.keys) == len(np.unique(table.words.keys))
    assert len(stored["pair_second"]) == len(np.unique(table.pairs.keys))
    assert max(map(len, words)) <= 24


@pytest.mark.parametrize(("name", "floor"), [("stan_small", 0.85), ("stan_large_dev", 0.85)])
def test_accuracy_on_people_s_splits(shared_data, name, floor):
    path = shared_data / "archives" / "hashtag-segmentation" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    split = split_hashtags([row["hashtags"] for row in rows])
    right = [
        " ".join(words).lower()
        in {" ".join(gold.lower().split()) for gold in ast.literal_eval(row["goldtruths"])}
        for words, row in zip(split, rows, strict=True)
    ]
    assert np.mean(right) > floor
