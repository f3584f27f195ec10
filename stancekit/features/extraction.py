"""`stancekit.extract`: what is in posts, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from stancekit.features.cues.block import CueBlock
from stancekit.features.cues.lexicon import Lexicon
from stancekit.text.batch import read_batch, slices
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
    found = find([str.__str__(values[place]) for place in known], CueBlock(lexicon))
    cues = np.full((len(values), len(found.cues.columns)), np.nan, np.float32)
    cues[known] = found.cues
    lists = {name: _placed(own, known, len(values)) for name, own in found.lists.items()}
    return pd.concat(
        [pd.DataFrame(lists, index), pd.DataFrame(cues, index, found.cues.columns)], axis=1
    )


@dataclass(frozen=True, eq=False)
class Found:
    """What is in `n` posts.

    Attributes
    ----------
    lists : dict of str to list of list of str
        For each of `LISTS` a list a post.
    cues : DataFrame of float32, `n` rows
        A column for each cue.
    """

    lists: dict[str, list[list[str]]]
    cues: pd.DataFrame


def find(texts: Sequence[str], block: CueBlock) -> Found:
    """Find what is in posts, each segmented once."""
    block.check()
    names = cue_columns(block)
    lists: dict[str, list[list[str]]] = {name: [] for name in LISTS}
    cues = np.zeros((len(texts), len(names)), np.float32)
    for part in slices(texts):
        batch = read_batch(texts[part])
        cues[part] = block.encode(batch)
        for name, kind in LISTS.items():
            lists[name] += names_in(batch.seg, texts[part], kind)
    return Found(lists, pd.DataFrame(cues, columns=names))


def cue_columns(block: CueBlock) -> list[str]:
    """Return the names of the columns of a block's cues."""
    return [f"{CUE}{name}" for name in block.get_feature_names_out()]


def _placed(found: list[list[str]], place: np.ndarray, size: int) -> np.ndarray:
    """Put lists in their places among `size`, empty ones everywhere else."""
    column = np.empty(size, object)
    column[:] = [[] for _ in range(size)]
    for row, own in zip(place.tolist(), found, strict=True):
        column[row] = own
    return column
