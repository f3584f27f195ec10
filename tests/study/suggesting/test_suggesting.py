"""What is suggested to annotate: unsure and unlike each other, or random; hidden; read back."""

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.errors import ArgumentError, InputError
from stancekit.study.suggesting.stratified import allocated
from tests.support import errors, invented


@pytest.fixture(scope="module")
def posts():
    frame = invented.posts(60, seed=9).drop(columns="label")
    frame["id"] = [f"p{n}" for n in range(len(frame))]
    again = frame[:30].assign(id=[f"again{n}" for n in range(30)])
    return pd.concat([frame, again], ignore_index=True)


def test_to_teach(posts, model):
    found = stancekit.suggest(posts, model, 40, seed=3)
    pd.testing.assert_frame_equal(found, stancekit.suggest(posts, model, 40, seed=3))
    assert found.columns.tolist() == [
        *("id", "text", "true_label", "drawn_as", "inclusion", "confidence")
    ]
    assert found["text"].is_unique
    assert found["true_label"].isna().all()
    assert found["drawn_as"].value_counts().to_dict() == {"uncertain": 32, "random": 8}
    assert (found.loc[found["drawn_as"] == "uncertain", "inclusion"] == 1).all()
    rest = posts["text"].nunique() - 32
    assert found.loc[found["drawn_as"] == "random", "inclusion"].to_numpy() == pytest.approx(
        8 / rest
    )
    unsure = found.groupby("drawn_as")["confidence"].mean()
    assert unsure["uncertain"] < unsure["random"]
    assert (posts.loc[found.index, "id"] == found["id"]).all()


def test_near_copies_are_suggested_once(model):
    texts = [f"the council vote on bridge number {n} is wrong and brave today" for n in range(30)]
    texts += invented.posts(20, seed=4)["text"].tolist()
    found = stancekit.suggest(texts, model, 15)
    chosen = found[found["drawn_as"] == "uncertain"]["text"]
    assert chosen.str.startswith("the council vote on bridge number").sum() <= 2


def test_a_filled_file_gives_shares(posts, model, tmp_path):
    labelled = posts.join(model.classify(posts, text="text"))
    file = stancekit.suggest(posts, model, 60, for_shares=True)
    assert file.columns.tolist() == ["id", "text", "true_label", "drawn_as", "drawn"]
    assert file["text"].is_unique
    assert file["drawn"].sum() == 60
    file["true_label"] = "neutral"
    file.to_csv(tmp_path / "to-check.csv", index=False)
    back = pd.read_csv(tmp_path / "to-check.csv")
    found = stancekit.estimate_shares(labelled, back)
    assert found.whole.checked == 60
    assert found.whole.found["post-stratified"][3].share > 0.9
    unsure = stancekit.suggest(posts, model, 60).assign(true_label="neutral")
    assert "Horvitz–Thompson" in stancekit.estimate_shares(labelled, unsure).whole.found


def test_labels_that_are_there_need_no_model(posts):
    labelled = posts.assign(label=["yes", "no", "no"] * (len(posts) // 3))
    found = stancekit.suggest(labelled, None, 30, for_shares=True)
    assert found["drawn"].sum() == 30
    assert "label" not in found
    with pytest.raises(InputError, match="no probabilities"):
        stancekit.suggest(labelled, None, 30)


def test_what_cannot_be_is_refused(posts, model):
    with pytest.raises(ArgumentError, match="n is 0"):
        stancekit.suggest(posts, model, 0)
    with pytest.raises(InputError, match="270 posts have a label"):
        stancekit.suggest(posts, model, 1000)
    with pytest.raises(InputError, match="different texts"):
        stancekit.suggest(posts, model, 260)
    with pytest.raises(InputError, match="no column 'label'"):
        stancekit.suggest(posts, None, 5)


def test_a_sample_for_shares_is_as_the_labels_are():
    rng = np.random.default_rng(0)
    posts = errors.labelled(rng, [0.3, 0.7], errors.TWO, 3000).drop(columns="true_label")
    posts["text"] = "number " + posts["number"].astype(str)
    found = stancekit.suggest(posts, None, 300, for_shares=True)
    share = (posts.loc[found.index, "label"] == "yes").mean()
    assert share == pytest.approx((posts["label"] == "yes").mean(), abs=0.01)
    assert (posts.loc[found.index[:60], "label"] == "no").any()  # the order says nothing


@pytest.mark.parametrize("sizes", [(900, 90, 10), (5, 0, 3), (1, 1, 1), (1000, 1, 0)])
@pytest.mark.parametrize("n", [1, 3, 8])
def test_as_many_are_allocated_as_were_wanted(sizes, n):
    sizes = np.array(sizes)
    n = min(n, sizes.sum())
    found = allocated(sizes, n)
    assert found.sum() == n
    assert ((found >= 0) & (found <= sizes)).all()
