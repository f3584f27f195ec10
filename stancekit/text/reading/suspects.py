"""Where in a batch something may be read otherwise than typed: cheap, and right to leave the rest.

Each test lets through whatever the pattern of the same name in `quotations`, `emoticons` or
`spelling` can match, and some more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from stancekit.text.batch import Batch
from stancekit.text.codepoints import Codes, Flag, Index, Mask
from stancekit.text.hash_table import HashTable, hash_table
from stancekit.text.normalise import hash_strings
from stancekit.text.reading.spelling import misspellings
from stancekit.text.segmentation import Kind

Roles = npt.NDArray[np.uint8]

_SIGN, _MARK, _BREAK, _QUOTE, _APOSTROPHE, _FAR = 1, 2, 4, 8, 16, 32
_ROLES = {
    _SIGN: "01345789@$!|+*",
    _MARK: ":;=",
    _BREAK: " ._*-",
    _QUOTE: '"«',
    _APOSTROPHE: "'",
    _FAR: "\u00ad",
}
_CURLY = [ord(sign) for sign in "“„‘"]
_MOUTHS = [ord(sign) for sign in ")('-DPp"]
#: The last letter of Latin Extended-B; those beyond are of other alphabets.
_LATIN_ENDS = 0x24F


@dataclass(frozen=True)
class Signs:
    """The code points of a batch that are no plain letter, digit or full stop: a fifth of them.

    Attributes
    ----------
    batch : Batch
    at : ndarray of int64, shape (s,)
        Where they are in its codes.
    role : ndarray of uint8, shape (s,)
        What each may be, bits.
    """

    batch: Batch
    at: Index
    role: Roles

    def those(self, role: int) -> Index:
        """Where a role is."""
        return self.at[self.role & role > 0]

    def codes(self, at: Index) -> Codes:
        """Code points of places; U+0000 beyond the last."""
        codes = self.batch.seg.codes
        return codes[np.minimum(at, len(codes) - 1)]

    def latin(self, at: Index) -> Mask:
        """Whether a, b … z, in either case, stand at places."""
        return _is_latin()[np.minimum(self.codes(at), 128)]


def signs(batch: Batch) -> Signs:
    """Find the signs of a batch."""
    role = _roles()[np.minimum(batch.seg.codes, len(_roles()) - 1)]
    at = np.flatnonzero(role)
    return Signs(batch, at, role[at])


def quotations(found: Signs) -> Index:
    """Where a quotation may open."""
    straight = found.those(_APOSTROPHE)
    before = found.codes(straight - 1)
    opens = (found.batch.seg.flags[straight - 1] & Flag.SPACE > 0) | (before == ord("("))
    far = found.those(_FAR)
    curly = far[np.isin(found.codes(far), _CURLY)]
    return np.concatenate([found.those(_QUOTE), curly, straight[opens | (before == 0)]])


def glued(found: Signs) -> Index:
    """Where eyes stand before a mouth or a nose, right after something."""
    eyes = found.those(_MARK)
    eyes = eyes[np.isin(found.codes(eyes + 1), _MOUTHS)]
    glued_on: Index = eyes[found.batch.seg.flags[eyes - 1] & Flag.SPACE == 0]
    return glued_on


def spaced(found: Signs) -> Index:
    """Where four letters stand with one and the same break between them."""
    breaks = found.those(_BREAK)
    for step in (2, 4):
        breaks = breaks[found.codes(breaks) == found.codes(breaks + step)]
    for step in (-1, 1, 3, 5):
        breaks = breaks[found.latin(breaks + step)]
    return breaks


def disguised(found: Signs) -> Index:
    """Where a letter of another alphabet stands, or something invisible inside a word."""
    flags, far = found.batch.seg.flags, found.those(_FAR)
    letter = flags[far] & Flag.WORD > 0
    inside = (flags[far] & Flag.INVISIBLE > 0) & (flags[far - 1] & (Flag.WORD | Flag.INVISIBLE) > 0)
    return far[letter | inside]


def leet(found: Signs) -> Index:
    """Where a digit, a sign or a star stands before a letter; in no link and no mention."""
    far = found.those(_FAR)
    at = np.concatenate([found.those(_SIGN), far[found.codes(far) == ord("€")]])
    stars = (found.codes(at) == ord("*")) & (found.codes(at + 1) == ord("*"))
    at = at[found.latin(at + 1) | stars]
    seg = found.batch.seg
    token = np.searchsorted(seg.start, at, side="right") - 1
    words: Index = at[~np.isin(seg.kind[token], (Kind.LINK, Kind.MENTION))]
    return words


def misspelt(found: Signs) -> Index:
    """Where a token is a misspelling that is mended."""
    batch = found.batch
    places: Index = batch.seg.start[_table().find(batch.norm.token_hash)[0]]
    return places


@lru_cache(maxsize=1)
def _roles() -> Roles:
    """Return the roles of each code point up to the first that are all far from Latin."""
    roles = np.zeros(_LATIN_ENDS + 2, np.uint8)
    for role, signs in _ROLES.items():
        roles[[ord(sign) for sign in signs]] |= np.uint8(role)
    roles[-1] = _FAR
    return roles


@lru_cache(maxsize=1)
def _is_latin() -> Mask:
    letters = np.zeros(129, np.bool_)
    letters[ord("A") : ord("Z") + 1] = letters[ord("a") : ord("z") + 1] = True
    return letters


@lru_cache(maxsize=1)
def _table() -> HashTable:
    """Hashes of the misspellings that are mended."""
    return hash_table(np.unique(hash_strings(list(misspellings()))))


def posts_of(batch: Batch, places: Index) -> set[int]:
    """Return the numbers of the posts in which places of a batch lie."""
    found = np.searchsorted(batch.seg.post_start, places, side="right") - 1
    return set(np.unique(found[(found >= 0) & (found < len(batch))]).tolist())
