"""List the names that n-grams do not see, from how words are written in the study posts.

    python models/names/build.py DATA

DATA holds ``gold/train.tsv`` and ``public``. A word counts as a name if, inside sentences of posts
that are not all in capitals or title case, it is capitalised in at least four of five places and in
at least four; words of stancekit's lexicons and of ``not_names.txt`` are none, those of
``also_names.txt`` (parties, and politicians of whom the posts say little) are. Writes
``stancekit/text/data/names.txt``, in alphabetical order. No text is in it.
"""

import re
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

from stancekit.features.cues.lexicon import as_lexicon

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "stancekit" / "text" / "data" / "names.txt"
LEAST, SHARE = 4, 0.8
_READ = {"sep": "\t", "dtype": str, "keep_default_na": False}
_APART = re.compile(r"https?:\S+|[@#]\w+")
_PIECE = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*|\S")
_OWNER = re.compile(r"['’]s$")


def main() -> None:
    """Count, choose, write."""
    data = Path(sys.argv[1])
    paths = [data / "gold" / "train.tsv", *sorted((data / "public").glob("*.tsv.gz"))]
    texts = {text for path in paths for text in pd.read_csv(path, **_READ)["text"]}
    capital, small = counts(texts)
    found = {
        word
        for word, times in capital.items()
        if times >= LEAST and times >= SHARE * (times + small[word]) and len(word) > 1
    }
    terms = {t for name, ts in as_lexicon(None).lists if name != "valence" for t, _ in ts}
    names = (found | listed("also_names.txt")) - terms - listed("not_names.txt")
    OUT.write_text("".join(f"{name}\n" for name in sorted(names)), "utf-8")
    print(f"{len(names)} names")


def counts(texts: set[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands inside a sentence with a capital, and with a small letter."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        pieces = _PIECE.findall(_APART.sub(" . ", text))
        words = [piece for piece in pieces if piece[0].isalpha()]
        if 2 * sum(word[0].isupper() for word in words) >= len(words):
            continue
        for before, piece in zip([".", *pieces], pieces, strict=False):
            if before[0].isalpha() or before in ",)'’&/-":
                word = _OWNER.sub("", piece)
                if word[0].isalpha() and not word.casefold().startswith(("i'", "i’")):
                    (capital if word[0].isupper() else small)[word.casefold()] += 1
    return capital, small


def listed(name: str) -> set[str]:
    """Words of a list, one a line."""
    return set((HERE / name).read_text("utf-8").split())


if __name__ == "__main__":
    main()
