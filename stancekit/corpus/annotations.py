"""The labels without their texts: one row a post, made by ``data/annotations/build.py``."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import pandas as pd

from stancekit.errors import FormatError, InputError

COLUMNS: Final = (
    *("id", "part", "source", "ref", "label", "confidence"),
    *("label_a", "label_b"),
)
"""Columns of the annotations, in order; the last two are filled in the dev part only."""


def read_annotations(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Return annotations without texts.

    Parameters
    ----------
    path : path, optional
        A CSV file with the columns below, gzipped or not; those of the package if not given.

    Returns
    -------
    DataFrame
        ``id`` (first ten hexadecimal digits of SHA-256 of source, TAB, text), ``part`` (train or
        dev), ``source``, ``ref`` (the row's key in the source), ``label``, ``confidence`` (1 to 3;
        the annotator's own), and ``label_a`` and ``label_b``, the two independent annotations of
        which a dev label was settled. All are strings but ``confidence`` (Int64).

    Raises
    ------
    InputError, FormatError
        If there is no such file, or it holds no annotations.

    Examples
    --------
    >>> read_annotations().part.value_counts().to_dict()
    {'train': 24967, 'dev': 828}
    """
    if path is not None:
        return _read(Path(path))
    return _shipped().copy()


def sources() -> pd.DataFrame:
    """Count the annotations of each source.

    Returns
    -------
    DataFrame
        Indexed by source; columns ``train`` and ``dev``, int64.

    Examples
    --------
    >>> sources().loc["cmv"].to_dict()
    {'train': 384, 'dev': 15}
    """
    table = _shipped()
    counts = pd.crosstab(table["source"].astype(object), table["part"].astype(object))
    return counts[["train", "dev"]].rename_axis(columns=None)


@lru_cache(maxsize=1)
def _shipped() -> pd.DataFrame:
    with as_file(files("stancekit.corpus") / "data" / "gold.csv.gz") as path:
        return _read(path)


def _read(path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype="string", keep_default_na=False, na_values={"label_a": ""})
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; leave it out for stancekit's own") from None
    except (OSError, ValueError) as error:
        raise FormatError(f"{path}: cannot be read as CSV: {error}") from error
    if missing := [name for name in COLUMNS[:6] if name not in table]:
        raise FormatError(
            f"{path}: these are no annotations: no column {', '.join(missing)}; there must be "
            f"{', '.join(COLUMNS)}"
        )
    table = table.reindex(columns=list(COLUMNS))
    table[["label_a", "label_b"]] = table[["label_a", "label_b"]].replace("", pd.NA)
    table["confidence"] = pd.to_numeric(table["confidence"], errors="coerce").astype("Int64")
    return table
