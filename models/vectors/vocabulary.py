"""Which terms get a vector: word lists with a clear licence, and forms seen in the posts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.resources import files

import regex
from terms import normal_forms, post_handles

LATIN = regex.compile(r"[\p{Latin}\p{N}'*]+")
DIGITS = regex.compile(r"[0.,:/]+")
SHORT_NAME = 6  # "potus", "gop": offices and acronyms are accounts as well as words
PUBLIC_TOPIC = 20  # posts from which on an account's name counts as a topic ("joebiden")


def listed_words(encoder_vocabulary: Iterable[str], top: int) -> list[str]:
    """Return the words of two lists, in normal form, commonest first.

    They are the ``top`` commonest words of symspellpy's English list (MIT), and the whole words
    of the encoder's own vocabulary (Apache-2.0), which knows names of people and places.
    """
    lines = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    words = [line.split()[0] for line in lines.read_text("utf-8-sig").splitlines()[:top]]
    words += [w for w in encoder_vocabulary if len(w) > 1 and regex.fullmatch(r"\p{Latin}+", w)]
    return list(dict.fromkeys(normal_forms(words)))


def looks_like_handle(term: str, as_term: int, as_handle: int) -> bool:
    """Say whether a term is an account's name rather than a word.

    >>> looks_like_handle("annsmith00", as_term=3, as_handle=1)
    True
    >>> looks_like_handle("climate", as_term=800, as_handle=2)
    False
    """
    if DIGITS.fullmatch(term) or as_term >= PUBLIC_TOPIC:
        return False
    if as_handle and regex.search(r"[0_]", term):
        return True
    return as_handle >= as_term and len(term) > SHORT_NAME


def seen_terms(posts: Sequence[str], terms: Iterable[list[str]], minimum: int) -> dict[str, int]:
    """Return the terms that occur in ``minimum`` posts or more, with the number of posts."""
    seen = Counter(term for post in terms for term in set(post))
    handles = Counter(post_handles(posts))
    return {
        term: count
        for term, count in seen.items()
        if term
        and count >= minimum
        and len(term) <= 40
        and (not term[0].isalnum() or LATIN.fullmatch(term) or DIGITS.fullmatch(term))
        and not looks_like_handle(term, count, handles[term])
    }


def choose_terms(listed: Sequence[str], seen: dict[str, int], size: int) -> list[str]:
    """Return ``size`` terms: those seen in most posts first, then listed words no post has used."""
    rank = {term: place for place, term in enumerate(listed)}
    every = {*seen, *listed}
    key = {term: (-seen.get(term, 0), rank.get(term, len(rank)), term) for term in every}
    return sorted(every, key=key.__getitem__)[:size]
