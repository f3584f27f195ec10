"""The features in a plain scikit-learn Pipeline."""

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import FeatureUnion, Pipeline

import stancekit
from stancekit.errors import InputError, ModelFormatError
from tests.support import invented

SMALL = {
    "features__words__block__bits": 12,
    "features__characters__block__bits": 12,
    "features__vectors__block__vectors": invented.vectors(),
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
        ["words", "characters", "cues", "vectors", "tone"]
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


@pytest.mark.slow
def test_its_settings_can_be_searched(posts):
    grid = {"classifier__C": [0.1, 1.0], "features__words__block__orders": [(1,), (1, 2)]}
    pipeline = stancekit.make_pipeline().set_params(**SMALL)
    pipeline.set_params(features__characters="drop")
    search = GridSearchCV(pipeline, grid, cv=2, scoring="f1_macro")
    search.fit(posts["text"], posts["label"])
    assert search.best_score_ > 0.5
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()


def test_a_model_s_tone_stands_beside_the_features(posts, model):
    features = stancekit.make_pipeline(tone=model).set_params(**SMALL)["features"]
    found = features.fit_transform(posts["text"])
    names = features.get_feature_names_out()
    assert [name for name in names if name.startswith("tone")] == [
        f"tone__tone_{name}" for name in model.classes
    ]
    tone = found[:, -len(model.classes) :].toarray()
    told = np.log(model.predict_proba(list(posts["text"])))
    np.testing.assert_allclose(np.corrcoef(tone[:, 0], told[:, 0])[0, 1], 1, atol=1e-3)
    without = stancekit.make_pipeline(tone=None)["features"]
    assert "tone" not in dict(without.transformer_list)


def test_every_block_weighs_alike_and_rare_columns_are_dropped(posts):
    features = stancekit.make_pipeline().set_params(**SMALL)["features"].fit(posts["text"])
    for name, scaled in features.transformer_list:
        own = scaled.transform(posts["text"])
        assert own.power(2).sum() / len(posts) == pytest.approx(1, rel=1e-3), name
        assert ((own != 0).sum(axis=0) >= 2).all(), name
    assert features.transform(["quoxiefluff"]).shape == features.transform(["bravo"]).shape


@pytest.mark.parametrize("strange", ["", " ", "\ud800", "\u200b", "!" * 500])
def test_a_post_of_nothing_has_finite_features(posts, model, strange):
    features = stancekit.make_pipeline(tone=model).set_params(**SMALL)["features"]
    features.fit(posts["text"])
    assert np.isfinite(features.transform([strange, "bravo"]).data).all()


def test_a_model_that_is_not_there_is_said_when_fitting(posts):
    pipeline = stancekit.make_pipeline(tone="no-such-model").set_params(**SMALL)
    with pytest.raises(ModelFormatError, match="no-such-model"):
        pipeline.fit(posts["text"], posts["label"])
