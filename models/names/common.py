"""List the words that are common in small letters: a capital does not make them names.

    python models/names/common.py DATA

DATA holds ``gold`` and ``public``. A word counts as common if posts that are not all in small
letters write it small at least three times and in at least half of the places, or if a lexicon of
stancekit has it. Writes ``stancekit/text/data/common_words.txt``, in alphabetical order; and
``never_names.txt``, words that even inside a sentence a capital does not make names: of lexicons
that judge, those of ``function_words.txt`` there and of ``not_names.txt``. No text is in them.
"""

import sys
from pathlib import Path

import pandas as pd
from build import _READ, counts, listed

from stancekit.features.cues.lexicon import as_lexicon

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "stancekit" / "text" / "data"
LEAST, SHARE = 3, 0.5
#: Lexicons whose words are no judgement, and are names where they have a capital.
PLAIN = ("public_affairs", "daily_life", "reporting")
#: Words of the other lexicons that are more often part of a name, where they have a capital.
PARTS = {"faith", "grace", "major", "party"}


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
    terms = {name: [term for term, _ in entries] for name, entries in as_lexicon(None).lists}
    never = listed("not_names.txt") | {"i'm", "i've", "i'd", "i'll"}
    every = {word for own in terms.values() for term in own for word in term.split()}
    write("common_words.txt", found | set(filter(str.isalpha, every)) | never)
    judging = (filter(str.isalpha, own) for name, own in terms.items() if name not in PLAIN)
    function = (OUT / "function_words.txt").read_text("utf-8").split()
    write("never_names.txt", never.union(function, *judging) - PARTS)


def write(name: str, words: set[str]) -> None:
    """Write a list, one word a line."""
    (OUT / name).write_text("".join(f"{word}\n" for word in sorted(words)), "utf-8")
    print(f"{name}: {len(words)} words")


if __name__ == "__main__":
    main()
