"""Which texts a model has learnt from, as hashes: whether it is tested on what it knows.

A hash gives no text back, but whoever has a text can ask whether it was there: of public posts
the hashes are pseudonymous, not anonymous. Thirty-two bits are as few as tell texts apart, so
that of a million others some two hundred are taken for one of a million texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Seen:
    """Texts a model has learnt from.

    Attributes
    ----------
    hashes : ndarray of uint32
        Ascending, each once.

    Examples
    --------
    >>> seen = Seen.of(["Well done, Ana!", "Shame"])
    >>> seen.among(["RT @ben: well done, ana https://t.co/x", "Shame on you"]).tolist()
    [True, False]
    """

    hashes: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Seen:
        """Hash texts as their reposts share them: no mentions, links, case or punctuation."""
        return cls(np.unique(_hashes(texts)))

    @classmethod
    def of_all(cls, parts: Iterable[Seen | None]) -> Seen | None:
        """Put together what several models have seen; None if it is known of none."""
        known = [part.hashes for part in parts if part is not None]
        return cls(np.unique(np.concatenate(known))) if known else None

    @classmethod
    def from_bytes(cls, data: bytes) -> Seen:
        """Read what `to_bytes` wrote; a ValueError if it is none of it."""
        hashes: Any = np.frombuffer(data, "<u4").astype(np.uint32)
        if not (hashes[1:] > hashes[:-1]).all():
            raise ValueError("hashes that are not in ascending order")
        return cls(hashes)

    def to_bytes(self) -> bytes:
        """Write the hashes one after another, four bytes each, the lowest first."""
        return self.hashes.astype("<u4").tobytes()

    def among(self, texts: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Say of each text whether it was learnt from, shape (n,)."""
        return np.isin(_hashes(texts), self.hashes)

    def __len__(self) -> int:
        return len(self.hashes)


def _hashes(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    # imported here: who labels posts compares none
    from stancekit.text.duplicates import canonical_texts, plain_texts

    shared = canonical_texts(plain_texts(texts)) if len(texts) else []
    digests = (
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest()
        for text in shared
    )
    return np.frombuffer(b"".join(digests), "<u4").astype(np.uint32)
