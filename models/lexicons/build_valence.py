"""Make stancekit/features/lexicons/valence.tsv from VADER's lexicon (MIT).

    pip install vaderSentiment==3.3.2
    python models/lexicons/build_valence.py stancekit/features/lexicons/valence.tsv

VADER: C.J. Hutto & E. Gilbert (2014), "VADER: A Parsimonious Rule-based Model for Sentiment
Analysis of Social Media Text", ICWSM-14.
"""

import re
import sys
from importlib.metadata import distribution
from pathlib import Path

from stancekit.text.segmentation import Kind, segment

_HERE = Path(__file__).parent


def _rows(name: str) -> dict[str, str]:
    """Read a table of two columns that stands beside this file."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("# ")]
    return {row[0]: row[1] for row in rows[1:]}


def _usable(term: str) -> bool:
    """Accept words and phrases of up to four tokens, and emoticons that stay one token."""
    seg = segment([term])
    if re.fullmatch(r"[a-z][a-z'* -]*", term):
        return len(seg.kind) <= 4
    return len(seg.kind) == 1 and seg.kind[0] == Kind.EMOTICON


def main(target: Path) -> None:
    """Write the list."""
    vader = distribution("vaderSentiment")
    source = Path(str(vader.locate_file("vaderSentiment/vader_lexicon.txt")))
    left_out = _rows("not_valence.tsv")
    terms = {term: float(weight) for term, weight in _rows("valence_phrases.tsv").items()}
    for line in source.read_text(encoding="utf-8").splitlines():
        term, mean, *_ = line.split("\t")
        term = term.strip()
        if term not in left_out and _usable(term):
            terms.setdefault(term, float(mean))
    lines = [
        f"# source: vaderSentiment {vader.version}, vader_lexicon.txt (Hutto & Gilbert 2014);",
        "# without ambiguous words and names of groups, with phrases: models/lexicons",
        "# licence: MIT, copyright (c) 2016 C.J. Hutto",
        "term\tweight",
        *(f"{term}\t{weight:g}" for term, weight in sorted(terms.items())),
    ]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
