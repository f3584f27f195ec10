"""Write the gold annotations without their texts.

    python data/annotations/build.py DATA

DATA is the folder that holds ``gold/train.tsv`` and ``gold/dev.tsv``. Writes ``gold.csv`` beside
this file and the same, gzipped, into the package, where ``stancekit corpus join`` finds it; the
same posts give the same bytes.
"""

import gzip
import sys
from pathlib import Path

import pandas as pd

from stancekit.corpus.annotations import COLUMNS
from stancekit.corpus.identity import post_id

PARTS = ("train", "dev")
HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "stancekit" / "corpus" / "data" / "gold.csv.gz"


def main() -> None:
    """Read, check the ids, write."""
    gold = Path(sys.argv[1]) / "gold"
    read = {"sep": "\t", "dtype": str, "keep_default_na": False}
    parts = [pd.read_csv(gold / f"{part}.tsv", **read).assign(part=part) for part in PARTS]
    posts = pd.concat(parts, ignore_index=True)
    made = [post_id(source, text) for source, text in zip(posts.source, posts.text, strict=True)]
    if made != posts.id.tolist() or posts.id.duplicated().any():
        sys.exit("ids are not those of the texts: the posts were edited, or read wrongly")
    text = posts.reindex(columns=list(COLUMNS)).to_csv(index=False, lineterminator="\n")
    (HERE / "gold.csv").write_bytes(text.encode())
    PACKAGE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(posts):,} annotations, {PACKAGE.stat().st_size:,} bytes in the package")


if __name__ == "__main__":
    main()
