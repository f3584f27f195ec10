"""Build the default model from the gold posts and those that teachers labelled, with its card.

    python models/default/build.py DATA

DATA is the folder that holds ``gold`` and ``public``. Trains with the fixed seed 0 on
``gold/train.tsv`` and, never scored on, the public posts with the labels of
``models/teacher/labels.csv.gz``; writes ``stancekit/model/shipped/default`` and its card, which is
also ``models/default/README.md``. Prints the digest and the scores on dev. The same data and
versions give the same bytes.
"""

import hashlib
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from stancekit import LABELS, StanceModel, audit
from stancekit.model import train
from stancekit.model.training.design import default_blocks
from stancekit.scores import metrics
from stancekit.scores.report import Report
from stancekit.scores.scoring import make_report

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "stancekit" / "model" / "shipped" / "default"
TEACHERS = HERE.parent / "teacher" / "labels.csv.gz"
#: What an annotator's confidence weighs; and the least share of a teacher's second label.
CONFIDENCE = {"1": 0.5, "2": 0.8, "3": 1.0}
LEAST = 0.1
_READ = {"sep": "\t", "dtype": str, "keep_default_na": False}


def gold(data: Path, part: str) -> pd.DataFrame:
    """Read gold posts, weighted by the annotator's confidence."""
    posts = pd.read_csv(data / "gold" / f"{part}.tsv", **_READ)
    return posts.assign(weight=posts.get("confidence", "3").map(CONFIDENCE))


def taught(data: Path) -> pd.DataFrame:
    """Return the public posts as the teachers label them: a row a label, its probability as weight.

    The two likeliest labels of each post; the second only where it has a tenth.
    """
    sets = [
        pd.read_csv(path, **_READ)[["text"]].assign(source=path.name.removesuffix(".tsv.gz"))
        for path in sorted((data / "public").glob("*.tsv.gz"))
    ]
    posts = pd.concat(sets, ignore_index=True).drop_duplicates("text")
    ids = [
        hashlib.sha256(f"{source}\t{text}".encode()).hexdigest()[:10]
        for source, text in zip(posts["source"], posts["text"], strict=True)
    ]
    labels = pd.read_csv(TEACHERS, index_col="id", dtype={"id": str})
    posts = posts.set_index(pd.Index(ids, name="id")).join(labels, how="inner")
    share = posts[list(LABELS)].to_numpy(float)
    share /= share.sum(axis=1, keepdims=True)
    first, second = np.argsort(-share, axis=1, kind="stable")[:, :2].T
    rows = np.arange(len(posts))
    also = np.flatnonzero(share[rows, second] >= LEAST)
    row, label = np.r_[rows, also], np.r_[first, second[also]]
    return pd.DataFrame(
        {
            "text": posts["text"].to_numpy()[row],
            "label": np.array(LABELS)[label],
            "weight": share[row, label],
        }
    )


def sources(dev: pd.DataFrame, guess: pd.Series) -> str:
    """Return a table of the scores on each source's dev posts."""
    lines = ["| source | dev posts | accuracy | macro-F1 |", "|---|---:|---:|---:|"]
    for source, part in dev.groupby("source"):
        y, given = (metrics.class_codes(x, LABELS) for x in (part["label"], guess[part.index]))
        matrix = metrics.confusion(y, given, len(LABELS))
        share, f1 = float(metrics.accuracy(matrix)), float(metrics.macro_f1(matrix))
        low, high = map(float, metrics.wilson_interval(share, len(part)))
        lines.append(
            f"| {source} | {len(part)} | {share:.2f} ({low:.2f} to {high:.2f}) | {f1:.2f} |"
        )
    return "\n".join(lines)


def notes(dev: pd.DataFrame, train_posts: pd.DataFrame, model: StanceModel) -> tuple[str, Report]:
    """Fill in what the card says beside the scores, and return the report on dev."""
    proba = model.predict_proba(dev, text="text")
    how = "Scored on gold/dev.tsv, model-annotated"
    report = make_report(dev["label"].to_numpy(object), proba, model.classes, how=how)
    guess = pd.Series(np.array(model.classes)[proba.argmax(axis=1)], index=dev.index)
    counts = train_posts["source"].value_counts()
    template = (HERE / "card.md").read_text("utf-8")
    filled = template.format(
        posts=len(train_posts),
        extra=model.about["extra_posts"],
        listed="; ".join(f"{name} {count:,}" for name, count in counts.items()),
        report=report,
        sources=sources(dev, guess),
        audit=audit(model, progress=False).to_markdown(),
    )
    return filled.strip(), report


def main() -> None:
    """Train, score on dev, audit, save."""
    data = Path(sys.argv[1])
    posts, dev = gold(data, "train"), gold(data, "dev")
    blocks = default_blocks()
    del blocks["vectors"]  # they bring nothing where a teacher has labelled this many posts
    for name in ("words", "characters"):
        blocks[name].set_params(mask_names="shaped")
    made = train(
        posts,
        weight="weight",
        extra=taught(data),
        blocks=blocks,
        reading=True,
        name="default",
        seed=0,
    )
    made = replace(made, about={**made.about, "languages": ["en"]})
    said, report = notes(dev, posts, made)
    model = replace(made, about={**made.about, "notes": said})
    model.save(OUT)
    (HERE / "README.md").write_text(model.card, "utf-8")
    print(model.digest, report, sep="\n")


if __name__ == "__main__":
    main()
