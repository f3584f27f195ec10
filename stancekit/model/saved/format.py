"""The format of a saved model: one number, and what to do when it changes.

A saved model is a folder. In every one are

- ``manifest.json``: format number, kind, settings, report, what is known of the training, and the
  SHA-256 of the other files;
- ``README.md``: the model card, for people.

Beside them, by kind:

- linear (format 1, in which the manifest names no kind): ``weights.safetensors``, for each block
  its scores, half precision, with the rows they belong to where most rows are zero (``BLOCK.rows``,
  ``BLOCK.scores``), the hashes of known words (``BLOCK.hashes``), and ``intercept``;
- encoder (format 2): ``model.onnx``, a network from token ids to logits without external data or
  foreign operators, and ``tokenizer.json``;
- cascade (format 2): the files of both.

Since format 3 a class may be called by a whole number, and the manifest of a linear model names its
files as the others do.

Since format 4 n-grams may tell names by their shape, too (``"mask_names": "shaped"``), and a linear
model may read posts as ``stancekit.text.reading`` does (``"reading": true``), and a cascade may mix
what its models say (``"share"``).

Since format 5 n-grams may read hashtags as phrases and mask the names in them
(``"mask_names": "everywhere"``), and an encoder may mask names (``"mask_names": true``) and read
posts of as many tokens together (``"batched": true``).

In any of them ``training.hashes`` may stand beside the others: the texts a model has learnt from,
32 bits of a hash each, lowest first (`stancekit.model.seen`). ``about.seen`` in the manifest names
its SHA-256. No label hangs on it, versions that do not know it load the model all the same, and
who would not hand it on saves the model without it: ``dataclasses.replace(model, seen=None)``.

A model is written in the oldest format that can hold it. When the format changes: add 1 to
`FORMAT`; keep reading the older number (``kinds.py`` says who reads what); add a real folder of the
new format under ``tests/model/saved/``; leave the older folders there for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from stancekit.features.block import Block
from stancekit.features.cues.block import CueBlock
from stancekit.features.cues.lexicon import LONGEST_TEXT, Lexicon
from stancekit.features.ngrams import EVERYWHERE, SHAPED, CharNgramBlock, WordNgramBlock
from stancekit.features.vectors import KnownWordBlock
from stancekit.labels import ClassName
from stancekit.model.linear import LinearModel
from stancekit.model.saved.limits import MAX_WEIGHT

#: The newest format; and those of the kinds of models.
FORMAT: Final = 5
LINEAR_FORMAT: Final = 1
ENCODER_FORMAT: Final = 2
#: The oldest that can hold classes called by numbers.
NUMBERS_FORMAT: Final = 3
#: The oldest that can hold a model that reads posts, n-grams that tell names by their shape, or a
#: cascade that mixes.
READING_FORMAT: Final = 4
#: The oldest that can hold n-grams of hashtags as phrases, or an encoder that masks names or reads
#: posts together.
PHRASES_FORMAT: Final = 5

MANIFEST: Final = "manifest.json"
WEIGHTS: Final = "weights.safetensors"
CARD: Final = "README.md"
#: What a manifest says beside the settings, and decides no label.
BESIDE: Final = ("name", "digest", "weights", "about", "report")
NETWORK: Final = "model.onnx"
TOKENIZER: Final = "tokenizer.json"
#: What a model has learnt from, and what of it the manifest holds under ``about``.
SEEN_FILE: Final = "training.hashes"
SEEN: Final = "seen"


def oldest_format(
    kind: int, classes: Sequence[ClassName], linear: LinearModel | None = None
) -> int:
    """Return the oldest format that can hold a model of a kind, with such classes and scores."""
    masking = _maskings(linear.blocks.values()) if linear else set()
    if EVERYWHERE in masking:
        return PHRASES_FORMAT
    if SHAPED in masking or (linear and linear.reading):
        return READING_FORMAT
    return kind if all(isinstance(name, str) for name in classes) else NUMBERS_FORMAT


def _maskings(blocks: Iterable[Block]) -> set[object]:
    return {getattr(block, "mask_names", None) for block in blocks}


@dataclass(frozen=True)
class BlockFormat:
    """How one kind of block is written in the manifest.

    Attributes
    ----------
    kind : type of Block
    settings : callable
        Block to JSON values.
    build : callable
        JSON values and the block's arrays to a block; raises ValueError for those that are none.
    """

    kind: type[Block]
    settings: Callable[[Any], dict[str, Any]]
    build: Callable[[Mapping[str, Any], Mapping[str, Any]], Block]


def _ngram_settings(block: Any) -> dict[str, Any]:
    return {"orders": list(block.orders), "bits": block.bits, "mask_names": block.mask_names}


def _ngrams(
    kind: Callable[[tuple[int, ...], int, bool], Block], settings: Mapping[str, Any]
) -> Block:
    block = kind(tuple(settings["orders"]), settings["bits"], settings["mask_names"])
    block.check()
    return block


def _cues(settings: Mapping[str, Any]) -> Block:
    lists = tuple((name, tuple(terms.items())) for name, terms in settings["lexicon"].items())
    for name, terms in lists:
        for term, weight in terms:
            if len(term) > LONGEST_TEXT:
                raise ValueError(f"lexicon list {name!r}: a term of {len(term):,} characters")
            if type(weight) not in (int, float) or not abs(weight) <= MAX_WEIGHT:
                raise ValueError(f"lexicon list {name!r}: weight of {term!r} is {weight!r}")
    return CueBlock(Lexicon(lists))


def _known_words(arrays: Mapping[str, Any]) -> Block:
    hashes = arrays["hashes"]
    if hashes.dtype != np.uint64 or hashes.ndim != 1 or not (hashes[1:] > hashes[:-1]).all():
        raise ValueError("the hashes of known words are not in ascending order, or no hashes")
    return KnownWordBlock(hashes)


#: Every kind of block that is saved, by the name the manifest gives it.
BLOCKS: Final[Mapping[str, BlockFormat]] = {
    "word-ngrams": BlockFormat(
        WordNgramBlock, _ngram_settings, lambda settings, _: _ngrams(WordNgramBlock, settings)
    ),
    "char-ngrams": BlockFormat(
        CharNgramBlock, _ngram_settings, lambda settings, _: _ngrams(CharNgramBlock, settings)
    ),
    "sentiment-cues": BlockFormat(
        CueBlock,
        lambda block: {"lexicon": {name: dict(terms) for name, terms in block.terms.lists}},
        lambda settings, _: _cues(settings),
    ),
    "known-words": BlockFormat(
        KnownWordBlock, lambda _: {}, lambda _, arrays: _known_words(arrays)
    ),
}
