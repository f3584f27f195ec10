"""The format of a saved model: one number, and what to do when it changes.

A saved model is a folder of three files:

- ``manifest.json``: format number, classes, temperature, blocks with their settings, report,
  what is known of the training, and the SHA-256 of the weights;
- ``weights.safetensors``: for each block its scores, half precision, with the rows they belong to
  where most rows are zero (``BLOCK.rows``, ``BLOCK.scores``), the hashes of known words
  (``BLOCK.hashes``), and ``intercept``;
- ``README.md``: the model card, for people.

When the format changes: add 1 to `FORMAT`; keep reading the older number in ``load.py``; add a real
folder of the new format under ``tests/model/saved/``; leave the older folders there for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from stancekit.features.block import Block
from stancekit.features.cues import SentimentCues
from stancekit.features.lexicon import Lexicon
from stancekit.features.ngrams import CharNgrams, WordNgrams
from stancekit.features.vectors import KnownWords

FORMAT: Final = 1

MANIFEST: Final = "manifest.json"
WEIGHTS: Final = "weights.safetensors"
CARD: Final = "README.md"


@dataclass(frozen=True)
class BlockFormat:
    """How one kind of block is written in the manifest.

    Attributes
    ----------
    kind : type of Block
    settings : callable
        Block to JSON values.
    build : callable
        JSON values and the block's arrays to a block.
    """

    kind: type[Block]
    settings: Callable[[Any], dict[str, Any]]
    build: Callable[[Mapping[str, Any], Mapping[str, Any]], Block]


def _ngram_settings(block: Any) -> dict[str, Any]:
    return {"orders": list(block.orders), "bits": block.bits}


#: Every kind of block that is saved, by the name the manifest gives it.
BLOCKS: Final[Mapping[str, BlockFormat]] = {
    "word-ngrams": BlockFormat(
        WordNgrams, _ngram_settings, lambda s, _: WordNgrams(tuple(s["orders"]), s["bits"])
    ),
    "char-ngrams": BlockFormat(
        CharNgrams, _ngram_settings, lambda s, _: CharNgrams(tuple(s["orders"]), s["bits"])
    ),
    "sentiment-cues": BlockFormat(
        SentimentCues,
        lambda block: {"lexicon": {name: dict(terms) for name, terms in block.terms.lists}},
        lambda s, _: SentimentCues(
            Lexicon(tuple((name, tuple(terms.items())) for name, terms in s["lexicon"].items()))
        ),
    ),
    "known-words": BlockFormat(KnownWords, lambda _: {}, lambda _, a: KnownWords(a["hashes"])),
}
