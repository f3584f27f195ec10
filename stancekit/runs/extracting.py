"""What is in the posts of a run, as columns beside their labels."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.features.cues.block import CueBlock
from stancekit.features.extraction import cue_columns, find
from stancekit.posts.table import TYPES, column_of

#: Columns of the post table that are found in the text where the source does not tell them.
FILLED: Final = {"mentions": "mentions", "hashtags": "hashtags", "urls": "links"}
#: Lists that the post table has no column for.
LISTS: Final = ("emoji", "cashtags")


@lru_cache(maxsize=1)
def schema() -> pa.Schema:
    """Return the columns that are added: lists of what is found, and a number for each cue."""
    lists = [(name, pa.list_(pa.string())) for name in LISTS]
    return pa.schema([*lists, *((name, pa.float64()) for name in cue_columns(CueBlock()))])


def with_found(posts: pa.RecordBatch) -> tuple[pa.RecordBatch, dict[str, pa.Array]]:
    """Fill the post table's lists, and give the columns that are added.

    Parameters
    ----------
    posts
        A batch of a post table. A post without a text has empty lists, and no cues.

    Returns
    -------
    posts, added
        The batch with ``mentions``, ``hashtags`` and ``urls``: what the source tells, or else what
        is in the text; and the arrays of `schema`.
    """
    texts = column_of(posts, "text")
    found = find([text or "" for text in texts.to_pylist()], CueBlock())
    held = dict(zip(posts.schema.names, posts.columns, strict=True))
    for name, source in FILLED.items():
        own = column_of(posts, name)
        held[name] = pc.if_else(pc.is_null(own), pa.array(found.lists[source], TYPES[name]), own)
    added = {name: pa.array(found.lists[name], pa.list_(pa.string())) for name in LISTS}
    missing = np.asarray(pc.is_null(texts))
    for cue, numbers in found.cues.items():
        values = np.round(numbers.to_numpy(np.float64), 6)
        added[str(cue)] = pa.array(values, pa.float64(), mask=missing)
    names = [*(name for name in TYPES if name in held), *(n for n in held if n not in TYPES)]
    return pa.RecordBatch.from_arrays([held[name] for name in names], names=names), added
