"""Storms in real collections, of which it is known what happened; no text of them is printed."""

import pandas as pd
import pytest

import stancekit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


@pytest.fixture(scope="module")
def labelled(shared_data):
    folder, read = shared_data / "events", {}

    def labelled(name, **options):
        path = folder / name
        if not path.exists():
            pytest.skip(f"{name} is not here")
        if name not in read:
            whole = pd.concat(stancekit.read_posts(path, **options), ignore_index=True)
            read[name] = stancekit.label_frame(whole, model="fast")
        return read[name]

    return labelled


def test_a_friendly_conference(labelled):
    found = stancekit.find_storms(labelled("conference-2019-07.rtweet.csv.gz"))
    (storm,) = found
    assert storm.in_every_post and storm.labels[2] == 0 and not len(found.rivals)
    assert storm.concentration.counts  # few accounts: counts, no coefficient


def test_a_boxing_match_is_a_burst_without_target_or_camps(labelled):
    found = stancekit.find_storms(labelled("boxing-2017-08.csv.gz"))
    assert found.storms[0].posts > 4_000 and found.storms[0].begins_before_file
    assert not len(found.rivals)
    assert not any(storm.counter_storm_of for storm in found)


def test_a_campaign_has_storms_on_one_side(labelled):
    found = stancekit.find_storms(labelled("ballot-2018.rtweet.csv.gz"))
    yes = [storm for storm in found if storm.key.casefold() == "yeson1631"]
    assert len(yes) >= 3 and all(storm.labels[0] > storm.labels[1] for storm in yes)
    assert max(yes, key=lambda storm: storm.posts).start.date() == pd.Timestamp("2018-11-06").date()
    # the other side is never loud: with a low floor it is seen, and no rival is made up
    low = stancekit.find_storms(labelled("ballot-2018.rtweet.csv.gz"), floor=3)
    for pair in low.rivals:
        assert {"yeson1631", "noon1631"} == {pair["first"].casefold(), pair["second"].casefold()}


def test_a_slogan_that_many_mock(labelled):
    found = stancekit.find_storms(labelled("airlines-2015-02.csv.gz", author="name"), "phrases")
    (storm,) = found
    assert "on fleek" in storm.key and storm.start.floor("h") == pd.Timestamp("2015-02-23 18:00Z")
    assert storm.accounts > 90 and storm.reposts < 5
    assert not any("without a time" in words for words in found.missing)  # their ids hold it


def test_breaking_news_has_no_camps(labelled):
    posts = labelled("rumoureval-2014-16.csv.gz")
    found = stancekit.find_storms(posts)
    assert {"ferguson", "charliehebdo", "sydneysiege"} <= {one.key.casefold() for one in found}
    assert not len(found.rivals)
    assert found.gap_hours > 1_000  # between the events nothing was collected


def test_anger_at_one_politician_is_no_storm_of_a_hashtag(labelled):
    found = stancekit.find_storms(labelled("aoc-2019-03.csv.gz"))
    assert len(found) <= 2 and not len(found.rivals)
