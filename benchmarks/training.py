"""Seconds to train, cross-validation and calibration included.

    python benchmarks/training.py DATA

DATA is the folder of study data. 6,000 and 25,000 gold posts; for 100,000, unlabelled public posts
join them under labels that the model `fast` gives.
"""

import gzip
import sys
import time
from pathlib import Path

import pandas as pd

import stancekit


def labelled(data: Path, count: int) -> pd.DataFrame:
    """Return `count` labelled posts."""
    read = {"sep": "\t", "dtype": str, "keep_default_na": False}
    posts = [pd.read_csv(data / "gold" / "train.tsv", **read)[["text", "label"]]]
    for path in sorted(data.glob("public/*.tsv.gz")):
        if sum(map(len, posts)) >= count:
            break
        with gzip.open(path, "rt", encoding="utf-8") as file:
            more = pd.read_csv(file, **read)[["text"]]
        found = stancekit.classify(more, text="text", model="fast")
        posts.append(more.assign(label=found["label"]).dropna())
    return pd.concat(posts, ignore_index=True)[:count]


def main() -> None:
    """Print a table."""
    print("| posts | seconds | macro-F1 out of fold |\n|---:|---:|---|")
    for count in (6_000, 25_000, 100_000):
        posts = labelled(Path(sys.argv[1]), count)
        start = time.perf_counter()
        score = stancekit.train(posts, progress=False).report.macro_f1
        seconds = time.perf_counter() - start
        score_text = f"{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]"
        print(f"| {len(posts):,} | {seconds:.0f} | {score_text} |", flush=True)


if __name__ == "__main__":
    main()
