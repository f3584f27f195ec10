"""stancekit's features in an ordinary scikit-learn Pipeline."""

from __future__ import annotations

from typing import Any

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from stancekit.model.training.design import default_blocks


def make_pipeline(classifier: Any = None) -> Any:
    """Return stancekit's features and a classifier as a scikit-learn Pipeline.

    For your own estimator, or a grid search; `stancekit.train` does more (groups, calibration,
    a report) and labels faster.

    Parameters
    ----------
    classifier : estimator, optional
        Any classifier that takes sparse input; None is a logistic regression.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Steps ``features`` (a FeatureUnion of ``words``, ``characters``, ``cues``, ``vectors``) and
        ``classifier``; `fit` takes posts and labels. To add an encoder of yours: docs/encoders.md.

    Examples
    --------
    >>> pipeline = make_pipeline()
    >>> pipeline.set_params(features__characters__orders=(3, 4))[-1]
    LogisticRegression(C=3.0, class_weight='balanced', max_iter=200)
    """
    if classifier is None:
        classifier = LogisticRegression(C=3.0, class_weight="balanced", max_iter=200)
    features = FeatureUnion(list(default_blocks().items()))
    return Pipeline([("features", features), ("classifier", classifier)])
