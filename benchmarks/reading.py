"""What each step of reading a post brings the model `fast`, and costs.

    python benchmarks/reading.py DATA

DATA holds ``gold``. The shipped weights, with names told by a list alone or by their shape too, and
with and without quotations masked and spelling mended (`stancekit.text.reading`): macro-F1 on the
dev posts by domain with 95 % bootstrap intervals, the audit's failures, and posts a second of one
core's time, each way in turn, best of five. Model-annotated.
"""

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import stancekit
from stancekit.labels import LABELS
from stancekit.model.linear import LinearModel
from stancekit.scores.metrics import bootstrap_interval, class_codes
from stancekit.text.batch import slices

TESTS = ("two camps", "unlisted names", "quoted or reported insult", "spelling that dodges filters")
ROUNDS, POSTS = 5, 20_000


@dataclass(frozen=True)
class Named:
    """A linear model as `stancekit.audit` wants one."""

    name: str
    linear: LinearModel

    def classify(self, posts: list[str], **_: Any) -> pd.DataFrame:
        """Label posts."""
        parts = [self.linear.proba(posts[part]) for part in slices(posts)]
        proba = pd.DataFrame(np.concatenate(parts), columns=list(LABELS))
        code = proba.to_numpy().argmax(axis=1)
        return proba.assign(label=pd.Categorical.from_codes(code, categories=list(LABELS)))


def ways(linear: LinearModel) -> list[Named]:
    """Return the model with each step, without the others, and with all."""
    found = {}
    for mask, told in ((True, "list"), ("shaped", "shape")):
        blocks = {
            name: type(block)(block.orders, block.bits, mask) if hasattr(block, "bits") else block
            for name, block in linear.blocks.items()
        }
        for reading in (False, True):
            name = f"names by {told}{', read' if reading else ''}"
            found[name] = Named(name, replace(linear, blocks=blocks, reading=reading))
    return list(found.values())


def parts(data: Path) -> dict[str, pd.DataFrame]:
    """Return the dev posts by domain."""
    dev, dev_2 = (
        pd.read_csv(data / "gold" / f"{name}.tsv", sep="\t", dtype=str, keep_default_na=False)
        for name in ("dev", "dev-2")
    )
    return {"political": dev, **dict(tuple(dev_2.groupby("part")))}


def rates(models: list[Named], texts: list[str]) -> list[float]:
    """Posts a second of each model, one after the other in every round."""
    best = np.full(len(models), np.inf)
    for _ in range(ROUNDS):
        for place, model in enumerate(models):
            begin = time.process_time()
            model.classify(texts)
            best[place] = min(best[place], time.process_time() - begin)
    return (len(texts) / best).tolist()


def main() -> None:
    """Score, audit, time, print a row for each way."""
    data = Path(sys.argv[1])
    dev, models = parts(data), ways(stancekit.load("fast").linear)
    more = pd.read_csv(data / "gold" / "train-2.tsv", sep="\t", dtype=str, keep_default_na=False)
    timed = rates(models, more["text"].tolist()[:POSTS])
    print(f"| names, reading | {' | '.join([*dev, *TESTS, 'posts/s'])} |")
    print(f"|---|{'---:|' * (len(dev) + len(TESTS) + 1)}")
    for model, rate in zip(models, timed, strict=True):
        cells = []
        for posts in dev.values():
            guess = model.classify(posts["text"].tolist())["label"].astype(str)
            y, given = (class_codes(labels, LABELS) for labels in (posts["label"], guess))
            cells.append(str(bootstrap_interval(y, given)))
        found = stancekit.audit(model, progress=False).summary
        rows = found[found["part"] == "all"].set_index("test")["failure_rate"]
        cells += [f"{rows[test]:.1%}" for test in TESTS]
        print(f"| {model.name} | {' | '.join(cells)} | {rate:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
