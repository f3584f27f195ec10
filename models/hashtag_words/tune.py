"""Random search for the weights in stancekit/text/hashtag_words/lattice.py.

    python models/hashtag_words/tune.py DATA SECONDS SEED [SEED ...]

DATA as for benchmarks/hashtags.py. Only the "tuned on" half of STAN-large dev is read. Prints the
weights found from each seed, and their mean, which is what lattice.py holds: single optima
differ within a wide plateau, and its middle is the safer place.
"""

import ast
import csv
import random
import sys
import time
import zlib
from dataclasses import asdict, fields, replace
from pathlib import Path

from stancekit.text.hashtag_words import splitting
from stancekit.text.hashtag_words.lattice import Weights

FINE = ("letter_model", "pair", "unknown_letter")


def tuning_half(data: Path) -> list[tuple[str, set[str]]]:
    """Tags of the half, each with its accepted splits in lower case."""
    path = data / "archives" / "hashtag-segmentation" / "stan_large_dev.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (
                row["hashtags"],
                {" ".join(s.lower().split()) for s in ast.literal_eval(row["goldtruths"])},
            )
            for row in csv.DictReader(lines)
            if zlib.crc32(row["hashtags"].encode()) % 2 == 0
        ]


def accuracy(sample: list[tuple[str, set[str]]], weights: Weights) -> float:
    """Share of tags split as accepted."""
    splitting.WEIGHTS = weights
    words = splitting.split_hashtags([tag for tag, _ in sample])
    right = sum(" ".join(w).lower() in gold for w, (_, gold) in zip(words, sample, strict=True))
    return right / len(sample)


def search(sample: list[tuple[str, set[str]]], seconds: float, seed: int) -> Weights:
    """Keep a random change of one to three of the weights in force whenever it does no harm."""
    rng = random.Random(seed)
    weights = Weights()
    best = accuracy(sample, weights)
    names = [field.name for field in fields(weights)]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        changed = {
            name: getattr(weights, name) + rng.gauss(0.0, 0.15 if name in FINE else 1.2)
            for name in rng.sample(names, rng.choice([1, 1, 2, 3]))
        }
        tried = replace(weights, **changed)
        reached = accuracy(sample, tried)
        if reached >= best:
            best, weights = reached, tried
    print(f"seed {seed}: {best:.4f} {weights}")
    return weights


def main(data: str, seconds: str, *seeds: str) -> None:
    """Search from every seed and print the mean of what was found."""
    sample = tuning_half(Path(data))
    found = [asdict(search(sample, float(seconds), int(seed))) for seed in seeds]
    mean = Weights(**{k: round(sum(w[k] for w in found) / len(found), 2) for k in found[0]})
    print(f"mean: {accuracy(sample, mean):.4f} {mean}")


if __name__ == "__main__":
    main(*sys.argv[1:])
