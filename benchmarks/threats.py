"""Threats, contempt and their likes that no model has learnt from: `python benchmarks/threats.py`.

Posts of templates and fillings that are held back from training (``models/templates``): threats and
contempt, which are dog-piling, and what resembles them and is not (reports, idioms, objections,
support). Prints for each model the share of the first that is found, that of the others which is
taken for it, and macro-F1; 95 % bootstrap intervals over posts, which share few templates: they are
too narrow.
"""

import sys
from pathlib import Path

import numpy as np

from stancekit import LABELS, load
from stancekit.scores.metrics import bootstrap_interval, class_codes, wilson_interval

sys.path.insert(0, str(Path(__file__).parents[1] / "models" / "templates"))
from made import made_posts

POSTS, SEED = 1_200, 1


def main() -> None:
    """Label, print."""
    posts = made_posts(POSTS, SEED, held=True)
    y = class_codes(posts["label"], LABELS)
    hostile = y == LABELS.index("dog-piling")
    print("| model | found | taken for it | macro-F1 |\n|---|---:|---:|---:|")
    for name in sys.argv[1:] or ("fast", "default", "accurate"):
        guess = load(name).predict_proba(posts, text="text").argmax(axis=1)
        said = guess == LABELS.index("dog-piling")
        shares = [_told(said[part]) for part in (hostile, ~hostile)]
        print(f"| `{name}` | {shares[0]} | {shares[1]} | {bootstrap_interval(y, guess)} |")


def _told(found: np.ndarray) -> str:
    low, high = map(float, wilson_interval(float(found.mean()), len(found)))
    return f"{found.mean():.0%} ({low:.0%} to {high:.0%})"


if __name__ == "__main__":
    main()
