"""An explanation brought together on tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.text import tokens

if TYPE_CHECKING:
    from stancekit.model.explain import Explanation

#: What stands in the table's last row for the token.
WHOLE: Final = "(whole post)"

Ints = npt.NDArray[np.int64]
Floats64 = npt.NDArray[np.float64]


def token_table(explanation: Explanation) -> pd.DataFrame:
    """Bring contributions together on tokens; see `Explanation.tokens`."""
    text, classes = explanation.text, list(explanation.classes)
    spans = [t for t in tokens(text, offsets=True) if not t[0].isspace()]
    begin, stop = (np.array([t[i] for t in spans], np.int64) for i in (1, 2))
    found = explanation.contributions
    start, end = found["start"].to_numpy(), found["end"].to_numpy()
    values = found[classes].to_numpy(np.float64)
    whole = (end <= start) | _of_no_place(explanation, len(spans))
    shared, rest = _spread(start, end, values, ~whole, begin, stop, len(text))
    # object: pandas' own strings hold no lone surrogates, and posts may
    names = pd.Series([*(t[0] for t in spans), WHOLE], dtype=object)
    table = pd.DataFrame({"token": names, "start": [*begin, 0], "end": [*stop, len(text)]})
    table[classes] = np.vstack([shared, values[whole].sum(axis=0) + rest])
    return table


def _of_no_place(explanation: Explanation, count: int) -> npt.NDArray[np.bool_]:
    """Which contributions are of the whole post, such as its length.

    Not those of an n-gram that happens to be as long as the post, nor any of a post of one token.
    """
    found, text = explanation.contributions, explanation.text
    covers = ((found["start"] <= 0) & (found["end"] >= len(text))).to_numpy(np.bool_)
    named = np.array([feature != text for feature in found["feature"]], np.bool_)
    return covers & named & (count != 1)


def _spread(
    start: Ints,
    end: Ints,
    values: Floats64,
    chosen: npt.NDArray[np.bool_],
    begin: Ints,
    stop: Ints,
    length: int,
) -> tuple[Floats64, Floats64]:
    """Spread each chosen contribution over the tokens it overlaps, by characters shared."""
    edges = np.zeros((length + 1, values.shape[1]))
    inside = np.zeros(length + 1)
    for a, b in zip(begin.tolist(), stop.tolist(), strict=True):
        inside[a:b] = 1
    seen = np.concatenate([[0.0], np.cumsum(inside)])
    covered = seen[end] - seen[start]
    usable = chosen & (covered > 0)
    rate = values[usable] / covered[usable][:, None]
    np.add.at(edges, start[usable], rate)
    np.add.at(edges, end[usable], -rate)
    per_character = np.cumsum(edges, axis=0)[:-1] * inside[:-1, None]
    total = np.vstack([np.zeros(values.shape[1]), np.cumsum(per_character, axis=0)])
    return total[stop] - total[begin], values[chosen & ~usable].sum(axis=0)
