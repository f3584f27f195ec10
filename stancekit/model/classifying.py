"""`stancekit.classify`: posts in, labels out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from stancekit.model.saved.load import load
from stancekit.model.stance_model import StanceModel
from stancekit.scores.coverage import LeastConfidence
from stancekit.text.given import Posts


def classify(
    posts: Posts,
    *,
    text: str | None = None,
    model: StanceModel | str | Path = "default",
    min_confidence: LeastConfidence | None = None,
    explain: bool = False,
    n_jobs: int | None = None,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Label posts.

    Parameters
    ----------
    posts : str, list, array, Series, generator or DataFrame
        One post, or many in order. Nothing given is changed. Posts of any length are labelled.
    text : str, optional
        The column of the text, where `posts` is a DataFrame; None is the column ``text``, or the
        only one there is.
    model : StanceModel, str or Path
        "default", "fast" (some hundred times as fast), "accurate" (better, and slower), a model,
        or the folder of a saved one; see `stancekit.load`.
    min_confidence : float, mapping, Series or DataFrame, optional
        Posts whose confidence is below get ``<NA>`` for a label: the model is unsure. One number
        for all labels, a number for each label named (``{"dog-piling": 0.8}``; the others need
        none, NaN is never reached), or what ``model.threshold_for(precision=0.9)`` returns.
    explain : bool
        Add the column ``evidence``; it takes several times as long, and where an encoder was asked
        some dozen times: it reads the post again without each word.
    n_jobs : int, optional
        Cores that label, -1 for all. None is all for "default" and "accurate", which work in
        threads, and one for "fast" and other linear models, which need processes for more, and
        some hundred thousand posts before that pays.
    progress : bool, optional
        True, False, or None for a bar where one is seen and it takes more than a moment.

    Returns
    -------
    DataFrame
        The caller's index in the caller's order, and the columns ``label`` (Categorical, in the
        model's order; of numbers, if it was trained on such), ``confidence`` (float32, the
        calibrated probability of the label), one probability column (float32) for each class,
        called like it, and ``reason`` (string): why a post has no
        label, ``missing`` (None, NaN), ``empty`` (nothing but white space), ``not text`` (no
        str) or ``below min_confidence``; ``<NA>`` where it has one.
        With `explain`, also ``evidence`` (string): the few tokens that speak most for the label,
        with a ``+``, and any that speak strongly against it, with a ``−``; ``<NA>`` where there
        is no label. `StanceModel.explain` says all of one post, and how it is found.
        A post's row is the same whatever stands beside it, whatever `n_jobs`.

    Raises
    ------
    InputError
        If `posts` or `text` cannot be used, or the model needs a package that is not installed.
    ModelFormatError
        If the model cannot be loaded.

    Warns
    -----
    LanguageWarning
        If the model knows English only and more than a fifth of 50 posts or more do not look it,
        judged by a sample; see `stancekit.looks_english`.

    Examples
    --------
    >>> import stancekit
    >>> labels = stancekit.classify(["So proud of you, thank you!", None])
    >>> labels.label.tolist()
    ['supportive', nan]
    >>> labels.reason.tolist()
    [<NA>, 'missing']
    >>> "+clown" in stancekit.classify("You pathetic clown", explain=True).evidence[0]
    True
    """
    chosen = model if isinstance(model, StanceModel) else load(model)
    return chosen.classify(
        posts,
        text=text,
        min_confidence=min_confidence,
        explain=explain,
        n_jobs=n_jobs,
        progress=progress,
    )
