"""Build stancekit/text/data/hashtag_words.safetensors.xz from two registry packages.

    pip install -r models/hashtag_words/requirements.txt
    python models/hashtag_words/build.py stancekit/text/data/hashtag_words.safetensors.xz

Nothing is drawn at random: the same package versions give the same bytes.
"""

import lzma
import math
import re
import sys
import unicodedata
from importlib.resources import files
from pathlib import Path

import numpy as np
from safetensors.numpy import save
from wordfreq import get_frequency_dict

LONGEST_WORD = 24
LOG_STEPS_PER_DECADE = 25  # word probability 10 ** (-byte / 25); a byte reaches down to 6e-11
PMI_STEPS_PER_NAT = 10
# SymSpell's own N: the tokens its counts were drawn from (Google Books Ngrams).
SYMSPELL_TOKENS = 1_024_908_267_229
# Pairs that go together hardly more than by chance cost bytes and change no segmentation.
LEAST_PMI = 1.0
COMMON = 1e-5
RARE = 3e-7
LITTLE = "and are be by do for if in is it me my no not of on or our the this to up us we who you"
FUNCTION_WORDS = frozenset(LITTLE.split())
KNOWN = re.compile(rf"[a-z0-9]{{1,{LONGEST_WORD}}}")


def folded(word: str) -> str:
    """Lower-case letters as a hashtag would carry them: no accents, no apostrophes.

    >>> folded("Café's")
    'cafes'
    """
    bare = word.lower().replace("'", "").replace("’", "")
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in bare)


def word_probabilities() -> dict[str, float]:
    """Wordfreq's large English list; spellings that fold to one form are added up.

    Whole hashtags that got into the list (blacklivesmatter) are left out.
    """
    total: dict[str, float] = {}
    for word, probability in get_frequency_dict("en", "large").items():
        form = folded(word)
        if KNOWN.fullmatch(form):
            total[form] = total.get(form, 0.0) + probability
    listed = {folded(word) for word, _ in symspell_lines("frequency_dictionary_en_82_765.txt")}
    pairs = {
        (folded(first), folded(second))
        for first, second, _ in symspell_lines("frequency_bigramdictionary_en_243_342.txt")
    }
    return {
        word: total[word]
        for word in sorted(total)
        if word in listed or not runs_words_together(word, total, pairs)
    }


def runs_words_together(
    word: str, probability: dict[str, float], pairs: set[tuple[str, str]]
) -> bool:
    """Whether a word in no dictionary is two or more common words written as one.

    Two words must be rare as one and known as a pair, so that closed compounds and names
    (facebook, rainforest, liverpool) stay.
    """

    def common(part: str) -> bool:
        least = COMMON if len(part) < 6 else COMMON / 5  # long words are seldom there by chance
        return part in FUNCTION_WORDS or (len(part) >= 4 and probability.get(part, 0.0) >= least)

    ways: list[list[tuple[str, ...]]] = [[()]]  # the ways to read the first n letters
    for end in range(1, len(word) + 1):
        ways.append(
            [
                (*way, word[start:end])
                for start in range(end)
                if ways[start] and common(word[start:end])
                for way in ways[start]
            ]
        )
    return any(
        (len(way) > 2 and len(word) >= 10 and len(FUNCTION_WORDS.intersection(way)) < len(way) - 1)
        or (
            len(way) == 2
            and way in pairs
            and probability[word] < RARE
            and (len(min(way, key=len)) >= 5 or not FUNCTION_WORDS.isdisjoint(way))
        )
        for way in ways[-1]
    )


def symspell_lines(name: str) -> list[list[str]]:
    """Split each line of one of symspellpy's frequency dictionaries into its fields."""
    text = (files("symspellpy") / name).read_text(encoding="utf-8-sig")
    return [line.split() for line in text.splitlines() if line.strip()]


def pair_pmi(number: dict[str, int]) -> list[tuple[int, int, float]]:
    """Pointwise mutual information (nats) of word pairs, by word number, sorted."""
    count: dict[str, int] = {}
    for word, seen in symspell_lines("frequency_dictionary_en_82_765.txt"):
        count[folded(word)] = count.get(folded(word), 0) + int(seen)
    pairs = []
    for first, second, seen in symspell_lines("frequency_bigramdictionary_en_243_342.txt"):
        a, b = folded(first), folded(second)
        if a in number and b in number and a in count and b in count:
            pmi = math.log(int(seen) * SYMSPELL_TOKENS / (count[a] * count[b]))
            if pmi >= LEAST_PMI:
                pairs.append((number[a], number[b], pmi))
    return sorted(pairs)


def arrays() -> dict[str, np.ndarray]:
    """Make the table that stancekit.text.hashtag_words.table reads."""
    probability = word_probabilities()
    number = {word: position for position, word in enumerate(probability)}
    first, second, pmi = (np.array(column) for column in zip(*pair_pmi(number), strict=True))
    steps = -np.log10(np.array(list(probability.values()))) * LOG_STEPS_PER_DECADE
    blob = "\n\n" + "\n\n".join(probability) + "\n\n"
    return {
        "words": np.frombuffer(blob.encode("ascii"), np.uint8),
        "word_log": np.clip(np.round(steps), 0, 255).astype(np.uint8),
        "pairs_per_word": np.bincount(first, minlength=len(number)).astype(np.uint16),
        "pair_second": second.astype(np.uint32),
        "pair_pmi": np.clip(np.round(pmi * PMI_STEPS_PER_NAT), 0, 255).astype(np.uint8),
    }


def main(target: str) -> None:
    """Write the table and say how large it is."""
    # One key only: safetensors writes several in no fixed order, and the bytes should be fixed.
    metadata = {"format": "stancekit-hashtag-words-1 CC-BY-SA-4.0"}
    packed = lzma.compress(save(arrays(), metadata), preset=9 | lzma.PRESET_EXTREME)
    Path(target).write_bytes(packed)
    print(f"{target}: {len(packed):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
