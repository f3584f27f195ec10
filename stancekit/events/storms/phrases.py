"""Phrases of posts: sentences and quotations, without case, punctuation, mentions and links."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from stancekit.events.storms.near import LEAST, Signatures, alike, signatures
from stancekit.events.storms.pairs import Ints, distinct, packed, parted
from stancekit.events.storms.uses import Uses
from stancekit.posts.table import column_of
from stancekit.text.duplicates import bare, canonical_texts, plain_texts
from stancekit.text.hashing import hash_between, prefix_sums

Hashes = npt.NDArray[np.uint64]

#: A phrase has so many words and characters at least, or "thank you" would storm every day.
WORDS: Final = 3
CHARACTERS: Final = 12
#: What ends a sentence or begins a quotation; a full stop inside a link or a number does not.
_ENDS: Final = r"[.!?]+[\s\"“”»’')\]]+|[.!?]+$|[\"“”„«»]+|\s[-–—|]+\s|[\r\n]+"
#: What a platform has cut may be half of what was said; the sign stands for an ellipsis meanwhile.
_ELLIPSIS: Final = "…"
_CUT: Final = "\ue004"
_CUT_OFF: Final = rf"{_CUT}\s*(?:https?:\S*\s*)*$"
#: Signs and emoji before and after a phrase come and go.
_AROUND: Final = re.compile(r"^\W+|\W+$")
#: From U+2E80 on writing has no blanks between words.
_WITHOUT_BLANKS: Final = "^[\u2e80-\U0010ffff]"
#: Phrases in nearly the same posts are one: parts of one text.
_SAME: Final = 0.8


def pieces(texts: list[str]) -> tuple[Ints, list[str], list[str]]:
    """Part texts into phrases.

    Returns
    -------
    place : ndarray of int32
        Which text each is in.
    written, forms : list of str
        As it stands there, on one line; and in the form that is compared.

    Examples
    --------
    >>> place, written, forms = pieces(['@bo: "The Tram is on time!" Sure, I saw it t.co/x', "Ok."])
    >>> written, forms
    (['The Tram is on time', 'Sure, I saw it t.co/x'], ['the tram is on time', 'sure i saw it'])
    """
    raw = pc.replace_substring(pa.array(texts, pa.string()), _ELLIPSIS, _CUT)
    raw = pc.replace_substring_regex(raw, r"[\r\n]+", " | ")
    parts = pc.split_pattern_regex(pa.array(plain_texts(raw.to_pylist()), pa.string()), _ENDS)
    every = pc.list_flatten(parts)
    long = pc.and_(
        pc.greater_equal(pc.utf8_length(every), CHARACTERS),
        pc.invert(pc.match_substring_regex(every, _CUT_OFF)),
    )
    place = pc.list_parent_indices(parts).filter(long).to_numpy(zero_copy_only=False)
    plain = [
        _tidied(text) if "#" in text or _CUT in text else text
        for text in every.filter(long).to_pylist()
    ]
    found = canonical_texts(plain) if plain else []
    forms = [
        form if form[:1].isalnum() and form[-1:].isalnum() else _AROUND.sub("", form)
        for form in found
    ]
    kept = np.flatnonzero(_say_something(forms))
    own = kept.tolist()
    return place[kept].astype(np.int32), [plain[at] for at in own], [forms[at] for at in own]


def _tidied(text: str) -> str:
    """Leave out hashtags before and after, and signs of an ellipsis."""
    words = text.replace(_CUT, " ").split()
    first, last = 0, len(words)
    while first < last and words[first][0] == "#":
        first += 1
    while first < last and words[last - 1][0] == "#":
        last -= 1
    return " ".join(words[first:last])


def _say_something(forms: list[str]) -> npt.NDArray[np.bool_]:
    """Whether forms have words enough, or are of a writing without blanks."""
    values = pa.array(forms, pa.string())
    words = pc.greater_equal(pc.count_substring(values, " "), WORDS - 1)
    unparted = pc.match_substring_regex(values, _WITHOUT_BLANKS)
    long = pc.greater_equal(pc.utf8_length(values), CHARACTERS)
    good: npt.NDArray[np.bool_] = pc.and_(long, pc.or_(words, unparted)).to_numpy(
        zero_copy_only=False
    )
    return good


class Phrases:
    """Phrases that come batch by batch, by the hashes of their forms: no text is held."""

    def __init__(self) -> None:
        self._rows: list[Ints] = []
        self._hashes: list[Hashes] = []
        self._long: list[Hashes] = []
        self._signatures: list[Signatures] = []
        self._count = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Take in some posts."""
        coded = column_of(batch, "text").fill_null("").dictionary_encode()
        place, _, forms = pieces(coded.dictionary.to_pylist())
        hashes = _hashed(forms)
        rows = coded.indices.to_numpy(zero_copy_only=False)
        order = np.argsort(rows, kind="stable")
        begin, end = (np.searchsorted(rows[order], place, side) for side in ("left", "right"))
        often = end - begin
        at = np.repeat(begin - np.append(0, np.cumsum(often)[:-1]), often) + np.arange(often.sum())
        self._rows.append((order[at] + self._count).astype(np.int32))
        self._hashes.append(np.repeat(hashes, often))
        new, first = np.unique(hashes, return_index=True)
        long = [n for n, one in enumerate(first.tolist()) if len(forms[one]) >= LEAST]
        self._long.append(new[long])
        self._signatures.append(signatures([forms[first[n]] for n in long]))
        self._count += len(batch)

    def uses(self) -> tuple[Uses, Hashes, Ints]:
        """Give what was found, what is nearly the same as one key.

        And the hash of each key, and a post that has it.
        """
        every = np.concatenate(self._hashes)
        keys, at, key = np.unique(every, return_index=True, return_inverse=True)
        used = np.bincount(key, minlength=len(keys))
        long, first = np.unique(np.concatenate(self._long), return_index=True)
        place = np.searchsorted(keys, long)
        to = np.arange(len(keys))
        signed = np.concatenate(self._signatures)
        self._signatures.clear()  # they are what takes most room
        to[place] = place[alike(signed[first], used[place])]
        post, own = np.concatenate(self._rows), to[key.ravel()].astype(np.int32)
        own, post = parted(distinct(packed(own, post)))
        return Uses(post, own, ("",) * len(keys)), keys, np.concatenate(self._rows)[at]


