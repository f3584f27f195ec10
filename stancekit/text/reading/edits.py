"""Edits of a text, and the way back to the characters that somebody typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from stancekit.text.codepoints import Index


@dataclass(frozen=True, order=True, slots=True)
class Edit:
    """Characters `start` to `end` are read as `text`."""

    start: int
    end: int
    text: str


def apart(*layers: Iterable[Edit]) -> list[Edit]:
    """Put edits in order; of two that overlap that of the earlier layer counts.

    >>> apart([Edit(2, 6, "x")], [Edit(4, 9, "y"), Edit(0, 1, "z")])
    [Edit(start=0, end=1, text='z'), Edit(start=2, end=6, text='x')]
    """
    chosen: list[Edit] = []
    for layer in layers:
        new = sorted(layer)
        if not chosen or not new:
            chosen = chosen or new
            continue
        merged, at = [], 0
        for edit in new:
            while at < len(chosen) and chosen[at].end <= edit.start:
                at += 1
            if at == len(chosen) or edit.end <= chosen[at].start:
                merged.append(edit)
        chosen = sorted([*chosen, *merged])
    return chosen


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Carry out edits that are in order and apart.

    >>> edited("a 5hame", [Edit(2, 7, "shame")])
    'a shame'
    """
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def origins(length: int, edits: Sequence[Edit]) -> tuple[Index, Index]:
    """Say where in a text each place of the edited one lies.

    A place inside a replacement of equal length stands for the same place; in others the
    replacement stands for all it replaced.

    Parameters
    ----------
    length : int
        Characters of the text as typed.
    edits : sequence of Edit
        In order and apart.

    Returns
    -------
    start, end : ndarray of int64, shape (edited length + 1,)
        A stretch `a` to `b` of the edited text came from ``start[a]`` to ``end[b]``.

    Examples
    --------
    >>> start, end = origins(7, [Edit(2, 7, "shame")])
    >>> int(start[2]), int(end[7])
    (2, 7)
    """
    begins, ends, at = [], [], 0
    for edit in edits:
        begins.append(np.arange(at, edit.start))
        ends.append(np.arange(at, edit.start))
        size, old = len(edit.text), edit.end - edit.start
        same = size == old
        begins.append(np.arange(edit.start, edit.end) if same else np.full(size, edit.start))
        inner = np.arange(edit.start, edit.end) if same else np.full(size, edit.end)
        inner[:1] = edit.start
        ends.append(inner)
        at = edit.end
    tail = np.arange(at, length + 1)
    begin, end = np.concatenate([*begins, tail]), np.concatenate([*ends, tail])
    return begin.astype(np.int64), end.astype(np.int64)
