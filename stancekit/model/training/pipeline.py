"""stancekit's features in an ordinary scikit-learn Pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from stancekit.model.training.design import default_blocks
from stancekit.model.training.scaled import Scaled
from stancekit.model.training.tone import Tone

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel


def make_pipeline(classifier: Any = None, *, tone: StanceModel | str | Path | None = "fast") -> Any:
    """Return stancekit's features and a classifier as a scikit-learn Pipeline.

    For your own estimator, or a grid search; `stancekit.train` does more (groups, calibration,
    a report) and labels faster. Features are chosen and scaled as there, and beside them stands
    what a model says of the tone of a post: few labels of your own then go a longer way.

    Parameters
    ----------
    classifier : estimator, optional
        Any classifier that takes sparse input; None is a logistic regression.
    tone : StanceModel, str, Path or None, default "fast"
        The model whose log-probabilities are features, too; "accurate" asks an encoder about every
        post, which takes its time. None for none of it, which posts that this model was trained on
        call for.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Steps ``features`` (a FeatureUnion of ``words``, ``characters``, ``cues``, ``vectors``,
        ``tone``, each a block and its scale) and ``classifier``; `fit` takes posts and labels. To
        add an encoder of yours: docs/encoders.md.

    Examples
    --------
    >>> pipeline = make_pipeline()
    >>> pipeline.set_params(features__characters__block__orders=(3, 4))[-1]
    LogisticRegression(C=3.0, class_weight='balanced', max_iter=200)
    """
    if classifier is None:
        classifier = LogisticRegression(C=3.0, class_weight="balanced", max_iter=200)
    blocks: dict[str, Any] = {**default_blocks()}
    if tone is not None:
        blocks["tone"] = Tone(tone)
    features = FeatureUnion([(name, Scaled(block)) for name, block in blocks.items()])
    return Pipeline([("features", features), ("classifier", classifier)])
