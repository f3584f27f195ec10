"""A Report as text for a terminal and as HTML for a notebook, from the same rows of cells."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

import numpy as np

from stancekit.show import curves as report_svg
from stancekit.show.cells import short
from stancekit.show.tables import html_table, text_table

if TYPE_CHECKING:
    from stancekit.scores.metrics import Interval
    from stancekit.scores.report import Report

#: More classes do not fit a terminal's line; the worst mix-ups are listed instead.
WIDEST_MATRIX: Final = 8
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
        html_table(_class_rows(report), "By class"),
        html_table(_matrix_rows(report), _HEADING, report.counts),
        report_svg.reliability(report),
        report_svg.coverage(report),
        html_table(_coverage_rows(report), _surest(report)),
        html_table(_threshold_rows(report), _REACHES),
    ]
    return (
        '<div style="color:inherit;background:transparent;line-height:1.5;max-width:100%">'
        f"<strong>{html.escape(first)}</strong>{lines}"
        '<div style="display:flex;flex-wrap:wrap;align-items:flex-start;gap:0 2.5em">'
        f"{''.join(parts)}</div></div>"
    )


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


def _class_rows(report: Report) -> list[list[str]]:
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


def _matrix_rows(report: Report) -> list[list[str]]:
    names = [short(name) for name in report.classes]
    cells = [[f"{count:,}" for count in row] for row in report.counts]
    return [["", *names], *([name, *row] for name, row in zip(names, cells, strict=True))]


def _mix_up_rows(report: Report) -> list[list[str]]:
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


def _coverage_rows(report: Report) -> list[list[str]]:
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


def _threshold_rows(report: Report) -> list[list[str]]:
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
