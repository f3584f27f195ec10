"""The posts the vectors are fitted on; read at build time only, never shipped."""

from pathlib import Path

import pandas as pd

AS_WRITTEN = {"sep": "\t", "dtype": str, "keep_default_na": False}


def read_gold(data: Path, part: str) -> pd.DataFrame:
    """Return one part (``train`` or ``dev``) of the gold posts."""
    return pd.read_csv(data / "gold" / f"{part}.tsv", **AS_WRITTEN)


def read_posts(data: Path) -> list[str]:
    """Return all public posts and the gold training posts, once each, in a fixed order.

    Posts whose text is in ``dev`` are left out, so that dev stays unseen by vocabulary and fit.
    """
    files = sorted((data / "public").glob("*.tsv.gz"))
    frames = [pd.read_csv(file, usecols=["text"], **AS_WRITTEN)["text"] for file in files]
    posts = pd.concat([*frames, read_gold(data, "train")["text"]])
    key = _key(posts)
    unseen = set(_key(read_gold(data, "dev")["text"]))
    return posts[~key.duplicated() & ~key.isin(unseen) & (key != "")].tolist()


def _key(texts: pd.Series) -> pd.Series:
    return texts.str.lower().str.split().str.join(" ")
