"""Encoders and cascades label as linear models do: same tables, same saving, same refusals."""

import json
import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.errors import InputError, ModelFormatError
from stancekit.labels import LABELS
from stancekit.model.cascade import CascadeModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.saved.format import SEEN_FILE
from stancekit.model.saved.kinds import digest, saved
from tests.support import invented
from tests.support.encoders import TINY, encoder_model, with_scorer

POSTS = [*invented.posts(25, seed=5)["text"], "bravo", "\ud83d bravo", "bravo " * 300, "", "?"]
FILES = ["README.md", "manifest.json", "model.onnx", "tokenizer.json"]


@pytest.fixture(scope="session")
def encoder(model):
    """A tiny encoder as a model."""
    return with_scorer(model, encoder_model())


@pytest.fixture(scope="session")
def cascade(model):
    """A tiny cascade in which either decides about half of the posts."""
    confidence = model.classify(POSTS)["confidence"].median()
    return with_scorer(model, CascadeModel(model.linear, encoder_model(), float(confidence)))


def test_an_encoder_labels(encoder):
    posts = invented.posts(25, noise=0)
    labels = encoder.classify(posts, text="text")
    assert (labels["label"].astype(str) == posts["label"]).mean() > 0.9
    np.testing.assert_allclose(labels[list(LABELS)].sum(axis=1), 1, rtol=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["encoder", "cascade"])
def test_a_row_is_the_same_whatever_stands_beside_it(kind, request):
    found = request.getfixturevalue(kind)
    rows = found.predict_proba(POSTS)
    for place, post in enumerate(POSTS):
        assert np.array_equal(found.predict_proba([post])[0], rows[place], equal_nan=True)
    many = found.predict_proba(POSTS * 6)
    assert np.array_equal(many, np.tile(rows, (6, 1)), equal_nan=True)


@settings(max_examples=25)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_any_text_gets_the_same_row_alone_and_in_company(posts):
    scorer = encoder_model()
    together = scorer.proba(posts)
    assert np.isfinite(together).all()
    assert np.array_equal(together, np.concatenate([scorer.proba([post]) for post in posts]))


TOGETHER = (TINY / "together.onnx").read_bytes()


@settings(max_examples=25)
@given(st.lists(st.text(min_size=1) | st.sampled_from(invented.FILLERS), min_size=1, max_size=9))
def test_posts_read_together_get_the_rows_they_get_alone(posts):
    alone = encoder_model(model=TOGETHER)
    assert np.array_equal(alone.proba(posts), replace(alone, batched=True).proba(posts))


def test_names_are_masked_where_the_model_wants_it(model):
    one, two = encoder_model(plain=True, mask_names=True).logits(["thanks Biden", "thanks Corbyn"])
    assert np.array_equal(one, two)


def test_an_encoder_that_reads_posts_together_is_saved(model, tmp_path):
    scorer = encoder_model(model=TOGETHER, plain=True, mask_names=True, batched=True)
    found = stancekit.load(with_scorer(model, scorer).save(tmp_path / "together")).scorer
    assert found.batched and found.mask_names
    assert np.array_equal(found.proba(POSTS[:9]), scorer.proba(POSTS[:9]))


def test_a_network_that_takes_one_post_is_not_taken_for_one_of_many(model, tmp_path):
    folder = with_scorer(model, encoder_model(batched=True)).save(tmp_path / "one")
    with pytest.raises(ModelFormatError, match="does not run on a text"):
        stancekit.load(folder)


@pytest.mark.parametrize("kind", ["encoder", "cascade"])
@pytest.mark.parametrize("n_jobs", [2, -1, None])
def test_threads_change_nothing(kind, n_jobs, request):
    found = request.getfixturevalue(kind)
    posts = [f"{post} {number}" for number in range(6) for post in POSTS]
    one, more = (
        found.classify(posts, n_jobs=jobs)[list(LABELS)].to_numpy() for jobs in (1, n_jobs)
    )
    assert np.array_equal(one, more, equal_nan=True)


