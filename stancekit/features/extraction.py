"""`stancekit.extract`: what is in posts, as columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from stancekit.features.cues.block import CueBlock
from stancekit.features.cues.lexicon import Lexicon
from stancekit.text.batch import Batch, batches
from stancekit.text.extract import names_in
from stancekit.text.given import Posts, values_of
from stancekit.text.segmentation import Kind

#: Columns of lists, and what is in them.
LISTS: Final = {
    "hashtags": Kind.HASHTAG,
    "mentions": Kind.MENTION,
    "links": Kind.LINK,
    "emoji": Kind.EMOJI,
    "cashtags": Kind.CASHTAG,
}
#: What the names of the columns of cues begin with: some cues are called like a list.
CUE: Final = "cue_"


def extract(
    posts: Posts, *, text: str | None = None, lexicon: Lexicon | str | Path | None = None
) -> pd.DataFrame:
    """Return what is in posts: hashtags, mentions, links, emoji, cashtags, and sentiment cues.

    Parameters
    ----------
    posts : str, list, array, Series, generator or DataFrame
        One post, or many in order, of any platform. Nothing given is changed.
    text : str, optional
        The column of the text, where `posts` is a DataFrame; None is the column ``text``, or the
        only one there is.
    lexicon : Lexicon, str or Path, optional
        What the cues look for; None is stancekit's own. Lists of yours are cues, too.

    Returns
    -------
    DataFrame
        The caller's index in the caller's order. ``hashtags``, ``mentions``, ``links``, ``emoji``
        and ``cashtags`` are lists of str in order of appearance, names without their sign, empty
        where there is nothing; ``explode`` gives them a row each. For every cue of
        `stancekit.features.SentimentCues` a column ``cue_NAME`` (float32): 0 where the post has
        none of it, rising with every word and towards 1; ``cue_log_tokens`` is its length. What
        is no text (missing, a number) has empty lists, and NaN for cues.

    Raises
    ------
    InputError
        If `posts`, `text` or `lexicon` cannot be used.

    Examples
    --------
    >>> import pandas as pd, stancekit
    >>> posts = pd.DataFrame({"text": ["Thanks @ana #NoTram #OurTown", "no", None]}, [7, 8, 9])
    >>> found = stancekit.extract(posts)
    >>> found.hashtags.tolist(), found.mentions[7]
    ([['NoTram', 'OurTown'], [], []], ['ana'])
    >>> found.hashtags.explode().value_counts().to_dict()
    {'NoTram': 1, 'OurTown': 1}
    >>> (found.cue_support > 0).tolist()
    [True, False, False]

    Beside the posts:

    >>> pd.concat([posts, found], axis=1).shape == (3, 1 + found.shape[1])
    True
    """
    values, index = values_of(posts, text)
    known = np.flatnonzero([isinstance(value, str) for value in values])
    texts = [str.__str__(values[place]) for place in known]
    block = CueBlock(lexicon)
    block.check()
    names = [f"{CUE}{name}" for name in block.get_feature_names_out()]
    cues = np.full((len(values), len(names)), np.nan, np.float32)
    lists = {name: np.empty(len(values), object) for name in LISTS}
    for column in lists.values():
        column[:] = [[] for _ in values]
    for place, own, batch in _read(texts, known):
        cues[place] = block.encode(batch)
        for name, kind in LISTS.items():
            for row, found in zip(place.tolist(), names_in(batch.seg, own, kind), strict=True):
                lists[name][row] = found
    return pd.concat([pd.DataFrame(lists, index), pd.DataFrame(cues, index, names)], axis=1)


def _read(texts: list[str], place: np.ndarray) -> Iterator[tuple[np.ndarray, list[str], Batch]]:
    """Yield the posts batch by batch, with their places among all that were given."""
    begin = 0
    for batch in batches(texts):
        end = begin + len(batch)
        yield place[begin:end], texts[begin:end], batch
        begin = end
