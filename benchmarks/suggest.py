"""Labels that `stancekit.suggest` saves, or costs, against annotating at random.

    python benchmarks/suggest.py DATA [SEEDS] [RARE]

DATA is the folder of study data. 4,000 gold posts are the collection, the 828 of dev the test.
From 100 random labels on, either random posts or those suggested by the model so far are labelled;
the model is a logistic regression on word n-grams and mean word vectors, fitted anew each time.
RARE is a share that dog-piling is cut down to in the collection.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

import stancekit
from stancekit.features.transformers import WordNgrams, WordVectors
from stancekit.scores.metrics import class_codes, confusion, f1, macro_f1

SIZES = (100, 200, 300, 400, 600, 800, 1000)
POOL = 4000


def features(texts: list[str]) -> sp.csr_array:
    """Return word n-grams and mean word vectors side by side."""
    words = WordNgrams((1, 2), bits=16).fit_transform(texts)
    vectors = sp.csr_array(np.asarray(WordVectors().fit_transform(texts)) * 3)
    return sp.csr_array(sp.hstack([words, vectors], format="csr"))


def read(path: Path) -> pd.DataFrame:
    """Return gold posts."""
    return pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)[["text", "label"]]


def fit(x, y) -> LogisticRegression:
    """Fit a model on the labels so far."""
    return LogisticRegression(C=1, max_iter=200, class_weight="balanced").fit(x, y)


def score(model, x, y) -> np.ndarray:
    """Return macro-F1, and F1 by label."""
    guess = class_codes(model.predict(x).tolist(), stancekit.LABELS)
    matrix = confusion(class_codes(y.tolist(), stancekit.LABELS), guess, 4)
    return np.append(macro_f1(matrix), f1(matrix))


def curve(pool, x, test, x_test, *, suggested: bool, seed: int) -> list[np.ndarray]:
    """Return the scores at each size."""
    rng = np.random.default_rng(seed)
    have = rng.choice(len(pool), SIZES[0], replace=False)
    y = pool["label"].to_numpy(object)
    scores = []
    for size, following in zip(SIZES, (*SIZES[1:], None), strict=True):
        model = fit(x[have], y[have])
        scores.append(score(model, x_test, test["label"]))
        if following is None:
            return scores
        left = np.setdiff1d(np.arange(len(pool)), have)
        if suggested:
            proba = pd.DataFrame(model.predict_proba(x[left]), columns=model.classes_)
            table = pool.iloc[left][["text"]].reset_index(drop=True).join(proba)
            labels = pd.Categorical(model.predict(x[left]), categories=list(model.classes_))
            chosen = stancekit.suggest(
                table.assign(label=labels), None, following - size, seed=seed
            )
            more = left[chosen.index]
        else:
            more = rng.choice(left, following - size, replace=False)
        have = np.append(have, more)
    return scores


def main() -> None:
    """Print a table: macro-F1 by number of labels, and the labels that reach random's score."""
    data = Path(sys.argv[1])
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    test = read(data / "gold" / "dev.tsv")
    whole = read(data / "gold" / "train.tsv").drop_duplicates("text")
    rare = float(sys.argv[3]) if len(sys.argv) > 3 else None
    found = []
    for seed in range(seeds):
        pool = whole.sample(frac=1, random_state=seed)
        if rare is not None:
            few = pool[pool["label"] == "dog-piling"][: round(POOL * rare)]
            others = pool[pool["label"] != "dog-piling"][: POOL - len(few)]
            pool = pd.concat([few, others]).sample(frac=1, random_state=seed)
        pool = pool[:POOL].reset_index(drop=True)
        both = features([*pool["text"], *test["text"]])
        x, x_test = both[:POOL], both[POOL:]
        found.append(
            [curve(pool, x, test, x_test, suggested=on, seed=seed) for on in (False, True)]
        )
        print(f"seed {seed} done", file=sys.stderr, flush=True)
    scores = np.array(found)  # seed, way, size, score
    mean, spread = scores.mean(axis=0), scores[:, 1].std(axis=0, ddof=min(1, seeds - 1))
    names = " | ".join(f"F1 {label}" for label in stancekit.LABELS)
    print(f"| labels | random, macro-F1 | suggested | difference | {names} (suggested - random) |")
    print("|---:|---|---|---|" + "---|" * 4)
    for place, size in enumerate(SIZES):
        gap = scores[:, 1, place] - scores[:, 0, place]
        cells = [f"{value:+.3f}" for value in gap.mean(axis=0)[1:]]
        print(
            f"| {size:,} | {mean[0, place, 0]:.3f} | {mean[1, place, 0]:.3f} "
            f"± {spread[place, 0]:.3f} | {gap[:, 0].mean():+.3f} | {' | '.join(cells)} |"
        )
    print("\n| random labels | macro-F1 | suggested labels that reach it |\n|---:|---|---|")
    for place in range(1, len(SIZES)):
        wanted = mean[0, place, 0]
        reached = np.flatnonzero(mean[1, :, 0] >= wanted)
        if not len(reached):
            print(f"| {SIZES[place]:,} | {wanted:.3f} | not by {SIZES[-1]:,} |")
            continue
        number = np.interp(wanted, np.maximum.accumulate(mean[1, :, 0]), SIZES)
        print(f"| {SIZES[place]:,} | {wanted:.3f} | {number:,.0f} |")


if __name__ == "__main__":
    main()
