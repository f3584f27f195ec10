"""A table lines up on a screen, and no cell breaks out of it."""

from hypothesis import example, given
from hypothesis import strategies as st

from stancekit.show.cells import width
from stancekit.show.tables import html_table, markdown_table, text_table
from tests.support.html import read_html

CELL = st.text(st.characters(codec=None), max_size=12) | st.sampled_from(["漢字", "👨‍👩‍👧‍👦", "7"])
TABLES = st.integers(1, 4).flatmap(
    lambda size: st.lists(st.lists(CELL, min_size=size, max_size=size), min_size=1, max_size=5)
)


@given(TABLES, st.booleans())
def test_a_table_is_a_line_a_row_with_columns_at_the_same_place(rows, rule):
    marked = [[*row, "|"] for row in rows]  # the last column is never blank
    lines = text_table(marked, rule=rule).split("\n")
    assert len(lines) == len(rows) + rule
    assert len({width(line) for line in lines}) == 1
    assert all("\x1b" not in line and len(line.splitlines()) == 1 for line in lines)


def test_the_first_column_is_flush_left_and_numbers_flush_right():
    table = text_table([["", "n"], ["a", "1,000"], ["bcd", "2"]])
    assert table == "         n\na    1,000\nbcd      2"


@given(TABLES)
@example([["<script>alert(1)</script>", '"'], ["</table>", "&amp;"]])
def test_cells_of_a_page_are_its_texts(rows):
    reader = read_html(html_table(rows))
    assert reader.tags <= {"div", "table", "thead", "tbody", "tr", "th", "td"}
    assert len(reader.cells) == sum(map(len, rows))
    if all(cell.isprintable() for row in rows for cell in row):
        assert reader.cells == [cell for row in rows for cell in row]


def test_a_caption_is_escaped_and_a_shade_follows_the_numbers():
    page = html_table([["", "a", "b"], ["x", "3", "1"], ["y", "0", "0"]], "<i>", [(3, 1), (0, 0)])
    assert "&lt;i&gt;</caption>" in page
    assert [page.count(f"rgba(64,132,214,{tint})") for tint in ("0.41", "0.14")] == [1, 1]
    assert page.count("rgba") == 2


@given(TABLES)
def test_markdown_has_as_many_cells_in_each_row(rows):
    lines = markdown_table(rows).split("\n")
    assert len(lines) == len(rows) + 1
    assert {line.replace("\\|", "").count("|") for line in lines} == {len(rows[0]) + 1}
