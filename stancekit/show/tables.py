"""Rows of cells as a table: for a terminal, for a page, and for Markdown.

Cells are strings, the first row is the heading. The first column names a row and stands flush
left; the others are taken for numbers and stand flush right.
"""

from __future__ import annotations

from collections.abc import Sequence

from stancekit.show.cells import escaped, pad, visible, width

#: A heading and rows of as many cells.
Rows = Sequence[Sequence[str]]


def text_table(rows: Rows, *, rule: bool = False) -> str:
    """Lay a table out in columns two blanks apart.

    Parameters
    ----------
    rows : Rows
        Texts of any kind: they are made `visible`.
    rule : bool
        Whether there is a line under the heading.

    Examples
    --------
    >>> print(text_table([["label", "posts"], ["critical", "7"], ["neutral", "1,200"]], rule=True))
    label     posts
    ────────  ─────
    critical      7
    neutral   1,200
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    if rule:
        shown.insert(1, ["─" * size for size in widths])
    return "\n".join(
        "  ".join(
            pad(cell, size, right=place > 0)
            for place, (cell, size) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in shown
    )


def markdown_table(rows: Rows) -> str:
    r"""Write a table in Markdown.

    Examples
    --------
    >>> print(markdown_table([["label", "posts"], ["for|against", "7"]]))
    | label | posts |
    | --- | ---: |
    | for\|against | 7 |
    """
    head, *rest = [[visible(cell).replace("|", "\\|") for cell in row] for row in rows]
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def html_table(rows: Rows, caption: str = "", shade: Sequence[Sequence[int]] | None = None) -> str:
    """Write a table in HTML that takes its colours from the page, light or dark.

    Parameters
    ----------
    rows : Rows
        Texts of any kind: they are `escaped`.
    caption : str
        Stands above.
    shade : sequence of sequence of int, optional
        A number for each cell but the names; each cell is tinted by its share of the row's sum.
    """
    line = "border-bottom:1px solid currentColor"
    cell = "padding:.15em .6em;text-align:right;background:transparent;color:inherit"
    head = "".join(
        f'<th scope="col" style="{cell};{line};text-align:{side}">{escaped(text)}</th>'
        for text, side in zip(rows[0], ["left", *["right"] * (len(rows[0]) - 1)], strict=True)
    )
    body = []
    for place, (name, *cells) in enumerate(rows[1:]):
        row = [f'<th scope="row" style="{cell};text-align:left">{escaped(name)}</th>']
        total = sum(shade[place]) if shade else 0
        for column, text in enumerate(cells):
            style = cell
            if shade and total:
                tint = 0.55 * shade[place][column] / total
                style = style.replace("transparent", f"rgba(64,132,214,{tint:.2f})")
            row.append(f'<td style="{style}">{escaped(text)}</td>')
        body.append(f'<tr style="background:transparent">{"".join(row)}</tr>')
    titled = '<caption style="caption-side:top;text-align:left;color:inherit">{}</caption>'
    return (
        '<div style="overflow-x:auto;max-width:100%"><table style="border-collapse:collapse;'
        'margin:.8em 0;color:inherit;background:transparent;font-variant-numeric:tabular-nums">'
        f"{titled.format(escaped(caption)) if caption else ''}"
        f'<thead><tr style="background:transparent">{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )
