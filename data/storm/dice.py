"""Chance from one seed, the same under every Python: all of it comes from ``random()``."""

from __future__ import annotations

import math
import random
from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws of all kinds from one generator.

    ``Random.choice`` and ``sample`` may draw otherwise in the next Python; ``random`` may not.
    """

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed).random

    def chance(self, share: float) -> bool:
        """Say yes in that share of cases."""
        return self.draw() < share

    def below(self, number: int) -> int:
        """Give a whole number from 0 up to, but without, ``number``."""
        return int(self.draw() * number)

    def pick(self, things: Sequence[T]) -> T:
        """Pick one, each as likely as the other."""
        return things[self.below(len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Pick a key, each as likely as its weight says."""
        sums = list(accumulate(weights.values()))
        return list(weights)[min(bisect(sums, self.draw() * sums[-1]), len(sums) - 1)]

    def some(self, things: Sequence[T], number: int) -> list[T]:
        """Pick ``number`` different ones."""
        rest = list(things)
        return [rest.pop(self.below(len(rest))) for _ in range(number)]

    def after(self, moment: datetime, minutes: float) -> datetime:
        """Give a moment later, by so many minutes in the mean, mostly less."""
        seconds = -math.log(1 - self.draw()) * minutes * 60
        return moment + timedelta(milliseconds=round(seconds * 1000) + 137)

    def between(self, start: datetime, end: datetime) -> datetime:
        """Give a moment between two."""
        span = (end - start).total_seconds()
        return start + timedelta(milliseconds=round(self.draw() * span * 1000))

    def tail(self, most: float, shape: float = 1.2) -> float:
        """Give a heavy-tailed weight from 1 up to ``most``."""
        return min(most, (1 - self.draw()) ** (-1 / shape))
