"""TweetEval with stancekit's default features, beside the published scores.

    python benchmarks/tweeteval.py DATA [--out predictions]

DATA holds the benchmark's folders in their standard layout (``emotion/train_text.txt``,
``stance/climate/val_labels.txt`` …), or a folder ``tweeteval`` that does. Every task whose training
split is there is trained with one configuration, chosen on train and val over all tasks. The val
split is labelled by a model of the training split; the test split, where there is one, by a model
of both, since nothing is chosen on val any more. Prints the official metric of each split with a
bootstrap interval (Barbieri et al. 2020, https://aclanthology.org/2020.findings-emnlp.148) and
writes the predictions as the official script wants them: ``OUT/test/emotion.txt``,
``OUT/test/stance/climate.txt`` …, a number a line; those of val stand under ``OUT/val``.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.model.linear import LinearModel
from stancekit.model.training.design import default_blocks, design
from stancekit.model.training.fit import class_weights, cross_validate, fit_path
from stancekit.progress import progress_bar
from stancekit.scores.metrics import (
    Interval,
    Statistic,
    confusion,
    f1,
    macro_f1,
    percentile_interval,
    recall,
    resampled_confusions,
)
from stancekit.text.batch import slices
from stancekit.text.duplicates import duplicate_groups

Ints = npt.NDArray[np.int64]

#: What a class's logit may be moved by, smallest moves first.
OFFSETS = (0.0, *(sign * step / 4 for step in range(1, 5) for sign in (-1, 1)))
SYSTEMS = (
    *("SVM", "FastText", "LSTM", "RoBERTa-base"),
    *("RoBERTa-retrained", "BERTweet", "TimeLMs-2021"),
)


def mean_f1(*classes: int) -> Statistic:
    """Return the metric that is the mean F1 of some of the classes."""
    return lambda matrices: f1(matrices)[..., list(classes)].mean(axis=-1)


def macro_recall(matrices: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the mean recall of the classes that occur, in truth or prediction."""
    there = (matrices.sum(axis=-1) + matrices.sum(axis=-2)) > 0
    return np.asarray(recall(matrices).sum(axis=-1) / there.sum(axis=-1))


@dataclass(frozen=True)
class Task:
    """A task of the benchmark.

    Attributes
    ----------
    name, metric : str
    score : Statistic
        The metric, of confusion matrices.
    published : tuple of float
        Test scores of `SYSTEMS`, from the README of the benchmark.
    parts : tuple of str
        Folders that are a classifier each, scored as one; prediction files are called so too.
    """

    name: str
    metric: str
    score: Statistic
    published: tuple[float, ...]
    parts: tuple[str, ...]


STANCE = ("abortion", "atheism", "climate", "feminist", "hillary")
TASKS = (
    Task("emotion", "macro-F1", macro_f1, (64.7, 65.2, 66.0, 76.1, 78.5, 79.3, 80.2), ("emotion",)),
    Task("hate", "macro-F1", macro_f1, (36.7, 50.6, 52.6, 46.6, 52.3, 56.4, 55.1), ("hate",)),
    Task(
        *("irony", "F1 of irony", mean_f1(1)),
        *((61.7, 63.1, 62.8, 59.7, 61.7, 82.1, 64.5), ("irony",)),
    ),
    Task(
        *("offensive", "macro-F1", macro_f1),
        *((52.3, 73.4, 71.7, 79.5, 80.5, 79.5, 82.2), ("offensive",)),
    ),
    Task(
        *("sentiment", "macro-recall", macro_recall),
        *((62.9, 62.9, 58.3, 71.3, 72.6, 73.4, 73.7), ("sentiment",)),
    ),
    Task(
        *("stance", "mean F1 of against, favour", mean_f1(1, 2)),
        *((67.3, 65.4, 59.4, 68.0, 69.3, 71.2, 72.9), tuple(f"stance/{name}" for name in STANCE)),
    ),
)


