"""Tables of results in terminals: beside each other where they fit, row by row where not."""

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from stancekit.cli.sheets import show_rows
from stancekit.show.cells import width

WIDE = [
    ["target", "level", "start (UTC)", "accounts", "hostile", "share", "q"],
    ["wren_talbeck", "pile-on", "2024-10-10 20:29", "187", "101", ".54", "1e-99"],
    ["pell_rides", "repeated hostility", "2024-10-07 08:22", "15", "3", ".20", ""],
]


def shown(rows, columns):
    page = StringIO()
    show_rows(rows, Console(file=page, width=columns, markup=False, highlight=False, emoji=False))
    return [line.rstrip() for line in page.getvalue().splitlines()]


def test_what_fits_stands_in_columns():
    lines = shown(WIDE, 90)
    assert len(lines) == 3
    assert lines[1].split() == "wren_talbeck pile-on 2024-10-10 20:29 187 101 .54 1e-99".split()
    level = lines[0].index("level")
    assert [line[level:].split("  ")[0].split(" 2")[0] for line in lines[1:]] == [
        "pile-on",
        "repeated hostility",
    ]


def test_what_does_not_fit_is_a_paragraph_a_row_with_the_names_of_its_cells():
    assert shown(WIDE, 60) == [
        "wren_talbeck  pile-on",
        "    start (UTC) 2024-10-10 20:29   accounts 187",
        "    hostile 101   share .54   q 1e-99",
        "pell_rides  repeated hostility",
        "    start (UTC) 2024-10-07 08:22   accounts 15   hostile 3",
        "    share .20",
    ]


def test_a_table_of_few_columns_is_wrapped_within_them():
    rows = [
        ["post", "labels"],
        ["The ferry gets worse every year and nobody says why", "critical 2"],
    ]
    lines = shown(rows, 40)
    assert lines[1].endswith("critical 2")
    assert len(lines) == 3


@given(
    st.lists(
        st.lists(st.text("ab .9-é🤡", max_size=14), min_size=8, max_size=8), min_size=2, max_size=4
    ),
    st.integers(30, 140),
)
def test_no_line_is_wider_than_the_terminal(rows, columns):
    assert all(width(line) <= columns for line in shown(rows, columns))


@pytest.mark.parametrize("sign", ["[bold]", ":smile:", "[/]", "[link=http://example.org]x[/link]"])
def test_nothing_is_taken_for_markup(sign):
    assert any(sign in line for line in shown([["a", "b"], [sign, "1"]], 80))
