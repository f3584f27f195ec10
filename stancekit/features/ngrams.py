"""Hashed n-grams of words and characters, for a whole batch at once.

An n-gram is known by a 64-bit hash of its normalised form and counts in the column that the hash's
leading bits name, so a table of ``2 ** bits`` columns bounds how often two n-grams share one. A row
holds counts over the square root of the number of n-grams in the post: long and short posts weigh
alike, and the scale is known before equal n-grams are summed, so a linear model is scored without
sorting them (docs/decisions/0004-square-root-scale.md).
"""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.features.block import Block, Evidence, Floats, Occurrences, indptr_of
from stancekit.text.batch import Batch
from stancekit.text.codepoints import Codes, Index, ranges
from stancekit.text.hashing import Hashes, hash_next, hash_windows
from stancekit.text.names import mask_hashes
from stancekit.text.normalise import Normalised
from stancekit.text.segmentation import Kind

#: Names are told by their shape as well as by the list; and so are those in hashtags, which are
#: read as the phrases they are.
SHAPED: Final = "shaped"
EVERYWHERE: Final = "everywhere"
Masking = bool | Literal["shaped", "everywhere"]
_MASKINGS: Final = (False, True, SHAPED, EVERYWHERE)
#: Largest table and longest n-gram allowed.
MAX_BITS, MAX_ORDER = 30, 64
#: Characters hashed at a time: so few stay in the processor's cache from one step to the next.
_PIECE: Final = 2**14


class _Ngrams(Block):
    """What word and character n-grams have in common."""

    orders: tuple[int, ...]
    bits: int
    mask_names: Masking
    unit: ClassVar[str]

    def stream(self, batch: Batch) -> Normalised:
        """Return the stream that n-grams are read from."""
        if self.mask_names == EVERYWHERE:
            return batch.masked_everywhere
        if self.mask_names == SHAPED:
            return batch.masked_by_shape
        return batch.masked if self.mask_names else batch.norm

    def check(self) -> None:
        """Refuse settings that no table can have."""
        if type(self.bits) is not int or not 1 <= self.bits <= MAX_BITS:
            raise InputError(f"bits is {self.bits!r}: give a number from 1 to {MAX_BITS}")
        orders = self.orders
        fits = all(type(order) is int and 1 <= order <= MAX_ORDER for order in orders)
        if not orders or not fits:
            raise InputError(f"orders is {orders!r}: give numbers from 1 to {MAX_ORDER}")
        if type(self.mask_names) not in (bool, str) or self.mask_names not in _MASKINGS:
            raise InputError(
                f"mask_names is {self.mask_names!r}: give True, False, {SHAPED!r} or {EVERYWHERE!r}"
            )

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """Return the names of the columns; a hash has no n-gram to be named after."""
        return np.array([f"{self.unit}_{i}" for i in range(self.rows)], dtype=object)

    @property
    def rows(self) -> int:
        """Number of columns of the table, ``2 ** bits``."""
        return 1 << self.bits

    @abstractmethod
    def occurrences(self, batch: Batch) -> Iterator[Occurrences]:
        """Yield the n-grams of a batch, one order after the other."""

    @abstractmethod
    def spans(self, batch: Batch, found: Occurrences) -> tuple[Index, Index]:
        """Return start and end of each occurrence, in the codes of the segmentation."""

    def columns(self, hashes: Hashes) -> npt.NDArray[np.int32]:
        """Return the column of each hash: its leading bits."""
        return (hashes >> np.uint64(64 - self.bits)).astype(np.int32)

    def score(self, batch: Batch, table: Floats) -> Floats:
        """Sum the table's rows for each post."""
        total = np.zeros((len(batch), table.shape[1]), np.float32)
        count = np.zeros(len(batch), np.int64)
        for found in self.occurrences(batch):
            total += found.matrix(self.rows) @ table
            count += np.diff(found.indptr)
        return total * _scale(count)[:, None]

    def encode(self, batch: Batch) -> Any:
        """Return scaled counts, CSR, shape (p, 2 ** bits)."""
        parts = list(self.occurrences(batch))
        total = parts[0].matrix(self.rows)
        for part in parts[1:]:
            total = total + part.matrix(self.rows)
        total.sum_duplicates()
        count = np.sum([np.diff(part.indptr) for part in parts], axis=0)
        total.data *= np.repeat(_scale(count), np.diff(total.indptr))
        return total

    def evidence(self, batch: Batch) -> Evidence:
        """Return every n-gram with its place."""
        parts = list(self.occurrences(batch))
        count = np.sum([np.diff(part.indptr) for part in parts], axis=0)
        post = np.concatenate([np.repeat(np.arange(len(batch)), np.diff(p.indptr)) for p in parts])
        start, end = map(np.concatenate, zip(*(self.spans(batch, p) for p in parts), strict=True))
        origin, last = batch.seg.post_start[post], batch.seg.post_start[post + 1] - 1
        row = np.concatenate([part.row for part in parts]).astype(np.int64)
        value = _scale(count).astype(np.float64)[post]
        return Evidence(
            post, np.maximum(start, origin) - origin, np.minimum(end, last) - origin, row, value
        )


