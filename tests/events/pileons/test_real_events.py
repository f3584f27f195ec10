"""Pile-ons in real collections, of which it is known what happened; no text of them is printed.

Labels are those of the model of the day: counts have room for the next one's.
"""

import pandas as pd
import pytest

import stancekit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


@pytest.fixture(scope="module")
def found(shared_data):
    def found(name, **options):
        path = shared_data / "events" / name
        if not path.exists():
            pytest.skip(f"{name} is not here")
        whole = pd.concat(stancekit.read_posts(path, **options), ignore_index=True)
        return stancekit.find_pileons(stancekit.label_frame(whole, model="fast"))

    return found


def test_a_politician_who_is_always_criticised(found):
    result = found("aoc-2019-03.csv.gz")
    frame = result.to_frame()
    counts = frame["level"].value_counts()
    # frozen on 2026-11-30: 57 critical storms, 24 surges, 2 hostile surges, no pile-on
    assert 75 <= len(frame) <= 92 and 100 <= result.tested <= 116
    assert 45 <= counts["critical storm"] <= 70 and 12 <= counts["surge"] <= 36
    assert counts.get("hostile surge", 0) <= 7 and counts.get("pile-on", 0) <= 2
    assert 0.06 <= result.usual <= 0.12
    # the worst days are found, and not called more than criticism
    worst = frame[(frame["target"] == "AOC") & (frame["start"].dt.date.astype(str) == "2019-03-11")]
    assert worst["level"].tolist() == ["critical storm"] and worst["accounts"].iloc[0] > 5_000
    # a massacre: sympathy is a surge and no more
    whose = frame["target"] == "jacindaardern"
    march = frame[whose & (frame["start"] < "2019-04-01")]
    assert len(march) and set(march["level"]) == {"surge"}
    # every collected author is written at on the day of collection, by about as many
    assert frame["may_be_collection"].notna().sum() >= 40
    assert frame["may_be_collection"].str.contains("many targets").sum() >= 20


def test_airlines_in_a_winter_storm(found):
    frame = found("airlines-2015-02.csv.gz", author="name").to_frame()
    assert not set(frame["level"]) & {"pile-on", "hostile surge"}
    american = frame[frame["target"].str.casefold() == "americanair"]
    assert american["level"].tolist() == ["critical storm"]
    assert american["may_be_collection"].notna().all()
    assert "no past for this target" in american["missing"].iloc[0]


@pytest.mark.parametrize("name", ["boxing-2017-08.csv.gz", "conference-2019-07.rtweet.csv.gz"])
def test_a_match_and_a_friendly_conference(found, name):
    frame = found(name).to_frame()
    assert set(frame["level"]) <= {"surge"}
    assert frame["may_be_collection"].notna().all()


def test_breaking_news(found):
    frame = found("rumoureval-2014-16.csv.gz").to_frame()
    assert not (frame["level"] == "pile-on").any()
    assert (frame["level"] == "hostile surge").sum() <= 5


def test_comments_under_a_video_are_at_nobody_it_knows(found):
    result = found("youtube-interview.csv.gz")
    assert not len(result.to_frame())
    assert "say whom they are at" in result.declined and "reply_to_author" in str(result)


def test_a_made_up_file_is_read(found):
    result = found("invented-coordination.csv.gz")
    assert not result.declined and result.targets > 40
