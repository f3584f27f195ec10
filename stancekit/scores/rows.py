"""A Report as text for a terminal and as HTML for a notebook, from the same rows of cells."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from stancekit.show import curves as report_svg

if TYPE_CHECKING:
    from stancekit.scores.metrics import Interval
    from stancekit.scores.report import Report

Rows = list[list[str]]

#: More classes do not fit a terminal's line; the worst mix-ups are listed instead.
WIDEST_MATRIX: Final = 8
_LONGEST_NAME: Final = 28
_HEADING: Final = "True (rows) and predicted (columns)"
_REACHES: Final = "Confidence from which a label is right as often as wanted, and labels kept"
#: Precisions whose thresholds are shown.
_WANTED: Final = (0.8, 0.9)
_NONE: Final = "–"


def as_text(report: Report) -> str:
    """Return the report in aligned columns."""
    parts = [_headline(report), text_table(_class_rows(report))]
    if len(report.classes) <= WIDEST_MATRIX:
        parts.append(f"{_HEADING}\n{text_table(_matrix_rows(report))}")
    elif mix_ups := _mix_up_rows(report):
        parts.append(f"Most often mixed up\n{text_table(mix_ups)}")
    parts.append(f"{_surest(report)}\n{text_table(_coverage_rows(report))}")
    parts.append(f"{_REACHES}\n{text_table(_threshold_rows(report))}")
    return "\n\n".join(parts)


def as_html(report: Report) -> str:
    """Return the report as HTML that takes its colours from the page, light or dark."""
    first, *rest = _headline(report).split("\n")
    lines = "".join(f"<div>{html.escape(line)}</div>" for line in rest)
    parts = [
        html_table("By class", _class_rows(report)),
        html_table(_HEADING, _matrix_rows(report), report.counts),
        report_svg.reliability(report),
        report_svg.coverage(report),
        html_table(_surest(report), _coverage_rows(report)),
        html_table(_REACHES, _threshold_rows(report)),
    ]
    return (
        '<div style="color:inherit;background:transparent;line-height:1.5;max-width:100%">'
        f"<strong>{html.escape(first)}</strong>{lines}"
        '<div style="display:flex;flex-wrap:wrap;align-items:flex-start;gap:0 2.5em">'
        f"{''.join(parts)}</div></div>"
    )


def short(name: object) -> str:
    """Return a label name as it fits a cell: one line, at most 28 characters."""
    text = "".join(c if c.isprintable() else " " for c in str(name))
    text = " ".join(text.split()) or repr(name)
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


def _headline(report: Report) -> str:
    posts = f"{report.posts:,} posts"
    if report.groups is not None:
        posts += f" in {report.groups:,} groups of near-duplicates"
    lines = [
        posts,
        " ".join(report.how.split()),
        f"macro-F1 {_interval(report.macro_f1)}",
        f"accuracy {_interval(report.accuracy)}",
        f"calibration error {_score(report.ece)} (0: confidence is how often the label is right; "
        f"{_score(report.ece_by_chance)} is chance on this many posts)",
    ]
    if report.dropped:
        reasons = ", ".join(f"{short(why)} {n:,}" for why, n in report.dropped.items())
        lines.append(f"left out: {reasons}")
    return "\n".join(lines)


def _class_rows(report: Report) -> Rows:
    rows = [["class", "precision", "recall", "F1", "95% interval", "posts", "predicted"]]
    table = report.per_class
    for name, f1, *numbers in zip(
        report.classes,
        report.f1,
        table["precision"],
        table["recall"],
        table["support"],
        table["predicted"],
        strict=True,
    ):
        sure, found, support, predicted = numbers
        rows.append(
            [
                short(name),
                _score(sure) if predicted else _NONE,
                _score(found) if support else _NONE,
                _score(f1.value) if f1 else _NONE,
                _ends(f1) if f1 else _NONE,
                f"{support:,}",
                f"{predicted:,}",
            ]
        )
    rows[0][4] = f"{report.macro_f1.level * 100:g}% interval"
    return rows


def _matrix_rows(report: Report) -> Rows:
    names = [short(name) for name in report.classes]
    cells = [[f"{count:,}" for count in row] for row in report.counts]
    return [["", *names], *([name, *row] for name, row in zip(names, cells, strict=True))]


def _mix_up_rows(report: Report) -> Rows:
    counts = np.array(report.counts)
    np.fill_diagonal(counts, 0)
    worst = np.argsort(-counts, axis=None, kind="stable")[:10]
    rows = [
        [short(report.classes[true]), short(report.classes[guess]), f"{counts[true, guess]:,}"]
        for true, guess in zip(*np.unravel_index(worst, counts.shape), strict=True)
        if counts[true, guess]
    ]
    return [["true", "predicted", "posts"], *rows] if rows else []


def _surest(report: Report) -> str:
    by_class = ", with precision by class" if len(report.classes) <= WIDEST_MATRIX else ""
    return f"Keeping only the surest{by_class}"


def _coverage_rows(report: Report) -> Rows:
    table = report.coverage
    shown = report.classes if len(report.classes) <= WIDEST_MATRIX else ()
    rows = [["confidence", "kept", "accuracy", "macro-F1", *map(short, shown)]]
    aims = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.25, 0.1]
    kept = table["kept"].to_numpy()
    for place in dict.fromkeys(int(np.abs(kept - aim).argmin()) for aim in aims):
        threshold, share, *scores = table.iloc[place, : 4 + len(shown)]
        cells = [_NONE if np.isnan(score) else _score(score) for score in scores]
        rows.append([f"≥ {_score(threshold)}", f"{share:.0%}", *cells])
    return rows


def _threshold_rows(report: Report) -> Rows:
    heading, columns = ["class"], []
    for wanted in _WANTED:
        heading += [f"precision {wanted:g}".replace("0.", "."), "95% interval", "kept"]
        columns.append(report.threshold_for(wanted))
    rows = [heading]
    for place, name in enumerate(report.classes):
        row = [short(name)]
        for table in columns:
            least, _, low, high, kept, posts = table.iloc[place]
            ends = f"{_score(low)} to {_score(high)}"
            row += [f"≥ {_score(least)}", ends, f"{kept:.0%}"] if posts else ["never", _NONE, _NONE]
        rows.append(row)
    return rows


def _score(value: float) -> str:
    """Return three decimals without the leading zero: .712."""
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0") else text


def _ends(interval: Interval) -> str:
    if interval.low is None or interval.high is None:
        return _NONE
    return f"{_score(interval.low)} to {_score(interval.high)}"


def _interval(interval: Interval) -> str:
    if interval.low is None or interval.high is None:
        return f"{_score(interval.value)} (no interval: one group)"
    return f"{_score(interval.value)} ({interval.level * 100:g}% interval {_ends(interval)})"


def text_table(rows: Rows) -> str:
    """Return columns two blanks apart: the first flush left, the others flush right."""
    width = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        blanks = [" " * (size - _width(cell)) for cell, size in zip(row, width, strict=True)]
        first, *rest = zip(row, blanks, strict=True)
        lines.append("  ".join(["".join(first), *(blank + cell for cell, blank in rest)]).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    """Return the terminal columns a text takes: wide letters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def html_table(caption: str, rows: Rows, shade: Sequence[Sequence[int]] | None = None) -> str:
    """Return a table; with ``shade``, each cell is tinted by its share of the row."""
    line = "border-bottom:1px solid currentColor"
    cell = "padding:.15em .6em;text-align:right;background:transparent;color:inherit"
    head = "".join(
        f'<th scope="col" style="{cell};{line};text-align:{side}">{html.escape(text)}</th>'
        for text, side in zip(rows[0], ["left", *["right"] * (len(rows[0]) - 1)], strict=True)
    )
    body = []
    for place, (name, *cells) in enumerate(rows[1:]):
        row = [f'<th scope="row" style="{cell};text-align:left">{html.escape(name)}</th>']
        total = sum(shade[place]) if shade else 0
        for column, text in enumerate(cells):
            style = cell
            if shade and total:
                tint = 0.55 * shade[place][column] / total
                style = style.replace("transparent", f"rgba(64,132,214,{tint:.2f})")
            row.append(f'<td style="{style}">{html.escape(text)}</td>')
        body.append(f'<tr style="background:transparent">{"".join(row)}</tr>')
    return (
        '<div style="overflow-x:auto;max-width:100%"><table style="border-collapse:collapse;'
        'margin:.8em 0;color:inherit;background:transparent;font-variant-numeric:tabular-nums">'
        f'<caption style="caption-side:top;text-align:left;color:inherit">{caption}</caption>'
        f'<thead><tr style="background:transparent">{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )
