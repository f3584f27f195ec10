"""Posts cut into batches, each segmented and normalised once.

Large batches spread the cost of some two hundred calls to numpy; small ones stay in the cache.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from stancekit.text.codepoints import Index
from stancekit.text.hashtag_words.in_batch import HashtagWords, hashtag_words, named_hashtags
from stancekit.text.names import in_posts, mask_names, name_tokens
from stancekit.text.normalise import Normalised, normalise
from stancekit.text.segmentation import Segmentation, segment

#: A batch ends with the post that brings it to this many characters, or this many posts.
MAX_CHARACTERS = 2**19
MAX_POSTS = 2**12


@dataclass(frozen=True)
class Batch:
    """A batch of posts, segmented and normalised: what every feature is computed from."""

    seg: Segmentation
    norm: Normalised

    @cached_property
    def masked(self) -> Normalised:
        """The normalised stream with all listed names alike."""
        return mask_names(self.seg, self.norm)

    @cached_property
    def masked_by_shape(self) -> Normalised:
        """The normalised stream with all names alike that a list or their shape tells."""
        return mask_names(self.seg, self.norm, names=self.shaped_names)

    @cached_property
    def masked_everywhere(self) -> Normalised:
        """The same, with full names as one, and hashtags as names that have one in them."""
        return mask_names(
            self.seg, self.norm, hashtags=self.named_hashtags, names=self.shaped_names
        )

    @cached_property
    def hashtags(self) -> HashtagWords:
        """The words inside hashtags."""
        return hashtag_words(self.seg)

    @cached_property
    def named_hashtags(self) -> HashtagWords:
        """The words inside hashtags, with names told by their shape, each one piece."""
        return in_posts(self.seg, self.norm, named_hashtags(self.seg), self.shaped_names)

    @cached_property
    def shaped_names(self) -> Index:
        """Which tokens are names by the list, their shape or where they stand."""
        return name_tokens(self.seg, self.norm, shaped=True)

    def __len__(self) -> int:
        return len(self.seg.post_start) - 1


def read_batch(texts: Sequence[str]) -> Batch:
    """Segment and normalise one batch of posts."""
    seg = segment(texts)
    return Batch(seg, normalise(seg))


def slices(
    texts: Sequence[str], characters: int | None = None, posts: int | None = None
) -> Iterator[slice]:
    """Where to cut posts into batches; no feature depends on where the cuts fall."""
    characters, posts = characters or MAX_CHARACTERS, posts or MAX_POSTS
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    begin = 0
    while begin < len(texts):
        seen = ends[begin - 1] if begin else 0
        full = int(np.searchsorted(ends, seen + characters)) + 1
        end = min(full, begin + posts, len(texts))
        yield slice(begin, end)
        begin = end


def batches(texts: Sequence[str]) -> Iterator[Batch]:
    """Cut posts into batches and read each."""
    for part in slices(texts):
        yield read_batch(texts[part])
