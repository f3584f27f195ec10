"""No row is lost to a quotation mark that is astray."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import Notice, Reject
from stancekit.posts.tables.csv_rows import cells_of, split_rows

HEAD = "id,author,text\n"
words = st.text(st.sampled_from("ab ,;\"\n'é😀"), max_size=12)


def split(text, delimiter=","):
    items = list(split_rows(io.StringIO(text, newline=""), "posts.csv", delimiter))
    rows = [item for item in items if isinstance(item, tuple)]
    notices = [item for item in items if isinstance(item, Notice)]
    return rows, [item for item in items if isinstance(item, Reject)], notices


def sound(count):
    return [f'{i},ana,"hello, number {i}"\n' for i in range(1, count + 1)]


def written(rows, **options):
    out = io.StringIO(newline="")
    csv.writer(out, **options).writerows(rows)
    return out.getvalue()


@given(st.lists(st.tuples(st.integers(0, 10**18).map(str), words, words), max_size=20))
def test_what_the_csv_module_writes_comes_back(rows):
    text = written([("id", "author", "text"), *rows])
    found, rejects, notices = split(text)
    assert [tuple(cells) for _, cells in found[1:]] == rows
    assert not rejects and not notices


@given(st.lists(words, min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_the_splitter_of_long_rows_agrees_with_the_csv_module(cells, delimiter):
    row = written([cells], delimiter=delimiter, quoting=csv.QUOTE_ALL)
    assert cells_of(row, delimiter) == cells


@given(st.integers(0, 199), st.sampled_from(["text", "author"]))
def test_a_mark_that_is_never_closed_costs_no_row(place, column):
    lines = sound(200)
    lines[place] = f'{place + 1},bo,"open\n' if column == "text" else f'{place + 1},"bo,open\n'
    rows, rejects, notices = split(HEAD + "".join(lines))
    assert [cells[0] for _, cells in rows[1:]] == [str(i) for i in range(1, 201)]
    assert [line for line, _ in rows] == list(range(1, 202))
    assert not rejects and len(notices) == 1 and f"line {place + 2}" in notices[0].message


@pytest.mark.parametrize("closing", ['571,cy,closed here"\n', '571,cy,"closed" here\n'])
@pytest.mark.parametrize("inner", ["hello", '"hello\nsays, number"'])
def test_two_marks_many_rows_apart_do_not_merge_them(closing, inner):
    lines = [f"{i},ana,{inner} {i}\n" if inner == "hello" else f"{i},ana,{inner}\n"
             for i in range(1, 1001)]  # fmt: skip
    lines[499], lines[570] = '500,bo,"open\n', closing
    rows, rejects, notices = split(HEAD + "".join(lines))
    assert [cells[0] for _, cells in rows[1:]] == [str(i) for i in range(1, 1001)]
    assert notices and not rejects


def test_a_cell_of_several_lines_stays_one_cell():
    text = HEAD + '1,ana,"dear all,\n\nno tram, no peace\nyours, ana"\n' * 3
    rows, rejects, notices = split(text)
    assert len(rows) == 4 and not rejects and not notices
    assert rows[1][1][2] == "dear all,\n\nno tram, no peace\nyours, ana"


@given(st.lists(st.tuples(words, words), min_size=1, max_size=8))
def test_posts_of_several_lines_before_a_column_of_times(texts):
    """What follows the mark that closes a cell is the row's own, and no row that was swallowed."""
    rows = [[f"a{one}", two, "2024-05-01 10:00", "7"] for one, two in texts]
    found, rejects, notices = split(written([["text", "replies", "time", "n"], *rows]))
    assert [cells for _, cells in found[1:]] == rows
    assert not rejects and not notices


def test_a_file_cut_off_inside_a_cell_accounts_for_every_line():
    text = HEAD + "".join(sound(5)) + '6,ana,"first line\nsecond line\n'
    rows, rejects, notices = split(text)
    assert rows[-2:] == [(7, ["6", "ana", '"first line']), (8, ["second line"])]
    assert notices and not rejects


def test_marks_inside_cells_as_mysql_writes_them():
    text = HEAD + '1,ana,"he said \\"no, never\\", ok"\n2,bo,"and \\"so\\"\non"\n3,cy,x\n'
    rows, rejects, notices = split(text)
    assert [cells[2] for _, cells in rows[1:]] == ['he said "no, never", ok', 'and "so"\non', "x"]
    assert not rejects and not notices


def test_cells_longer_than_the_csv_module_takes():
    long_line, long_cell = "x" * 200_000, ("y" * 99 + "\n") * 3000
    text = HEAD + f'1,ana,"{long_line}"\n2,bo,"{long_cell}"\n3,cy,end\n'
    rows, rejects, notices = split(text)
    assert [len(cells[2]) for _, cells in rows[1:]] == [200_000, 300_000, 3]
    assert rows[-1][0] == 3004 and not rejects and not notices


def test_every_cell_that_begins_with_a_mark():
    text = "id\ttext\n" + "".join(f'{i}\t"so it begins {i}\n' for i in range(500))
    rows, rejects, _ = split(text, "\t")
    assert len(rows) == 501 and not rejects


@given(st.text(st.sampled_from('ab,"\n1\\'), max_size=120))
def test_every_line_is_in_one_row_or_one_reject(text):
    rows, rejects, _ = split(HEAD + text)
    starts = sorted([line for line, _ in rows] + [reject.line for reject in rejects])
    assert len(set(starts)) == len(starts)
    assert all(1 <= line <= HEAD.count("\n") + text.count("\n") + 1 for line in starts)
