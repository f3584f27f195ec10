"""`stancekit.classify`: posts in, labels out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from stancekit.model.load import load
from stancekit.model.posts import Posts
from stancekit.model.stance_model import StanceModel


def classify(
    posts: Posts,
    *,
    text: str | None = None,
    model: StanceModel | str | Path = "default",
    min_confidence: float | None = None,
    n_jobs: int = 1,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Label posts.

    Parameters
    ----------
    posts : str, list, array, Series, generator or DataFrame
        One post, or many in order. Nothing given is changed. Posts of any length are labelled.
    text : str, optional
        The column of the text, where `posts` is a DataFrame.
    model : StanceModel, str or Path
        "default", a model, or the folder of a saved one.
    min_confidence : float, optional
        Posts whose confidence is below get ``<NA>`` for a label: the model is unsure.
    n_jobs : int
        Processes that label, -1 for one a core; fewer than 20,000 posts never need a second.
    progress : bool, optional
        True, False, or None for a bar over 20,000 posts and more, where one is seen.

    Returns
    -------
    DataFrame
        The caller's index in the caller's order, and the columns ``label`` (Categorical, in the
        model's order), ``confidence`` (float32, the calibrated probability of the label), one
        probability column (float32) for each class, and ``reason`` (string): why a post has no
        label, ``missing`` (None, NaN), ``empty`` (nothing but white space), ``not text`` (no
        str) or ``below min_confidence``; ``<NA>`` where it has one.
        A post's row is the same whatever stands beside it, whatever `n_jobs`.

    Warns
    -----
    LanguageWarning
        If the model knows English only and more than a fifth of 50 posts or more do not look it,
        judged by a sample; see `stancekit.looks_english`.

    Raises
    ------
    InputError
        If `posts` or `text` cannot be used.
    ModelFormatError
        If the model cannot be loaded.

    Examples
    --------
    >>> import stancekit
    >>> labels = stancekit.classify(["So proud of you, thank you!", None])
    >>> labels.label.tolist()
    ['supportive', nan]
    >>> labels.reason.tolist()
    [<NA>, 'missing']
    """
    chosen = model if isinstance(model, StanceModel) else load(model)
    return chosen.classify(
        posts, text=text, min_confidence=min_confidence, n_jobs=n_jobs, progress=progress
    )
