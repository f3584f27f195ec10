"""Words inside hashtags: #WeSupportCorbyn -> We Support Corbyn."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.text.hashtag_words.lattice import DIGIT, LOWER, UPPER, Runs, Weights, cut_runs
from stancekit.text.hashtag_words.table import DIGIT_ZERO, word_table

WEIGHTS = Weights()
_LAST_LATIN = 0x24F  # Basic Latin to Latin Extended-B
_SEPARATORS = re.compile("[#＃_]+")
_LATIN_RUN = re.compile("[0-9A-Za-zÀ-ÖØ-öø-ɏ]+")
# Runs are padded to one of these widths; a longer run is cut into windows of the last.
_WIDTHS = (4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 48, 64)
_CELLS = 400_000  # of the (runs, end, length) arrays worked on at a time: a few MB each


@cache
def _letter_tables() -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """For each Latin code point its code without accent and case, and its kind."""
    code = np.zeros(_LAST_LATIN + 1, np.int64)
    kind = np.full(_LAST_LATIN + 1, LOWER, np.uint8)
    for point in range(_LAST_LATIN + 1):
        letter = chr(point)
        plain = unicodedata.normalize("NFD", letter)[0].lower()
        if "0" <= letter <= "9":
            code[point], kind[point] = DIGIT_ZERO + int(letter), DIGIT
        elif _LATIN_RUN.fullmatch(letter):
            code[point] = ord(plain) - ord("a") + 1 if "a" <= plain <= "z" else 27
            kind[point] = UPPER if letter.isupper() else LOWER
    return code, kind


def _as_runs(texts: Sequence[str], width: int) -> Runs:
    length = np.fromiter(map(len, texts), np.int64, len(texts))
    points = np.zeros((len(texts), width), np.uint32)
    joined = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    points[np.arange(width) < length[:, None]] = joined
    code, kind = _letter_tables()
    return Runs(length, code[points], kind[points])


def _pieces(tag: str) -> Iterator[tuple[str, bool]]:
    """Parts of a tag that no word crosses, and whether each may be cut further."""
    for part in _SEPARATORS.split(tag):
        if not part:
            continue
        if _LATIN_RUN.fullmatch(part) is None:
            yield part, False
            continue
        for start in range(0, len(part), _WIDTHS[-1]):
            window = part[start : start + _WIDTHS[-1]]
            yield window, len(window) > 1


def _cut_all(texts: Sequence[str]) -> list[list[str]]:
    """Words of every run; runs of like length share a batch."""
    table = word_table()
    words: list[list[str]] = [[] for _ in texts]
    length = np.fromiter(map(len, texts), np.int64, len(texts))
    group = np.searchsorted(_WIDTHS, length)
    for position, width in enumerate(_WIDTHS):
        members = np.flatnonzero(group == position).tolist()
        rows = max(1, _CELLS // ((width + 1) * (min(width, 24) + 1)))
        for first in range(0, len(members), rows):
            batch = members[first : first + rows]
            cuts = cut_runs(_as_runs([texts[i] for i in batch], width), table, WEIGHTS)
            ends = np.nonzero(cuts)[1].tolist()
            at = 0
            for i, n in zip(batch, cuts.sum(axis=1).tolist(), strict=True):
                starts = [0, *ends[at : at + n - 1]]
                text = texts[i]
                words[i] = [text[a:b] for a, b in zip(starts, ends[at : at + n], strict=True)]
                at += n
    return words


def split_hashtags(tags: Iterable[str]) -> list[list[str]]:
    """Split each hashtag into its words, for many tags at once.

    Letters are kept as they are: the words of a tag, joined, are the tag without its number
    signs and underscores. A part of a tag that has anything but Latin letters and digits
    (another script, an emoji) stays whole. Give each distinct tag once: equal tags are split
    again each time.

    Parameters
    ----------
    tags : iterable of str
        With or without the leading ``#`` or ``＃``.

    Returns
    -------
    list of list of str
        The words of each tag, in order; ``[]`` for a tag that is empty.

    Raises
    ------
    InputError
        If `tags` is one string, or a tag is not a string.

    Notes
    -----
    Time is linear in the letters given: a run longer than 64 letters is cut into windows of 64
    first, so a word may be cut in two there. The words known are English (wordfreq 3.1, to 2021).

    Examples
    --------
    >>> split_hashtags(["#WeSupportCorbyn", "#wesupportcorbyn", "#GE2019"])
    [['We', 'Support', 'Corbyn'], ['we', 'support', 'corbyn'], ['GE', '2019']]
    """
    if isinstance(tags, str):
        raise InputError("tags is one string; give a list of tags, or use split_hashtag")
    if not isinstance(tags, Iterable):
        raise InputError(f"tags is {type(tags).__name__}; give a list of tags")
    tags = list(tags)
    wrong = next((i for i, tag in enumerate(tags) if not isinstance(tag, str)), None)
    if wrong is not None:
        kind = type(tags[wrong]).__name__
        raise InputError(f"tag {wrong} is {kind}, not a string; drop missing tags first")
    whole: list[list[str]] = []
    texts: list[str] = []
    slots: list[tuple[int, int]] = []
    for number, tag in enumerate(tags):
        parts: list[str] = []
        for piece, divisible in _pieces(tag):
            if divisible:
                slots.append((number, len(parts)))
                texts.append(piece)
            parts.append(piece)
        whole.append(parts)
    # From the back, so that a slot's place in its tag is not moved by the words put in after it.
    for (number, slot), words in zip(reversed(slots), reversed(_cut_all(texts)), strict=True):
        whole[number][slot : slot + 1] = words
    return whole


def split_hashtag(tag: str) -> list[str]:
    """Split one hashtag into its words; for many tags `split_hashtags` is far faster.

    Parameters
    ----------
    tag : str
        With or without the leading ``#`` or ``＃``.

    Returns
    -------
    list of str
        The words, in order and in the tag's own letters.

    Raises
    ------
    InputError
        If `tag` is not a string.

    Examples
    --------
    >>> split_hashtag("#BBCNews")
    ['BBC', 'News']
    >>> split_hashtag("#save_ournhs")
    ['save', 'our', 'nhs']
    """
    if not isinstance(tag, str):
        raise InputError(f"tag is {type(tag).__name__}; give one string, or use split_hashtags")
    return split_hashtags([tag])[0]
