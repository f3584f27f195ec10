import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.fairness import NamePair, camp_names, swap_camps

NAMES = [
    NamePair("invented", "person", "Nina Ostrow", "Lena Varga"),
    NamePair("invented", "party", "the Harbour Party", "the Meadow Party"),
    NamePair("invented", "handle", "@NinaOstrow", "@LenaVarga"),
    NamePair("invented", "members", "dockers", "farmers"),
]
WORDS = [
    *(
        "Nina Ostrow",
        "Varga",
        "#ostrow",
        "#LenaVarga",
        "@ninaostrow",
        "the Meadow Party",
        "dockers",
    ),
    *("hello", "VARGA's", "😀", "Ostrowski", "\n", "(Ostrow)", "varga"),
]


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("Nina Ostrow met Lena Varga", "Lena Varga met Nina Ostrow"),
        ("Ostrow's plan", "Varga's plan"),
        ("VARGA OUT #ostrow @ninaostrow", "OSTROW OUT #Varga @LenaVarga"),
        ("#NinaOstrow", "#LenaVarga"),
        ("The Harbour Party. the meadow party", "The Meadow Party. the meadow party"),
        ("Dockers, dockers and DOCKERS", "Farmers, farmers and FARMERS"),
        ("Ostrowski @Varga #VargaOut preVarga", "Ostrowski @Varga #VargaOut preVarga"),
        ("Oſtrow", "Oſtrow"),
        ("", ""),
    ],
)
def test_names_are_exchanged_as_whole_words(text, swapped):
    assert swap_camps([text], NAMES) == [swapped]


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_swapping_again_and_again_goes_back_and_forth(text):
    once = swap_camps([text], NAMES)
    assert swap_camps(swap_camps(once, NAMES), NAMES) == once


@given(st.lists(st.text()))
def test_texts_without_names_stay(texts):
    assert swap_camps(texts, NAMES[:1]) == texts or any("ostrow" in t.lower() for t in texts)
    assert swap_camps(texts, []) == texts


def test_the_packages_own_names():
    text = "Starmer and the Tories, Biden and the GOP, #VoteLabour @realdonaldtrump"
    assert swap_camps([text]) == [
        "Cameron and Labour, Trump and the Dems, #VoteConservative @JoeBiden"
    ]


def test_held_out_names_are_left_alone():
    for pair in camp_names(held_out=True):
        for name in (pair.left, pair.right):
            assert swap_camps([name]) == [name]
