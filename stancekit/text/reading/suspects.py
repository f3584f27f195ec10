"""Where in a batch something may be read otherwise than typed: cheap, and right to leave the rest.

Each test lets through whatever the pattern of the same name in `quotations`, `emoticons` or
`spelling` can match, and some more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters, digits

import numpy as np
import numpy.typing as npt

from stancekit.text.batch import Batch
from stancekit.text.codepoints import Codes, Flag, Index, Mask, where
from stancekit.text.hash_table import HashTable, hash_table
from stancekit.text.normalise import hash_strings
from stancekit.text.reading.spelling import misspellings
from stancekit.text.segmentation import Kind

Roles = npt.NDArray[np.uint8]

_SIGN, _MARK, _QUOTE, _APOSTROPHE, _FAR = 1, 2, 4, 8, 16
_ROLES = {
    _SIGN: "@$!|+*",
    _MARK: ":;=",
    _QUOTE: '"«',
    _APOSTROPHE: "'",
    _FAR: "\u00ad",
}
_CURLY = [ord(sign) for sign in "“„‘"]
_MOUTHS = [ord(sign) for sign in ")('-DPp"]
_BREAKS = [ord(sign) for sign in " ._*-"]
#: ASCII characters, U+0080 standing for all that are none: letters, what stands for letters, what a
#: word with such signs begins with, what it does not begin behind, what it consists of.
_LATIN = ascii_letters
_LEET = digits + "@$!|+"
_LEET_BEGINS = digits + "$"
_LEET_BEHIND = _LATIN + _LEET + "_#&/.*"
_LEET_WORD = _LATIN + _LEET + "_\u0080"
#: The last letter of Latin Extended-B; those beyond are of other alphabets.
_LATIN_ENDS = 0x24F


@dataclass(frozen=True)
class Signs:
    """The signs of a batch, and what each may be.

    Attributes
    ----------
    batch : Batch
    at : ndarray of int64, shape (s,)
        Where they are in its codes, those that may be something.
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

    def are(self, at: Index, chars: str) -> Mask:
        """Whether some of ASCII's characters stand at places, or with U+0080 any beyond ASCII."""
        return _ascii(chars)[np.minimum(self.codes(at), 128)]


def signs(batch: Batch) -> Signs:
    """Find the signs of a batch."""
    at = batch.seg.signs
    role = _roles()[np.minimum(batch.seg.codes[at], len(_roles()) - 1)]
    some = np.flatnonzero(role)
    return Signs(batch, at[some], role[some])


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
    codes = found.batch.seg.codes
    same = codes[2:] == codes[:-2]
    breaks = np.flatnonzero(same[2:] & same[:-2])
    breaks = breaks[np.isin(codes[breaks], _BREAKS)]
    for step in (-1, 1, 3, 5):
        breaks = breaks[found.are(breaks + step, _LATIN)]
    return breaks


def disguised(found: Signs) -> Index:
    """Where a letter of another alphabet stands, or something invisible inside a word."""
    flags, far = found.batch.seg.flags, found.those(_FAR)
    letter = flags[far] & Flag.WORD > 0
    inside = (flags[far] & Flag.INVISIBLE > 0) & (flags[far - 1] & (Flag.WORD | Flag.INVISIBLE) > 0)
    return far[letter | inside]


def leet(found: Signs) -> Index:
    """Where a sign for a letter stands before a letter; in no link and no mention.

    It, or one right before it, is behind a letter or begins a word of four characters.
    """
    far, seg = found.those(_FAR), found.batch.seg
    euro = far[found.codes(far) == ord("€")]
    at = np.concatenate([where(seg.flags, Flag.DIGIT), found.those(_SIGN), euro])
    at = at[found.are(at + 1, _LATIN)]
    first = at - (found.are(at - 1, _LEET) | (found.codes(at - 1) == ord("€")))
    begins = found.are(first, _LEET_BEGINS) & ~found.are(first - 1, _LEET_BEHIND)
    for step in (1, 2, 3):
        begins &= found.are(first + step, _LEET_WORD)
    at = at[begins | found.are(first - 1, _LATIN)]
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


@lru_cache(maxsize=8)
def _ascii(chars: str) -> Mask:
    """Say of U+0000 to U+0080 which are among some."""
    return np.isin(np.arange(129), [ord(char) for char in chars])


@lru_cache(maxsize=1)
def _table() -> HashTable:
    """Hashes of the misspellings that are mended."""
    return hash_table(np.unique(hash_strings(list(misspellings()))))


def posts_of(batch: Batch, places: Index) -> set[int]:
    """Return the numbers of the posts in which places of a batch lie."""
    found = np.searchsorted(batch.seg.post_start, places, side="right") - 1
    return set(found[(found >= 0) & (found < len(batch))].tolist())