def parts_of_one(uses: Uses, least: int) -> tuple[Ints, dict[int, list[int]]]:
    """Join phrases that stand in nearly the same posts to the most used of them.

    Parameters
    ----------
    least : int
        Posts that a phrase has at least, to be looked at.
    """
    keys = int(uses.key.max(initial=-1)) + 1
    to = np.arange(len(uses.names), dtype=np.int32)
    used = np.bincount(uses.key, minlength=keys)
    kept = np.flatnonzero(used >= least)
    if len(kept) < 2:
        return to, {}
    row = np.full(keys, -1)
    row[kept] = np.arange(len(kept))
    own = row[uses.key] >= 0
    shape = (len(kept), int(uses.post.max()) + 1)
    ones = np.ones(int(own.sum()), np.int32)
    sets = csr_array((ones, (row[uses.key[own]], uses.post[own])), shape=shape)
    shared = (sets @ sets.T).tocoo()
    size = used[kept]
    first, second, both = shared.row, shared.col, shared.data
    much = (first != second) & (both >= _SAME * (size[first] + size[second] - both))
    variants: dict[int, list[int]] = {}
    joined = np.zeros(len(kept), bool)
    rank = np.lexsort((second[much], -size[second[much]], first[much], -size[first[much]]))
    for one, other in zip(first[much][rank].tolist(), second[much][rank].tolist(), strict=True):
        if joined[one] or joined[other] or int(kept[other]) in variants:
            continue
        joined[other] = True
        to[kept[other]] = kept[one]
        variants.setdefault(int(kept[one]), []).append(int(kept[other]))
    return to, variants


def written(batches: Iterable[pa.RecordBatch], where: Mapping[int, set[int]]) -> dict[int, str]:
    """Read again how phrases are written.

    Parameters
    ----------
    where : mapping of int to set of int
        Posts to look at, by their place, and the hashes of the phrases wanted of them.

    Returns
    -------
    dict of int to str
        By hash, as most of these posts have it.
    """
    found: dict[int, Counter[str]] = defaultdict(Counter)
    count = 0
    if not where:
        return {}
    for batch in batches:
        rows = [row for row in range(len(batch)) if row + count in where]
        if rows:
            texts = column_of(batch, "text").fill_null("").take(pa.array(rows)).to_pylist()
            place, own, forms = pieces(texts)
            for at, text, one in zip(place.tolist(), own, _hashed(forms).tolist(), strict=True):
                if one in where[rows[at] + count]:
                    found[one][bare(text)] += 1
        count += len(batch)
    return {one: min(ways, key=lambda way: (-ways[way], way)) for one, ways in found.items()}


def _hashed(forms: list[str]) -> Hashes:
    codes = np.frombuffer("\n".join([*forms, ""]).encode("utf-32-le", "surrogatepass"), "<u4")
    end = np.flatnonzero(codes == ord("\n"))
    return hash_between(prefix_sums(codes), np.append(0, end[:-1] + 1)[: len(end)], end)
