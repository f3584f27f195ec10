"""Build the model `fast` from the gold posts and those that teachers labelled, with its card.

    python models/fast/build.py DATA

DATA holds ``gold``, ``public`` and ``unlabelled``. Trains with the fixed seed 0 on the gold posts
of both rounds and, never scored on, public posts with labels of ``models/teacher/labels.csv.gz``,
unlabelled ones with an encoder's, and posts from templates; writes
``stancekit/model/shipped/fast`` and its card, which is also ``models/fast/README.md``. Prints the
digest and the scores on dev. The same data and versions give the same bytes.
"""

import csv
import hashlib
import sys
from collections.abc import Mapping
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
from stancekit.text.duplicates import duplicate_groups

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "stancekit" / "model" / "shipped" / "fast"
TEACHERS = HERE.parent / "teacher" / "labels.csv.gz"
sys.path.insert(0, str(HERE.parent / "templates"))
from made import made_posts  # noqa: E402

#: What an annotator's confidence weighs; and the least share of a teacher's second label.
CONFIDENCE = {"1": 0.5, "2": 0.8, "3": 1.0}
LEAST = 0.1
#: How many unlabelled posts, those of how many files, and what they weigh; and of the templates.
UNLABELLED, FILES, SOFT_WEIGHT = 80_000, 1, 0.6
TEMPLATES, TEMPLATE_WEIGHT = 6_000, 1.0
LONGEST = 500
_COLUMNS = ["text", "label", "weight", "source"]
_READ = {"sep": "\t", "dtype": str, "keep_default_na": False}


def gold(data: Path, part: str) -> pd.DataFrame:
    """Read gold posts, weighted by the annotator's confidence where there is one.

    The files of the second round are written without quoting.
    """
    quoting = csv.QUOTE_NONE if part.endswith("-2") else csv.QUOTE_MINIMAL
    posts = pd.read_csv(data / "gold" / f"{part}.tsv", quoting=quoting, **_READ)
    sure = posts["confidence"] if "confidence" in posts else pd.Series("3", posts.index)
    return posts.assign(weight=sure.map(CONFIDENCE))


def encoded(data: Path, files: int) -> pd.DataFrame:
    """Return the unlabelled posts of so many files, with an encoder's share of each label."""
    parts = []
    for number in range(1, files + 1):
        name = data / "unlabelled" / f"posts-{number:02}.tsv.gz"
        posts = pd.read_csv(name, quoting=csv.QUOTE_NONE, **_READ)
        posts[list(LABELS)] = np.load(name.with_name(f"soft-{number:02}.npz"))["proba"]
        parts.append(posts)
    return _shared(pd.concat(parts, ignore_index=True))


def judged(data: Path) -> pd.DataFrame:
    """Return the public posts, with the teachers' share of each label."""
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
    return _shared(posts.set_index(pd.Index(ids, name="id")).join(labels, how="inner"))


def _shared(posts: pd.DataFrame) -> pd.DataFrame:
    share = posts[list(LABELS)].to_numpy(float)
    shares = pd.DataFrame(share / share.sum(axis=1, keepdims=True), posts.index, list(LABELS))
    return pd.concat([posts[["text", "source"]], shares], axis=1).reset_index(drop=True)


def softly(data: Path) -> pd.DataFrame:
    """Return unlabelled posts with the likeliest label an encoder gives them, weighted by it."""
    posts = encoded(data, FILES)
    share = posts[list(LABELS)].to_numpy()
    label, weight = np.array(LABELS)[share.argmax(axis=1)], SOFT_WEIGHT * share.max(axis=1)
    made = posts.assign(label=label, weight=weight)
    return made.loc[made["text"].str.len() < LONGEST, _COLUMNS].iloc[:UNLABELLED]


