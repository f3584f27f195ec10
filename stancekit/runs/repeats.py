"""Posts that stand in two of several sources: they are labelled once."""

from array import array
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.posts.record import Record

_SAME: Final = ("id", "author_id", "author", "text")


class Repeats:
    """Tells a post that stood in an earlier source: it has the same id, author and text.

    An id alone tells nothing, for many tables count their rows from 1; a post without an id is
    never taken for another. Takes 8 bytes a post.

    Examples
    --------
    >>> repeats = Repeats()
    >>> repeats.again({"id": "7", "text": "Save the tram"})
    False
    >>> repeats.next_source()
    >>> [repeats.again({"id": "7", "text": text}) for text in ("Save the tram", "Another")]
    [True, False]
    """

    def __init__(self) -> None:
        self._earlier: npt.NDArray[np.uint64] = np.empty(0, np.uint64)
        self._here = array("Q")

    def next_source(self) -> None:
        """Begin another source: from now on the posts of the one before are earlier ones."""
        here = np.frombuffer(self._here, np.uint64)
        self._earlier = np.union1d(self._earlier, here)
        self._here = array("Q")

    def again(self, post: Record) -> bool:
        """Tell whether a post stood in an earlier source, and remember it for later ones."""
        if not post.get("id"):
            return False
        told = "\0".join(str(post.get(name) or "") for name in _SAME)
        digest = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        key = np.uint64(int.from_bytes(digest, "little"))
        place = np.searchsorted(self._earlier, key)
        if place < len(self._earlier) and self._earlier[place] == key:
            return True
        self._here.append(int(key))
        return False
