"""Posts in, labels out: the same whatever the posts came in, and whatever stood beside them."""

import copy
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
import stancekit.model
from stancekit.errors import InputError, ModelFormatError
from stancekit.labels import LABELS
from stancekit.text import batch
from tests.support import invented

HERE = Path(__file__).parent
SAVED = HERE / "saved" / "format-1" / "model"
POSTS = ["bravo, so proud of the mayor", "this plan is flawed", "meeting on the bus today"]

# Words the model knows, broken Unicode, and everything between.
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=30),
    st.lists(
        st.sampled_from([*invented.FILLERS, *invented.MARKERS, "not", "you", "!!!"]),
        min_size=1,
        max_size=12,
    ).map(" ".join),
)


def same(left, right):
    """Equal to the bit, types included."""
    pd.testing.assert_frame_equal(left, right, check_exact=True, check_categorical=True)


def test_columns_types_and_order(model):
    labels = model.classify([*POSTS, None])
    assert list(labels.columns) == ["label", "confidence", *LABELS, "reason"]
    assert list(labels["label"].cat.categories) == list(LABELS)
    assert not labels["label"].cat.ordered
    assert (labels[["confidence", *LABELS]].dtypes == np.float32).all()
    assert labels["reason"].dtype == "string"
    assert labels["label"].tolist()[:3] == ["supportive", "critical", "neutral"]


def test_a_row_adds_up(model):
    labels = model.classify(invented.posts(seed=5)["text"])
    proba = labels[list(LABELS)].to_numpy(np.float64)
    assert (proba >= 0).all()
    assert np.abs(proba.sum(axis=1) - 1).max() < 1e-6
    assert (labels["confidence"].to_numpy() == proba.max(axis=1)).all()
    assert (labels["label"].cat.codes == proba.argmax(axis=1)).all()
    assert labels["reason"].isna().all()


@pytest.mark.parametrize(
    "empty",
    [
        [],
        (),
        iter(()),
        np.array([], object),
        pd.Series(dtype=object),
        pd.Series([], dtype="string"),
    ],
    ids=lambda posts: type(posts).__name__,
)
def test_no_posts_make_an_empty_table_of_the_same_columns(model, empty):
    labels = model.classify(empty)
    assert len(labels) == 0
    assert labels.dtypes.equals(model.classify(POSTS).dtypes)
    assert model.predict_proba([]).shape == (0, 4)


def test_an_empty_frame_makes_an_empty_table(model):
    labels = model.classify(pd.DataFrame({"text": []}), text="text")
    assert labels.dtypes.equals(model.classify(POSTS).dtypes)


@pytest.mark.parametrize(
    "index",
    [
        pd.Index([9, 9, 3, 9]),
        pd.Index(list("badc"), name="id"),
        pd.MultiIndex.from_tuples([("a", 2), ("a", 1), ("b", 0), ("a", 2)], names=["file", "line"]),
        pd.date_range("2026-01-01", periods=4)[::-1],
    ],
    ids=["duplicates", "names", "levels", "dates"],
)
def test_the_callers_index_and_order_are_kept(model, index):
    posts = pd.DataFrame({"body": [*POSTS, None], "body2": 0}, index)
    labels = model.classify(posts, text="body")
    pd.testing.assert_index_equal(labels.index, index)
    same(labels.reset_index(drop=True), model.classify([*POSTS, None]))
    same(model.classify(posts["body"]), labels)


def test_nothing_given_is_changed(model):
    listed = [*POSTS, None, 3, " "]
    frame = pd.DataFrame({"text": listed, "other": [[1], [2], [3], [4], [5], [6]]}, index=[1] * 6)
    kept, kept_frame = copy.deepcopy(listed), frame.copy(deep=True)
    model.classify(listed, min_confidence=1.0)
    labels = model.classify(frame, text="text", min_confidence=1.0)
    labels["label"] = "neutral"
    labels.index.name = "changed"
    assert listed == kept
    pd.testing.assert_frame_equal(frame, kept_frame)
    assert frame.index.name is None


def test_a_post_without_label_says_why(model):
    labels = model.classify([None, 3, b"bytes", " \n", "", pd.NA, pd.NaT, float("nan"), "bravo"])
    assert labels["label"].isna().tolist() == [True] * 8 + [False]
    assert labels["reason"].tolist()[:8] == (
        ["missing", "not text", "not text", "empty", "empty", "missing", "missing", "missing"]
    )
    assert pd.isna(labels["reason"].iloc[8])
    assert labels.iloc[:8][["confidence", *LABELS]].isna().all(axis=None)


def test_posts_of_any_length_and_any_characters_are_labelled(model):
    long = "bravo the mayor " * 6250
    assert len(long) == 100_000
    strange = [
        "\x00",
        "\ud800",
        "bravo\ud83d",
        "\udc00\x00 clown",
        "\U0010ffff",
        "\u200b",
        "🤡" * 500,
    ]
    labels = model.classify([long, *strange, "🤡" * 500])
    assert labels["label"].notna().all()
    assert labels["label"].iloc[0] == "supportive"


