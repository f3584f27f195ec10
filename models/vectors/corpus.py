"""The posts the vectors are fitted on; read at build time only, never shipped."""

from pathlib import Path

import pandas as pd


def read_gold(data: Path, part: str) -> pd.DataFrame:
    """Return one part (``train`` or ``dev``) of the gold posts."""
    return pd.read_csv(data / "gold" / f"{part}.tsv", sep="\t")


def read_posts(data: Path) -> list[str]:
    """Return all public posts and the gold training posts, once each, in a fixed order.

    Posts whose text is in ``dev`` are left out, so that dev stays unseen by vocabulary and fit.
    """
    files = sorted((data / "public").glob("*.tsv.gz"))
    frames = [pd.read_csv(file, sep="\t", usecols=["text"])["text"] for file in files]
    posts = pd.concat([*frames, read_gold(data, "train")["text"]]).dropna().astype(str)
    key = posts.str.lower().str.split().str.join(" ")
    unseen = set(read_gold(data, "dev")["text"].str.lower().str.split().str.join(" "))
    return posts[~key.duplicated() & ~key.isin(unseen)].tolist()