def taught(data: Path) -> pd.DataFrame:
    """Return the public posts as the teachers label them: a row a label, its share as weight.

    The two likeliest labels of each post; the second only where it has a tenth.
    """
    posts = judged(data)
    share = posts[list(LABELS)].to_numpy()
    first, second = np.argsort(-share, axis=1, kind="stable")[:, :2].T
    rows = np.arange(len(posts))
    also = np.flatnonzero(share[rows, second] >= LEAST)
    row, label = np.r_[rows, also], np.r_[first, second[also]]
    return pd.DataFrame(
        {
            "text": posts["text"].to_numpy()[row],
            "label": np.array(LABELS)[label],
            "weight": share[row, label],
            "source": posts["source"].to_numpy()[row],
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


def scored(dev: Mapping[str, pd.DataFrame], model: StanceModel) -> dict[str, Report]:
    """Return a report for each domain of the dev posts."""
    return {
        name: make_report(
            posts["label"].to_numpy(object),
            model.predict_proba(posts, text="text"),
            model.classes,
            how=f"Scored on the {name} dev posts, model-annotated",
        )
        for name, posts in dev.items()
    }


def domains(reports: Mapping[str, Report]) -> str:
    """Return a table of the scores by domain."""
    lines = ["| domain | dev posts | macro-F1 | calibration error |", "|---|---:|---:|---:|"]
    for name, report in reports.items():
        lines.append(f"| {name} | {report.posts} | {report.macro_f1} | {float(report.ece):.3f} |")
    return "\n".join(lines)


def notes(
    dev: Mapping[str, pd.DataFrame], train_posts: pd.DataFrame, model: StanceModel
) -> tuple[str, dict[str, Report]]:
    """Fill in what the card says beside the scores, and return the reports on dev."""
    reports = scored(dev, model)
    every = pd.concat(list(dev.values()), ignore_index=True)
    guess = model.predict_proba(every, text="text").argmax(axis=1)
    counts = train_posts["source"].value_counts()
    template = (HERE / "card.md").read_text("utf-8")
    filled = template.format(
        posts=len(train_posts),
        extra=model.about["extra_posts"],
        listed="; ".join(f"{name} {count:,}" for name, count in counts.items()),
        domains=domains(reports),
        report=reports["political"],
        sources=sources(every, pd.Series(np.array(model.classes)[guess], index=every.index)),
        audit=audit(model, progress=False).to_markdown(),
    )
    return filled.strip(), reports


def apart(posts: pd.DataFrame, dev: pd.Series) -> pd.DataFrame:
    """Return the posts that are no near-duplicates of any of dev."""
    groups = duplicate_groups([*dev, *posts["text"]])
    return posts[~np.isin(groups[len(dev) :], groups[: len(dev)])]


def extra(data: Path, posts: pd.DataFrame, dev: pd.Series) -> pd.DataFrame:
    """Return what is learnt from and never scored."""
    made = made_posts(TEMPLATES).assign(weight=TEMPLATE_WEIGHT, source="templates")
    more = pd.concat([taught(data), softly(data), made], ignore_index=True)
    return apart(more[~more["text"].isin(posts["text"])], dev)


def main() -> None:
    """Train, score on dev, audit, save."""
    data = Path(sys.argv[1])
    posts = pd.concat([gold(data, part) for part in ("train", "train-2")], ignore_index=True)
    posts = posts.drop_duplicates("text", ignore_index=True)
    dev = {"political": gold(data, "dev"), **dict(tuple(gold(data, "dev-2").groupby("part")))}
    blocks = default_blocks()
    del blocks["vectors"]  # they bring nothing where a teacher has labelled this many posts
    for name in ("words", "characters"):
        blocks[name].set_params(mask_names="everywhere")
    made = train(
        posts,
        weight="weight",
        extra=extra(data, posts, pd.concat(dev.values())["text"]),
        blocks=blocks,
        reading=True,
        name="fast",
        seed=0,
    )
    made = replace(made, about={**made.about, "languages": ["en"]})
    said, reports = notes(dev, posts, made)
    model = replace(made, about={**made.about, "notes": said})
    model.save(OUT)
    (HERE / "README.md").write_text(model.card, "utf-8")
    print(model.digest, domains(reports), sep="\n")


if __name__ == "__main__":
    main()
