"""The invented evening of data/sample: what its truth says is found, and nothing else."""

import json
from pathlib import Path

import pandas as pd
import pytest

import stancekit

FOLDER = Path(__file__).resolve().parents[3] / "data" / "sample"
HOUR = pd.Timedelta(hours=1)


@pytest.fixture(scope="module")
def truth():
    return json.loads((FOLDER / "storm_truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def posts():
    posts = pd.concat(stancekit.read_posts(FOLDER / "storm.csv.gz"), ignore_index=True)
    labels = pd.read_csv(FOLDER / "storm_labels.csv.gz", dtype="string").set_index("id")["label"]
    return posts.assign(label=posts["id"].map(labels))


@pytest.fixture(scope="module")
def found(posts):
    return stancekit.find_storms(posts)


def test_storms_are_where_and_when_they_were_put(found, truth):
    assert {one.key.casefold() for one in found} == {one["key"] for one in truth["storms"]}
    for told in truth["storms"]:
        storm = found[told["key"]]
        assert storm.start.floor("h") == pd.Timestamp(told["start"]), told["key"]
        assert storm.peak == pd.Timestamp(told["peak_hour"])
        assert storm.end.ceil("h") == pd.Timestamp(told["end"])
        assert {one.name.casefold() for one in storm.variants} == set(told["variants"])
        majority = stancekit.LABELS[max(range(4), key=storm.labels.__getitem__)]
        assert majority == told["majority"]


def test_camps_are_rivals_and_the_planned_one_was_announced(found, truth):
    for told in truth["storms"]:
        storm = found[told["key"]]
        assert [one.casefold() for one in storm.rival_of] == [told["rival"]] * bool(told["rival"])
        counter = told.get("counter_storm_of")
        assert [one.casefold() for one in storm.counter_storm_of] == [counter] * bool(counter)
        if told["common_target"] is not None:
            assert storm.rival_targets == (f"@{told['common_target']}",)
        if told["planned"]:
            assert storm.announced >= 1 and storm.minutes_to_peak < 30
            assert storm.first_hour_share > 0.5


def test_the_link_and_the_slogan_of_the_plan_are_found(posts, truth):
    (told,) = truth["links"]
    (storm,) = stancekit.find_storms(posts, "links")
    assert f"https://{storm.key}" == told["key"]
    assert (storm.posts, storm.reposts) <= (told["posts"], told["reposts"])
    slogan = stancekit.find_storms(posts, "phrases").storms[0]
    assert slogan.key.casefold() == truth["phrases"][0]["key"]


def test_pile_ons_go_with_storms_that_address_their_targets(found, posts):
    pileons = stancekit.find_pileons(posts).to_frame()
    linked = stancekit.find_storms(posts, pileons=pileons)["WeSupportHaske"].pileons
    (mayor,) = [one for one in linked if one.target == "mayor_haske"]
    (counted,) = [one for one in found["WeSupportHaske"].targets if one.name == "mayor_haske"]
    assert mayor.accounts == counted.number
