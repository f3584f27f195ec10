"""Posts as they are read: quotations masked, spelling that dodges filters mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stancekit.text.batch import Batch, read_batch, slices
from stancekit.text.codepoints import Index
from stancekit.text.reading import suspects
from stancekit.text.reading.edits import Edit, apart, edited, origins
from stancekit.text.reading.emoticons import glued
from stancekit.text.reading.quotations import quotations
from stancekit.text.reading.spelling import disguised, leet, misspelt, spaced


@dataclass(frozen=True)
class Reading:
    """Posts as they are read, and the way back to what was typed.

    Attributes
    ----------
    typed, texts : sequence of str
        `p` posts, as given and as read.
    edits : mapping of int to list of Edit
        By the number of the post; only of posts that are read otherwise than typed.
    """

    typed: Sequence[str]
    texts: Sequence[str]
    edits: Mapping[int, list[Edit]]

    def places(self, post: int, start: Index, end: Index) -> tuple[Index, Index]:
        """Say where stretches of a post as read lie in the post as typed."""
        if post not in self.edits:
            return start, end
        first, last = origins(len(self.typed[post]), self.edits[post])
        return first[start], last[end]


#: What finds edits, most important first, and what says for a batch where it may find any.
_FINDERS: Final = (
    (quotations, suspects.quotations),
    (glued, suspects.glued),
    (spaced, suspects.spaced),
    (disguised, suspects.disguised),
    (leet, suspects.leet),
    (misspelt, suspects.misspelt),
)


def edits(text: str) -> list[Edit]:
    """Say what is read otherwise than it is typed, in order and apart.

    Examples
    --------
    >>> text = 'What an 1diot, he said "you are all liars" :( so sad:('
    >>> edited(text, edits(text))
    'What an idiot, he said "…" :( so sad :('
    """
    return apart(*(find(text) for find, _ in _FINDERS))


def read_posts(typed: Sequence[str], batch: Batch) -> Reading:
    """Read posts that make up a batch, each as `edits` says.

    Parameters
    ----------
    typed : sequence of str
    batch : Batch
        Of these posts.
    """
    layers: dict[int, list[Iterator[Edit]]] = {}
    signs = suspects.signs(batch)
    for find, suspect in _FINDERS:
        for post in suspects.posts_of(batch, suspect(signs)):
            layers.setdefault(post, []).append(find(typed[post]))
    found = {post: some for post in sorted(layers) if (some := apart(*layers[post]))}
    texts = list(typed)
    for post, some in found.items():
        texts[post] = edited(typed[post], some)
    return Reading(typed, texts, found)


def read_all(typed: Sequence[str]) -> list[str]:
    """Return posts as they are read.

    Examples
    --------
    >>> read_all(["what an 1diot", "well done"])
    ['what an idiot', 'well done']
    """
    parts = [typed[part] for part in slices(typed)]
    return [text for part in parts for text in read_posts(part, read_batch(part)).texts]
