"""Other people's words and spelling that hides are read otherwise than typed; nothing is lost."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.text.batch import read_batch
from stancekit.text.reading.edits import apart, edited, origins
from stancekit.text.reading.read import edits, read_all, read_posts

ALPHABET = "ab Idiot scum1d10\"“”'’‘()*@#$!.-_:;)(D\u200b\u00adа\u0456𝐚é👍🏽\n\0…"
POSTS = st.lists(
    st.one_of(
        st.text(ALPHABET, max_size=60),
        st.text(max_size=20),
        st.lists(
            st.sampled_from(
                [
                    *(
                        "he",
                        "said",
                        '"you',
                        'clown"',
                        "and",
                        "left",
                        "s c u m",
                        "1diot",
                        "m-o-r-o-n",
                    ),
                    *(
                        "'all",
                        "liars'",
                        "great:)",
                        "(note:",
                        "b)",
                        "f**k",
                        "scumbga",
                        "tr\u200bash",
                    ),
                    *("cl\u043ewn", "@ana", "#NoTram", "https://a.org/1a", "it's", "“x", "y”"),
                ]
            ),
            max_size=14,
        ).map(" ".join),
    ),
    max_size=5,
)


def read(text):
    return edited(text, edits(text))


@given(POSTS)
def test_a_batch_reads_each_post_as_it_is_read_alone(posts):
    found = read_posts(posts, read_batch(posts))
    assert list(found.texts) == [read(text) for text in posts] == read_all(posts)
    assert set(found.edits) == {i for i, text in enumerate(posts) if edits(text)}


AROUND = st.sampled_from(["", *" (\"'“-–.,:/!?@#&$€£*|+_é1x\n\0", "https://t.co/", "://", "it's "])
DISGUISED = st.builds(
    lambda word, signs, before, after: "".join(
        [before, *(sign or letter for letter, sign in zip(word, signs, strict=False)), after]
    ),
    st.sampled_from(["idiot", "IDIOT", "moron", "trash", "clown", "scumbag", "ass", "loser"]),
    st.lists(st.sampled_from([*[""] * 12, *"013457@$!|+€*6"]), min_size=8, max_size=8),
    AROUND,
    AROUND,
)
APART = st.builds(
    lambda word, sign, before, after: before + sign.join(word) + after,
    *(st.sampled_from(["idiot", "liar", "MORON", "youliar"]), st.sampled_from(" ._*-–")),
    *(AROUND, AROUND),
)


@given(st.lists(st.lists(DISGUISED | APART, max_size=4).map(" ".join), max_size=4))
def test_in_a_batch_no_disguised_word_is_passed_over(posts):
    assert read_all(posts) == [read(text) for text in posts]


@given(POSTS)
def test_every_place_leads_back_to_what_was_typed(posts):
    for text in posts:
        own = edits(text)
        start, end = origins(len(text), own)
        as_read = edited(text, own)
        assert len(start) == len(end) == len(as_read) + 1
        assert (np.diff(start) >= 0).all()
        assert (np.diff(end) >= 0).all()
        assert (start[:-1] <= end[1:]).all()
        touched = {i for edit in own for i in range(edit.start, edit.end)}
        for i, sign in enumerate(as_read):
            if start[i] not in touched and end[i + 1] == start[i] + 1:
                assert text[start[i]] == sign


@given(POSTS)
def test_edits_are_in_order_and_apart(posts):
    for text in posts:
        own = edits(text)
        assert all(a.end <= b.start for a, b in pairwise(own))
        assert apart(own) == own


@pytest.mark.parametrize(
    ("typed", "as_read"),
    [
        ('She said "you are all vermin" on live television', 'She said "…" on live television'),
        (
            "They wrote “go home, scum” on the wall of the school",
            "They wrote “…” on the wall of the school",
        ),
        ("He shouted 'get lost you cow' at the woman", "He shouted '…' at the woman"),
        ('Our "expert" has spoken, as ever', 'Our "expert" has spoken, as ever'),
        ('"you are all vermin", she said', '"you are all vermin", she said'),
        ("the council's and the mayors' own people", "the council's and the mayors' own people"),
        ("what an 1d10t", "what an idiot"),
        ("you p4thetic l0ser", "you pathetic loser"),
        ("s c u m, all of it", "scum, all of it"),
        ("a total m-o-r-o-n", "a total moron"),
        ("cl\u043ewns and tr\u200bash", "clowns and trash"),
        ("𝐭𝐫𝐚𝐢𝐭𝐨𝐫𝐬", "traitors"),
        ("you scumbga", "you scumbag"),
        ("nice one:)", "nice one :)"),
        ("see you at 4pm, 2nd floor, room b4", "see you at 4pm, 2nd floor, room b4"),
        ("covid19 and h2o on the a1 in 2024", "covid19 and h2o on the a1 in 2024"),
        ("the U.S.A. and A B C D", "the U.S.A. and A B C D"),
        ("Привет, как дела", "Привет, как дела"),
        ("Mr Idoit wrote to Ms Scubmag", "Mr Idoit wrote to Ms Scubmag"),
        ("https://a.org/1diot @1diot #1diot", "https://a.org/1diot @1diot #1diot"),
        ("(one thing:) and more", "(one thing:) and more"),
    ],
)
def test_what_is_read_otherwise_and_what_is_not(typed, as_read):
    assert read(typed) == as_read