class Split(NamedTuple):
    """Posts of a split and their labels; None where they are kept back."""

    texts: list[str]
    y: Ints | None


def read_split(folder: Path, name: str) -> Split | None:
    """Read a split; None where its texts are not there."""
    texts, labels = folder / f"{name}_text.txt", folder / f"{name}_labels.txt"
    if not texts.is_file():
        return None
    posts = _lines(texts)
    if not labels.is_file():
        return Split(posts, None)
    numbers = _lines(labels)
    if len(numbers) != len(posts):
        raise InputError(f"{texts} has {len(posts)} lines, {labels} {len(numbers)}: copy them anew")
    wrong = [line for line, number in enumerate(numbers, start=1) if not number.strip().isdecimal()]
    if wrong:
        raise InputError(f"{labels}, line {wrong[0]}: no label number; copy the file anew")
    return Split(posts, np.array(numbers, np.int64))


def _lines(path: Path) -> list[str]:
    """Split at line feeds only: a post may hold other line breaks of Unicode."""
    return path.read_bytes().decode("utf-8").removesuffix("\n").split("\n")


@dataclass(frozen=True)
class Fitted:
    """A classifier of one part, and how it scored the posts it was fitted on out of fold.

    Attributes
    ----------
    model : LinearModel
    y : ndarray of int64, shape (n,)
    logits : ndarray of float64, shape (n, k)
    """

    model: LinearModel
    y: Ints
    logits: npt.NDArray[np.float64]


def fit(texts: list[str], y: Ints) -> Fitted:
    """Train as `stancekit.train` does, but that every class weighs alike, as in the metrics."""
    blocks = default_blocks()
    made = design(texts, blocks)
    classes = int(y.max()) + 1
    weight = class_weights(y, classes) ** 2
    with progress_bar(False) as bar:
        groups = duplicate_groups(texts)
        held = cross_validate(made.matrix, y, groups, weight, seed=0, n_jobs=1, bar=bar)
    (found,) = fit_path(made.matrix, y, weight, (held.strength,))
    names = tuple(map(str, range(classes)))
    intercept = found.intercept.astype(np.float32)
    model = LinearModel(names, blocks, made.tables(found.weights), intercept, 1.0)
    return Fitted(model, y, held.logits)


def best_offsets(score: Statistic, parts: Sequence[Fitted]) -> npt.NDArray[np.float32]:
    """Return what to add to each class's logit for the best score out of fold.

    The most probable label is best for accuracy, not for an F1 (Lipton et al. 2014,
    https://arxiv.org/abs/1402.1892). One class after the other is moved, twice; of equal scores
    the smallest move wins. The last class stays, since only differences matter. Parts that are
    scored as one share their offsets.
    """
    y = np.concatenate([part.y for part in parts])
    logits = np.concatenate([part.logits for part in parts])
    offsets = np.zeros(logits.shape[1])
    for moved in [*range(len(offsets) - 1)] * 2:
        tried = np.tile(offsets, (len(OFFSETS), 1))
        tried[:, moved] = OFFSETS
        guesses = [(logits + row).argmax(axis=1) for row in tried]
        matrices = np.stack([confusion(y, guess, len(offsets)) for guess in guesses])
        offsets = tried[int(np.argmax(score(matrices)))]
    return offsets.astype(np.float32)


def train(score: Statistic, parts: Sequence[Split]) -> list[LinearModel]:
    """Train the classifiers of a task's parts."""
    fitted = [fit(part.texts, part.y) for part in parts if part.y is not None]
    offsets = best_offsets(score, fitted)
    models = [one.model for one in fitted]
    return [replace(model, intercept=model.intercept + offsets) for model in models]


def predict(model: LinearModel, texts: list[str]) -> Ints:
    """Label posts, batch by batch."""
    return np.concatenate([model.proba(texts[part]).argmax(axis=1) for part in slices(texts)])


