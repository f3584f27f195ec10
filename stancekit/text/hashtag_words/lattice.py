"""The likeliest cut of letter runs into words: all runs of a batch at once.

A Viterbi search over every substring of up to 24 letters. A substring costs its word's log
probability (wordfreq) or, if unknown, that of a letter trigram model; a known pair of neighbours
gains its mutual information (SymSpell); a cut gains or costs by the kinds of letters it parts
(camel case, acronyms, digits). Arrays have the shape (runs, end of word, length of word).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stancekit.text.hashing import hash_all, prefix_sums
from stancekit.text.hashtag_words.table import (
    DIGIT_ZERO,
    LONGEST_WORD,
    Floats,
    Ints,
    WordTable,
)

LOWER, UPPER, DIGIT = 0, 1, 2
_NEVER = np.float32(-1e6)
_SELF_STANDING = (1, 9)  # codes of "a" and "i", the letters that are words
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Weights:
    """What a cut or a word gains (nats), tuned on half of STAN-large dev (models/hashtag_words).

    Cuts are named by the letters they part: "aA" is before the B of fooBar.
    """

    word: float = -1.02
    unknown: float = -4.06
    letter_model: float = 0.96
    unknown_letter: float = 0.24
    pair: float = 0.48
    one_letter: float = -7.57
    two_letters: float = -1.81
    camel: float = 4.35  # a|A
    camel_second: float = -11.79  # more at the very second letter: i|Phone
    acronym_end: float = 6.7  # A|Aa
    acronym_tail: float = 4.13  # AA|a
    after_capital: float = -2.1  # A|a
    inside_camel: float = -4.29  # a|a where the run has camel case
    inside_acronym: float = -5.08  # A|A where the run is mixed
    inside_capitalised: float = -1.22  # a|a where the run is mixed without camel case
    lower_digit: float = 5.02
    upper_digit: float = -2.16
    long_number: float = 6.1  # more before two digits or more
    digit_lower: float = 3.26
    digit_upper: float = 8.03


@dataclass(frozen=True)
class Runs:
    """A batch of runs, padded on the right to one width."""

    length: Ints  # (runs,)
    codes: Ints  # (runs, width) 0-37, see word_table
    kind: NDArray[np.uint8]  # (runs, width) LOWER, UPPER or DIGIT


@dataclass(frozen=True)
class _Pairs:
    """Known neighbours, sorted by where the second word ends."""

    run: Ints
    end: Ints
    first_length: Ints
    second_length: Ints
    pmi: Floats


def _shifted(mask: Bools, by: int) -> Bools:
    """`mask` as seen by a neighbour `by` columns to the left (+) or right (-)."""
    out = np.zeros_like(mask)
    if by > 0:
        out[:, :-by] = mask[:, by:]
    else:
        out[:, -by:] = mask[:, :by]
    return out


def _cut_scores(runs: Runs, w: Weights) -> Floats:
    """Gain of a cut before each letter, shape (runs, width + 1)."""
    width = runs.kind.shape[1]
    real = np.arange(width) < runs.length[:, None]
    lower, upper, digit = ((runs.kind == kind) & real for kind in (LOWER, UPPER, DIGIT))
    left_lower, left_upper, left_digit = (_shifted(mask, -1) for mask in (lower, upper, digit))
    camel = left_lower & upper
    has_camel = camel.any(1, keepdims=True)
    mixed = upper.any(1, keepdims=True) & lower.any(1, keepdims=True)
    next_lower, left2_upper = _shifted(lower, 1), _shifted(upper, -2)
    long_number = digit & ~left_digit & _shifted(digit, 1)
    both_upper, both_lower, capital = left_upper & upper, left_lower & lower, left_upper & lower
    gains = (
        (camel, w.camel),
        (both_upper & next_lower, w.acronym_end),
        (both_upper & ~next_lower & mixed, w.inside_acronym),
        (capital & left2_upper, w.acronym_tail),
        (capital & ~left2_upper, w.after_capital),
        (both_lower & has_camel, w.inside_camel),
        (both_lower & ~has_camel & mixed, w.inside_capitalised),
        (left_lower & digit, w.lower_digit),
        (left_upper & digit, w.upper_digit),
        (long_number, w.long_number),
        (left_digit & lower, w.digit_lower),
        (left_digit & upper, w.digit_upper),
        (left_digit & digit, float(_NEVER)),
    )
    scores = np.zeros((len(real), width + 1), np.float32)
    for mask, gain in gains:
        scores[:, :width] += mask * np.float32(gain)
    scores[:, 1:2] += camel[:, 1:2] * np.float32(w.camel_second)
    scores[:, 0] = 0.0
    return scores


def _with_word_digits(codes: Ints) -> Ints:
    """Digits of longer numbers all read as 0, which is how wordfreq counts them."""
    digit = codes >= DIGIT_ZERO
    return np.where(digit & (_shifted(digit, 1) | _shifted(digit, -1)), DIGIT_ZERO, codes)


def _known_words(codes: Ints, table: WordTable) -> NDArray[np.int32]:
    """Look up the word number of every substring, or -1."""
    runs, width = codes.shape
    longest = min(width, LONGEST_WORD)
    number = np.full((runs, width + 1, longest + 1), -1, np.int32)
    sums = prefix_sums(codes)
    for length in range(1, longest + 1):
        wanted = hash_all(sums, length)
        which, word = table.find_words(wanted.ravel())
        row, start = np.divmod(which, wanted.shape[1])
        number[row, start + length, length] = word
    return number


def _unknown_scores(codes: Ints, letters: Floats, w: Weights) -> Floats:
    """Score every substring as a word nobody has listed, by the letter model."""
    runs, width = codes.shape
    longest = min(width, LONGEST_WORD)
    scores = np.full((runs, width + 1, longest + 1), _NEVER, np.float32)
    before = np.zeros((runs, width + 2), np.int64)
    before[:, 2:] = codes
    inner = np.zeros((runs, width + 1), np.float32)
    np.cumsum(letters[before[:, :-2], before[:, 1:-1], codes], axis=1, out=inner[:, 1:])
    first = letters[0, 0][codes]
    second = letters[0][before[:, 1:-1], codes]
    last = letters[:, :, 0][before[:, 1:-1], codes]
    for length in range(1, longest + 1):
        start, end = slice(0, width + 1 - length), slice(length, width + 1)
        score = first[:, start].copy()
        if length == 1:
            score += letters[0, :, 0][codes]
        else:
            score += second[:, 1 : width + 2 - length] + last[:, length - 1 :]
            score += inner[:, end] - inner[:, 2 : width + 3 - length]
        least = np.float32(w.unknown + w.unknown_letter * length)
        scores[:, end, length] = np.float32(w.letter_model) * score + least
    return scores


def _word_scores(runs: Runs, number: NDArray[np.int32], table: WordTable, w: Weights) -> Floats:
    """Score every substring as a word, listed or not."""
    scores = _unknown_scores(runs.codes, table.letters, w)
    known = number >= 0
    scores[known] = np.maximum(scores[known], table.log_probability[number[known]])
    scores += np.float32(w.word)
    stands = np.isin(runs.codes, _SELF_STANDING) | (runs.codes >= DIGIT_ZERO)
    scores[:, 1:, 1] += ~stands * np.float32(w.one_letter)
    scores[:, :, 2:3] += np.float32(w.two_letters)
    return scores


def _known_pairs(number: NDArray[np.int32], table: WordTable) -> _Pairs:
    """Join words that end where another starts, and keep the pairs that the table knows."""
    columns = number.shape[1]
    run, end, length = np.nonzero(number >= 0)
    word = number[run, end, length].astype(np.int64)
    first = np.flatnonzero(table.starts_pair[word])
    second = np.flatnonzero(table.ends_pair[word])
    # np.nonzero is sorted by (run, end), so the words that end at one place lie together.
    place = run[first] * columns + end[first]
    here = np.bincount(place, minlength=len(number) * columns)
    offset = np.cumsum(here) - here
    wanted = run[second] * columns + end[second] - length[second]
    times = here[wanted]
    right = np.repeat(np.arange(len(second)), times)
    nth = np.arange(len(right)) - np.repeat(np.cumsum(times) - times, times)
    left = first[offset[wanted[right]] + nth]
    right = second[right]
    kept, pmi = table.find_pairs(word[left], word[right])
    left, right = left[kept], right[kept]
    order = np.argsort(end[right], kind="stable")
    left, right = left[order], right[order]
    return _Pairs(run[right], end[right], length[left], length[right], pmi[order])


def _follow_back(length: Ints, best: NDArray[np.int8], before: NDArray[np.int8]) -> Bools:
    """Cut marks (runs, width + 1) from the back pointers."""
    cuts = np.zeros(best.shape, bool)
    row, position = np.arange(len(length)), length
    step = best[row, position].astype(np.int64)
    while len(row):
        cuts[row, position] = True
        earlier = before[row, position, step].astype(np.int64)
        position = position - step
        going = position > 0
        row, position, earlier = row[going], position[going], earlier[going]
        step = np.where(earlier > 0, earlier, best[row, position])
    return cuts


def cut_runs(runs: Runs, table: WordTable, weights: Weights) -> Bools:
    """Where words end: True at [run, k] if a word ends after the run's first k letters."""
    codes = _with_word_digits(runs.codes)
    number = _known_words(codes, table)
    word = _word_scores(Runs(runs.length, codes, runs.kind), number, table, weights)
    cut = _cut_scores(runs, weights)
    pairs = _known_pairs(number, table)
    rows, columns, lengths = number.shape
    score = np.full(number.shape, 2 * _NEVER, np.float32)  # best path whose last word is this
    before = np.zeros(number.shape, np.int8)  # length of the word before it, 0 for any
    best_score = np.zeros((rows, columns), np.float32)
    best = np.zeros((rows, columns), np.int8)
    bounds = np.searchsorted(pairs.end, np.arange(columns + 1))
    for end in range(1, columns):
        longest = min(end, lengths - 1)
        start = slice(end - longest, end)
        onward = (best_score[:, start] + cut[:, start])[:, ::-1]
        score[:, end, 1 : longest + 1] = word[:, end, 1 : longest + 1] + onward
        here = slice(bounds[end], bounds[end + 1])
        run, second, first = pairs.run[here], pairs.second_length[here], pairs.first_length[here]
        middle = end - second
        gain = cut[run, middle] + np.float32(weights.pair) * pairs.pmi[here]
        joint = score[run, middle, first] + word[run, end, second] + gain
        np.maximum.at(score[:, end], (run, second), joint)  # a view: writes into score
        chosen = score[run, end, second] == joint
        before[run[chosen], end, second[chosen]] = first[chosen]
        best[:, end] = score[:, end].argmax(axis=1)
        best_score[:, end] = score[np.arange(rows), end, best[:, end]]
    return _follow_back(runs.length, best, before)
