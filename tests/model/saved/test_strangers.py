"""Models from strangers: whatever asks for more than a model does is refused before it is read."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import stancekit
from stancekit.encoders.tokens import no_panics
from stancekit.errors import InputError, ModelFormatError
from stancekit.features.cues.lexicon import Lexicon
from stancekit.model.saved.limits import FILE_BYTES
from tests.support.onnx_bytes import FLOAT, INT64, network, node, number, tensor
from tests.support.sealing import reseal

SAVED = Path(__file__).parent
LINEAR, CASCADE = SAVED / "format-1" / "model", SAVED / "format-2" / "model"


@pytest.fixture
def linear(tmp_path):
    return shutil.copytree(LINEAR, tmp_path / "linear")


@pytest.fixture
def cascade(tmp_path):
    return shutil.copytree(CASCADE, tmp_path / "cascade")


def half_a_class(manifest):
    names = [f"{name}\ud83d" for name in manifest["classes"]]
    manifest["classes"] = manifest["report"]["classes"] = names


def refused(folder, message):
    with pytest.raises(ModelFormatError, match=message) as caught:
        stancekit.load(folder)
    assert str(folder) in str(caught.value)


def test_a_model_sealed_anew_loads(cascade, linear):
    reseal(cascade)
    reseal(linear, lambda m: m.update(temperature=2.0))
    assert stancekit.load(cascade).classify("bravo").label[0] == "supportive"
    assert stancekit.load(linear).linear.temperature == 2.0


# Files that are none.


@pytest.mark.parametrize("name", ["weights.safetensors", "manifest.json"])
def test_links_are_refused(linear, name, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (linear / name).rename(elsewhere)
    (linear / name).symlink_to(elsewhere)
    refused(linear, f"{name}: is a link. Copy the file itself")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a system without devices")
@pytest.mark.parametrize("name", ["weights.safetensors", "manifest.json"])
def test_devices_are_refused(linear, name):
    (linear / name).unlink()
    (linear / name).symlink_to("/dev/zero")
    refused(linear, "is a link")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
@pytest.mark.parametrize("name", ["weights.safetensors", "manifest.json"])
def test_pipes_are_refused_and_not_waited_for(linear, name):
    (linear / name).unlink()
    os.mkfifo(linear / name)
    refused(linear, f"{name}: cannot be read: it is no regular file")


@pytest.mark.parametrize("name", [name for name in FILE_BYTES if (CASCADE / name).exists()])
def test_files_larger_than_any_model_are_refused(cascade, name):
    with (cascade / name).open("r+b") as file:
        file.truncate(200 * 1000**3)  # holes, which take no room
    refused(cascade, f"{name}: larger than {FILE_BYTES[name] >> 20} MiB")


# Settings that ask for too much.


def words(manifest):
    return manifest["blocks"]["words"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: words(m).update(bits=28), "do not fit"),
        (lambda m: words(m).update(bits=25), "do not fit"),
        (lambda m: m.update(classes=[f"c{i}" for i in range(128)]), "more than 127 classes"),
        (lambda m: m.update(temperature=1e-300), "temperature is 1e-300"),
        (lambda m: m.update(temperature=1e300), "temperature is 1e"),
        (lambda m: m.update(temperature=10**400), "OverflowError"),
        (lambda m: m["blocks"]["cues"]["lexicon"]["insult"].update(clown=1e300), "weight of"),
        (lambda m: m.update(name=["x"]), "the name is no text"),
        (half_a_class, "holds half a character"),
        (lambda m: m["about"].update(notes=7), "about: notes is of another type"),
        (lambda m: m["about"].update(posts="many"), "about: posts is"),
        (lambda m: m["about"].update(posts_per_label={"a": []}), "about: posts_per_label is"),
        (lambda m: m["about"].update(versions=[1]), "about: versions is"),
        (lambda m: m["about"].update(languages="en"), "about: languages is"),
        (lambda m: m["about"].update(languages=[["en"]]), "about: languages is"),
        (lambda m: m["about"].update(training_data={}), "about: training_data is"),
        (lambda m: m["report"].update(how=None), "report's how"),
        (lambda m: m["report"].update(ece="0"), "report's ece"),
        (lambda m: m["report"].update(ece=10**400), "report's ece"),
        (lambda m: m["report"].update(seed=[0]), "report's seed"),
        (lambda m: m["report"].update(groups="two"), "report's groups"),
        (lambda m: m["report"].update(dropped={"why": "x"}), "report's dropped"),
        (lambda m: m["report"].update(f1=[]), "report's f1"),
        (lambda m: m["report"].update(bins=[[1, 2]]), "report's bins"),
        (lambda m: m["report"].update(bins=[[1, 0, 1, 1, 1]] * 1001), "report's bins"),
        (lambda m: m["report"].update(dropped=dict.fromkeys(range(1001), 1)), "report's dropped"),
        (lambda m: m["report"].update(tally=[[0, 0, 0, 0, 0, 0]] * 1000), "report's tally"),
        (lambda m: m["blocks"]["cues"]["lexicon"].update(insult={"a " * 200: 1.0}), "400 char"),
        (lambda m: m["report"].update(macro_f1={"value": "x"}), "report's macro_f1"),
        (lambda m: m["report"]["accuracy"].update(more=1), "report's accuracy"),
        (lambda m: m["report"]["counts"][0].append(1), "report's counts"),
        (lambda m: m["report"]["counts"].__setitem__(0, [-1, 0, 0, 0]), "report's counts"),
        (lambda m: m["report"]["counts"].__setitem__(0, [2**60, 0, 0, 0]), "report's counts"),
    ],
)
def test_settings_no_model_has_are_refused(linear, change, message):
    reseal(linear, change)
    refused(linear, message)


def test_half_a_character_in_what_is_shown_ends_nothing(linear, tmp_path):
    half = "a\ud83d"

    def change(manifest):
        manifest["name"] = half
        manifest["about"] |= {"notes": half, "training_data": half, "versions": {half: half}}
        manifest["about"] |= {"posts_per_label": {half: 1}, "languages": [half]}
        manifest["report"] |= {"how": half, "dropped": {half: 1}}

    reseal(linear, change)
    model = stancekit.load(linear)
    told = (str(model), model.card, str(model.report), model.report._repr_html_())
    assert "a\ufffd" in "".join(told).encode().decode()
    source, out = tmp_path / "posts.csv", tmp_path / "labels.csv"
    source.write_text("text\nbravo\n", encoding="utf-8")
    stancekit.label_archive(source, out, model=model, progress=False)
    assert stancekit.read_labels(out).model[0].startswith("a\ufffd@")
    assert stancekit.load(model.save(tmp_path / "again")).name == "a\ufffd"


def test_rows_that_come_again_are_refused(linear):
    from safetensors.numpy import load, save

    arrays = load((linear / "weights.safetensors").read_bytes())
    arrays["words.rows"] = np.zeros_like(arrays["words.rows"])
    reseal(linear)
    (linear / "weights.safetensors").write_bytes(save(arrays))
    reseal(linear)
    refused(linear, "do not fit")


def test_what_could_not_be_loaded_again_is_not_saved(linear, tmp_path):
    model = stancekit.load(linear)
    wordy = replace(model, about={**model.about, "notes": "x" * 2**22})
    with pytest.raises(ModelFormatError, match=r"manifest\.json would have 4,.* shorter"):
        wordy.save(tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with pytest.raises(InputError, match="has 201 characters"):
        Lexicon.from_dicts({"insult": {"a" * 201: 1.0}})


def test_what_could_not_be_loaded_again_is_not_trained():
    from stancekit.features.transformers import WordNgrams
    from tests.support import invented

    with pytest.raises(ModelFormatError, match="give blocks fewer bits"):
        stancekit.train(invented.posts(20), blocks={"words": WordNgrams(bits=26)}, n_jobs=1)


@pytest.mark.parametrize("length", [2, 8_193, 10**9, 10**30, True, "9"])
def test_lengths_no_encoder_has_are_refused(cascade, length):
    reseal(cascade, lambda m: m["encoder"].update(max_length=length))
    refused(cascade, "max_length is")


# Tokenizers.


def tokenizer_with(folder, **parts):
    found = json.loads((folder / "tokenizer.json").read_bytes())
    return json.dumps({**found, **parts}).encode()


REGEX = {"Regex": "(a+)+$"}
STRANGE = {
    "replace": {"normalizer": {"type": "Replace", "pattern": {"String": "a"}, "content": "aa"}},
    "regex": {"normalizer": {"type": "Replace", "pattern": REGEX, "content": ""}},
    "in a sequence": {
        "normalizer": {
            "type": "Sequence",
            "normalizers": [{"type": "Replace", "pattern": REGEX, "content": ""}],
        }
    },
    "split": {
        "pre_tokenizer": {
            "type": "Split",
            "pattern": REGEX,
            "behavior": "Isolated",
            "invert": False,
        }
    },
    "charsmap": {"normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAA"}},
    "nested": {"normalizer": {"type": "Sequence", "normalizers": [{"type": "Sequence"}]}},
    "no object": {"pre_tokenizer": "Whitespace"},
    "long": {"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}] * 17}},
    "unigram": {"model": {"type": "Unigram", "unk_id": 0, "vocab": [["a", 0.0]]}},
    "no model": {"model": None},
    "long words": {
        "model": {
            "type": "WordPiece",
            "vocab": {"[UNK]": 0},
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 10**9,
        }
    },
    "dropout": {"model": {"type": "BPE", "vocab": {}, "merges": [], "dropout": 0.5}},
    "template": {
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"Sequence": {"id": "A", "type_id": 0}}] * 17,
            "pair": [],
            "special_tokens": {},
        }
    },
    "unknown": {
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[NONE]", "type_id": 0}}],
            "pair": [],
            "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}},
        }
    },
}


def test_a_panic_of_rust_is_an_error_like_others():
    class PanicException(BaseException):
        pass

    with pytest.raises(ValueError, match="no entry"), no_panics():
        raise PanicException("no entry found for key")
    with pytest.raises(KeyboardInterrupt), no_panics():
        raise KeyboardInterrupt


@pytest.mark.parametrize("name", STRANGE)
def test_parts_that_may_not_end_are_refused(cascade, name):
    reseal(cascade, tokenizer_json=tokenizer_with(cascade, **STRANGE[name]))
    refused(cascade, "tokenizer.json of ")


def test_a_template_of_more_tokens_than_a_text_may_have_is_refused(cascade):
    found = json.loads((cascade / "tokenizer.json").read_bytes())
    special = found["post_processor"]["special_tokens"]["[CLS]"]
    special.update(ids=[2] * 10_000, tokens=["[CLS]"] * 10_000)
    reseal(cascade, tokenizer_json=json.dumps(found).encode())
    refused(cascade, "no tokenizer|does not run on a text: .*tokens, more than")


def test_a_decoder_is_never_read(cascade):
    bomb = {"type": "Replace", "pattern": {"Regex": "((((a{999}){999}){999}){999})"}, "content": ""}
    reseal(cascade, tokenizer_json=tokenizer_with(cascade, decoder=bomb))
    assert stancekit.load(cascade).classify("bravo").label[0] == "supportive"


# Networks.

MEAN = number("keepdims", 0)


def test_a_network_that_wants_more_memory_than_there_may_be_is_refused(cascade):
    """Its size is known only when it runs: the tokens are spread over a square of 4 TB."""
    shape = np.array([2**20, 2**20], np.int64).tobytes()
    data = network(
        [
            node("Cast", ["input_ids"], "x", number("to", FLOAT)),
            node("ReduceMean", ["x"], "mean", MEAN),
            node("Expand", ["mean", "shape"], "wide"),
            node("ReduceMean", ["wide"], "logits", MEAN),
        ],
        [tensor("shape", [2], INT64, shape)],
    )
    reseal(cascade, model_onnx=data)
    refused(cascade, "does not run on a text: .*smaller than requested")


def test_constants_are_not_worked_out_in_unbounded_memory(cascade):
    column = np.ones(2**15, np.float32).tobytes()
    data = network(
        [
            node("MatMul", ["a", "b"], "square"),
            node("ReduceMean", ["square"], "mean", MEAN),
            node("Cast", ["input_ids"], "x", number("to", FLOAT)),
            node("Mul", ["x", "mean"], "logits"),
        ],
        [tensor("a", [2**15, 1], FLOAT, column), tensor("b", [1, 2**15], FLOAT, column)],
    )
    reseal(cascade, model_onnx=data)
    refused(cascade, "does not run on a text: .*smaller than requested")


def test_a_network_is_stopped_when_its_time_is_over(cascade, monkeypatch):
    from stancekit.model.saved import encoder as saved

    side = np.full((1024, 1024), 1e-3, np.float32)
    steps = [node("MatMul", [f"x{i}", "side"], f"x{i + 1}") for i in range(200)]
    data = network(
        [
            node("MatMul", ["side", "side"], "x0"),
            *steps,
            node("ReduceMean", ["x200"], "mean", MEAN),
            node("Cast", ["input_ids"], "x", number("to", FLOAT)),
            node("Mul", ["x", "mean"], "logits"),
        ],
        [tensor("side", [1024, 1024], FLOAT, side.tobytes())],
    )
    reseal(cascade, model_onnx=data)
    monkeypatch.setattr(saved, "TRIAL_SECONDS", 0.05)
    refused(cascade, "does not run on a text: .*terminate")


def test_a_network_without_finite_logits_says_so_when_it_labels(cascade):
    encoder = stancekit.load(cascade).scorer.encoder
    ids = network(
        [
            node("Cast", ["input_ids"], "x", number("to", FLOAT)),
            node("Log", ["zero"], "minus_infinity"),
            node("Mul", ["x", "minus_infinity"], "logits"),
        ],
        [tensor("zero", [1], FLOAT, np.zeros(1, np.float32).tobytes())],
    )
    with pytest.raises(ModelFormatError, match="no logits"):
        replace(encoder, model=ids).proba(["bravo"])


def test_a_token_the_network_does_not_know_is_an_error_of_ours(cascade):
    found = json.loads((cascade / "tokenizer.json").read_bytes())
    found["model"]["vocab"]["bravo"] = 10**6
    reseal(cascade, tokenizer_json=json.dumps(found).encode())
    encoder = stancekit.load(cascade).scorer.encoder
    with pytest.raises(ModelFormatError, match="does not run on a text"):
        encoder.proba(["bravo"])
