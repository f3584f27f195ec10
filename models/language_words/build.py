"""Write the most frequent words of languages in Latin script, for `stancekit.looks_english`.

    pip install wordfreq==3.1.1
    python models/language_words/build.py stancekit/text/data/language_words.txt

A line is a language: its code, a TAB, and its 500 most frequent words, the most frequent first.
English comes first. The same version of wordfreq gives the same bytes. It is not needed to run.
"""

import sys
from itertools import islice
from pathlib import Path

import wordfreq

LANGUAGES = (
    *("en", "ca", "cs", "da", "de", "es", "fi", "fil", "fr", "hu", "id", "is", "it", "lt", "lv"),
    *("ms", "nb", "nl", "pl", "pt", "ro", "sh", "sk", "sl", "sv", "tr", "vi"),
)
WORDS = 500


def words_of(language: str) -> list[str]:
    """Most frequent words of a language that are made of letters and apostrophes."""
    frequency = wordfreq.get_frequency_dict(language)
    ranked = sorted(frequency, key=lambda word: (-frequency[word], word))
    return list(islice((w for w in ranked if w.translate(APOSTROPHES).isalpha()), WORDS))


APOSTROPHES = str.maketrans("", "", "'’")

if __name__ == "__main__":
    lines = [f"{language}\t{' '.join(words_of(language))}\n" for language in LANGUAGES]
    Path(sys.argv[1]).write_text("".join(lines), encoding="utf-8")