def _scale(count: Index) -> Floats:
    return (1 / np.sqrt(np.maximum(count, 1))).astype(np.float32)


@dataclass(eq=False)
class WordNgramBlock(_Ngrams):
    """N-grams of tokens; see `stancekit.features.WordNgrams`."""

    orders: tuple[int, ...] = (1, 2)
    bits: int = 20
    mask_names: Masking = True

    unit = "word_ngram"

    def occurrences(self, batch: Batch) -> Iterator[Occurrences]:
        """Yield the n-grams of all tokens but white space, then the words of hashtags."""
        tokens = self._tokens(batch)
        post_end = np.searchsorted(tokens, batch.seg.token_start)
        hashes = chain = self.stream(batch).token_hash[tokens]
        for order in range(1, max(self.orders) + 1):
            if order > 1:
                chain = hash_next(chain[:-1], hashes[order - 1 :])
            if order in self.orders:
                count = np.maximum(np.diff(post_end) - (order - 1), 0)
                at = ranges(post_end[:-1], count)
                yield Occurrences(self.columns(chain[at]), indptr_of(count), tokens[at], order)
        yield from self._in_hashtags(batch)

    def _tokens(self, batch: Batch) -> Index:
        """Which tokens are read: no white space, and of a full name that is one mark the first."""
        read = batch.seg.kind != Kind.SPACE
        if self.mask_names == EVERYWHERE:
            stream = self.stream(batch)
            read &= stream.token_end > stream.token_start
        return np.flatnonzero(read)

    def _in_hashtags(self, batch: Batch) -> Iterator[Occurrences]:
        """Yield the words of hashtags and, where these are read as phrases, their n-grams."""
        phrases = self.mask_names == EVERYWHERE
        words = batch.named_hashtags if phrases else batch.hashtags
        hashes = mask_hashes(words) if self.mask_names else words.hash
        chain = hashes
        for order in range(1, (max(self.orders) if phrases else 1) + 1):
            if order > 1:
                chain = hash_next(chain[:-1], hashes[order - 1 :])
                if order not in self.orders:
                    continue
            token = words.token[: len(chain)]
            inside = np.flatnonzero(token == words.token[order - 1 :])
            count = np.bincount(batch.seg.post[token[inside]], minlength=len(batch))
            yield Occurrences(self.columns(chain[inside]), indptr_of(count), token[inside])

    def spans(self, batch: Batch, found: Occurrences) -> tuple[Index, Index]:
        """Return start and end of each occurrence, in the codes of the segmentation."""
        visible = self._tokens(batch)
        last = visible[np.searchsorted(visible, found.at) + found.order - 1]
        return batch.seg.start[found.at], batch.seg.end[last]


@dataclass(eq=False)
class CharNgramBlock(_Ngrams):
    """N-grams of characters; see `stancekit.features.CharNgrams`."""

    orders: tuple[int, ...] = (3, 4, 5)
    bits: int = 20
    mask_names: Masking = True

    unit = "char_ngram"

    def occurrences(self, batch: Batch) -> Iterator[Occurrences]:
        """Yield the n-grams of the stream, order by order."""
        stream = self.stream(batch)
        begin = stream.post_start[:-1] - 1
        length = np.diff(stream.post_start) + 1
        rows = self._rows(stream.codes)
        for order in self.orders:
            count = np.maximum(length - (order - 1), 0)
            count[length == 2] = 0  # nothing but the two edges
            at = ranges(begin, count)
            yield Occurrences(rows[order][at], indptr_of(count), at, order)

    def _rows(self, codes: Codes) -> dict[int, npt.NDArray[np.int32]]:
        """Return the row of the n-gram from each place on, whatever it crosses, for each order."""
        rows = {order: np.empty(max(len(codes) + 1 - order, 0), np.int32) for order in self.orders}
        for begin in range(0, len(codes), _PIECE):
            piece = slice(begin, begin + _PIECE)
            goes_on = codes[begin : piece.stop + max(self.orders) - 1]
            for order, hashes in hash_windows(goes_on, self.orders):
                rows[order][piece] = self.columns(hashes[:_PIECE])
        return rows

    def spans(self, batch: Batch, found: Occurrences) -> tuple[Index, Index]:
        """Return start and end of each occurrence, in the codes of the segmentation."""
        origin = np.append(self.stream(batch).origin, len(batch.seg.codes))
        return origin[found.at], origin[found.at + found.order]
