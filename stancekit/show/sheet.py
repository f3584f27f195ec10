"""A sheet: some lines, then some tables; what a result shows of itself as text and on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stancekit.show.cells import escaped, visible
from stancekit.show.tables import Rows, html_table, markdown_table, text_table


@dataclass(frozen=True)
class Table:
    """Rows with a caption; see `stancekit.show.tables.html_table` for the shade."""

    rows: Rows
    caption: str = ""
    shade: Sequence[Sequence[int]] | None = None


@dataclass(frozen=True)
class Sheet:
    """Lines, of which the first is the title, and tables.

    Examples
    --------
    >>> sheet = Sheet(["7 posts"], [Table([["label", "posts"], ["neutral", "7"]], "By label")])
    >>> print(sheet.text())
    7 posts
    <BLANKLINE>
    By label
    label    posts
    neutral      7
    """

    lines: Sequence[str]
    tables: Sequence[Table]

    def text(self) -> str:
        """Lay it out for a terminal."""
        tables = [
            "\n".join(filter(None, [table.caption, text_table(table.rows)]))
            for table in self.tables
        ]
        return "\n\n".join(["\n".join(self.lines), *tables])

    def markdown(self) -> str:
        """Write it in Markdown: a line each, then tables under their captions."""
        tables = [
            "\n\n".join(filter(None, [table.caption, markdown_table(table.rows)]))
            for table in self.tables
        ]
        return "\n\n".join([*(visible(line) for line in self.lines), *tables])

    def html(self) -> str:
        """Lay it out for a page, in the page's own colours; wide pages have tables abreast."""
        title, *rest = self.lines
        lines = "".join(f"<div>{escaped(line)}</div>" for line in rest)
        tables = [html_table(table.rows, table.caption, table.shade) for table in self.tables]
        return (
            '<div style="color:inherit;background:transparent;line-height:1.5;max-width:100%">'
            f"<strong>{escaped(title)}</strong>{lines}"
            '<div style="display:flex;flex-wrap:wrap;align-items:flex-start;gap:0 2.5em">'
            f"{''.join(tables)}</div></div>"
        )
