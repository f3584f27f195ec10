"""A saved model comes back as it was, or is refused with a reason; nothing in it is ever run."""

import hashlib
import json
import os
import pickle
import shutil
import struct
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load as read_arrays
from safetensors.numpy import save as write_arrays

import stancekit
from stancekit.errors import ModelFormatError
from stancekit.features.block import Block
from stancekit.features.transformers import WordNgrams
from stancekit.labels import RESERVED
from stancekit.model.cascade import CascadeModel
from stancekit.model.saved import format as model_format
from tests.support import invented

FORMATS = sorted(Path(__file__).parent.glob("format-*"))
SAVED = FORMATS[0] / "model"
POSTS = [*invented.posts(20, seed=4)["text"], "bravo", "\ud83d", " ", None, "x" * 3000]


@pytest.fixture
def folder(tmp_path):
    """A copy of the saved model, to be damaged."""
    return shutil.copytree(SAVED, tmp_path / "model")


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_bytes())


def rewrite(folder, change=None, arrays=None):
    """Change the manifest and the arrays, with the checksum of the weights put right."""
    manifest = manifest_of(folder)
    if arrays is not None:
        found = read_arrays((folder / "weights.safetensors").read_bytes())
        arrays(found)
        data = write_arrays(found)
        (folder / "weights.safetensors").write_bytes(data)
        manifest["weights"] = hashlib.sha256(data).hexdigest()
    if change is not None:
        change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def put(folder, data):
    """Write weights, with the checksum put right."""
    (folder / "weights.safetensors").write_bytes(data)
    rewrite(folder, lambda manifest: manifest.update(weights=hashlib.sha256(data).hexdigest()))


def refused(folder, message, file=None):
    with pytest.raises(ModelFormatError, match=message) as caught:
        stancekit.load(folder)
    assert str(folder if file is None else folder / file) in str(caught.value)
    return str(caught.value)


# A model comes back as it was.


