"""No cell of a CSV begins a formula, and what was put before one is taken away exactly."""

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stancekit.runs.output.formulas import escape_cells, restore_cells, restored

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
BLANKS = ["", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\x0b", " \u2028"]
BLANKS += ["\u034f", "\u3164", "\u2800", "\ufe0f", "\U000e0020", "\u061c"]
STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'", "''@SUM("]
risky = st.builds("{}{}{}".format, st.sampled_from(BLANKS), st.sampled_from(STARTS), texts)


def escaped(text):
    return escape_cells(pa.array([text], pa.string()))[0].as_py()


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("start", [*"=+-＝＋－﹦﹢﹣⁼"])
def test_a_sign_gets_an_apostrophe_also_behind_blanks(blank, start):
    text = f"{blank}{start}cmd|' /C calc'!A0"
    assert escaped(text) == f"'{text}"


@pytest.mark.parametrize("start", ["\t", "\r", "\n", "\n=1", "\r\n+1"])
def test_tabs_and_line_ends_get_one(start):
    assert escaped(f"{start}x") == f"'{start}x"


CALLS = ["@SUM(1)", "@ SUM(1)", "＠SUM(1)", " @SUM (1)", "@(1)", '@"x"&A1', "@cmd|' /C calc'!A0"]
SUMS = ["@A1+SUM(1)", "@A1 - cmd|' /C calc'!A0", "@A1:INDEX(WEBSERVICE(1),1)", "@Sheet1!A1", "@@x"]


@pytest.mark.parametrize("text", [*CALLS, *SUMS])
def test_an_at_sign_before_a_call_gets_one(text):
    assert escaped(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "@ana no, not that",
        "@ana",
        "@",
        "@ana.bsky.social, thank you (really)",
        "@ana@town.example well done!",
        "@łódź hello",
        "@ana! (again)",
        "@ana: look https://example.org/a?b=(c)",
        "a@b.org",
        "fine",
        "'tis",
        "#tram=late",
    ],
)
def test_handles_and_words_stay(text):
    assert escaped(text) == text


@pytest.mark.parametrize("number", ["-1", "+3.5", "-1e-9", "0", "12"])
def test_numbers_stay_numbers(number):
    assert escape_cells(pa.array([number, "=x"]))[0].as_py() == number


@given(st.lists(st.none() | texts | risky))
@example(["'=x", "=x", "''=x", "-1", "'-1", "'", "", "plain 'quoted'", "\n'=x", "' =x"])
def test_restoring_gives_back_every_text(values):
    cells = escape_cells(pa.array(values, pa.string()))
    assert restored(cells).to_pylist() == values
    assert restore_cells(pd.Series(cells.to_pylist(), dtype=object)).tolist() == values


@given(texts | risky)
def test_no_cell_starts_with_a_sign(value):
    cell = escaped(value).lstrip("".join(BLANKS) + " \x00")
    if cell[:1] and cell[0] in "=+-＝＋－":
        float(cell)


def test_restoring_names_too_and_not_changing_its_argument():
    frame = pd.DataFrame({"'=text": ["'=1"], "n": [1]})
    assert restore_cells(frame).to_dict("list") == {"=text": ["=1"], "n": [1]}
    assert frame.to_dict("list") == {"'=text": ["'=1"], "n": [1]}
