"""The words that speak most for and against a post's label, for many posts at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from stancekit.model.explaining.units import units_of
from stancekit.model.linear import LinearModel
from stancekit.show.cells import one_line
from stancekit.text.batch import read_batch, slices
from stancekit.text.codepoints import Index

#: Most units named for and against, and the share of the strongest *for* that one needs.
_FOR, _AGAINST = (4, 0.25), (2, 0.5)
#: What would be shown as 0.00 is not shown.
LEAST: Final = 0.005
_WIDTH: Final = 24
#: Contributions of a batch fit the processor's cache if it has no more than so many characters.
_CHARACTERS, _POSTS = 2**16, 2**9


def summed(units: Iterable[str], scores: Iterable[float]) -> dict[str, float]:
    """Sum the scores of units that are spelt alike, in order of appearance."""
    sums: dict[str, float] = {}
    for unit, score in zip(units, scores, strict=True):
        sums[unit] = sums.get(unit, 0.0) + score
    return sums


def in_short(units: Iterable[str], scores: Iterable[float]) -> str:
    """Name the units that speak most for (+) and against (−) a label.

    Up to four that speak for it, a quarter as strongly as the strongest or more; up to two that
    speak against it, half as strongly as that or more.

    >>> in_short(["thanks", "you", "clown", "clown"], [-0.9, 0.2, 0.7, 0.7])
    '+clown −thanks'
    """
    sums = summed(units, scores)
    order = sorted(sums, key=sums.__getitem__, reverse=True)
    strongest = sums[order[0]] if order else 0.0
    chosen = []
    for sign, ranked, (most, share) in (("+", order, _FOR), ("−", order[::-1], _AGAINST)):
        for unit in ranked[:most]:
            score = sums[unit] if sign == "+" else -sums[unit]
            if score < max(LEAST, share * strongest):
                break
            chosen.append(sign + one_line(unit, _WIDTH))
    return " ".join(chosen)


def short_reasons(linear: LinearModel, texts: Sequence[str], code: Index) -> list[str]:
    """Name, for each post, what speaks most for and against the label of this code."""
    return [
        short
        for part in slices(texts, _CHARACTERS, _POSTS)
        for short in _batch(linear, texts[part], code[part])
    ]


def _batch(linear: LinearModel, texts: Sequence[str], code: Index) -> Iterator[str]:
    read = linear.read(texts)
    batch = read_batch(read.texts)
    units = units_of(batch)
    scores = np.zeros(len(units.start))
    for name, block in linear.blocks.items():
        found = block.evidence(batch)
        of_label = linear.tables[name][found.row, code[found.post]]
        scores += units.share_out(block, found, found.value * of_label)[0]
    post = np.repeat(np.arange(len(texts)), np.diff(units.first))
    start, end = (place - batch.seg.post_start[post] for place in (units.start, units.end))
    numbers, first = scores.tolist(), units.first.tolist()
    for number, (text, a, b) in enumerate(zip(texts, first, first[1:], strict=False)):
        typed = read.places(number, start[a:b], end[a:b])
        words = [text[i:j] for i, j in zip(*(place.tolist() for place in typed), strict=True)]
        yield in_short(words, numbers[a:b])
