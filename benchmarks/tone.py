"""What a shipped model's tone brings to `make_pipeline`: ``python benchmarks/tone.py DATA``.

DATA holds ``tweeteval`` in its standard layout. Each task is learnt from its train split, with the
default settings, and scored on val by the official metric, with a 95 % bootstrap interval;
processor seconds are of fit and prediction, a target.
"""

import sys
import time
from pathlib import Path

import numpy as np
from tweeteval import TASKS, read_split

from stancekit import make_pipeline
from stancekit.scores.metrics import confusion, percentile_interval, resampled_confusions

ASKED = ("stance", "emotion", "irony", "offensive")
TONES = (None, "fast", "default", "accurate")


def main() -> None:
    """Print a row for each tone."""
    root = Path(sys.argv[1]) / "tweeteval"
    tasks = {task.name: task for task in TASKS if task.name in ASKED}
    print(f"| tone | {' | '.join(ASKED)} | CPU s a target (stance) |")
    print(f"|---|{'---:|' * (len(ASKED) + 1)}")
    for tone in TONES:
        cells, took = [], 0.0
        for name in ASKED:
            task, begin, pairs = tasks[name], time.process_time(), []
            for part in task.parts:
                learn, val = (read_split(root / part, split) for split in ("train", "val"))
                made = make_pipeline(tone=tone).fit(learn.texts, learn.y)
                pairs.append((val.y, made.predict(val.texts)))
            took = took or (time.process_time() - begin) / len(task.parts)
            y, guess = map(np.concatenate, zip(*pairs, strict=True))
            classes = int(max(y.max(), guess.max())) + 1
            value = float(task.score(confusion(y, guess, classes)))
            found = percentile_interval(value, task.score(resampled_confusions(y, guess, classes)))
            cells.append(f"{100 * value:.1f} ({100 * found.low:.1f} to {100 * found.high:.1f})")
        print(f"| `{tone}` | {' | '.join(cells)} | {took:.1f} |", flush=True)


if __name__ == "__main__":
    main()
