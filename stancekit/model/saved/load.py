"""Load a model by its name, or from its folder."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from stancekit.errors import ArgumentError
from stancekit.model.saved.names import DEFAULT, TIERS
from stancekit.model.saved.packaged import packaged
from stancekit.model.saved.read import read_model
from stancekit.model.saved.tiers import tier
from stancekit.model.stance_model import StanceModel


def load(path_or_name: str | Path = DEFAULT) -> StanceModel:
    """Load a model.

    Parameters
    ----------
    path_or_name : str or Path
        "default", which asks a fine-tuned encoder where the words alone do not tell; "accurate",
        which always asks it; "fast", which never does; the name of a model of another installed
        package; or the folder of a saved model. A folder called like a model in the working
        directory is reached as ``./default``.

    Returns
    -------
    StanceModel
        One that comes with stancekit is read once and shared by all who ask for it.

    Raises
    ------
    ModelFormatError
        If there is no model, or it is damaged, truncated, of a newer format, or its parts do
        not fit together.

    Examples
    --------
    >>> load("fast").classes
    ('supportive', 'critical', 'dog-piling', 'neutral')
    """
    if not isinstance(path_or_name, (str, os.PathLike)):
        raise ArgumentError(
            f"a model is {type(path_or_name).__name__}: give a StanceModel, a folder, or a name"
        )
    if path_or_name in TIERS:
        return tier(str(path_or_name))
    folder = packaged(path_or_name) if isinstance(path_or_name, str) else None
    return read_model(Path(path_or_name)) if folder is None else _packaged(folder)


def as_model(given: StanceModel | str | Path) -> StanceModel:
    """Return a model that is given, or load it."""
    return given if isinstance(given, StanceModel) else load(given)


@lru_cache(maxsize=2)
def _packaged(folder: Path) -> StanceModel:
    """Load a model of an installed package once."""
    return read_model(folder, links=True)
