"""Rivals as storms and tables have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from stancekit.events.storms.camps import Rivals
from stancekit.events.storms.storm import Storm


def with_rivals(storms: Sequence[Storm], against: Sequence[Rivals]) -> list[Storm]:
    """Tell storms of their rivals."""
    of: dict[int, set[str]] = defaultdict(set)
    after: dict[int, set[str]] = defaultdict(set)
    target: dict[int, set[str]] = defaultdict(set)
    camps: dict[int, set[str]] = defaultdict(set)
    for pair in against:
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            of[one].add(storms[other].key)
            target[one].add(pair.target)
        for at, share in zip((pair.first, pair.second), pair.supportive, strict=True):
            camps[at].add(f"{'for' if share > 0.5 else 'against'} {pair.target}")
        if pair.counter:
            after[pair.second].add(storms[pair.first].key)
    return [
        replace(
            storm,
            rival_of=tuple(sorted(of[at])),
            counter_storm_of=tuple(sorted(after[at])),
            rival_targets=tuple(sorted(target[at])),
            camps=tuple(sorted(camps[at])),
        )
        for at, storm in enumerate(storms)
    ]


def rival_rows(storms: Sequence[Storm], against: Sequence[Rivals]) -> tuple[dict[str, Any], ...]:
    """Give what `Storms.rivals_frame` has of them."""
    return tuple(
        {
            "first": storms[pair.first].key,
            "second": storms[pair.second].key,
            "target": pair.target,
            "hours_apart": pair.hours,
            "odds_ratio": pair.odds,
            "odds_low": pair.odds_low,
            "odds_high": pair.odds_high,
            "first_supportive": pair.supportive[0],
            "second_supportive": pair.supportive[1],
            "first_accounts": pair.accounts[0],
            "second_accounts": pair.accounts[1],
        }
        for pair in against
    )
