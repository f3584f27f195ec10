"""Lists of words by which names are told, one word a line in ``data``."""

from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np

from stancekit.text.hash_table import HashTable, hash_table
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
