"""Other libraries' sentiment and profanity on the same dev posts as stancekit's labels.

    python benchmarks/peers.py DATA

DATA holds ``gold``. Peers that are installed are run: vaderSentiment, afinn and textblob as a
polarity, whose usual cuts make three classes (VADER .05, the others 0), beside stancekit's labels
with critical and dog-piling as one; alt-profanity-check as a probability of dog-piling, its cut .5.
Macro-F1 and F1 have 95 % bootstrap intervals. The posts are model-annotated, and were not written
to be told apart by polarity: a polarity is not a stance, which is the point of the table.
"""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.metrics import roc_auc_score

import stancekit
from stancekit.labels import LABELS
from stancekit.scores.metrics import (
    Statistic,
    confusion,
    f1,
    macro_f1,
    percentile_interval,
    resampled_confusions,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
#: Three classes: supportive 0, hostile 1, neutral 2, by place in `LABELS`.
THREE = np.array([0, 1, 1, 2])


def vader() -> Callable[[str], float]:
    """Compound score, cut at .05."""
    analyser = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()
    return lambda text: analyser.polarity_scores(text)["compound"]


def afinn() -> Callable[[str], float]:
    """Sum of valences."""
    return import_module("afinn").Afinn(emoticons=True).score


def textblob() -> Callable[[str], float]:
    """Polarity of the pattern lexicon."""
    blob = import_module("textblob").TextBlob
    return lambda text: blob(text).sentiment.polarity


POLARITIES = {"vaderSentiment": (vader, 0.05), "afinn": (afinn, 0.0), "textblob": (textblob, 0.0)}


def interval(y: Ints, guess: Ints, classes: int, score: Statistic) -> str:
    """Score with its interval."""
    value = float(score(confusion(y, guess, classes)))
    return str(percentile_interval(value, score(resampled_confusions(y, guess, classes))))


def row(name: str, y: Ints, sign: Floats, guess: Ints) -> str:
    """Three-way macro-F1, and how well supportive is told from hostile."""
    sided = y != 2
    auc = roc_auc_score(y[sided] == 0, sign[sided])
    return f"| {name} | {interval(y, guess, 3, macro_f1)} | {auc:.3f} |"


def polarity_rows(posts: pd.DataFrame, y: Ints) -> Iterator[str]:
    """Yield a row for each polarity that is installed."""
    for name, (make, cut) in POLARITIES.items():
        try:
            polarity = make()
        except ModuleNotFoundError:
            print(f"{name} is not installed", file=sys.stderr)
            continue
        sign = np.array([polarity(text) for text in posts["text"]])
        guess = np.where(sign >= max(cut, 1e-9), 0, np.where(sign <= min(-cut, -1e-9), 1, 2))
        yield row(name, y, sign, guess)


def main() -> None:
    """Print a table for each of the two questions."""
    path = Path(sys.argv[1]) / "gold" / "dev.tsv"
    posts = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    label = posts["label"].map(LABELS.index).to_numpy(np.int64)
    texts = posts["text"].tolist()
    ours = {
        f"**stancekit, {name}**": stancekit.load(name).predict_proba(texts).astype(np.float64)
        for name in ("fast", "default", "accurate")
    }
    print("| supportive, hostile, neutral | macro-F1 | AUC, supportive against hostile |")
    print("|---|---|---:|")
    for line in polarity_rows(posts, THREE[label]):
        print(line, flush=True)
    for name, proba in ours.items():
        sign = proba[:, 0] - proba[:, 1] - proba[:, 2]
        print(row(name, THREE[label], sign, THREE[proba.argmax(axis=1)]))
    print("\n| dog-piling or not | F1 | AUC |\n|---|---|---:|")
    piling = (label == LABELS.index("dog-piling")).astype(np.int64)
    systems = {name: (proba[:, 2], proba.argmax(axis=1) == 2) for name, proba in ours.items()}
    try:
        found = import_module("profanity_check").predict_prob(texts)
        systems = {"alt-profanity-check": (found, found >= 0.5), **systems}
    except ModuleNotFoundError:
        print("alt-profanity-check is not installed", file=sys.stderr)
    for name, (score, guess) in systems.items():
        own = interval(piling, guess.astype(np.int64), 2, lambda matrices: f1(matrices)[..., 1])
        print(f"| {name} | {own} | {roc_auc_score(piling, score):.3f} |")


if __name__ == "__main__":
    main()
