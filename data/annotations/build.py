"""Write the gold annotations without their texts.

    python data/annotations/build.py DATA

DATA is the folder that holds ``gold/train.tsv`` and ``gold/dev.tsv``. Writes ``gold.csv`` beside
this file, where ``join.py`` finds it; the same posts give the same bytes.
"""

import sys
from pathlib import Path

import pandas as pd
from identity import post_id
from join import COLUMNS, GOLD

PARTS = ("train", "dev")


def main() -> None:
    """Read, check the ids, write."""
    gold = Path(sys.argv[1]) / "gold"
    read = {"sep": "\t", "dtype": str, "keep_default_na": False}
    parts = [pd.read_csv(gold / f"{part}.tsv", **read).assign(part=part) for part in PARTS]
    posts = pd.concat(parts, ignore_index=True)
    made = [post_id(source, text) for source, text in zip(posts.source, posts.text, strict=True)]
    if made != posts.id.tolist() or posts.id.duplicated().any():
        sys.exit("ids are not those of the texts: the posts were edited, or read wrongly")
    text = posts.reindex(columns=COLUMNS).to_csv(index=False, lineterminator="\n")
    GOLD.write_bytes(text.encode())
    print(f"{len(posts):,} annotations")


if __name__ == "__main__":
    main()
