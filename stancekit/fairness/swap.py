"""Counterfactual posts: the two camps' names exchanged, so that a model cannot learn the side.

References
----------
Lu et al. (2020), Gender bias in neural natural language processing (counterfactual data
augmentation).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stancekit.fairness.names import NamePair, read_names


def camp_names(sets: Sequence[str] = ("UK", "US"), held_out: bool = False) -> tuple[NamePair, ...]:
    """Names of two camps: those that a training recipe may swap, or those kept for audits.

    Parameters
    ----------
    sets : sequence of str
        Sets of ``names.tsv``.
    held_out : bool
        False: the names to train on. True: the ones held out, so that an audit does not only see
        what was trained.

    Examples
    --------
    >>> {pair.slot for pair in camp_names()} >= {"person", "party", "handle", "tag"}
    True
    """
    return tuple(pair for pair in read_names() if pair.set in sets and pair.held_out == held_out)


def swap_camps(texts: Iterable[str], names: Sequence[NamePair] | None = None) -> list[str]:
    """Exchange the names of the two camps in posts.

    Full names, surnames, parties, members, handles and hashtags, where they stand as whole words
    as they are written in the list, in capitals, or (handles and hashtags) in any case. A name
    that several others could stand for takes the first in the list, so that swapping twice need
    not bring the post back.

    Parameters
    ----------
    texts : iterable of str
    names : sequence of NamePair, optional
        `camp_names()` if not given.

    Returns
    -------
    list of str
        A text without any of the names is the same as before.

    Examples
    --------
    >>> names = [NamePair("invented", "person", "Nina Ostrow", "Lena Varga"),
    ...          NamePair("invented", "party", "the Harbour Party", "the Meadow Party")]
    >>> swap_camps(["OSTROW and #Ostrow left the Meadow Party"], names)
    ['VARGA and #Varga left the Harbour Party']
    """
    other = _table(camp_names() if names is None else names)
    if not other:
        return list(texts)
    longest_first = sorted(other, key=len, reverse=True)
    # An apostrophe ends a word ("Ostrow's"); # and @ belong to theirs.
    pattern = re.compile(rf"(?<![\w@#])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.I)
    return [pattern.sub(lambda found: _exchange(found[0], other), text) for text in texts]


def _table(names: Sequence[NamePair]) -> dict[str, tuple[str, str]]:
    """What stands for each name: casefolded name -> as it is written, and the other's."""
    other: dict[str, tuple[str, str]] = {}
    for left, right in (both for pair in names for both in _forms(pair)):
        for one, two in ((left, right), (right, left)):
            other.setdefault(one.lower(), (one, two))
    return other


def _forms(pair: NamePair) -> list[tuple[str, str]]:
    if pair.slot != "person":
        return [(pair.left, pair.right)]
    left, right = pair.left.split()[-1], pair.right.split()[-1]
    return [
        (pair.left, pair.right),
        (left, right),
        (f"#{left}", f"#{right}"),
        (f"#{''.join(pair.left.split())}", f"#{''.join(pair.right.split())}"),
    ]


def _exchange(found: str, other: dict[str, tuple[str, str]]) -> str:
    # Some letters (the long s) match in any case and lower to another.
    written, name = other.get(found.lower(), (found, found))
    if found.isupper() and not written.isupper():
        return name.upper()
    if found == written or found[0] in "@#":
        return name
    if found == written[:1].upper() + written[1:]:
        return name[:1].upper() + name[1:]
    return found  # "conservative" may be no party
