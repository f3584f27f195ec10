"""Find every term of a lexicon in a segmented batch, with hashes, for all posts at once."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from stancekit.features.cues.lexicon import LONGEST, MOST_LISTS, Lexicon
from stancekit.text.codepoints import Index, Mask, ranges
from stancekit.text.hash_table import HashTable, hash_table
from stancekit.text.hashing import Hashes, hash_next
from stancekit.text.normalise import Normalised, normalise
from stancekit.text.segmentation import Kind, Segmentation, segment


@dataclass(frozen=True)
class Tokens:
    """The tokens of a batch that are not white space.

    Attributes
    ----------
    number : ndarray of int64, shape (d,)
        Which token of the segmentation each is.
    kind : ndarray of uint8, shape (d,)
        `stancekit.text.segmentation.Kind`.
    post : ndarray of int64, shape (d,)
        Post each belongs to.
    post_first : ndarray of int64, shape (p + 1,)
        Tokens of post `i` are ``post_first[i]`` to ``post_first[i + 1]``.
    """

    number: Index
    kind: npt.NDArray[np.uint8]
    post: Index
    post_first: Index


@dataclass(frozen=True)
class Hits:
    """Occurrences of terms, one row for each list a term is in.

    Attributes
    ----------
    first : ndarray of int64, shape (h,)
        First token, an index into `Tokens`.
    length : ndarray of int64, shape (h,)
        Number of tokens.
    list : ndarray of int64, shape (h,)
        Number of the list within the lexicon.
    weight : ndarray of float64, shape (h,)
        Weight the list gives the term.
    """

    first: Index
    length: Index
    list: Index
    weight: npt.NDArray[np.float64]


@dataclass(frozen=True)
class TermIndex:
    """A lexicon ready for look-up; see `term_index`.

    Attributes
    ----------
    tokens : HashTable
        Every token of every term, `v` of them.
    starts : ndarray of bool, shape (v,)
        Whether a longer term begins with the token.
    token_term : ndarray of int64, shape (v,)
        The term that the token is by itself, or -1.
    phrases : HashTable
        The terms of several tokens.
    phrase_term : ndarray of int64
        Their numbers.
    entry : ndarray of int64, shape (terms + 1,)
        Entries of term `i` are ``entry[i]`` to ``entry[i + 1]``.
    entry_list, entry_weight : ndarray
        The list and the weight of each entry.
    lists : ndarray of uint64, shape (terms,)
        Bit set of the lists each term is in.
    """

    tokens: HashTable
    starts: Mask
    token_term: Index
    phrases: HashTable
    phrase_term: Index
    entry: Index
    entry_list: Index
    entry_weight: npt.NDArray[np.float64]
    lists: Hashes


def visible_tokens(seg: Segmentation) -> Tokens:
    """Leave out the tokens that are white space."""
    visible = seg.kind != Kind.SPACE
    number = np.flatnonzero(visible)
    post_first = np.searchsorted(number, seg.token_start)
    post = np.repeat(np.arange(len(post_first) - 1), np.diff(post_first))
    return Tokens(number, seg.kind[number], post, post_first)


def find_terms(tokens: Tokens, normalised: Normalised, index: TermIndex) -> Hits:
    """Find the terms; of one list's terms that overlap, the longest counts.

    Hashtags match without their ``#``; emoji by their first code point, so that skin tone and
    gender make no difference.
    """
    hashes = _token_keys(tokens, normalised)
    at, row = index.tokens.find(hashes)
    phrases = _phrases(at, at[index.starts[row]], tokens, hashes, index)
    alone = index.token_term[row]
    term = alone >= 0
    covered = np.zeros(len(hashes), np.uint64)
    longest_first = [*reversed(phrases), (at[term], alone[term], 1)]
    return _entries([_take(*some, covered, index) for some in longest_first], index)


def _token_keys(tokens: Tokens, normalised: Normalised) -> Hashes:
    hashes = normalised.token_hash[tokens.number]
    at = np.flatnonzero(tokens.kind == Kind.HASHTAG)
    start = normalised.token_start[tokens.number[at]] + 1
    hashes[at] = normalised.char_hash(start, normalised.token_end[tokens.number[at]] - start)
    at = np.flatnonzero(tokens.kind == Kind.EMOJI)
    start = normalised.token_start[tokens.number[at]]
    hashes[at] = normalised.char_hash(start, np.ones_like(start))
    return hashes


def _phrases(
    known: Index, begin: Index, tokens: Tokens, hashes: Hashes, index: TermIndex
) -> list[tuple[Index, Index, int]]:
    """Terms of 2 tokens, of 3 and so on: first token and number of each, and the length.

    Looked up where known tokens follow one upon the other, from those on that `begin` one.
    """
    is_known = np.zeros(len(hashes) + 1, np.bool_)
    is_known[known] = True
    first, chain = begin, hashes[begin]
    phrases = []
    for length in range(2, LONGEST + 1):
        last = first + length - 1
        goes_on = np.flatnonzero(is_known[last])
        goes_on = goes_on[tokens.post[first[goes_on]] == tokens.post[last[goes_on]]]
        first, chain = first[goes_on], hash_next(chain[goes_on], hashes[last[goes_on]])
        found, row = index.phrases.find(chain)
        phrases.append((first[found], index.phrase_term[row], length))
    return phrases


def _chain(hashes: Hashes, first: Index, length: int) -> Hashes:
    """Hash of `length` tokens from each of `first` on."""
    whole = hashes[first]
    for step in range(1, length):
        whole = hash_next(whole, hashes[first + step])
    return whole


_Taken = tuple[Index, Index, Hashes, int]


def _take(first: Index, term: Index, length: int, covered: Hashes, index: TermIndex) -> _Taken:
    """Keep the lists in which no longer term covers the first or the last token; cover them."""
    lists = index.lists[term] & ~(covered[first] | covered[first + length - 1])
    if length > 1:
        for step in range(length):
            covered[first + step] |= lists  # one term of a length begins at a token, so no clash
    return first, term, lists, length


def _entries(found: list[_Taken], index: TermIndex) -> Hits:
    first = np.concatenate([taken[0] for taken in found])
    term = np.concatenate([taken[1] for taken in found])
    lists = np.concatenate([taken[2] for taken in found])
    length = np.repeat([taken[3] for taken in found], [len(taken[0]) for taken in found])
    begin, count = index.entry[term], index.entry[term + 1] - index.entry[term]
    row, entry = np.repeat(np.arange(len(term)), count), ranges(begin, count)
    list_number = index.entry_list[entry]
    counts = (lists[row] >> list_number.astype(np.uint64)) & np.uint64(1) == 1
    row, entry = row[counts], entry[counts]
    return Hits(first[row], length[row], index.entry_list[entry], index.entry_weight[entry])


@lru_cache(maxsize=4)
def term_index(lexicon: Lexicon) -> TermIndex:
    """Make a lexicon ready for look-up."""
    spelt = [term for _, entries in lexicon.lists for term, _ in entries]
    weight = np.array([w for _, entries in lexicon.lists for _, w in entries], np.float64)
    list_of = np.repeat(np.arange(len(lexicon.lists)), [len(e) for _, e in lexicon.lists])
    tokens, token_keys, term_keys = _keys(spelt)
    single = np.diff(tokens.post_first) == 1
    # spellings that normalise alike (grr, grrr) are one term
    keys, first, term_of = np.unique(term_keys, return_index=True, return_inverse=True)
    _, row = np.unique(term_of * MOST_LISTS + list_of, return_index=True)
    entry = np.searchsorted(term_of[row], np.arange(len(keys) + 1))
    lists = np.zeros(len(keys), np.uint64)
    np.bitwise_or.at(lists, term_of, np.uint64(1) << list_of.astype(np.uint64))
    token_hash, token_row = np.unique(token_keys, return_inverse=True)
    starts = np.zeros(len(token_hash), np.bool_)
    starts[token_row[tokens.post_first[:-1][~single]]] = True
    token_term = np.full(len(token_hash), -1, np.int64)
    token_term[token_row[tokens.post_first[:-1][single]]] = term_of[single]
    phrase = np.flatnonzero(~single[first])
    return TermIndex(
        hash_table(token_hash), starts, token_term, hash_table(keys[phrase]), phrase,
        entry, list_of[row], weight[row], lists,
    )  # fmt: skip


def _keys(terms: list[str]) -> tuple[Tokens, Hashes, Hashes]:
    """Segment terms; hash each of their tokens, and each term as a whole."""
    seg = segment(terms)
    normalised, tokens = normalise(seg), visible_tokens(seg)
    first, length = tokens.post_first[:-1], np.diff(tokens.post_first)
    token_keys = _token_keys(tokens, normalised)
    keys = np.zeros(len(terms), np.uint64)
    for size in range(1, LONGEST + 1):
        chosen = length == size
        keys[chosen] = _chain(token_keys, first[chosen], size)
    return tokens, token_keys, keys
