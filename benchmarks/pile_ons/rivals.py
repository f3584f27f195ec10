"""Other ways to find bursts of hostile posts, each in a few lines.

References
----------
Kleinberg (2002), Bursty and hierarchical structure in streams. KDD.
Scargle, Norris, Jackson & Chiang (2013), Studies in astronomical time series analysis VI: Bayesian
block representations. Astrophysical Journal 764.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from pile_ons.backgrounds import DOG_PILING
from stancekit.events.pileons.scan import LEAST

Span = tuple[float, float]


def found_by(method: Callable[[np.ndarray], Iterator[Span]], contacts, label) -> pd.DataFrame:
    """Let a method look at the hostile posts of each target; ten accounts make an episode."""
    hostile = contacts[label == DOG_PILING].sort_values("time")
    rows = []
    for target, part in hostile.groupby("target"):
        if part["author"].nunique() < LEAST:
            continue
        time = part["time"].to_numpy(float)
        for start, end in method(time):
            inside = part["author"][(time >= start) & (time <= end)]
            if inside.nunique() >= LEAST:
                rows.append((target, start, end))
    return pd.DataFrame(rows, columns=["target", "start", "end"])


def fixed(time: np.ndarray, window: float = 86_400) -> Iterator[Span]:
    """Give all stretches covered by windows of a day with ten posts or more."""
    first = np.searchsorted(time, time - window, "right")
    ends = np.flatnonzero(np.arange(len(time)) - first + 1 >= LEAST)
    return _joined([(time[first[end]], time[end]) for end in ends])


def kleinberg(time: np.ndarray, s: float = 2.0, gamma: float = 1.0) -> Iterator[Span]:
    """Give the bursts of a two-state automaton over the gaps between posts."""
    gaps = np.maximum(np.diff(time), 1.0)
    rate = 1 / gaps.mean()
    rates = np.array([rate, s * rate])
    cost = -(np.log(rates)[:, None] - rates[:, None] * gaps)
    up = gamma * np.log(len(time))
    best, back = np.array([0.0, up]), np.zeros((2, len(gaps)), int)
    for place in range(len(gaps)):
        back[0, place] = int(best[1] < best[0])
        back[1, place] = int(best[1] < best[0] + up)
        best = np.array([min(best), min(best[1], best[0] + up)]) + cost[:, place]
    state, states = int(best[1] < best[0]), np.zeros(len(gaps), int)
    for place in range(len(gaps) - 1, -1, -1):
        states[place] = state
        state = back[state, place]
    which = np.flatnonzero(states)
    return _joined([(time[place], time[place + 1]) for place in which])


def blocks(time: np.ndarray, p0: float = 0.01, times: float = 3.0) -> Iterator[Span]:
    """Give the Bayesian blocks with three times the target's rate; at most 1,500 quarter-hours."""
    edges = np.unique(time // 900 * 900)[:1500]
    counts = np.histogram(time, [*edges, edges[-1] + 900])[0]
    bounds = np.concatenate([edges[:1], (edges[1:] + edges[:-1]) / 2, edges[-1:] + 900])
    prior = 4 - np.log(73.53 * p0 * len(time) ** -0.478)
    best, last = np.zeros(len(edges)), np.zeros(len(edges), int)
    for end in range(len(edges)):
        width = bounds[end + 1] - bounds[: end + 1]
        inside = counts[: end + 1][::-1].cumsum()[::-1]
        fit = inside * np.log(inside / width) - prior
        fit[1:] += best[:end]
        last[end] = int(np.argmax(fit))
        best[end] = fit[last[end]]
    usual, end = len(time) / max(np.ptp(time), 1), len(edges)
    while end > 0:
        start = last[end - 1]
        inside = counts[start:end].sum()
        if inside / (bounds[end] - bounds[start]) > times * usual:
            yield bounds[start], bounds[end]
        end = start


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Join those closer than a day."""
    current: list[float] = []
    for start, end in sorted(spans):
        if current and start - current[1] < 86_400:
            current[1] = max(current[1], end)
            continue
        if current:
            yield current[0], current[1]
        current = [start, end]
    if current:
        yield current[0], current[1]
