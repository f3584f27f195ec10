"""Results in a terminal: their tables fit it, or are put down row by row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from stancekit.cli.screen import console
from stancekit.show.cells import visible, width

if TYPE_CHECKING:
    from rich.console import Console

    from stancekit.show.sheet import Sheet

#: So many columns are still read when their cells take several lines.
_WRAPPED: Final = 5
_INDENT: Final = "    "
_WORD: Final = re.compile(r"[^\W\d_]{3}")


def show_sheet(sheet: Sheet) -> None:
    """Show lines and tables, each table in the way that fits."""
    from rich.text import Text

    out = console()
    title, *others = sheet.lines
    out.print(Text(visible(title), "bold"))
    for line in others:
        out.print(Text(visible(line)))
    for table in sheet.tables:
        out.print()
        if table.caption:
            out.print(Text(visible(table.caption), "bold"))
        show_rows([[visible(cell) for cell in row] for row in table.rows], out)


def show_rows(rows: list[list[str]], out: Console) -> None:
    """Show rows under a heading.

    Columns stand two blanks apart, or one where that makes them fit. Of a wide table with many
    columns every row is a paragraph: the first two cells, then the others with their names.
    """
    columns = list(zip(*rows, strict=True))
    room = sum(max(map(width, column)) for column in columns)
    gap = next((gap for gap in (2, 1) if room + gap * len(columns) <= out.width + gap), 0)
    if gap or len(columns) <= _WRAPPED:
        _show_table(rows, out, gap or 2)
    else:
        _show_records(rows, out)


def _show_table(rows: list[list[str]], out: Console, gap: int) -> None:
    from rich.table import Table
    from rich.text import Text

    head, *body = [[Text(cell) for cell in row] for row in rows]
    table = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="dim")
    for place, name in enumerate(head):
        words = place == 0 or any(_WORD.search(row[place]) for row in rows[1:])
        table.add_column(name, justify="left" if words else "right")
    for row in body:
        table.add_row(*row)
    out.print(table)


def _show_records(rows: list[list[str]], out: Console) -> None:
    from rich.text import Text

    head, *body = rows
    for name, what, *cells in body:
        out.print(Text.assemble((name, "bold"), "  ", what))
        line = Text(_INDENT)
        for column, cell in zip(head[2:], cells, strict=True):
            piece = Text.assemble((f"{column} ", "dim"), cell, "   ")
            if line.cell_len + piece.cell_len > out.width + 3 and line.plain != _INDENT:
                out.print(line)
                line = Text(_INDENT)
            if cell:
                line.append_text(piece)
        out.print(line)