@pytest.mark.parametrize("which", ["model", "binary"])
def test_a_model_comes_back_to_the_bit(which, request, tmp_path):
    made = request.getfixturevalue(which)
    assert made.save(tmp_path / "a" / "b") == tmp_path / "a" / "b"
    again = stancekit.load(tmp_path / "a" / "b")
    pd.testing.assert_frame_equal(again.classify(POSTS), made.classify(POSTS), check_exact=True)
    assert (again.name, again.digest, again.classes) == (made.name, made.digest, made.classes)
    assert again.report == made.report
    assert again.about == made.about
    assert again.card == made.card
    assert repr(again) == repr(made)
    again.save(tmp_path / "c")
    for name in ("manifest.json", "weights.safetensors", "README.md"):
        assert (tmp_path / "a/b" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()


def test_a_folder_holds_four_files_anyone_may_read(model, tmp_path):
    model.save(tmp_path / "model")
    files = sorted(tmp_path.rglob("*"))
    names = ["README.md", "manifest.json", "training.hashes", "weights.safetensors"]
    assert [file.name for file in files] == ["model", *names]
    assert os.name == "nt" or (tmp_path / "model").stat().st_mode & 0o777 == 0o755
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert card == model.card
    assert model.digest in card
    assert "macro-F1" in card
    manifest = manifest_of(tmp_path / "model")
    assert manifest["format"] == model_format.LINEAR_FORMAT
    assert manifest["about"]["posts"] == 240


def test_names_of_any_characters_are_saved(tmp_path):
    labels = ("łódź 💚", 'a "quoted"\nname', "\x00")
    blocks = {"my.words": WordNgrams(bits=8), "my": WordNgrams(bits=6), "": WordNgrams(bits=5)}
    made = stancekit.train(invented.posts(20, labels), blocks=blocks, name="náme\ud800", n_jobs=1)
    again = stancekit.load(made.save(tmp_path / "mödel"))
    assert again.classes == made.classes
    assert again.name == made.name
    assert list(again.linear.blocks) == list(blocks)
    pd.testing.assert_frame_equal(again.classify(POSTS), made.classify(POSTS), check_exact=True)


def test_an_older_model_is_replaced(model, binary, tmp_path):
    path = tmp_path / "model"
    model.save(path)
    binary.save(path)
    assert stancekit.load(path).digest == binary.digest
    assert [file.name for file in tmp_path.iterdir()] == ["model"]


def test_an_empty_folder_is_filled(model, tmp_path):
    (tmp_path / "model").mkdir()
    assert stancekit.load(model.save(tmp_path / "model")).digest == model.digest


@pytest.mark.parametrize(
    "files",
    [["thesis.docx"], ["manifest.json"], ["manifest.json", "weights.safetensors", "notes.txt"]],
    ids=["another's", "a web page's", "a model with notes"],
)
def test_anything_else_is_left_alone(model, tmp_path, files):
    path = tmp_path / "precious"
    path.mkdir()
    for name in files:
        (path / name).write_text("the only copy")
    with pytest.raises(ModelFormatError, match=r"precious is there already.*choose another name"):
        model.save(path)
    assert sorted(file.name for file in path.iterdir()) == sorted(files)
    assert all((path / name).read_text() == "the only copy" for name in files)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_left_alone(model, tmp_path):
    path = tmp_path / "model"
    path.write_text("the only copy")
    with pytest.raises(ModelFormatError, match="is there already"):
        model.save(path)
    assert path.read_text() == "the only copy"


@pytest.mark.parametrize("error", [OSError("no space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("older", [False, True], ids=["new", "over an older one"])
@pytest.mark.parametrize("call", [1, 2, 3])
def test_what_cannot_be_written_leaves_things_as_they_were(
    model, binary, tmp_path, monkeypatch, error, older, call
):
    path = tmp_path / "model"
    if older:
        binary.save(path)
    calls = []

    def failing(handle):
        calls.append(handle)
        if len(calls) == call:
            raise error

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(type(error)):
        model.save(path)
    assert [file.name for file in tmp_path.iterdir()] == (["model"] if older else [])
    if older:
        assert stancekit.load(path).digest == binary.digest


@pytest.mark.parametrize("call", [1, 2])
def test_a_folder_that_cannot_be_moved_leaves_the_older_one(
    model, binary, tmp_path, monkeypatch, call
):
    path = tmp_path / "model"
    binary.save(path)
    plain, calls = Path.rename, []

    def failing(self, target):
        calls.append(target)
        if len(calls) == call:
            raise OSError("in use")
        return plain(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="in use"):
        model.save(path)
    monkeypatch.undo()
    assert [file.name for file in tmp_path.iterdir()] == ["model"]
    assert stancekit.load(path).digest == binary.digest


def test_a_block_of_the_users_own_is_refused_before_any_work():
    class Shouting(Block):
        rows = 1

        def encode(self, batch):
            return np.ones((len(batch), 1), np.float32)

        score = evidence = encode

    with pytest.raises(ModelFormatError, match="Shouting cannot be saved: use those of"):
        stancekit.train(None, blocks={"loud": Shouting()}, n_jobs=1)


# Every released format, for ever.


@pytest.mark.parametrize("saved", FORMATS, ids=lambda path: path.name)
def test_a_saved_model_of_each_format_gives_what_it_gave(saved):
    expected = json.loads((saved / "expected.json").read_text(encoding="ascii"))
    found = stancekit.load(saved / "model")
    labels = found.classify(expected["posts"])
    assert list(found.classes) == expected["classes"]
    assert found.digest == expected["digest"]
    assert [None if name != name else name for name in labels["label"]] == expected["label"]
    nothing = [float("nan")] * len(found.classes)
    wanted = np.array([row or nothing for row in expected["proba"]])
    # Other processors may fuse multiplication and addition: equal but for the last digit.
    np.testing.assert_allclose(labels[list(found.classes)], wanted, rtol=0, atol=1e-6)
    assert found.report.macro_f1.value > 0.4
    assert found.about["posts"] == 30 * len(found.classes)
    assert "bravo" in str(replace(found, scorer=linear_of(found)).explain("bravo to the mayor"))


def test_classes_that_are_numbers_need_the_format_that_knows_them(folder):
    rewrite(folder, lambda m: m.update(classes=[0, 1, 2, 3], format=2, files=m["weights"]))
    refused(folder, "names not all files", "manifest.json")
    later = SAVED.parents[1] / "format-3" / "model"
    manifest = json.loads((later / "manifest.json").read_bytes())
    assert manifest["format"] == 3
    assert all(type(name) is int for name in stancekit.load(later).classes)


def linear_of(model):
    return model.scorer.linear if isinstance(model.scorer, CascadeModel) else model.scorer


def test_there_is_a_saved_model_of_the_present_format():
    assert [path.name for path in FORMATS] == [
        f"format-{number + 1}" for number in range(model_format.FORMAT)
    ]
    for path in FORMATS:
        assert sum(file.stat().st_size for file in path.rglob("*")) < 200_000


# Damage of every kind.


def test_a_folder_without_model_is_refused(tmp_path):
    refused(
        tmp_path,
        r"no model here \(no manifest.json\); give the folder.*or a name: fast, default, accurate",
    )
    refused(tmp_path / "none", "no model here")


@pytest.mark.parametrize("name", ["manifest.json", "weights.safetensors"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    refused(folder, name)


@pytest.mark.parametrize("name", ["manifest.json", "weights.safetensors"])
def test_a_file_that_is_a_folder_is_named(folder, name):
    (folder / name).unlink()
    (folder / name).mkdir()
    refused(folder, name)


def test_the_card_is_for_people(folder):
    (folder / "README.md").unlink()
    assert stancekit.load(folder).classes


WEIGHTS = (SAVED / "weights.safetensors").read_bytes()
MANIFEST = (SAVED / "manifest.json").read_bytes()


@given(st.integers(0, len(WEIGHTS) - 1), st.integers(0, 7))
@settings(max_examples=60)
def test_any_bit_of_the_weights_matters(tmp_path_factory, place, bit):
    folder = shutil.copytree(SAVED, tmp_path_factory.mktemp("flipped") / "model")
    data = bytearray(WEIGHTS)
    data[place] ^= 1 << bit
    (folder / "weights.safetensors").write_bytes(data)
    refused(folder, "not what manifest.json says it is: damaged", "weights.safetensors")
    put(folder, bytes(data))  # also for one who puts the checksum right
    refused(folder, "damaged|fit|finite|weights")


@given(st.integers(0, len(WEIGHTS) - 1))
@settings(max_examples=25)
def test_weights_that_end_early_are_refused(tmp_path_factory, size):
    folder = shutil.copytree(SAVED, tmp_path_factory.mktemp("cut") / "model")
    (folder / "weights.safetensors").write_bytes(WEIGHTS[:size])
    refused(folder, "damaged or truncated", "weights.safetensors")
    put(folder, WEIGHTS[:size])
    refused(folder, "no weights", "weights.safetensors")


@given(st.integers(0, len(MANIFEST) - 3))
@settings(max_examples=25)
def test_a_manifest_that_ends_early_is_refused(tmp_path_factory, size):
    folder = shutil.copytree(SAVED, tmp_path_factory.mktemp("cut") / "model")
    (folder / "manifest.json").write_bytes(MANIFEST[:size])
    refused(folder, "no JSON", "manifest.json")


@given(st.integers(0, len(MANIFEST) - 1), st.integers(0, 255))
@settings(max_examples=150)
def test_a_manifest_with_a_changed_byte_is_refused_or_labels_as_before(
    tmp_path_factory, place, byte
):
    folder = shutil.copytree(SAVED, tmp_path_factory.mktemp("changed") / "model")
    data = bytearray(MANIFEST)
    data[place] = byte
    (folder / "manifest.json").write_bytes(data)
    try:
        found = stancekit.load(folder)
    except ModelFormatError as error:
        assert str(folder) in str(error)
    else:  # the change was to what people read: the name, the report, the history
        assert found.digest == stancekit.load(SAVED).digest
        assert (
            found.predict_proba(POSTS[:2]) == stancekit.load(SAVED).predict_proba(POSTS[:2])
        ).all()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no JSON"),
        (b"\x80\x04\x95", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"\xff\xfe\x00", "no JSON"),
        (b"[]", "no format number; this is no stancekit model"),
        (b'"format"', "no format number"),
        (b'{"name": "a web page", "start_url": "."}', "no format number"),
        (b'{"format": true}', "no format number"),
        (b'{"format": 0}', "no format number"),
        (b'{"format": "1"}', "no format number"),
        (b'{"format": 1}', "weights.safetensors: not what manifest.json says"),
        (b'{"format": 2}', "names not all files"),
        (b'{"format": 2, "kind": "oracle"}', "of the unknown kind 'oracle': upgrade stancekit"),
        (b'{"format": 6}', "format 6 is newer than 5.*upgrade stancekit"),
        (b'{"format": 9999999999, "classes": {}}', "newer than"),
    ],
)
def test_a_manifest_that_is_none_is_refused(folder, data, message):
    (folder / "manifest.json").write_bytes(data)
    refused(folder, message)


def words(manifest):
    return manifest["blocks"]["words"]


def cue_terms(manifest):
    return manifest["blocks"]["cues"]["lexicon"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: m["classes"].reverse(), "settings and digest do not fit: damaged"),
        (lambda m: m["classes"].append("fifth"), "do not fit 5 classes"),
        (lambda m: m["classes"].pop(), "do not fit 3 classes"),
        (lambda m: m.update(classes=["a"]), "not two or more different names"),
        (lambda m: m.update(classes=["a", "a", "b", "c"]), "not two or more different names"),
        (lambda m: m.update(classes="abcd"), "not two or more different names"),
        (lambda m: m.update(classes=[1, 2, 3, 4]), "not two or more different names"),
        (lambda m: m.update(classes=["a", "b", "c", "end"]), "no class can be called 'end'"),
        (lambda m: m.update(temperature=2.0), "settings and digest do not fit"),
        (lambda m: m.update(unheard_of=1), "settings and digest do not fit"),
        (lambda m: m.update(temperature=-1), "temperature is -1"),
        (lambda m: m.update(temperature=0), "temperature is 0"),
        (lambda m: m.update(temperature=float("nan")), "temperature is nan"),
        (lambda m: m.update(temperature=float("inf")), "temperature is inf"),
        (lambda m: m.update(temperature=None), "TypeError"),
        (lambda m: m.update(digest="0" * 64), "settings and digest do not fit"),
        (lambda m: m.pop("digest"), "KeyError: 'digest'"),
        (lambda m: m.pop("classes"), "KeyError: 'classes'"),
        (lambda m: m.pop("blocks"), "KeyError: 'blocks'"),
        (lambda m: m.pop("report"), "KeyError: 'report'"),
        (lambda m: m["report"].update(report_format=99), "report_format is 99"),
        (lambda m: m["report"].pop("counts"), "the report lacks counts"),
        (lambda m: m["report"]["tally"].append([0, 9, 1, 1, 1, 1]), "do not fit"),
        (lambda m: m["report"]["tally"].append([0, 9]), "report's tally are none"),
        (lambda m: m["report"]["tally"].append([9, 9, 1, 1, 1, 1]), "report's tally are none"),
        (lambda m: m["report"]["classes"].reverse(), "the report is another model's"),
        (lambda m: m.update(about=[]), "damaged"),
        (lambda m: m.update(blocks=[]), "damaged"),
        (lambda m: m["blocks"].pop("cues"), "settings and digest do not fit"),
        (lambda m: m["blocks"].update(more=words(m)), "KeyError: 'rows'"),
        (
            lambda m: words(m).update(kind="emoji-poems"),
            "'words' is of the unknown kind 'emoji-poems'",
        ),
        (lambda m: words(m).update(kind="char-ngrams"), "settings and digest do not fit"),
        (lambda m: words(m).update(kind=["os"]), "TypeError"),
        (lambda m: words(m).pop("kind"), "KeyError: 'kind'"),
        (lambda m: words(m).update(orders=[1]), "settings and digest do not fit"),
        (lambda m: words(m).update(orders=[]), "orders is"),
        (lambda m: words(m).update(orders=[0]), "orders is"),
        (lambda m: words(m).update(orders=[10**9]), "orders is"),
        (lambda m: words(m).update(orders=["1"]), "orders is"),
        (lambda m: words(m).update(bits=11), "settings and digest do not fit"),
        (lambda m: words(m).update(bits=3), "do not fit 4 classes and a table of 8 rows"),
        (lambda m: words(m).update(bits=0), "bits is 0"),
        (lambda m: words(m).update(bits=-1), "bits is -1"),
        (lambda m: words(m).update(bits="10"), "bits is '10'"),
        (lambda m: words(m).update(bits=True), "bits is True"),
        (lambda m: words(m).update(bits=10.0), "bits is 10.0"),
        (lambda m: words(m).pop("bits"), "KeyError: 'bits'"),
        (lambda m: cue_terms(m)["insult"].update(clown=2.0), "settings and digest do not fit"),
        (lambda m: cue_terms(m)["insult"].update(clown="2"), "weight of 'clown' is '2'"),
        (lambda m: cue_terms(m)["insult"].update(clown=float("nan")), "weight of 'clown' is nan"),
        (lambda m: cue_terms(m).update(insult=["clown"]), "AttributeError"),
        (lambda m: cue_terms(m).update(one_list_more={"x": 1}), "do not fit|digest"),
        (lambda m: m["blocks"]["cues"].update(lexicon=None), "AttributeError"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(folder, change, message):
    rewrite(folder, change)
    refused(folder, message)


@pytest.mark.parametrize("bits", [27, 29, 30, 31, 60, 10**6])
def test_a_file_cannot_ask_for_more_memory_than_there_is(folder, bits):
    if bits <= 30:  # within the bound on bits: that on cells must hold
        few = [f"class {i}" for i in range(2 ** (31 - bits))] + ["b"]
        rewrite(folder, lambda m: m.update(classes=few))
    rewrite(folder, lambda m: words(m).update(bits=bits))
    tracemalloc.start()
    try:
        refused(folder, "do not fit|bits is")
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_weights_that_claim_to_be_huge_are_refused(folder):
    claim = {"intercept": {"dtype": "F32", "shape": [2**40], "data_offsets": [0, 2**42]}}
    header = json.dumps(claim).encode()
    put(folder, struct.pack("<Q", len(header)) + header)
    refused(folder, "no weights", "weights.safetensors")
    put(folder, struct.pack("<Q", 2**63) + header)
    refused(folder, "no weights", "weights.safetensors")


def set_array(name, change):
    def apply(arrays):
        arrays[name] = np.ascontiguousarray(change(arrays[name]))

    return apply


def with_value(value):
    def apply(array):
        changed = array.copy()
        changed.flat[0] = value
        return changed

    return apply


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("words.scores", lambda a: a[:, :3], "'words': rows .* do not fit 4 classes"),
        ("words.scores", lambda a: a[:-1], "do not fit"),
        ("words.scores", lambda a: a.ravel(), "do not fit"),
        ("words.scores", with_value(np.nan), "do not fit"),
        ("words.scores", with_value(np.inf), "do not fit"),
        ("words.scores", lambda a: a.astype(np.float32), "do not fit"),
        ("words.scores", lambda a: a.astype(np.int8), "do not fit"),
        ("words.scores", with_value(1.5), "settings and digest do not fit"),
        ("words.rows", with_value(2**10), "do not fit 4 classes and a table of 1024 rows"),
        ("words.rows", with_value(-1), "do not fit"),
        ("words.rows", lambda a: a[:-1], "do not fit"),
        ("words.rows", lambda a: a[:, None], "do not fit"),
        ("words.rows", lambda a: a.astype(np.float32), "do not fit"),
        ("words.rows", lambda a: a[::-1], "do not fit 4 classes"),
        ("vectors.hashes", lambda a: a[::-1], "ascending order"),
        ("vectors.hashes", lambda a: np.repeat(a[:1], len(a)), "ascending order"),
        ("vectors.hashes", lambda a: a.view(np.int64), "no hashes"),
        ("vectors.hashes", lambda a: a[None], "no hashes"),
        ("vectors.hashes", lambda a: a[:-1], "do not fit"),
        ("intercept", lambda a: a[:-1], "intercept is no 4 numbers"),
        ("intercept", lambda a: a[None], "intercept is no 4 numbers"),
        ("intercept", with_value(np.nan), "intercept"),
        ("intercept", with_value(9), "settings and digest do not fit"),
        ("intercept", lambda a: a.astype(np.int64), "intercept|TypeError"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(folder, name, change, message):
    rewrite(folder, arrays=set_array(name, change))
    refused(folder, message)


@pytest.mark.parametrize("name", ["words.scores", "words.rows", "vectors.hashes", "intercept"])
def test_a_missing_array_is_named(folder, name):
    rewrite(folder, arrays=lambda arrays: arrays.pop(name))
    refused(folder, f"KeyError: '{name.rpartition('.')[2]}'")


def test_an_array_of_a_type_numpy_lacks_is_refused(folder):
    claim = {"intercept": {"dtype": "BF16", "shape": [4], "data_offsets": [0, 8]}}
    header = json.dumps(claim).encode()
    put(folder, struct.pack("<Q", len(header)) + header + b"\x00" * 8)
    refused(folder, "model")


class Bomb:
    def __reduce__(self):
        return (os.mkdir, ("exploded",))


@pytest.mark.parametrize("name", ["manifest.json", "weights.safetensors"])
def test_a_pickle_is_never_opened(folder, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = pickle.dumps(Bomb())
    if name == "weights.safetensors":
        put(folder, data)
    else:
        (folder / name).write_bytes(data)
    refused(folder, "no weights|no JSON", name)
    assert not (tmp_path / "exploded").exists()


def test_loading_imports_and_runs_nothing_of_the_files(folder, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("the file got something run")

    for target in ("pickle.load", "pickle.loads", "builtins.eval", "builtins.exec"):
        monkeypatch.setattr(target, never)
    (folder / "evil.py").write_text("raise SystemExit")
    assert stancekit.load(folder).classes


def test_no_model_has_a_class_called_like_a_column():
    assert not set(manifest_of(SAVED)["classes"]) & set(RESERVED)
