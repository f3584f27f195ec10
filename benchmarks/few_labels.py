"""What few labels give, from scratch and starting from what a model knows.

    python benchmarks/few_labels.py DATA [--sets gold tweeteval covid19] [--sizes 100 300]

DATA is the folder of study data. Macro-F1 on up to 1,000 posts that share no near-duplicate with
those learnt from, mean of five draws with its standard error. The model started from is like
"fast", fitted here on 20,000 gold posts: none of those that are drawn from below, nor any post of
the two foreign schemes, is among them, where "fast" itself has learnt from most. Of gold, 5,000
posts that were left out are drawn from, under its own four labels, model-annotated; of TweetEval's
stance (favour, against, none; five targets together) train and val; of COVID-19 stance all.
``train`` is what `stancekit.train` would return: from scratch, unless cross-validation says that
the other is better by .02.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.labels import LABELS
from stancekit.model.linear import LinearModel
from stancekit.model.seen import Seen
from stancekit.model.training.candidates import SCRATCH, Candidate, better, from_model, from_scratch
from stancekit.model.training.design import default_blocks
from stancekit.model.training.fit import STRENGTHS, class_weights, cross_validate, fit_path
from stancekit.progress import progress_bar
from stancekit.scores.metrics import class_codes, confusion, macro_f1
from stancekit.text.batch import slices
from stancekit.text.duplicates import duplicate_groups

SEEDS, TESTED, HELD_OUT, BASE = 5, 1_000, 5_000, 20_000
SIZES = (100, 300, 1_000, 3_000)
_READ = {"sep": "\t", "dtype": str, "keep_default_na": False}
Ints = npt.NDArray[np.int64]


def gold(data: Path) -> pd.DataFrame:
    """Return the gold posts that models are trained on, each text once, in a random order."""
    parts = [
        pd.read_csv(data / "gold" / "train.tsv", **_READ),
        pd.read_csv(data / "gold" / "train-2.tsv", quoting=csv.QUOTE_NONE, **_READ),
    ]
    posts = pd.concat(parts, ignore_index=True)[["text", "label"]].drop_duplicates("text")
    return posts.sample(frac=1, random_state=0)


def tweeteval(data: Path) -> pd.DataFrame:
    """Return TweetEval's stance posts, all targets."""
    rows = []
    for folder in sorted((data / "tweeteval" / "stance").iterdir()):
        for part in ("train", "val") if folder.is_dir() else ():
            texts = (folder / f"{part}_text.txt").read_text("utf-8").split("\n")
            labels = (folder / f"{part}_labels.txt").read_text("utf-8").split()
            rows += zip(texts, labels, strict=False)
    return pd.DataFrame(rows, columns=["text", "label"])


def covid19(data: Path) -> pd.DataFrame:
    """Return the posts on Fauci, masks, schools and staying at home."""
    posts = pd.read_csv(data / "public" / "covid19_stance.tsv.gz", **_READ)
    return posts.rename(columns={"stance": "label"})[["text", "label"]]


def base_model(posts: pd.DataFrame) -> LinearModel:
    """Fit a model like "fast"."""
    blocks = default_blocks()
    for name in ("words", "characters"):
        blocks[name].set_params(mask_names="everywhere")
    start = from_scratch(list(posts["text"]), blocks, reading=True)
    y = class_codes(posts["label"], LABELS)
    *_, found = fit_path(start.matrix, y, class_weights(y, len(LABELS)), STRENGTHS[:2])
    return start.linear(LABELS, found, 1.0)


def scored(start: Candidate, learn: pd.DataFrame, test: pd.DataFrame, seed: int) -> tuple:
    """Return macro-F1 in cross-validation and on the posts tested."""
    classes = tuple(sorted(learn["label"].unique()))
    y, groups = class_codes(learn["label"], classes), learn["group"].to_numpy()
    weight = class_weights(y, len(classes))
    with progress_bar(False, total=1, desc="", unit="") as bar:
        found = cross_validate(start.matrix, y, groups, weight, seed=seed, n_jobs=1, bar=bar)
    path = STRENGTHS[: STRENGTHS.index(found.strength) + 1]
    *_, final = fit_path(start.matrix, y, weight, path)
    model, texts = start.linear(classes, final, 1.0), list(test["text"])
    code = np.concatenate([model.proba(texts[part]).argmax(axis=1) for part in slices(texts)])
    every = tuple(sorted({*classes, *test["label"]}))
    guess = class_codes(np.array(classes, object)[code], every)
    matrix = confusion(class_codes(test["label"], every), guess, len(every))
    return found.scores[found.strength], float(macro_f1(matrix))


def drawn(posts: pd.DataFrame, size: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw posts to learn from, and others to test on that share no group with them."""
    rank = np.random.default_rng(seed).permutation(posts["group"].max() + 1)
    order = posts.iloc[np.argsort(rank[posts["group"]], kind="stable")]
    learn, rest = order.iloc[:size], order.iloc[size:]
    return learn, rest[~rest["group"].isin(learn["group"])].iloc[-TESTED:]


def main() -> None:
    """Print a row for each set and size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="*", default=["gold", "tweeteval", "covid19"])
    parser.add_argument("--sizes", nargs="*", type=int, default=list(SIZES))
    given = parser.parse_args()
    own = gold(given.data)
    sets = {
        "gold": own.iloc[:HELD_OUT],
        "tweeteval": tweeteval(given.data),
        "covid19": covid19(given.data),
    }
    tested = Seen.of([text for posts in sets.values() for text in posts["text"]])
    rest = own.iloc[HELD_OUT:]
    base = base_model(rest[~tested.among(list(rest["text"]))].iloc[:BASE])
    print("| posts of | labels | from scratch | from the model | train | gain | started |")
    print("|---|---:|---:|---:|---:|---:|---:|", flush=True)
    for name in given.sets:
        posts = sets[name].assign(group=duplicate_groups(list(sets[name]["text"])))
        for size in given.sizes:
            if len(posts) - size < TESTED // 2:
                continue
            rows = []
            for seed in range(SEEDS):
                learn, test = drawn(posts, size, seed)
                texts = list(learn["text"])
                starts = from_scratch(texts, default_blocks(), False), from_model(base, texts)
                (cv, one), (cv_2, two) = (scored(start, learn, test, seed) for start in starts)
                taken = better({SCRATCH: cv, "model": cv_2}) != SCRATCH
                rows.append((one, two, two if taken else one, taken))
            table = np.array(rows, float)
            scratch, started, chosen, share = table.mean(axis=0)
            gain = table[:, 2] - table[:, 0]
            print(
                f"| {name} | {size:,} | {scratch:.3f} | {started:.3f} | {chosen:.3f} "
                f"| {gain.mean():+.3f} ± {gain.std(ddof=1) / np.sqrt(SEEDS):.3f} "
                f"| {share * SEEDS:.0f} of {SEEDS} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