def test_copies_are_read_once(encoder, monkeypatch):
    read = []
    proba = EncoderModel.proba

    def counted(self, texts):
        read.extend(texts)
        return proba(self, texts)

    monkeypatch.setattr(EncoderModel, "proba", counted)
    encoder.classify(["bravo", "clown", "bravo", None, "clown"])
    assert read == ["bravo", "clown"]


def test_a_cascade_gives_the_probabilities_of_whichever_decided(model, encoder, cascade):
    linear, network, both = (found.predict_proba(POSTS) for found in (model, encoder, cascade))
    sure = linear.max(axis=1) >= cascade.scorer.threshold
    labelled = ~np.isnan(linear[:, 0])
    assert 10 < sure.sum() < labelled.sum() - 10
    assert (both[sure] == linear[sure]).all()
    assert (both[labelled & ~sure] == network[labelled & ~sure]).all()


@pytest.mark.parametrize(("threshold", "kind"), [(0, "model"), (1, "encoder")])
def test_the_ends_of_a_cascade_are_its_models(model, threshold, kind, request):
    ends = with_scorer(model, CascadeModel(model.linear, encoder_model(), threshold))
    wanted = request.getfixturevalue(kind).predict_proba(POSTS)
    assert np.array_equal(ends.predict_proba(POSTS), wanted, equal_nan=True)


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan"), "0.5", None, True])
def test_a_threshold_that_is_none_is_refused(model, threshold):
    with pytest.raises(InputError, match="threshold is"):
        CascadeModel(model.linear, encoder_model(), threshold)


def test_where_it_is_asked_the_encoder_is_mixed_with_the_linear_model(model, encoder):
    proba = [found.predict_proba(POSTS) for found in (model, encoder)]
    mixed = with_scorer(model, CascadeModel(model.linear, encoder_model(), 1.0, 0.25))
    found = mixed.predict_proba(POSTS)
    wanted = proba[0] ** 0.75 * proba[1] ** 0.25
    wanted /= wanted.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(found, wanted, atol=1e-4)
    alone = np.concatenate([mixed.predict_proba([post]) for post in POSTS])
    np.testing.assert_array_equal(found, alone)


def test_the_encoder_reads_as_the_linear_model_does(model):
    linear = replace(model.linear, reading=True)
    mixed = with_scorer(model, CascadeModel(linear, encoder_model(), 1.0, 0.5))
    one, two = mixed.predict_proba(["you cl0wn of the town", "you clown of the town"])
    np.testing.assert_array_equal(one, two)


def test_a_cascade_that_mixes_is_saved_and_loaded(model, tmp_path):
    mixed = with_scorer(model, CascadeModel(model.linear, encoder_model(), 0.9, 0.25))
    found = stancekit.load(mixed.save(tmp_path / "mixed"))
    assert found.scorer.share == 0.25
    assert found.digest == mixed.digest
    assert np.array_equal(found.predict_proba(POSTS), mixed.predict_proba(POSTS), equal_nan=True)


@pytest.mark.parametrize("share", [0, -1, 1.5, "half", None, True])
def test_a_share_that_is_none_is_refused(model, share):
    with pytest.raises(InputError, match="share is"):
        CascadeModel(model.linear, encoder_model(), 0.5, share)


def test_a_cascade_of_different_classes_is_refused(binary):
    with pytest.raises(InputError, match="a cascade of different classes"):
        CascadeModel(binary.linear, encoder_model(), 0.5)


