"""What a model that cannot be taken apart says of a post, and of the post without some words.

A word's share is what the score of a label loses when the word is left out; see Robnik-Šikonja &
Kononenko (2008), Explaining classifications for individual instances. IEEE TKDE 20(5). Words that
only count together get less than their due, so that the shares do not add up to the score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.model.explaining.units import units_of
from stancekit.model.texts import is_empty
from stancekit.text.batch import read_batch

Proba = Callable[[Sequence[str]], npt.NDArray[np.float32]]
Floats64 = npt.NDArray[np.float64]

#: Stretches that are left out of a post, at most: of a longer one, several words at once.
MOST: Final = 64
#: Characters of a post that are looked at word by word; what follows is one stretch. An encoder
#: reads no further.
NEAR: Final = 4_000
#: A probability below this says no more than this.
_LEAST: Final = 1e-6


@dataclass(frozen=True, eq=False)
class LeftOut:
    """A post's stretches, and what the scores lose without each.

    Attributes
    ----------
    spans : sequence of pair of int
        Offsets into the text: units as `stancekit.model.explaining.units` has them, one or more.
    logits : ndarray of float64, shape (k,)
        Of the whole post: log-probabilities, their mean taken away.
    lost : ndarray of float64, shape (len(spans), k)
    """

    spans: Sequence[tuple[int, int]]
    logits: Floats64
    lost: Floats64


def leave_out(proba: Proba, texts: Sequence[str]) -> list[LeftOut]:
    """Leave out stretch after stretch of each post.

    Parameters
    ----------
    proba : callable
        Posts to probabilities, shape (p, k); no row of which hangs on another.
    texts : sequence of str
        Posts that get a label.
    """
    spans = stretches(texts)
    variants = [_variants(text, own) for text, own in zip(texts, spans, strict=True)]
    row = {text: i for i, text in enumerate(dict.fromkeys(chain.from_iterable(variants)))}
    logits = _logits(proba, list(row))
    return [
        _left_out(own, logits[[row[text] for text in asked]])
        for own, asked in zip(spans, variants, strict=True)
    ]


def stretches(texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Cut each post into `MOST` stretches at the most, of whole units.

    >>> stretches(["well done #SaveTheTram"])
    [[(0, 4), (5, 9), (10, 22)]]
    """
    units = units_of(read_batch(texts))
    found = []
    for number, (first, last) in enumerate(zip(units.first, units.first[1:], strict=False)):
        start, end = (
            (place[first:last] - units.post_start[number]) for place in (units.start, units.end)
        )
        near = int(np.searchsorted(end, NEAR, side="right"))
        cuts = np.arange(near) if near < MOST else np.arange(MOST - 1) * near // (MOST - 1)
        if near < len(end):
            cuts = np.append(cuts, near)
        ends = np.append(cuts, len(end))[1:] - 1
        found.append(list(zip(start[cuts].tolist(), end[ends].tolist(), strict=True)))
    return found


def _variants(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return the post, what of it is near, and that without each near stretch."""
    far = _is_far(spans)
    near = text[: spans[-1][0]] if far else text
    return [text, near, *(near[:start] + near[end:] for start, end in spans[: len(spans) - far])]


def _is_far(spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the last stretch is all that is not near."""
    return len(spans) > 1 and spans[-1][1] > NEAR


def _left_out(spans: Sequence[tuple[int, int]], logits: Floats64) -> LeftOut:
    whole, near = logits[:2]
    lost = near - logits[2:]
    if _is_far(spans):
        lost = np.vstack([lost, whole - near])
    return LeftOut(spans, whole, lost)


def _logits(proba: Proba, texts: Sequence[str]) -> Floats64:
    """Return centred log-probabilities: all alike, 0, where no word is left."""
    asked = [i for i, text in enumerate(texts) if not is_empty(text)]
    found = proba([texts[i] for i in asked])
    logs = np.log(np.maximum(found, _LEAST, dtype=np.float64))
    logits = np.zeros((len(texts), found.shape[1]))
    logits[asked] = logs - logs.mean(axis=1, keepdims=True)
    return logits
