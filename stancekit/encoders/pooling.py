"""From the vectors of a text's tokens to one vector, as the Pooling of sentence-transformers does.

One text at a time, so that every token counts and there is no mask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.errors import ModelFormatError

Floats = npt.NDArray[np.float32]
Pool = Callable[[Floats], Floats]


def _weighted(tokens: Floats) -> Floats:
    place = np.arange(1, len(tokens) + 1, dtype=np.float32)
    return np.asarray(place @ tokens / place.sum(), np.float32)


#: Ways to pool (tokens, d) to (d,), in the order in which several are put together.
POOLS: Final[Mapping[str, Pool]] = {
    "cls": lambda tokens: tokens[0],
    "max": lambda tokens: tokens.max(axis=0),
    "mean": lambda tokens: tokens.mean(axis=0),
    "mean_sqrt_len_tokens": lambda tokens: tokens.sum(axis=0) / np.float32(len(tokens) ** 0.5),
    "weightedmean": _weighted,
    "lasttoken": lambda tokens: tokens[-1],
}


def pools(config: Mapping[str, Any], where: str) -> tuple[Pool, ...]:
    """Return the ways a Pooling's ``config.json`` names, in the notation of v6 or before."""
    modes = config.get("pooling_mode")
    if modes is None:
        named = {name.removesuffix("_tokens"): name for name in POOLS}
        old = {
            key.removeprefix("pooling_mode_").removesuffix("_token").removesuffix("_tokens")
            for key, value in config.items()
            if key.startswith("pooling_mode_") and value is True
        }
        modes = [name for short, name in named.items() if short in old] or ["mean"]
    modes = [modes] if isinstance(modes, str) else list(modes)
    if unknown := [mode for mode in modes if mode not in POOLS]:
        raise ModelFormatError(
            f"{where}: pooling mode {unknown[0]!r} is not known: {', '.join(POOLS)} are"
        )
    return tuple(POOLS[mode] for mode in modes)
