"""stancekit's features in an ordinary scikit-learn Pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stancekit.features import SentenceEmbeddings
from stancekit.model.training.design import default_blocks


def make_pipeline(classifier: Any = None, *, encoder: str | Path | None = None) -> Any:
    """Return stancekit's features and a classifier as a scikit-learn Pipeline.

    For your own estimator, or a grid search; `stancekit.train` does more (groups, calibration,
    a report) and labels faster.

    Parameters
    ----------
    classifier : estimator, optional
        Any classifier that takes sparse input; None is a logistic regression.

    encoder : str or Path, optional
        A folder saved by sentence-transformers or model2vec, whose embeddings are added to the
        features; needs ``stancekit[encoder]``. See `stancekit.features.SentenceEmbeddings`.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Steps ``features`` (a FeatureUnion of ``words``, ``characters``, ``cues``, ``vectors``, and
        ``encoder`` where there is one) and ``classifier``; `fit` takes posts and labels.

    Raises
    ------
    InputError
        If the folder holds no encoder, or a library it needs is not installed.
    ModelFormatError
        If the encoder is damaged.

    Examples
    --------
    >>> pipeline = make_pipeline()
    >>> pipeline.set_params(features__characters__orders=(3, 4))[-1]
    LogisticRegression(C=3.0, class_weight='balanced', max_iter=200)
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion, Pipeline

    if classifier is None:
        classifier = LogisticRegression(C=3.0, class_weight="balanced", max_iter=200)
    blocks: list[tuple[str, Any]] = list(default_blocks().items())
    if encoder is not None:
        blocks.append(("encoder", SentenceEmbeddings(encoder).fit([])))  # fails here, not later
    features = FeatureUnion(blocks)
    return Pipeline([("features", features), ("classifier", classifier)])
