"""List the words whose misspellings are mended: those that people disguise.

    python models/mended/build.py

Single words of four letters and more of the lexicons of insults, slurs, threats, profanity and
dehumanising words, and those of ``also.txt``. Writes ``stancekit/text/data/mended.txt``, in
alphabetical order.
"""

from pathlib import Path

from stancekit.features.cues.lexicon import as_lexicon

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "stancekit" / "text" / "data" / "mended.txt"
LISTS = {"insult", "slur", "threat", "profanity", "dehumanising"}
SHORTEST = 4


def main() -> None:
    """Choose, write."""
    terms = {term for name, ts in as_lexicon(None).lists if name in LISTS for term, _ in ts}
    words = {term for term in terms if term.isascii() and term.isalpha() and len(term) >= SHORTEST}
    words |= set((HERE / "also.txt").read_text("utf-8").split())
    OUT.write_text("".join(f"{word}\n" for word in sorted(words)), "utf-8")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
