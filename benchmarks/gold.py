"""What a model is worth on the gold dev posts, and what each block of features brings.

    python benchmarks/gold.py DATA [--model NAME|FOLDER] [--ablation]

DATA is the folder of study data. Scores a model on ``gold/dev.tsv``: by class, by source, and what
its own thresholds give there. With ``--ablation`` fits the classifier of `stancekit.train` on
``gold/train.tsv`` with some of the blocks, at the strength of `fast`, and scores each.
Macro-F1 is that of the four classes; intervals are 95 %, of the bootstrap or, for shares, Wilson's.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

import stancekit
from stancekit.features import Block
from stancekit.labels import LABELS
from stancekit.model import StanceModel
from stancekit.model.linear import LinearModel
from stancekit.model.training.design import default_blocks, design
from stancekit.model.training.fit import class_weights, fit_path
from stancekit.scores import metrics
from stancekit.scores.metrics import Interval
from stancekit.scores.scoring import make_report

ANNOTATED = (
    "The gold posts were annotated by a language model, twice and settled; every score is "
    "agreement with that annotator. Features and settings were chosen on these posts."
)
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


def read(data: Path, part: str) -> pd.DataFrame:
    """Read a part of the gold posts."""
    path = data / "gold" / f"{part}.tsv"
    return pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)


def by_class(truth: pd.Series, guess: pd.Series) -> pd.DataFrame:
    """Precision, recall and F1 of each label, with bootstrap intervals."""
    y, given = (metrics.class_codes(part, LABELS) for part in (truth, guess))
    matrix = metrics.confusion(y, given, len(LABELS))
    draws = metrics.resampled_confusions(y, given, len(LABELS))
    columns = {
        name: [
            metrics.percentile_interval(float(value), drawn)
            for value, drawn in zip(score(matrix), score(draws).T, strict=True)
        ]
        for name, score in {
            "precision": metrics.precision,
            "recall": metrics.recall,
            "F1": metrics.f1,
        }.items()
    }
    return pd.DataFrame({**columns, "posts": matrix.sum(axis=1)}, pd.Index(LABELS, name="class"))


def by_source(posts: pd.DataFrame, guess: pd.Series) -> pd.DataFrame:
    """Scores on the posts of each source: few posts, so mind the intervals."""
    rows = {}
    for source, part in posts.groupby("source"):
        y, given = (metrics.class_codes(x, LABELS) for x in (part["label"], guess[part.index]))
        matrix = metrics.confusion(y, given, len(LABELS))
        share = float(metrics.accuracy(matrix))
        low, high = map(float, metrics.wilson_interval(share, len(part)))
        rows[source] = {
            "posts": len(part),
            "macro-F1": f"{float(metrics.macro_f1(matrix)):.3f}",
            "accuracy": Interval(share, low, high),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("source")


def thresholds(model: StanceModel, posts: pd.DataFrame, precision: float) -> pd.DataFrame:
    """What the model's own thresholds promise, and what they give on other posts."""
    promised = model.threshold_for(precision)
    labels = model.classify(posts, text="text", min_confidence=promised)["label"]
    rows = {}
    for name, row in promised.iterrows():
        given = labels == name
        share = float((posts["label"][given] == name).mean())
        low, high = map(float, metrics.wilson_interval(share, given.sum()))
        rows[name] = {
            "confidence": f"{row['min_confidence']:.3f}",
            "precision held out": Interval(*row[["precision", "precision_low", "precision_high"]]),
            "kept held out": f"{row['coverage']:.0%}",
            "precision here": Interval(share, low, high),
            "posts here": int(given.sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("class")


def ablation(data: Path) -> Iterator[tuple[str, Interval]]:
    """Fit on train with each set of blocks, score on dev."""
    train, dev = read(data, "train"), read(data, "dev")
    y = metrics.class_codes(train["label"], LABELS)
    blocks = default_blocks()
    for name, chosen in SETS.items():
        used: dict[str, Block] = {block: blocks[block] for block in chosen}
        made = design(list(train["text"]), used)
        (found,) = fit_path(made.matrix, y, class_weights(y, len(LABELS)), (STRENGTH,))
        intercept = found.intercept.astype(np.float32)
        model = LinearModel(LABELS, used, made.tables(found.weights), intercept, 1.0)
        guess = np.array(LABELS)[model.proba(list(dev["text"])).argmax(1)]
        yield name, metrics.bootstrap_interval(dev["label"].to_numpy(), guess)


def markdown(table: pd.DataFrame) -> str:
    """Return a table as Markdown."""
    rows = [["", *table.columns], ["---"] * (1 + table.shape[1]), *table.reset_index().to_numpy()]
    rows[0][0] = table.index.name
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", default="default")
    parser.add_argument("--ablation", action="store_true")
    given = parser.parse_args()
    print(ANNOTATED)
    if given.ablation:
        print("\n| features | macro-F1 |\n|---|---|")
        for name, score in ablation(given.data):
            print(f"| {name} | {score} |", flush=True)
        return
    dev, model = read(given.data, "dev"), stancekit.load(given.model)
    labels = model.classify(dev, text="text")
    proba = labels[list(model.classes)].to_numpy()
    how = f"{model!r} on gold/dev.tsv"
    print("", make_report(dev["label"].to_numpy(object), proba, model.classes, how=how), sep="\n")
    guess = labels["label"].astype(str)
    print(
        "", markdown(by_class(dev["label"], guess)), "", markdown(by_source(dev, guess)), sep="\n"
    )
    for precision in (0.8, 0.9):
        print(f"\nThe model's thresholds for a precision of {precision}\n")
        print(markdown(thresholds(model, dev, precision)))


if __name__ == "__main__":
    main()
