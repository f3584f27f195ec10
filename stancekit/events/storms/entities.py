"""Hashtags, mentions and links of posts: those the source lists, else those in the text."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.events.storms.pairs import Ints
from stancekit.posts.table import column_of
from stancekit.text.codepoints import Index, Spans, flags_of, join, signs_in
from stancekit.text.entities import hashtag_spans, mention_spans
from stancekit.text.links import link_spans
from stancekit.text.segmentation import apart_from

#: Names in a batch: the rows that have one, a row as often as it has names; and the names.
Names = tuple[Ints, pa.Array]

#: Columns that list names, their sign, and what finds them in texts.
_LISTS: Final = {"hashtags": ("#＃", hashtag_spans), "mentions": ("@＠", mention_spans)}
#: What a text ends with that a platform has cut: the name before it may be half of one.
_CUT: Final = "…"
_LINKS: Final = "urls"
_PROTOCOL: Final = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_STOPS: Final = ".,;:!?'’)]"


def names_in(batch: pa.RecordBatch, *, links: bool = False) -> dict[str, Names]:
    """Give hashtags and mentions, without their sign; and links, if they are wanted.

    Examples
    --------
    >>> batch = pa.RecordBatch.from_pylist([{"text": "No @bo! #NoTram #save…"}, {"text": "#a #b"}])
    >>> for name, (rows, found) in names_in(batch).items():
    ...     name, rows.tolist(), found.to_pylist()
    ('hashtags', [0, 1, 1], ['NoTram', 'a', 'b'])
    ('mentions', [0], ['bo'])
    """
    texts = column_of(batch, "text")
    unlisted = {
        name: _unlisted(column_of(batch, name), texts, f"[{signs}]")
        for name, (signs, _) in _LISTS.items()
    }
    if links:
        unlisted[_LINKS] = _unlisted(column_of(batch, _LINKS), texts, r"://|[\pL\pN]\.[\pL\pN]")
    read = np.flatnonzero(np.logical_or.reduce(list(unlisted.values())))
    strings: list[str] = texts.take(pa.array(read)).to_pylist()  # others have no sign in them
    codes, post_start = join(strings)
    flags = flags_of(codes)
    at = signs_in(codes, flags)
    taken = [link_spans(codes, flags, at)]
    found: dict[str, Names] = {}
    for name, (signs, spans) in _LISTS.items():
        taken.append(apart_from(spans(codes, flags, at), taken))
        start, end = taken[-1]
        in_texts = _in_texts(post_start, (start + 1, end), strings)
        found[name] = _both(in_texts, read, unlisted[name], _listed(column_of(batch, name), signs))
    if links:
        in_texts = _with_protocol(*_in_texts(post_start, taken[0], strings), strings)
        listed = _listed(column_of(batch, _LINKS), " ")
        found[_LINKS] = _both(in_texts, read, unlisted[_LINKS], listed)
    return found


def _with_protocol(rows: Ints, links: list[str], texts: list[str]) -> tuple[Ints, list[str]]:
    """Take links with a protocol whatever their top level, others as twitter-text finds them."""
    kept = [place for place, link in enumerate(links) if "://" not in link]
    full = [
        (row, link.rstrip(_STOPS))
        for row, text in enumerate(texts)
        if "://" in text
        for link in _PROTOCOL.findall(text)
    ]
    every = np.concatenate([rows[kept], np.array([row for row, _ in full], np.int32)])
    return every.astype(np.int32), [*(links[place] for place in kept), *(it for _, it in full)]


def _unlisted(column: pa.Array, texts: pa.Array, sign: str) -> npt.NDArray[np.bool_]:
    """Whether the source lists nothing for a post, and its text may have some."""
    there = pc.match_substring_regex(texts, sign).fill_null(False)
    return _mask(pc.and_(column.is_null(), there))


def _both(
    in_texts: tuple[Ints, list[str]],
    read: npt.NDArray[np.int64],
    unlisted: npt.NDArray[np.bool_],
    listed: Names,
) -> Names:
    rows = read[in_texts[0]]
    kept = unlisted[rows]
    names = pa.array(in_texts[1], pa.string()).filter(pa.array(kept))
    return (
        np.concatenate([rows[kept].astype(np.int32), listed[0]]),
        pa.concat_arrays([names, listed[1]]),
    )


def _listed(column: pa.Array, signs: str) -> Names:
    if not pa.types.is_list(column.type):
        column = pa.nulls(len(column), pa.list_(pa.string()))
    rows = pc.list_parent_indices(column).to_numpy(zero_copy_only=False)
    names = pc.utf8_ltrim(pc.list_flatten(column).cast(pa.string()), signs)
    there = pc.not_equal(names, "").fill_null(False)
    return rows[_mask(there)].astype(np.int32), names.filter(there)


def _in_texts(post_start: Index, spans: Spans, texts: list[str]) -> tuple[Ints, list[str]]:
    post = np.searchsorted(post_start, spans[0], side="right") - 1
    begin, end = ((edge - post_start[post]).tolist() for edge in spans)
    names = [
        "" if texts[at][b:] == _CUT else texts[at][a:b]
        for at, a, b in zip(post.tolist(), begin, end, strict=True)
    ]
    kept = [place for place, name in enumerate(names) if name]
    return post[kept].astype(np.int32), [names[place] for place in kept]


def _mask(values: pa.Array) -> npt.NDArray[np.bool_]:
    mask: npt.NDArray[np.bool_] = values.to_numpy(zero_copy_only=False)
    return mask
