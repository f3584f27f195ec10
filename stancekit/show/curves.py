"""A Report's two curves as SVG for a notebook, in the page's own colour, without matplotlib."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from stancekit.scores.report import Report

_SIDE: Final = 210  # of the square that holds a curve, in pixels
_LEFT, _TOP, _BELOW, _RIGHT = 34, 22, 34, 8
#: A curve: horizontal and vertical places from 0 to 1, and how it is drawn.
Curve = tuple[npt.ArrayLike, npt.ArrayLike, str]
_PLAIN, _DOTTED, _FAINT = "", ' stroke-dasharray="2 3"', ' stroke-dasharray="5 4" opacity=".5"'


def reliability(report: Report) -> str:
    """Return accuracy against confidence; on the dashed line the model is as sure as right."""
    table = report.reliability
    return _chart(
        "Reliability: accuracy by confidence",
        "confidence",
        [((0, 1), (0, 1), _FAINT), (table["confidence"], table["accuracy"], _PLAIN)],
        marks=True,
    )


def coverage(report: Report) -> str:
    """Return accuracy (line) and macro-F1 (dotted) against the share of posts labelled."""
    table = report.coverage
    return _chart(
        "Coverage: accuracy, macro-F1 (dotted)",
        "share of posts labelled, the surest",
        [
            (table["kept"], table["accuracy"], _PLAIN),
            (table["kept"], table["macro_f1"], _DOTTED),
        ],
    )


def _chart(title: str, across_is: str, curves: Sequence[Curve], marks: bool = False) -> str:
    width, height = _LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BELOW
    parts = [_text(_LEFT, 13, title, "start")]
    for tick in (0.0, 0.5, 1.0):
        x, y = _place(tick, tick)
        parts += [
            f'<path d="M{_LEFT} {y}h{_SIDE}M{x} {_TOP}v{_SIDE}" opacity=".2"/>',
            _text(x, _TOP + _SIDE + 14, f"{tick:g}"),
            _text(_LEFT - 6, y + 4, f"{tick:g}", "end"),
        ]
    parts.append(_text(_LEFT + _SIDE / 2, height - 4, across_is))
    for across, up, style in curves:
        points = [
            _place(x, y) for x, y in np.column_stack([across, up]).tolist() if x == x and y == y
        ]
        path = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{path}" stroke-width="1.5"{style}/>')
        if marks and style == _PLAIN:
            parts += [f'<circle cx="{x}" cy="{y}" r="2.5" fill="currentColor"/>' for x, y in points]
    return (
        f'<svg role="img" aria-label="{html.escape(title)}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" fill="none" stroke="currentColor" '
        f'style="margin:.8em 0;max-width:100%">{"".join(parts)}</svg>'
    )


def _place(across: float, up: float) -> tuple[float, float]:
    return round(_LEFT + _SIDE * across, 1), round(_TOP + _SIDE * (1 - up), 1)


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="currentColor" stroke="none" '
        f'font-size="11">{html.escape(text)}</text>'
    )
