"""How often hashtags are split as people split them, and how fast, beside wordsegment.

    python benchmarks/hashtags.py DATA

DATA is the folder that holds archives/hashtag-segmentation/stan_small.csv and
stan_large_dev.csv (columns: hashtags; goldtruths, a Python list of accepted splits). A split is
right if it equals any accepted one, letter case and outer spaces aside. The weights were tuned on
the "tuned on" half of STAN-large dev (by a hash of the tag) and on nothing else.
"""

import ast
import csv
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from stancekit.text.hashtag_words.splitting import split_hashtags

RESAMPLES = 10_000
Splitter = Callable[[Sequence[str]], list[list[str]]]
Sample = list[tuple[str, set[str]]]


def plain(split: str) -> str:
    """Lower case, one space between words."""
    return " ".join(split.lower().split())


def read(path: Path) -> Sample:
    """Each tag with its accepted splits."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (row["hashtags"], {plain(split) for split in ast.literal_eval(row["goldtruths"])})
            for row in csv.DictReader(lines)
        ]


def samples(data: Path) -> dict[str, Sample]:
    """Read the test sets by name, the tuning half apart from the other."""
    folder = data / "archives" / "hashtag-segmentation"
    dev = read(folder / "stan_large_dev.csv")
    halves: tuple[Sample, Sample] = ([], [])
    for tag, gold in dev:
        halves[zlib.crc32(tag.encode()) % 2].append((tag, gold))
    return {
        "STAN-small": read(folder / "stan_small.csv"),
        "STAN-large dev": dev,
        "  tuned on": halves[0],
        "  held out": halves[1],
    }


def wordsegment_splitter() -> Splitter | None:
    """Wordsegment as a user would call it, or None if it is not installed."""
    try:
        import wordsegment
    except ImportError:
        return None
    wordsegment.load()
    return lambda tags: [wordsegment.segment(tag) for tag in tags]


def hits(split: Splitter, sample: Sample) -> np.ndarray:
    """1.0 where the split is accepted, else 0.0."""
    words = split([tag for tag, _ in sample])
    return np.array(
        [plain(" ".join(w)) in gold for w, (_, gold) in zip(words, sample, strict=True)], float
    )


def interval(values: np.ndarray) -> str:
    """Mean with its 95 % bootstrap interval."""
    rng = np.random.default_rng(0)
    draws = [values[rng.integers(0, len(values), len(values))].mean() for _ in range(RESAMPLES)]
    low, high = np.quantile(draws, [0.025, 0.975])
    return f"{values.mean():+.3f} [{low:+.3f}, {high:+.3f}]"


def rate(split: Splitter, tags: Sequence[str], times: int) -> float:
    """Tags a second, the best of `times` passes."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        split(tags)
        best = min(best, time.perf_counter() - start)
    return len(tags) / best


def main(data: str) -> None:
    """Print accuracy, then speed."""
    start = time.perf_counter()
    split_hashtags(["loadthetable"])
    load = time.perf_counter() - start
    other = wordsegment_splitter()
    for name, sample in samples(Path(data)).items():
        ours = hits(split_hashtags, sample)
        print(f"{name:16} n={len(sample):5}  stancekit   {interval(ours)}")
        if other is not None:
            theirs = hits(other, sample)
            print(f"{'':25} wordsegment {interval(theirs)}  gain {interval(ours - theirs)}")
    tags = sorted({tag for sample in samples(Path(data)).values() for tag, _ in sample})
    ours_rate = rate(split_hashtags, tags, 5)
    print(
        f"speed: stancekit {ours_rate:,.0f} distinct tags/s (n={len(tags)}; loads in {load:.2f} s)"
    )
    if other is None:
        print("wordsegment is not installed: pip install wordsegment to compare")
        return
    theirs_rate = rate(other, tags, 1)
    print(f"speed: wordsegment {theirs_rate:,.0f}/s; stancekit is {ours_rate / theirs_rate:.0f} x")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
