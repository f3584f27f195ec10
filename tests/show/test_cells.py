"""What a cell holds can be seen, stays on its line, and takes the columns it says it takes."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stancekit.show.cells import cut, escaped, one_line, pad, short, visible, width

FAMILY = "👨‍👩‍👧‍👦"
ANY = st.text(st.characters(codec=None), max_size=40)  # lone surrogates too
# Pieces whose widths depend on their neighbours: joiners, modifiers, flags, variation selectors.
PIECES = st.lists(
    st.sampled_from(
        [*"aé漢 ก", "e\u0301", FAMILY, "👍🏽", "🏽", "🇩🇪", "🇩", "❤\ufe0f", "\u200d", "\x1b[31m"]
    )
).map("".join)


@given(ANY | PIECES)
@example("\x1b]8;;https://example.org\x07click\x1b]8;;\x07")
def test_nothing_visible_is_obeyed_by_a_terminal(text):
    shown = visible(text)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", shown)
    assert visible(shown) == shown
    shown.encode("utf-8")


@given(ANY)
def test_what_is_plain_stays_as_it_is(text):
    plain = "".join(c for c in text if unicodedata.category(c)[0] in "LNPSM" or c == " ")
    assert visible(plain) == plain


@given(ANY)
def test_html_has_a_character_for_each_and_no_markup(text):
    page = escaped(text)
    assert not set(page) & set("<>\"'\x00\x1b\x7f\x9b")
    page.encode("utf-8")
    assert len(re.sub(r"&(lt|gt|amp|quot|#x27);", "_", page)) == len(text)


@given(ANY | PIECES, st.integers(-2, 30))
def test_a_text_is_cut_to_its_columns(text, columns):
    stacked = len(text) > 32 * max(columns, 1)  # more than characters are made of
    shown, text = cut(text, columns), visible(text)
    assert width(shown) <= max(columns, 0)
    assert stacked or (shown == text) == (width(text) <= max(columns, 0))
    assert shown == text or text.startswith(shown.removesuffix("…"))


@given(ANY | PIECES, st.integers(0, 60), st.booleans())
def test_a_text_is_filled_up_to_its_columns(text, columns, right):
    assert width(pad(text, columns, right=right)) == max(columns, width(text))


@given(ANY | PIECES, st.integers(1, 30))
def test_one_line_is_one(text, columns):
    line = one_line(text, columns)
    assert width(line) <= columns
    assert len(line.splitlines()) <= 1
    assert line == visible(line)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), (FAMILY, 2), ("e\u0301", 1), ("👍🏽", 2), ("🇩🇪", 2), ("❤\ufe0f", 2)],
)
def test_a_character_as_a_reader_sees_it_is_measured_as_one(text, columns):
    assert width(text) == columns


def test_a_family_is_never_torn_apart():
    assert cut(FAMILY * 3, 5) == FAMILY * 2 + "…"
    assert cut(FAMILY * 3, 4) == FAMILY + "…"


@pytest.mark.parametrize("text", ["x" * 10**6, "e" + "\u0301" * 10**6, FAMILY * 10**5])
def test_of_a_long_text_no_more_is_looked_at_than_can_be_shown(text):
    assert cut(text, 5) == cut(text[:1000], 5)
    assert len(cut(text, 5)) < 200


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("😀😀", 4, "😀😀"), ("😀😀", 3, "😀…"), ("", 5, "")],
)
def test_emoji_take_two_cells(text, columns, shown):
    assert cut(text, columns) == shown


def test_a_name_that_is_blank_can_be_seen():
    assert short(" \n") == repr(" \n")
    assert short("a\nb") == "a b"
    assert short("x" * 40) == "x" * 27 + "…"