@pytest.mark.slow
@given(st.lists(TEXT, min_size=1, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_a_row_is_the_same_to_the_bit_whatever_stands_beside_it(model, posts, random):
    together = model.classify(posts)
    order = list(range(len(posts)))
    random.shuffle(order)
    shuffled = model.classify([posts[i] for i in order])
    same(shuffled, together.iloc[order].reset_index(drop=True))
    alone = pd.concat([model.classify([post]) for post in posts], ignore_index=True)
    same(alone, together)


@pytest.mark.slow
@pytest.mark.parametrize(("count", "characters"), [(1, 2**18), (7, 2**18), (2**11, 1), (50, 333)])
def test_the_size_of_a_batch_changes_nothing(model, monkeypatch, count, characters):
    posts = [*invented.posts(30, seed=8)["text"], " ", "x" * 5000, "bravo"]
    expected = model.classify(posts)
    monkeypatch.setattr(batch, "MAX_POSTS", count)
    monkeypatch.setattr(batch, "MAX_CHARACTERS", characters)
    assert len(list(batch.slices(posts))) > 1
    same(model.classify(posts), expected)


def test_the_number_of_processes_changes_nothing(binary):
    posts = [f"{word} {i}" for i in range(2100) for word in ("bravo", "clown", "bus", None, " ")]
    posts = [post if "None" not in post else None for post in posts] * 3
    assert sum(post is not None and not post.isspace() for post in posts) > 20_000
    same(binary.classify(posts, n_jobs=2), binary.classify(posts))


@pytest.mark.slow
def test_neither_the_seed_of_pythons_hash_nor_the_number_of_threads_changes_anything():
    code = (
        "import stancekit; from tests.support import invented;"
        "model = stancekit.train(invented.posts(25), blocks=invented.blocks(10), n_jobs=1);"
        "print(model.digest, model.report.to_dict());"
        "posts = invented.posts(9, seed=2)['text'];"
        "print(stancekit.classify(posts, model=model).to_csv())"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": seed},
            cwd=HERE.parents[1],
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    first, second = (process.communicate()[0] for process in running)
    assert all(process.returncode == 0 for process in running)
    assert len(first) > 1000
    assert first == second


def test_below_the_least_confidence_the_model_is_unsure(model):
    posts = [*invented.posts(seed=6, noise=0.9)["text"], None]
    sure = model.classify(posts)
    least = float(sure["confidence"].median())
    labels = model.classify(posts, min_confidence=least)
    unsure = sure["confidence"] < least
    assert 0 < unsure.sum() < len(posts)
    assert labels["label"][unsure].isna().all()
    assert (labels["reason"][unsure] == "below min_confidence").all()
    same(labels[~unsure], sure[~unsure])
    same(labels.drop(columns=["label", "reason"]), sure.drop(columns=["label", "reason"]))
    assert labels["reason"].iloc[-1] == "missing"
    same(model.classify(posts, min_confidence=0), sure)
    assert (model.classify(POSTS, min_confidence=1)["confidence"] < 1).all()


@pytest.mark.parametrize("least", [-0.1, 1.1, float("nan"), "0.5"])
def test_a_least_confidence_that_is_none_is_refused(model, least):
    with pytest.raises(InputError, match=r"min_confidence is .*: give a number from 0 to 1"):
        model.classify(POSTS, min_confidence=least)


@pytest.mark.parametrize("n_jobs", [0, 1.5, "2"])
def test_a_number_of_processes_that_is_none_is_refused(model, n_jobs):
    with pytest.raises(InputError, match=r"n_jobs is .*: give a number of cores"):
        model.classify(POSTS, n_jobs=n_jobs)


def test_probabilities_are_the_tables(model):
    proba = model.predict_proba([*POSTS, None])
    assert proba.dtype == np.float32
    assert np.isnan(proba[3]).all()
    assert (proba[:3] == model.classify(POSTS)[list(LABELS)].to_numpy()).all()
    frame = pd.DataFrame({"body": POSTS})
    assert (model.predict_proba(frame, text="body") == proba[:3]).all()


def test_a_model_is_given_as_itself_or_its_folder(model, tmp_path):
    expected = model.classify(POSTS)
    path = model.save(tmp_path / "mine")
    same(stancekit.classify(POSTS, model=model), expected)
    same(stancekit.classify(POSTS, model=path), expected)
    same(stancekit.classify(POSTS, model=str(path)), expected)
    with pytest.raises(ModelFormatError, match="no model here"):
        stancekit.classify(POSTS, model=tmp_path / "none")
    with pytest.raises(InputError, match="a model is int: give a StanceModel, a folder, or a name"):
        stancekit.classify(POSTS, model=3)


def test_without_a_terminal_there_is_no_bar_unless_it_is_asked_for(model, capfd):
    model.classify(POSTS)
    assert capfd.readouterr() == ("", "")
    model.classify(POSTS, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "classifying" in err
    assert "3/3" in err
