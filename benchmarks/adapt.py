"""What adapting the model `fast` to an archive brings, by archive and number of labels.

    python benchmarks/adapt.py DATA

DATA holds ``gold``. Each archive is a part of the dev posts or a source of ``gold/train-2.tsv``;
one comes once more in small letters and without punctuation. A model that has learnt from
``train-2.tsv``, as the shipped one has since November 2026, is tested there on what it knows.
Of each, some posts are drawn at random and adapted to; macro-F1 is of the rest, at most 600, as the
model was and as it is, mean of several draws with its standard error. Model-annotated.
"""

import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import stancekit
from stancekit.scores.metrics import class_codes, confusion, macro_f1

DRAWS, REST = 8, 600
LABELLED = (50, 100, 200)
SOURCES = ("aoc_replies_dev", "youtube_public_figures", "goemotions", "edos")
_READ = {"sep": "\t", "dtype": str, "keep_default_na": False}


def archives(data: Path) -> dict[str, pd.DataFrame]:
    """Return labelled posts by archive."""
    dev, dev_2, more = (
        pd.read_csv(data / "gold" / f"{name}.tsv", **_READ) for name in ("dev", "dev-2", "train-2")
    )
    found = {"political (dev)": dev}
    found |= {f"{part} (dev-2)": posts for part, posts in dev_2.groupby("part")}
    found |= {source: more[more["source"] == source] for source in SOURCES}
    storm = found["aoc_replies_dev"]
    stripped = [
        " ".join(re.sub(r"[^\w\s@#']", " ", text.lower()).split()) for text in storm["text"]
    ]
    found["aoc_replies_dev, stripped"] = storm.assign(text=stripped)
    return found


def scored(model: stancekit.StanceModel, posts: pd.DataFrame) -> float:
    """Macro-F1 on posts."""
    y, guess = (
        class_codes(labels, model.classes)
        for labels in (posts["label"], model.classify(posts, text="text")["label"].astype(str))
    )
    return float(macro_f1(confusion(y, guess, len(model.classes))))


def main() -> None:
    """Adapt, score, print a row for each archive."""
    model = stancekit.load("fast")
    print("| archive | labels | before | after | gain ± s.e. | nothing moved |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, posts in archives(Path(sys.argv[1])).items():
        for size in LABELLED:
            rng = np.random.default_rng(size)
            before, after, still = [], [], 0
            for draw in range(DRAWS):
                order = rng.permutation(len(posts))
                own, rest = posts.iloc[order[:size]], posts.iloc[order[size : size + REST]]
                adapted = model.adapt(own[["text", "label"]], seed=draw)
                still += adapted.digest == model.digest
                before.append(scored(model, rest))
                after.append(scored(adapted, rest))
            gain = np.subtract(after, before)
            print(
                f"| {name} | {size} | {np.mean(before):.3f} | {np.mean(after):.3f} "
                f"| {gain.mean():+.3f} ± {gain.std(ddof=1) / np.sqrt(DRAWS):.3f} "
                f"| {still} of {DRAWS} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