@pytest.mark.parametrize("kind", ["encoder", "cascade"])
def test_saved_and_loaded_it_is_the_same(kind, request, tmp_path):
    made = request.getfixturevalue(kind)
    folder = made.save(tmp_path / "saved")
    more = {"weights.safetensors"} if kind == "cascade" else set()
    assert {path.name for path in folder.iterdir()} - {SEEN_FILE} == {*FILES, *more}
    again = stancekit.load(folder)
    assert (again.digest, again.name, again.report) == (made.digest, "tiny", made.report)
    assert np.array_equal(again.predict_proba(POSTS), made.predict_proba(POSTS), equal_nan=True)
    assert again.save(tmp_path / "saved") == folder  # a model replaces a model


def test_every_part_is_in_the_digest(model, cascade):
    network = cascade.scorer.encoder
    others = [
        network,
        replace(network, temperature=0.6),
        replace(network, max_length=31),
        replace(network, classes=tuple(reversed(LABELS))),
        replace(network, tokenizer=network.tokenizer + b" "),
        cascade.scorer,
        replace(cascade.scorer, threshold=0.1),
        replace(cascade.scorer, encoder=replace(network, temperature=0.6)),
        model.linear,
    ]
    assert len({digest(scorer) for scorer in others}) == len(others)


def test_a_model_that_has_run_is_pickled_without_its_network(cascade):
    cascade.classify("bravo")
    again = pickle.loads(pickle.dumps(cascade))
    assert "_network" not in again.scorer.encoder.__dict__
    assert np.array_equal(again.predict_proba(POSTS), cascade.predict_proba(POSTS), equal_nan=True)


def test_an_archive_is_labelled_with_it(cascade, tmp_path):
    source = tmp_path / "posts.csv"
    source.write_text("text\nbravo to the mayor\nwhat a clown\n", encoding="utf-8")
    stancekit.label_archive(source, tmp_path / "labels.csv", model=cascade, n_jobs=1)
    assert "tiny@" in (tmp_path / "labels.csv").read_text(encoding="utf-8")


# Damage.


@pytest.fixture
def folder(encoder, tmp_path):
    """A saved encoder, to be damaged."""
    return encoder.save(tmp_path / "model")


def refused(folder, message):
    with pytest.raises(ModelFormatError, match=message) as caught:
        stancekit.load(folder)
    assert str(folder) in str(caught.value)


def put(folder, name, data):
    """Write a file, with the checksum put right."""
    (folder / name).write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    scorer = encoder_model(**{"model" if name == "model.onnx" else "tokenizer": data})
    manifest["files"] = dict(saved(scorer).settings["files"])
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_missing_and_changed_files_are_named(folder, name):
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[:-1])
    refused(folder, f"{name}: not what manifest.json says")
    (folder / name).unlink()
    refused(folder, f"{name}: cannot be read")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("model.onnx", b"junk", "model.onnx: no ONNX model"),
        ("model.onnx", b"\x08\x08\x3a\x00", "model.onnx: onnxruntime cannot load it"),
        ("model.onnx", (TINY / "vectors.onnx").read_bytes(), "4 logits are wanted"),
        ("tokenizer.json", b"{}", "a model of the kind None is none of"),
        ("tokenizer.json", b"junk", "no tokenizer"),
    ],
)
def test_files_that_are_something_else_are_refused(folder, name, data, message):
    put(folder, name, data)
    refused(folder, message)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"classes": ["a", "b"]}, "2 logits are wanted"),
        ({"classes": "abcd"}, "classes are"),
        ({"temperature": 0}, "temperature is 0"),
        ({"temperature": 0.7}, "settings and digest do not fit"),
        ({"max_length": 2}, "max_length is 2"),
        ({"max_length": "9"}, "max_length is '9'"),
        ({"files": {}}, "names not all files"),
        ({"files": None}, "names not all files"),
        ({"kind": "cascade"}, "names not all files"),
        ({"kind": ["encoder"]}, "unknown kind"),
        ({"kind": None}, "unknown kind"),
    ],
)
def test_settings_that_do_not_fit_are_refused(folder, change, message):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_text(json.dumps({**manifest, **change}))
    refused(folder, message)
