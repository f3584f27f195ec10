"""The features in a plain scikit-learn Pipeline."""

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import FeatureUnion, Pipeline

import stancekit
from stancekit.errors import InputError
from tests.support import invented

SMALL = {
    "features__words__bits": 12,
    "features__characters__bits": 12,
    "features__vectors__vectors": invented.vectors(),
}


@pytest.fixture(scope="module")
def posts():
    return invented.posts(30, noise=0.05)


def test_it_is_a_plain_pipeline():
    pipeline = stancekit.make_pipeline()
    assert type(pipeline) is Pipeline
    features = pipeline.named_steps["features"]
    assert type(features) is FeatureUnion
    assert [name for name, _ in features.transformer_list] == (
        ["words", "characters", "cues", "vectors"]
    )
    assert stancekit.make_pipeline()[-1] is not pipeline[-1]


def test_it_learns(posts):
    pipeline = stancekit.make_pipeline().set_params(**SMALL).fit(posts["text"], posts["label"])
    fresh = invented.posts(20, seed=9, noise=0)
    assert pipeline.score(fresh["text"], fresh["label"]) > 0.9
    assert sp.issparse(pipeline[0].transform(["bravo"]))
    with pytest.raises(InputError, match="post 1 is NoneType, not str"):
        pipeline.predict(["bravo", None])


def test_any_classifier_goes_and_can_be_cloned(posts):
    chosen = SGDClassifier(random_state=0)
    pipeline = clone(stancekit.make_pipeline(chosen).set_params(**SMALL))
    assert isinstance(pipeline[-1], SGDClassifier)
    pipeline.fit(list(posts["text"]), posts["label"])
    assert not hasattr(chosen, "coef_")
    assert set(pipeline.predict(["bravo", "clown"])) <= set(pipeline.classes_)


def test_its_settings_can_be_searched(posts):
    grid = {"classifier__C": [0.1, 1.0], "features__words__orders": [(1,), (1, 2)]}
    pipeline = stancekit.make_pipeline().set_params(**SMALL)
    pipeline.set_params(features__characters="drop")
    search = GridSearchCV(pipeline, grid, cv=2, scoring="f1_macro")
    search.fit(posts["text"], posts["label"])
    assert search.best_score_ > 0.5
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()
