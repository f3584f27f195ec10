"""Train the teachers, and label the public posts with them.

    python models/teacher/teachers.py DATA MPNET

DATA holds ``gold`` and ``public``; MPNET is the folder of all-mpnet-base-v2 (see README.md). Prints
each teacher's macro-F1 on gold dev and writes ``labels.csv.gz``: for each public post that is not a
gold one its id and the mean of the teachers' probabilities, in 255ths. No text is written.
"""

import gzip
import io
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from network import DEVICE, Classifier, Ids, fit, probabilities, tokenise
from posts import Gold, gold, public
from torch.nn.functional import cross_entropy

from stancekit.labels import LABELS
from stancekit.scores.metrics import bootstrap_interval

OUT = Path(__file__).parent / "labels.csv.gz"
SMOOTHING = 0.03
#: How much the tasks of the public sets count beside the gold labels, where both are learnt.
SHARE = 0.5


def gold_loss(model: Classifier, pooled: torch.Tensor, y: torch.Tensor, weight: torch.Tensor):
    """Weighted cross-entropy on the four labels."""
    each = cross_entropy(model.head(pooled), y, reduction="none", label_smoothing=SMOOTHING)
    return (each * weight).mean()


class TaskLoss:
    """Mean cross-entropy over the labels that posts have in the public sets."""

    def __init__(self, codes: np.ndarray) -> None:
        self.codes = torch.from_numpy(codes).to(DEVICE)
        self.sizes = [int(column.max()) + 1 for column in codes.T]
        counts = [
            np.bincount(c[c >= 0], minlength=n) for c, n in zip(codes.T, self.sizes, strict=True)
        ]
        self.rarity = [
            torch.tensor(np.sqrt(n.sum() / (len(n) * n)), dtype=torch.float32, device=DEVICE)
            for n in counts
        ]

    def __call__(self, model: Classifier, pooled: torch.Tensor, rows: torch.Tensor):
        """Loss of posts `rows`, whose pooled vectors are given."""
        total, labels = pooled.new_zeros(()), 0
        for task, (head, rarity) in enumerate(zip(model.tasks, self.rarity, strict=True)):
            y = self.codes[rows, task]
            has = y >= 0
            each = cross_entropy(head(pooled), y.clamp(min=0), weight=rarity, reduction="none")
            total, labels = total + (each * has).sum(), labels + has.sum()
        return total / labels.clamp(min=1)


def first_tasks_then_gold(model, train: Gold, train_ids: Ids, task_ids: Ids, tasks, seed: int):
    """One epoch on the public sets' own labels, then three on gold."""
    fit(
        model,
        task_ids,
        tasks,
        epochs=1,
        rate=5e-5,
        batch=48,
        seed=seed,
    )
    y, weight = torch.from_numpy(train.y).to(DEVICE), torch.from_numpy(train.weight).to(DEVICE)
    fit(
        model,
        train_ids,
        lambda model, pooled, rows: gold_loss(model, pooled, y[rows], weight[rows]),
        epochs=3,
        rate=5e-5,
        batch=32,
        seed=seed,
    )


def both_at_once(model, train: Gold, train_ids: Ids, task_ids: Ids, tasks, seed: int):
    """Three epochs on gold and the public sets' own labels, mixed."""
    y, weight = torch.from_numpy(train.y).to(DEVICE), torch.from_numpy(train.weight).to(DEVICE)
    n = len(train.y)

    def loss(model: Classifier, pooled: torch.Tensor, rows: torch.Tensor):
        own = rows < n
        share = own.float().mean()
        total = pooled.new_zeros(())
        if own.any():
            i = rows[own]
            total = total + 2 * share * gold_loss(model, pooled[own], y[i], weight[i])
        if not own.all():
            total = total + SHARE * (1 - share) * tasks(model, pooled[~own], rows[~own] - n)
        return total

    fit(model, train_ids + task_ids, loss, epochs=3, rate=5e-5, batch=64, seed=seed)


#: The teachers whose mean labels the posts: how each is trained, and its seed.
TEACHERS = ((first_tasks_then_gold, 3), (both_at_once, 4))


def main() -> None:
    """Train, score on dev, label."""
    data, encoder = Path(sys.argv[1]), Path(sys.argv[2])
    train, dev, other = gold(data, "train"), gold(data, "dev"), public(data)
    train_ids, dev_ids, ids = (tokenise(encoder, p.texts) for p in (train, dev, other))
    has = np.flatnonzero((other.tasks >= 0).any(axis=1))
    tasks = TaskLoss(other.tasks[has])
    on_dev, on_public = [], []
    for recipe, seed in TEACHERS:
        torch.manual_seed(seed)
        model = Classifier(encoder, len(LABELS), tasks.sizes).to(DEVICE)
        recipe(model, train, train_ids, [ids[i] for i in has], tasks, seed)
        on_dev.append(probabilities(model, dev_ids))
        on_public.append(probabilities(model, ids))
        print(recipe.__name__, seed, bootstrap_interval(dev.y, on_dev[-1].argmax(1)))
    print("their mean", bootstrap_interval(dev.y, np.mean(on_dev, axis=0).argmax(1)))
    share = np.round(np.mean(on_public, axis=0) * 255).astype(int)
    write(pd.DataFrame(share, index=pd.Index(other.ids, name="id"), columns=LABELS)[other.fresh])


def write(labels: pd.DataFrame) -> None:
    """Write the labels, the same bytes for the same labels."""
    text = io.StringIO()
    labels.sort_index().to_csv(text, lineterminator="\n")
    OUT.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
