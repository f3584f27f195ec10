"""What each block of features brings, on the gold dev posts.

    python benchmarks/ablation.py DATA

DATA is the folder of study data. Fits the classifier of `stancekit.train` on ``gold/train.tsv``
with some of the blocks, at the default model's strength, and prints macro-F1 on ``gold/dev.tsv``
with a bootstrap interval. The posts are model-annotated, and features were chosen on dev.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from stancekit.features import Block
from stancekit.labels import LABELS
from stancekit.model.design import default_blocks, design
from stancekit.model.fit import class_weights, fit_path
from stancekit.model.linear import LinearModel
from stancekit.model.metrics import Interval, bootstrap_interval

STRENGTH = 1.0
SETS = {
    "sentiment cues": ["cues"],
    "word vectors": ["vectors"],
    "word n-grams": ["words"],
    "character n-grams": ["characters"],
    "word and character n-grams": ["words", "characters"],
    "n-grams and vectors": ["words", "characters", "vectors"],
    "n-grams and cues": ["words", "characters", "cues"],
    "all four": ["words", "characters", "cues", "vectors"],
}


def score(blocks: dict[str, Block], train: pd.DataFrame, dev: pd.DataFrame) -> Interval:
    """Fit on train, score on dev."""
    y, truth = (part["label"].map(LABELS.index).to_numpy() for part in (train, dev))
    made = design(list(train["text"]), blocks)
    (found,) = fit_path(made.matrix, y, class_weights(y, len(LABELS)), (STRENGTH,))
    intercept = found.intercept.astype(np.float32)
    model = LinearModel(LABELS, blocks, made.tables(found.weights), intercept, 1.0)
    return bootstrap_interval(truth, model.proba(list(dev["text"])).argmax(1))


def rows(data: Path) -> Iterator[tuple[str, Interval]]:
    """Yield each set of blocks with its score."""
    read = {"sep": "\t", "dtype": str, "keep_default_na": False}
    train, dev = (pd.read_csv(data / "gold" / f"{part}.tsv", **read) for part in ("train", "dev"))
    blocks = default_blocks()
    for name, chosen in SETS.items():
        yield name, score({block: blocks[block] for block in chosen}, train, dev)


def main() -> None:
    """Print the table."""
    print("| features | macro-F1 | 95 % interval |\n|---|---:|---|")
    for name, found in rows(Path(sys.argv[1])):
        print(f"| {name} | {found.value:.3f} | {found.low:.3f} to {found.high:.3f} |", flush=True)


if __name__ == "__main__":
    main()
