"""How much the vectors help: macro-F1 on the gold dev posts, with a bootstrap standard error.

python models/vectors/evaluate.py DATA
"""

import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from corpus import read_gold
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_union

from stancekit.features.transformers import WordVectors

TOKEN = r"(?u)[#@]?\w[\w']*|[^\w\s]"


def macro_f1(label: NDArray[np.str_], guess: NDArray[np.str_]) -> tuple[float, float]:
    """Return macro-F1 and its standard error over 500 resamples of the posts."""
    rng = np.random.default_rng(0)
    samples = rng.integers(0, len(label), (500, len(label)))
    scores = [f1_score(label[rows], guess[rows], average="macro") for rows in samples]
    return float(f1_score(label, guess, average="macro")), float(np.std(scores))


def main() -> None:
    """Print the scores of vectors alone, n-grams alone, and both."""
    train, dev = (read_gold(Path(sys.argv[1]), part) for part in ("train", "dev"))
    common = {"min_df": 2, "sublinear_tf": True, "dtype": np.float32}
    ngrams = make_union(
        TfidfVectorizer(ngram_range=(1, 2), token_pattern=TOKEN, **common),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **common),
    )
    grams = ngrams.fit_transform(train["text"]), ngrams.transform(dev["text"])
    means = [WordVectors().fit_transform(part["text"]) for part in (train, dev)]
    unit = np.sqrt((means[0] ** 2).sum(1).mean())
    dense = [mean / unit for mean in means]
    both = [sp.hstack([a, b]).tocsr() for a, b in zip(grams, dense, strict=True)]
    label = dev["label"].to_numpy(str)
    for name, (fit_on, score_on), c in (
        ("vectors", [10 * mean for mean in dense], 1.0),
        ("n-grams", grams, 5.0),
        ("n-grams and vectors", both, 5.0),
    ):
        model = LogisticRegression(C=c, max_iter=300).fit(fit_on, train["label"])
        score, error = macro_f1(label, model.predict(score_on).astype(str))
        print(f"{name:20} dev macro-F1 {score:.3f} (standard error {error:.3f})")


if __name__ == "__main__":
    main()
