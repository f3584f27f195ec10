"""The three models that come with stancekit, and what of the encoder is loaded when."""

import subprocess
import sys
from dataclasses import replace

import pytest

import stancekit
from stancekit.errors import ModelFormatError
from stancekit.model.cascade import CascadeModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.linear import LinearModel
from stancekit.model.saved.kinds import digest
from stancekit.model.saved.names import TIERS
from stancekit.model.saved.tiers import together
from tests.support.encoders import encoder_model

#: A post whose words alone tell the label, and such whose words do not.
PLAIN = "Thank you, that was brave"
HIDDEN = [
    "We love our mayor but this plan is wrong",
    "#WeSupportOstrow because she never gave up on us",
    "I used to admire her, and now I do not know",
]


@pytest.mark.parametrize("name", TIERS)
def test_a_tier_says_what_it_is(name):
    model = stancekit.load(name)
    assert stancekit.load(name) is model  # what is installed does not change
    assert model.name == name
    assert model.digest == digest(model.scorer)
    assert f'load("{name}")' in model.card
    assert stancekit.classify(PLAIN, model=name).label[0] == "supportive"


def test_the_tiers_are_one_linear_model_and_one_encoder():
    fast, default, accurate = map(stancekit.load, TIERS)
    assert isinstance(fast.scorer, LinearModel)
    assert isinstance(default.scorer, CascadeModel)
    assert default.scorer.linear is accurate.scorer.linear is fast.scorer
    assert default.scorer.encoder is accurate.scorer.encoder
    assert 0 < default.scorer.threshold < accurate.scorer.threshold == 1
    assert fast.report.macro_f1.value < accurate.report.macro_f1.value
    assert stancekit.load() is default


def test_default_says_what_accurate_says_where_the_words_do_not_tell():
    fast, default, accurate = (stancekit.load(name).predict_proba(HIDDEN) for name in TIERS)
    unsure = fast.max(axis=1) < stancekit.load("default").scorer.threshold
    assert unsure.any()
    assert (default[unsure] == accurate[unsure]).all()
    assert (default[~unsure] == fast[~unsure]).all()
    assert (accurate != fast).any(axis=1).all()


RUNTIME = "sorted({'onnxruntime', 'tokenizers'} & set(sys.modules))"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "loaded"), [("fast", "[]"), ("default", "['onnxruntime', 'tokenizers']")]
)
def test_a_network_is_loaded_when_a_post_needs_it(model, loaded):
    code = (
        f"import sys, stancekit; model = stancekit.load({model!r}); print({RUNTIME});"
        f"model.classify({HIDDEN!r}); print({RUNTIME})"
    )
    asked = [sys.executable, "-c", code]
    out = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert out.splitlines() == ["[]", loaded]


@pytest.fixture(scope="session")
def careful(model):
    """A tiny encoder that says how it is to be used beside a tiny linear model."""
    scorer = encoder_model()
    chosen = {"threshold": 0.8, "share": 0.65, "digest": "d" * 64, "report": model.report.to_dict()}
    about = {"posts": 120, "fast": model.digest, "tiers": {"default": chosen}}
    return replace(model, name="encoder", scorer=scorer, digest=digest(scorer), about=about)


def test_the_manifest_of_the_encoder_says_how_it_is_asked(model, careful, tmp_path):
    found = together(model, careful, "default", tmp_path)
    assert found.name == "default"
    assert (found.scorer.threshold, found.scorer.share) == (0.8, 0.65)
    assert found.digest == "d" * 64
    assert found.report == model.report
    assert found.about["posts"] == 120
    assert "0.8 or more" in found.card
    assert "weighing 0.65" in found.card


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fast": "0" * 64}, "measured with another model 'fast'"),
        ({"fast": None}, "measured with another model"),
        ({"tiers": {}}, "says not how to use it as 'default'"),
        ({"tiers": {"default": {"threshold": 3}}}, "says not how to use it as 'default'"),
        ({"tiers": {"default": 3}}, "says not how to use it as 'default'"),
    ],
)
def test_an_encoder_that_does_not_fit_is_refused(model, careful, tmp_path, change, message):
    other = replace(careful, about={**careful.about, **change})
    with pytest.raises(ModelFormatError, match=rf"(?s)manifest\.json: .*{message}.*models/encoder"):
        together(model, other, "default", tmp_path)


def test_a_linear_model_is_taken_for_no_encoder(model, careful, tmp_path):
    with pytest.raises(ModelFormatError, match="is no encoder"):
        together(model, replace(careful, scorer=model.scorer), "default", tmp_path)


def test_a_tier_that_was_saved_is_the_same(tmp_path):
    default = stancekit.load("default")
    again = stancekit.load(default.save(tmp_path / "default"))
    assert again.digest == default.digest
    assert isinstance(again.scorer.encoder, EncoderModel)
    assert (again.predict_proba(HIDDEN) == default.predict_proba(HIDDEN)).all()
