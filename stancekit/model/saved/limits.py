"""What a saved model may ask for: the bounds that are checked before anything is read or built.

Networks and tokenizers have bounds of their own, in `stancekit.encoders.limits`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Bytes of each file; a larger one is not opened. JSON takes fifty times its size in memory where
#: it is a lexicon; the manifest of `fast` is a twelfth of what one may be.
FILE_BYTES: Final[Mapping[str, int]] = {
    "manifest.json": 1 << 22,
    "weights.safetensors": 1 << 28,
    "model.onnx": 1 << 29,
    "tokenizer.json": 1 << 24,
    "training.hashes": 1 << 26,
}
MAX_CELLS: Final = 1 << 26
"""Scores of all blocks together, 4 bytes each: three blocks of 2 ** 20 rows have 20 classes."""
TEMPERATURES: Final = (1e-3, 1e3)
"""Training finds one from .01 to 100; beyond these probabilities are no numbers."""
MAX_WEIGHT: Final = 1e4
"""Of a lexicon's term, up or down."""
MAX_INTERCEPT: Final = 1e6
"""Of a class, up or down."""
