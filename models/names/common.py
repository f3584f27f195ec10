"""List the words that are common in small letters: a capital does not make them names.

    python models/names/common.py DATA

DATA holds ``gold`` and ``public``. A word counts as common if posts that are not all in small
letters write it small at least three times and in at least one place of four, or if a lexicon of
stancekit has it. Writes ``stancekit/text/data/common_words.txt``, in alphabetical order. No text is
in it.
"""

import sys
from pathlib import Path

import pandas as pd
from build import _READ, counts, listed

from stancekit.features.cues.lexicon import as_lexicon

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "stancekit" / "text" / "data" / "common_words.txt"
LEAST, SHARE = 3, 0.25


def main() -> None:
    """Count, choose, write."""
    data = Path(sys.argv[1])
    paths = [
        data / "gold" / "train.tsv",
        data / "gold" / "train-2.tsv",
        *sorted((data / "public").glob("*.tsv.gz")),
    ]
    texts = {text for path in paths for text in pd.read_csv(path, **_READ)["text"]}
    capital, small = counts({text for text in texts if text != text.lower()})
    found = {
        word
        for word, times in small.items()
        if times >= LEAST and times >= SHARE * (times + capital[word])
    }
    terms = {
        word
        for name, entries in as_lexicon(None).lists
        for term, _ in entries
        for word in term.split()
        if word.isalpha()
    }
    words = found | terms | listed("not_names.txt") | {"i'm", "i've", "i'd", "i'll"}
    OUT.write_text("".join(f"{word}\n" for word in sorted(words)), "utf-8")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
