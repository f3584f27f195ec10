"""Folders of model2vec and sentence-transformers become encoders, or are refused with a reason."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from stancekit.encoders import read_encoder
from stancekit.encoders.pooling import POOLS, pools
from stancekit.errors import InputError, ModelFormatError

TINY = Path(__file__).parents[1] / "support" / "tiny"
POSTS = ["Bravo to the mayor", "xqz", "", "the " * 600, "clown\ud83d resign"]


def tokens(text):
    """Ids of a text's words, without the ends."""
    split = Tokenizer.from_file(str(TINY / "tokenizer.json"))
    split.no_padding()
    return split.encode(text, add_special_tokens=False).ids


def words():
    return Tokenizer.from_file(str(TINY / "tokenizer.json")).get_vocab_size()


def model2vec(folder, config=None, **arrays):
    """Write a folder as `model2vec.StaticModel.save_pretrained` does."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(0)
    arrays = {"embeddings": rng.normal(size=(words(), 5)).astype(np.float32), **arrays}
    save_file(arrays, folder / "model.safetensors")
    shutil.copy(TINY / "tokenizer.json", folder)
    (folder / "config.json").write_text(json.dumps({"normalize": False, **(config or {})}))
    modules = [
        {"idx": 0, "name": "0", "path": ".", "type": "sentence_transformers.models.StaticEmbedding"}
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    return folder, arrays


def sentence_transformer(folder, pooling, *, normalise=False, settings=None, onnx="model.onnx"):
    """Write a folder as sentence-transformers does, with an ONNX export."""
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "onnx").mkdir()
    shutil.copy(TINY / "tokenizer.json", folder)
    shutil.copy(TINY / "vectors.onnx", folder / "onnx" / onnx)
    kinds = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate(kinds[: 3 if normalise else 2])
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    settings = {"max_seq_length": 16, "do_lower_case": False, **(settings or {})}
    (folder / "sentence_bert_config.json").write_text(json.dumps(settings))
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    return folder


def test_model2vec_is_the_mean_of_the_known_tokens_vectors(tmp_path):
    folder, arrays = model2vec(tmp_path / "m")
    found = read_encoder(folder).encode(POSTS)
    bravo = arrays["embeddings"][tokens("bravo to the mayor")[:1] + tokens("the mayor")]
    assert found.dtype == np.float32
    assert found.shape == (len(POSTS), read_encoder(folder).dimensions)
    np.testing.assert_allclose(found[0], bravo.mean(axis=0), rtol=1e-6)  # "to" is not known
    assert not found[1].any()
    assert not found[2].any()
    np.testing.assert_allclose(found[3], arrays["embeddings"][tokens("the")[0]], rtol=1e-5)


def test_model2vec_with_mapping_and_weights(tmp_path):
    count = words()
    mapping = np.arange(count) % 3
    weights = np.linspace(1, 2, count)
    vectors = np.array([[1, 0], [0, 1], [2, 2]], np.float16)
    folder, _ = model2vec(tmp_path / "m", embeddings=vectors, mapping=mapping, weights=weights)
    ids = tokens("the mayor")
    wanted = (vectors[mapping[ids]] * weights[ids, None]).mean(axis=0)
    np.testing.assert_allclose(read_encoder(folder).encode(["the mayor"])[0], wanted, rtol=1e-3)


def test_model2vec_normalised(tmp_path):
    found = read_encoder(model2vec(tmp_path / "m", {"normalize": True})[0]).encode(POSTS)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), [1, 0, 0, 1, 1], rtol=1e-6)


@pytest.mark.parametrize("limit", [1, 2, None])
def test_model2vec_cuts_off_where_its_config_says(tmp_path, limit):
    folder, arrays = model2vec(tmp_path / "m", {"max_length": limit})
    ids = tokens("the park the park")[:limit]
    found = read_encoder(folder).encode(["the park the park"])[0]
    np.testing.assert_allclose(found, arrays["embeddings"][ids].mean(axis=0), rtol=1e-6)


@pytest.mark.parametrize("place", [".", "0_StaticEmbedding"])
def test_a_static_embedding_of_sentence_transformers(tmp_path, place):
    folder, arrays = model2vec(tmp_path / "m" / place, embeddings=np.eye(words(), 4))
    save_file({"embedding.weight": arrays["embeddings"]}, folder / "model.safetensors")
    modules = json.loads((folder / "modules.json").read_text())
    modules[0]["path"] = place
    (tmp_path / "m" / "modules.json").write_text(json.dumps(modules))
    found = read_encoder(tmp_path / "m").encode(["the xqz"])[0]
    np.testing.assert_allclose(found, np.eye(words(), 4)[tokens("the xqz")].mean(axis=0))


@pytest.mark.parametrize(
    "change",
    [
        {"embeddings": np.zeros((3, 5), np.float32)},
        {"embeddings": np.full((words(), 5), np.nan, np.float32)},
        {"mapping": np.full(words(), 10**6)},
        {"weights": np.ones(2)},
    ],
)
def test_arrays_that_do_not_fit_are_refused(tmp_path, change):
    with pytest.raises(ModelFormatError, match=r"do not fit a tokenizer of \d+ tokens"):
        read_encoder(model2vec(tmp_path / "m", **change)[0])


NEW = {"embedding_dimension": 6, "pooling_mode": "mean", "include_prompt": True}
OLD = {"word_embedding_dimension": 6, "pooling_mode_cls_token": False}


@pytest.mark.parametrize(
    ("pooling", "modes"),
    [
        (NEW, ["mean"]),
        ({**NEW, "pooling_mode": ["cls", "max"]}, ["cls", "max"]),
        ({**OLD, "pooling_mode_mean_tokens": True}, ["mean"]),
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, ["cls"]),
        (
            {"pooling_mode_max_tokens": True, "pooling_mode_mean_sqrt_len_tokens": True},
            ["max", "mean_sqrt_len_tokens"],
        ),
        ({"pooling_mode_weightedmean_tokens": True}, ["weightedmean"]),
        ({"pooling_mode_lasttoken": True}, ["lasttoken"]),
        ({}, ["mean"]),
    ],
)
def test_pooling_in_either_notation(pooling, modes):
    assert pools(pooling, "config.json") == tuple(POOLS[mode] for mode in modes)


def test_ways_to_pool():
    given = np.array([[1, 4], [3, 0]], np.float32)
    found = {name: pool(given).tolist() for name, pool in POOLS.items()}
    root = 2**0.5
    assert found == {
        "cls": [1, 4],
        "max": [3, 4],
        "mean": [2, 2],
        "mean_sqrt_len_tokens": pytest.approx([4 / root, 4 / root]),
        "weightedmean": pytest.approx([7 / 3, 4 / 3]),
        "lasttoken": [3, 0],
    }


def test_an_onnx_export_of_sentence_transformers(tmp_path):
    both = {**NEW, "pooling_mode": ["cls", "mean"]}
    plain = read_encoder(sentence_transformer(tmp_path / "a", both)).encode(POSTS)
    unit = read_encoder(sentence_transformer(tmp_path / "b", both, normalise=True)).encode(POSTS)
    assert plain.shape == (len(POSTS), 12)
    np.testing.assert_allclose(plain[0, :6], plain[1, :6])  # [CLS] is everywhere the same here
    assert (plain[0, 6:] != plain[1, 6:]).all()
    np.testing.assert_allclose(
        unit, plain / np.linalg.norm(plain, axis=1, keepdims=True), rtol=1e-6
    )


def test_a_text_is_cut_off_where_the_settings_say(tmp_path):
    folder = sentence_transformer(tmp_path / "a", NEW, settings={"max_seq_length": 4})
    found = read_encoder(folder).encode(["the park", "the park the shop"])
    assert (found[0] == found[1]).all()


def test_another_name_of_the_export_is_found_if_it_is_the_only_one(tmp_path):
    folder = sentence_transformer(tmp_path / "a", NEW, onnx="model_O2.onnx")
    assert read_encoder(folder).dimensions == 6


def test_without_an_export_and_the_library_the_message_says_what_to_do(tmp_path, monkeypatch):
    folder = sentence_transformer(tmp_path / "a", NEW)
    (folder / "onnx" / "model.onnx").unlink()
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(InputError, match=r"no ONNX export.*backend=\"onnx\".*or install"):
        read_encoder(folder)


def test_the_library_runs_what_stancekit_does_not(tmp_path, monkeypatch):
    class Library:
        class SentenceTransformer:
            def __init__(self, path, **options):
                assert options == {"device": "cpu", "local_files_only": True}

            def encode(self, texts, show_progress_bar):
                return [[float(len(text)), 1.0] for text in texts]

    folder = sentence_transformer(tmp_path / "a", NEW)
    shutil.rmtree(folder / "onnx")
    monkeypatch.setitem(sys.modules, "sentence_transformers", Library)
    assert read_encoder(folder).encode(["ab", "c"]).tolist() == [[2, 1], [1, 1]]


def test_code_that_comes_with_a_model_is_refused(tmp_path):
    folder = sentence_transformer(tmp_path / "a", NEW)
    (folder / "modules.json").write_text(json.dumps([{"path": "", "type": "os.system"}]))
    with pytest.raises(InputError, match=r"'os.system' is code that came with the model"):
        read_encoder(folder)


def test_a_module_outside_the_folder_is_refused(tmp_path):
    folder = sentence_transformer(tmp_path / "a", NEW)
    modules = json.loads((folder / "modules.json").read_text())
    modules[1]["path"] = "../../b"
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelFormatError, match="leads out of the folder"):
        read_encoder(folder)


@pytest.mark.parametrize(
    "name",
    ["sentence_bert_config.json", "1_Pooling/config.json", "tokenizer.json", "onnx/model.onnx"],
)
@pytest.mark.parametrize("data", [None, b"", b"[]", b"\x80\x04 junk"])
def test_damaged_and_missing_files_are_named(tmp_path, name, data):
    folder = sentence_transformer(tmp_path / "a", NEW)
    (folder / name).unlink()
    if data is not None:
        (folder / name).write_bytes(data)
    elif name == "onnx/model.onnx":
        pytest.skip("tested above: without an export the library is asked")
    with pytest.raises(ModelFormatError, match=Path(name).name):
        read_encoder(folder)


def test_a_folder_without_encoder_is_refused(tmp_path):
    with pytest.raises(InputError, match="no encoder here: give a folder saved by"):
        read_encoder(tmp_path / "none")


def test_a_missing_extra_is_named(tmp_path, monkeypatch):
    folder = sentence_transformer(tmp_path / "a", NEW)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(InputError, match=r'pip install "stancekit\[encoder\]"'):
        read_encoder(folder)
