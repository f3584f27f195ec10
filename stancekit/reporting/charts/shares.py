"""The share of each label: counted, and corrected with its interval where that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan

from markupsafe import Markup

from stancekit.reporting.charts import svg
from stancekit.show.cells import one_line

_NAMES, _WIDTH, _ROW, _TOP = 110, 720, 34, 12


@dataclass(frozen=True)
class Bar:
    """A label's share.

    Attributes
    ----------
    name : str
    counted : float
    share, low, high : float
        Corrected, with its interval; NaN where nothing is known.
    """

    name: str
    counted: float
    share: float = nan
    low: float = nan
    high: float = nan

    @property
    def told(self) -> str:
        """Say it in words."""
        corrected = f", corrected {self.share:.1%} ({self.low:.1%} to {self.high:.1%})"
        return f"{self.name}: counted {self.counted:.1%}{'' if isnan(self.share) else corrected}"


def shares(bars: Sequence[Bar], of: str) -> Markup:
    """Draw counted shares as bars, corrected ones as dots with their intervals.

    Examples
    --------
    >>> print(shares([Bar("neutral", 0.5)], "posts")[:18])
    <svg class="chart"
    """
    most = max([value for bar in bars for value in (bar.counted, bar.high, 0.1) if value == value])
    ground = _TOP + _ROW * len(bars)
    wide = (_WIDTH - _NAMES - 70) / most
    body = []
    for tick in svg.ticks(most):
        x = _NAMES + tick * wide
        body.append(svg.line(x, _TOP - 6, x, ground, "grid"))
        body.append(svg.text(x, ground + 16, f"{tick:.0%}", "tick", "middle"))
    for place, bar in enumerate(bars):
        body += _row(bar, place % svg.COLOURS, _TOP + place * _ROW, wide)
    says = "; ".join(bar.told for bar in bars)
    title = f"Share of {of} by label"
    return svg.chart("shares", _WIDTH, ground + 24, title, says, "".join(body))


def _row(bar: Bar, place: int, y: float, wide: float) -> list[str]:
    name = svg.text(_NAMES - 8, y + 16, one_line(bar.name, svg.NAME), "name", "end")
    width = bar.counted * wide
    if isnan(bar.share):
        return [
            name,
            svg.rectangle(_NAMES, y + 2, width, 20, f"s{place}", bar.told),
            svg.text(_NAMES + width + 6, y + 16, f"{bar.counted:.1%}", "tick"),
        ]
    left, middle, right = (_NAMES + value * wide for value in (bar.low, bar.share, bar.high))
    return [
        name,
        svg.rectangle(_NAMES, y + 14, width, 8, f"s{place}", bar.told),
        svg.line(left, y + 6, right, y + 6, f"l{place} interval"),
        svg.circle(middle, y + 6, 5, f"s{place}", bar.told),
        svg.text(max(right, _NAMES + width) + 8, y + 16, f"{bar.share:.1%}", "tick"),
    ]
