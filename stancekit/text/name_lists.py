"""Lists of words by which names are told, one word a line in ``data``."""

from functools import cache
from importlib.resources import files
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from stancekit.text.hash_table import HashTable, hash_table
from stancekit.text.hashing import Hashes
from stancekit.text.normalise import hash_strings

#: Names; words that are common in small letters; those that no capital makes a name; words that
#: name nothing; words that are given names before another name; abbreviated titles of people;
#: sides of politics, and what makes them such.
List = Literal[
    "names",
    "common_words",
    "never_names",
    "function_words",
    "given_words",
    "titles",
    "sides",
    "wings",
]


#: The bit of each list in what `lists_of` returns.
BIT: Final = {name: np.uint8(1 << place) for place, name in enumerate(get_args(List))}

Lists = npt.NDArray[np.uint8]


@cache
def words_of(name: List) -> frozenset[str]:
    """Return the words of a list, in small letters.

    Examples
    --------
    >>> "biden" in words_of("names"), "tram" in words_of("names")
    (True, False)
    """
    return frozenset(
        files("stancekit.text").joinpath(f"data/{name}.txt").read_text("utf-8").split()
    )


@cache
def table_of(name: List) -> HashTable:
    """Return the hashes of a list's words, with and without ``'s``."""
    words = sorted(words_of(name))
    return hash_table(np.unique(hash_strings([*words, *(f"{word}'s" for word in words)])))


def lists_of(hashes: Hashes) -> Lists:
    """Return in which of the lists each word is, a bit of `BIT` for each: one look-up for all.

    Examples
    --------
    >>> found = lists_of(hash_strings(["biden", "the", "xqzzq"]))
    >>> (found & BIT["names"] > 0).tolist(), (found & BIT["function_words"] > 0).tolist()
    ([True, False, False], [False, True, False])
    """
    table, lists = _all_lists()
    found = np.zeros(len(hashes), np.uint8)
    at, row = table.find(hashes)
    found[at] = lists[row]
    return found


@cache
def _all_lists() -> tuple[HashTable, Lists]:
    keys = {name: table_of(name).keys for name in BIT}
    every = np.unique(np.concatenate(list(keys.values())))
    lists = np.zeros(len(every), np.uint8)
    for name, own in keys.items():
        lists[np.searchsorted(every, own)] |= BIT[name]
    return hash_table(every), lists
