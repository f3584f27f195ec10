"""The posts that teachers and student see: in plain words, with labels as numbers."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.encoders.plain import plain_text
from stancekit.labels import LABELS

#: Label columns of the public sets that become tasks of their own; -1 to 1 is the middle of IAC's
#: ratings.
TASKS = {
    "climate_activism": ("label",),
    "cmv": ("label",),
    "covid19_stance": ("stance", "sentiment"),
    "hateval": ("HS", "TR", "AG"),
    "iac": ("disagree_agree", "attack_support", "nasty_nice"),
    "incivility_congress": ("uncivil",),
    "kaggle_insults": ("insult",),
    "md_agreement": ("offensive",),
    "metooma": ("oppose_support_label", "hate_speech_label", "sarcasm_label"),
    "mt_csd_biden": ("stance",),
    "olid": ("subtask_a", "subtask_b", "subtask_c", "abuse"),
    "pstance": ("stance",),
    "us_election2020": ("hateful_offensive",),
}
LENGTHS = range(8, 501)
_FEWEST = 50
_READ = {"sep": "\t", "dtype": str, "keep_default_na": False}


@dataclass(frozen=True)
class Gold:
    """Gold posts: texts, label codes, and the weight of each annotator's confidence."""

    texts: list[str]
    y: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Public:
    """Public posts, each text once.

    `tasks` has shape (posts, tasks): the label's number, or -1. `ids` are the first 10 hex digits
    of the SHA-256 of source TAB text. `fresh`: not among the gold training posts.
    """

    ids: list[str]
    texts: list[str]
    tasks: npt.NDArray[np.int64]
    fresh: npt.NDArray[np.bool_]


def gold(data: Path, part: str) -> Gold:
    """Read gold/train.tsv or gold/dev.tsv."""
    posts = pd.read_csv(data / "gold" / f"{part}.tsv", **_READ)
    y = posts["label"].map(LABELS.index).to_numpy(np.int64)
    confidence = posts.get("confidence", pd.Series("3", index=posts.index)).astype(int)
    weight = np.array([0, 0.5, 0.8, 1.0], np.float32)[confidence]
    rarity = np.sqrt(len(y) / (len(LABELS) * np.bincount(y, minlength=len(LABELS))))
    return Gold(plain_text(posts["text"].tolist()), y, (weight * rarity[y]).astype(np.float32))


def public(data: Path) -> Public:
    """Read every public set; the first of equal texts counts."""
    sets = []
    for path in sorted((data / "public").glob("*.tsv.gz")):
        source = path.name.removesuffix(".tsv.gz")
        posts = pd.read_csv(path, **_READ)
        frame = pd.DataFrame({"source": source, "text": posts["text"]})
        for column in TASKS.get(source, ()):
            frame[f"{source}.{column}"] = _codes(source, posts[column])
        sets.append(frame[posts["text"].str.len().isin(LENGTHS)])
    posts = pd.concat(sets, ignore_index=True)
    tasks = posts.columns.drop(["source", "text"])
    posts[tasks] = posts.groupby("text", sort=False)[list(tasks)].transform("last")
    posts = posts.drop_duplicates("text").reset_index(drop=True)
    texts = posts["text"].tolist()
    ids = [post_id(s, t) for s, t in zip(posts["source"], texts, strict=True)]
    known = set(pd.read_csv(data / "gold" / "train.tsv", **_READ)["text"])
    fresh = np.array([text not in known for text in texts])
    codes = posts[tasks].fillna(-1).to_numpy(np.int64)
    return Public(ids, plain_text(texts), codes, fresh)


def post_id(source: str, text: str) -> str:
    """Give a post's id: the first 10 hex digits of the SHA-256 of source TAB text."""
    return hashlib.sha256(f"{source}\t{text}".encode()).hexdigest()[:10]


def _codes(source: str, labels: pd.Series) -> pd.Series:
    """Number the labels, commonest first; NaN for those too rare to learn."""
    if source == "iac":  # mean ratings from -5 to 5
        rating = pd.to_numeric(labels, errors="coerce")
        return pd.cut(rating, [-5.1, -1, 1, 5.1], labels=False, right=False)
    counts = labels[labels != ""].value_counts()
    return labels.map({name: i for i, name in enumerate(counts.index[counts >= _FEWEST])})