@dataclass(frozen=True)
class Labelled:
    """A split of one part of a task, labelled; `rate` is in posts a second."""

    part: str
    split: Split
    guess: Ints
    rate: float


def label(root: Path, task: Task, name: str) -> list[Labelled]:
    """Label one split of a task; nothing where a part lacks it or is without a training split."""
    found = [[read_split(root / part, n) for n in ("train", "val", name)] for part in task.parts]
    fitted_on, asked = [], []
    for train_split, val, split in found:
        if train_split is None or train_split.y is None or split is None:
            return []
        fitted_on.append(_joined(train_split, val) if name == "test" else train_split)
        asked.append(split)
    models = train(task.score, fitted_on)
    return [
        Labelled(part, split, predict(model, split.texts), rate(model, seen.texts))
        for part, split, model, seen in zip(task.parts, asked, models, fitted_on, strict=True)
    ]


def _joined(train_split: Split, val: Split | None) -> Split:
    if val is None or val.y is None or train_split.y is None:
        return train_split
    return Split(train_split.texts + val.texts, np.concatenate([train_split.y, val.y]))


def rate(model: LinearModel, texts: list[str]) -> float:
    """Posts a second on the many posts of training, best of three: a val split is over too soon."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        predict(model, texts)
        seconds.append(time.perf_counter() - start)
    return len(texts) / min(seconds)


def score(task: Task, parts: list[Labelled]) -> Interval | None:
    """Score the parts of a task as one; None where labels are kept back."""
    truths = [part.split.y for part in parts if part.split.y is not None]
    if len(truths) < len(task.parts):
        return None
    truth, guess = np.concatenate(truths), np.concatenate([part.guess for part in parts])
    groups = duplicate_groups([text for part in parts for text in part.split.texts])
    classes = int(max(truth.max(), guess.max())) + 1
    draws = resampled_confusions(truth, guess, classes, groups=groups)
    value = float(task.score(confusion(truth, guess, classes)))
    return percentile_interval(value, task.score(draws))


def write(folder: Path, parts: list[Labelled]) -> None:
    """Write prediction files in the official format."""
    for part in parts:
        path = folder / f"{part.part}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("".join(f"{number}\n" for number in part.guess).encode())


def rows(root: Path, out: Path) -> Iterator[str]:
    """Run the benchmark; yield the rows of the table as they are found."""
    for task in TASKS:
        for split in ("val", "test"):
            if parts := label(root, task, split):
                write(out / split, parts)
                yield _row(task, split, parts)


def _row(task: Task, split: str, parts: list[Labelled]) -> str:
    posts = sum(len(part.guess) for part in parts)
    found = score(task, parts)
    cells = [f"{task.name}, {task.metric}", f"{split}, {posts:,}"]
    cells += ["", ""] if found is None else [f"**{100 * found.value:.1f}**", _ends(found)]
    cells += [f"{value:.1f}" for value in task.published]
    return f"| {' | '.join(cells)} | {np.mean([part.rate for part in parts]):,.0f} |"


def _ends(found: Interval) -> str:
    if found.low is None or found.high is None:
        return "none"
    return f"{100 * found.low:.1f} to {100 * found.high:.1f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder of the benchmark, or of study data")
    parser.add_argument("--out", type=Path, default=Path("predictions"))
    given = parser.parse_args()
    inner = given.data / "tweeteval"
    root = inner if inner.is_dir() else given.data
    titles = ["task, metric", "split, posts", "stancekit", "95 % interval", *SYSTEMS, "posts/s"]
    print(f"| {' | '.join(titles)} |\n|{'---|' * 2}{'---:|' * (len(titles) - 2)}", flush=True)
    scored = 0
    for row in rows(root, given.out):
        print(row, flush=True)
        scored += 1
    if not scored:
        sys.exit(f"{root}: no task with a training split and one to label; see --help")
    print(f"\nPublished scores are of the test splits. Predictions: {given.out}")


if __name__ == "__main__":
    main()
