"""What the encoder brings where the model `fast` is unsure: macro-F1 against posts a second.

    python benchmarks/cascade.py DATA [--model NAME|FOLDER]

For each threshold, on ``gold/dev.tsv``: the share of posts that the encoder decides, macro-F1 with
its 95 % bootstrap interval, and posts a second on one core and on all. Rates are of the processor
that runs it: each part is timed alone on the same posts (the best of three), and a cascade takes
the time of `fast` on all posts and of the encoder on its share.
"""

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

import stancekit
from stancekit.scores.scoring import make_report

THRESHOLDS = (0, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1)
COPIES = 20  # of the posts for `fast`, each with a number: one pass would be too short


def rate(model: stancekit.StanceModel, texts: list[str], n_jobs: int) -> float:
    """Posts a second, the best of three."""
    model.classify(texts[:100], n_jobs=n_jobs)
    seconds = []
    for _ in range(3):
        start = perf_counter()
        model.classify(texts, n_jobs=n_jobs, progress=False)
        seconds.append(perf_counter() - start)
    return len(texts) / min(seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", default="accurate")
    given = parser.parse_args()
    dev = pd.read_csv(given.data / "gold" / "dev.tsv", sep="\t", dtype=str, keep_default_na=False)
    texts, labels = dev["text"].tolist(), dev["label"].to_numpy(object)
    fast, accurate = stancekit.load("fast"), stancekit.load(given.model)
    many = [f"{text} {number}" for number in range(COPIES) for text in texts]
    quick = 1 / rate(fast, many, 1)
    careful = {jobs: 1 / rate(accurate, texts, jobs) for jobs in (1, -1)}
    linear, encoder = (model.predict_proba(texts) for model in (fast, accurate))
    print(
        f"{len(texts)} posts of {np.mean([len(text) for text in texts]):.0f} characters on average"
    )
    print("threshold  routed  macro-F1 (95 % interval)  posts/s, 1 core  all cores")
    for threshold in THRESHOLDS:
        unsure = linear.max(axis=1) < threshold
        proba = np.where(unsure[:, None], encoder, linear)
        score = make_report(labels, proba, fast.classes, how="dev").macro_f1
        one, several = (1 / (quick + unsure.mean() * careful[jobs]) for jobs in (1, -1))
        print(
            f"{threshold:9.2f} {unsure.mean():7.1%}  {score.value:.3f} ({score.low:.3f} to "
            f"{score.high:.3f})   {one:14,.0f} {several:10,.0f}"
        )


if __name__ == "__main__":
    main()
