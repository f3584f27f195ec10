"""Labels typed by hand are taken as they are meant, and slips are seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.model.training.spellings import almost_alike, one_spelling


@pytest.mark.parametrize(
    "typed",
    [
        "FAVOR",
        "favor ",
        "\N{NO-BREAK SPACE}favor",
        '"favor"',
        "“favor”",
        "'favor'",
        "f\N{FULLWIDTH LATIN SMALL LETTER A}vor",
        "favor\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH NO-BREAK SPACE}favor",
    ],
)
def test_one_label_typed_otherwise_is_that_label(typed):
    assert one_spelling({typed: 2, "favor": 5, "against": 9})[typed] == "favor"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Don’t know", "don't  know"), ("caf\u00e9", "cafe\u0301"), ("not\tsure", "Not sure")],
)
def test_apostrophes_accents_and_spaces_inside_are_one_too(one, other):
    assert one_spelling({one: 3, other: 2}) == {one: one, other: one}


@pytest.mark.parametrize(("one", "other"), [("pro", "pro-"), ("1", "01"), ("a b", "ab"), ("", '"')])
def test_other_labels_stay_apart(one, other):
    assert len(set(one_spelling({one: 3, other: 2}).values())) == 2


def test_of_equally_many_posts_our_own_name_is_kept():
    assert set(one_spelling({"Dog-piling": 4, "dog-piling": 4}).values()) == {"dog-piling"}


@given(st.dictionaries(st.text(max_size=6), st.integers(1, 99), max_size=12))
def test_a_label_keeps_a_spelling_of_its_own_of_most_posts(posts):
    kept = one_spelling(posts)
    assert list(kept) == list(posts)
    for name, spelling in kept.items():
        assert kept[spelling] == spelling
        assert posts[spelling] >= posts[name]


@pytest.mark.parametrize("slip", ["crtical", "critcal", "criticall", "kritical", "Critica"])
def test_a_rare_label_one_letter_from_a_frequent_one_is_seen(slip):
    assert almost_alike({"critical": 40, slip: 8, "neutral": 40}) == [(slip, "critical")]


@pytest.mark.parametrize(
    "posts",
    [
        {"critical": 40, "crtical": 9},  # no slip happens so often
        {"pro": 40, "por": 1},
        {"group 1": 40, "group 2": 1, "group 12": 1},
        {"critical": 40, "criterion": 1},
    ],
)
def test_labels_that_may_be_meant_are_let_be(posts):
    assert almost_alike(posts) == []
