"""Write the gold annotations without their texts.

    python data/annotations/build.py DATA

DATA is the folder that holds ``gold``, with both rounds. Writes ``gold.csv`` beside
this file, where ``join.py`` finds it; the same posts give the same bytes.
"""

import csv
import sys
from pathlib import Path

import pandas as pd
from identity import post_id
from join import COLUMNS, GOLD

#: Files by part and round; those of the second round are written without quoting.
PARTS = {"train": ("train", 1), "dev": ("dev", 1), "train-2": ("train", 2), "dev-2": ("dev", 2)}


def read(path: Path, part: str, turn: int) -> pd.DataFrame:
    """Read one file of gold posts."""
    quoting = csv.QUOTE_NONE if turn == 2 else csv.QUOTE_MINIMAL
    posts = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False, quoting=quoting)
    return posts.assign(part=part, round=turn)


def main() -> None:
    """Read, check the ids, write."""
    gold = Path(sys.argv[1]) / "gold"
    parts = [read(gold / f"{name}.tsv", *what) for name, what in PARTS.items()]
    posts = pd.concat(parts, ignore_index=True)
    made = [post_id(source, text) for source, text in zip(posts.source, posts.text, strict=True)]
    if made != posts.id.tolist() or posts.id.duplicated().any():
        sys.exit("ids are not those of the texts: the posts were edited, or read wrongly")
    text = posts.reindex(columns=[*COLUMNS, "round"]).to_csv(index=False, lineterminator="\n")
    GOLD.write_bytes(text.encode())
    print(f"{len(posts):,} annotations")


if __name__ == "__main__":
    main()
