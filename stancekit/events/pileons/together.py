"""Accounts that do the same within a minute, again and again, against how often chance does it.

Apart from the definition of a pile-on: most need nobody who plans them.

References
----------
Weber & Neumann (2021), Amplifying influence through coordinated behaviour in social networks.
Social Network Analysis and Mining 11.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.posts.table import column_of

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

SECONDS: Final = 60
TIMES: Final = 3
_SHUFFLES: Final = 20
#: Shorter texts are the same by chance.
_LEAST_LETTERS: Final = 20
#: Neighbours in time that are looked at: more than that in a minute is a crowd.
_NEIGHBOURS: Final = 50
_NOT_WORDS: Final = r"https?://\S+|@[\w.-]+"


def actions(batch: pa.RecordBatch) -> Hashes:
    """Give for each post what its text is and what it is about, as hashes; 0 for none.

    Returns
    -------
    ndarray of uint64, shape (n, 2)
        Of the text without names, links, case and punctuation; of the post that is answered or
        quoted, or of the first link.
    """
    text = pc.utf8_lower(column_of(batch, "text"))
    text = pc.replace_substring_regex(text, _NOT_WORDS, "")
    text = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"[^\p{L}\p{N}]+", " "))
    text = pc.if_else(pc.greater_equal(pc.utf8_length(text), _LEAST_LETTERS), text, None)
    links = column_of(batch, "urls")
    if not pa.types.is_list(links.type):
        links = pa.nulls(len(batch), pa.list_(pa.string()))
    counted = pc.list_value_length(links).fill_null(0)
    some = pc.if_else(pc.greater(counted, 0), links, pa.scalar([None], links.type))
    about = pc.coalesce(
        column_of(batch, "quoted_id").cast(pa.string()),
        pc.list_element(some, 0).cast(pa.string()),
        column_of(batch, "reply_to_id").cast(pa.string()),
    )
    return np.stack([_hashed(text), _hashed(about)], axis=1)


def pairs(account: Ints, time: Ints, action: Hashes) -> int:
    """Count the pairs of accounts that did the same within a minute three times or more.

    Each of the two has done three things at least.

    Parameters
    ----------
    action : ndarray of uint64, shape (n, kinds)
        As `actions` gives them; a pair counts once, whatever kind it did alike.

    Examples
    --------
    >>> account, time = np.array([1, 2] * 3), np.array([0, 9, 500, 510, 900, 901])
    >>> action = np.array([[7], [7], [8], [8], [9], [9]], np.uint64)
    >>> pairs(account, time, action), pairs(account, time * 100, action)
    (1, 0)
    """
    kinds = [_pairs(account, time, kind) for kind in action.T]
    return len(np.unique(np.concatenate(kinds)))


def expected(account: Ints, time: Ints, action: Hashes, rng: np.random.Generator) -> float:
    """Give the mean number of such pairs where times are shuffled within the hour."""
    kept = _often(account)
    account, time, action = account[kept], time[kept], action[kept]
    if not len(account):
        return 0.0
    hour = time // 3_600
    order = np.argsort(hour, kind="stable")
    counts = []
    for _ in range(_SHUFFLES):
        shuffled = time.copy()
        shuffled[order] = time[np.lexsort((rng.random(len(time)), hour))]
        counts.append(pairs(account, shuffled, action))
    return float(np.mean(counts))


def _pairs(account: Ints, time: Ints, action: Hashes) -> Ints:
    kept = action > 0
    kept[kept] = _often(account[kept])
    account, time, action = account[kept], time[kept], action[kept]
    order = np.lexsort((time, action))
    account, time, action = account[order], time[order], action[order]
    found = [np.empty(0, np.int64)]
    for lag in range(1, min(_NEIGHBOURS, len(time) - 1) + 1):
        near = (action[lag:] == action[:-lag]) & (time[lag:] - time[:-lag] <= SECONDS)
        if not near.any():
            break
        near &= account[lag:] != account[:-lag]
        one, other = account[:-lag][near], account[lag:][near]
        found.append((np.minimum(one, other) << 32) | np.maximum(one, other))
    each, count = np.unique(np.concatenate(found), return_counts=True)
    return each[count >= TIMES]


def _often(account: Ints) -> npt.NDArray[np.bool_]:
    """Tell whose account is there three times or more."""
    _, place, count = np.unique(account, return_inverse=True, return_counts=True)
    return np.asarray(count[place] >= TIMES)


def _hashed(texts: pa.Array) -> Hashes:
    from pandas.util import hash_array

    coded = texts.dictionary_encode()
    words = np.array(coded.dictionary.to_pylist(), object)
    of_words = hash_array(words, categorize=False) if len(words) else np.empty(0, np.uint64)
    place = coded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    found: Hashes = np.append(of_words, np.uint64(0)).astype(np.uint64)[place]
    return found
