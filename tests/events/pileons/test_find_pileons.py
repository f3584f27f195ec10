"""What is found, whatever the order and the cut of the table, and what must stay silent."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.events.pileons.levels import LEVELS
from tests.events.pileons.inboxes import START, crowd, levels, numbered, posts, quiet

QUIET = quiet()


def find(*parts, **options):
    return stancekit.find_pileons(numbered(QUIET, *parts), **{"draws": 100, **options})


def same(one, other):
    columns = [name for name in one if name not in ("evidence", "amplifier")]
    pd.testing.assert_frame_equal(one[columns], other[columns])


def test_a_pile_on_is_found_where_it_was():
    found = find(crowd("wren", 90, 45)).to_frame()
    (row,) = found[found["target"] == "wren"].to_dict("records")
    assert row["level"] == "pile-on" and row["hostile"] == 45
    assert START + pd.Timedelta(days=30) <= row["start"] < row["end"]
    assert row["end"] <= START + pd.Timedelta(days=30, hours=5)
    assert row["share_low"] < row["share"] and row["q"] < 1e-3
    assert row["strangers"] == 1.0 and row["replies"] == 1.0
    assert "no past" in row["missing"]


def test_levels_by_what_was_written():
    found = find(
        crowd("storm", 80, 3),
        crowd("loved", 80, 2, label="supportive"),
        crowd("worse", 120, 34, label="neutral"),
        crowd("piled", 80, 40),
    )
    assert levels(found, "storm") == ["critical storm"]
    assert levels(found, "loved") == ["surge"]
    assert levels(found, "worse") == ["hostile surge"]
    assert levels(found, "piled") == ["pile-on"]


def test_one_who_does_it_again_and_again_is_no_pile_on():
    once = crowd("wren", 60, 60, hours=70).assign(author="one")
    found = find(once)
    assert levels(found, "wren") == ["repeated hostility"]
    assert levels(find(once.assign(label="supportive")), "wren") == []


def test_what_does_not_count():
    added = crowd("wren", 60, 60)
    assert levels(find(added.assign(kind="repost", reply_to_author=None)), "wren") == []
    inherited = added.assign(reply_to_author="town1", inherited=[["wren"]] * 60)
    assert levels(find(inherited), "wren") == []
    assert levels(find(added.assign(author="[deleted]")), "wren") == []
    assert levels(find(added.assign(author="wren")), "wren") == []


def test_a_busy_evening_every_evening_is_no_surge():
    rng = np.random.default_rng(3)
    days = rng.integers(0, 40, 900) + rng.normal(0.8, 0.08, 900)
    evenings = posts("wren", [f"e{n}" for n in range(900)], days, "critical")
    assert levels(find(evenings), "wren") == []


def test_all_that_begins_with_the_file_is_no_pile_on():
    rng = np.random.default_rng(3)
    begins = posts("wren", [f"e{n}" for n in range(400)], rng.uniform(0, 40, 400), "dog-piling")
    found = find(begins)
    assert "pile-on" not in levels(found, "wren")
    first = find(crowd("wren", 60, 30, day=0.1)).to_frame()
    assert (first["may_be_collection"] == "begins within a day of the file").all()


def test_what_comes_and_stays_may_be_the_collection():
    rng = np.random.default_rng(3)
    stays = posts("wren", [f"e{n}" for n in range(900)], rng.uniform(25, 40, 900), "critical")
    found = find(stays).to_frame()
    found = found[found["target"] == "wren"]
    assert len(found) == 1 and found["missing"].str.contains("may be the collection").all()


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(random):
    table = numbered(QUIET, crowd("wren", 50, 25), crowd("joss", 40, 2))
    rows = list(range(len(table)))
    random.shuffle(rows)
    one = stancekit.find_pileons(table, draws=50).to_frame()
    same(one, stancekit.find_pileons(table.iloc[rows], draws=50).to_frame())


def test_rows_that_stand_there_twice_count_once():
    table = numbered(QUIET, crowd("wren", 50, 25))
    twice = pd.concat([table, table.iloc[::2]])
    one, other = (stancekit.find_pileons(one, draws=50).to_frame() for one in (table, twice))
    same(one.drop(columns="missing"), other.drop(columns="missing"))


def test_posts_at_nobody_change_no_level():
    table = numbered(QUIET, crowd("wren", 50, 25))
    rng = np.random.default_rng(5)
    more = posts(None, [f"n{n}" for n in range(500)], rng.uniform(0, 40, 500), "neutral")
    both = numbered(table, more)
    assert levels(stancekit.find_pileons(both, draws=50)) == levels(
        stancekit.find_pileons(table, draws=50)
    )


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 60), st.integers(1, 30))
def test_more_hostile_accounts_never_lower_the_level(hostile, more):
    def rank(count):
        found = levels(find(crowd("wren", 60, count), draws=30), "wren")
        return max((LEVELS.index(level) for level in found), default=-1)

    assert rank(min(hostile + more, 60)) >= rank(hostile)


def test_parts_of_a_run_are_read_like_the_table(tmp_path):
    table = numbered(QUIET, crowd("wren", 50, 25)).assign(text="no", confidence=1.0, reason=None)
    table["model"] = "fast"
    for name in LABELS_OF_A_RUN:
        table[name] = (table["label"] == name).astype(float)
    order = [c for c in table if c not in ("label", "confidence", *LABELS_OF_A_RUN, "reason")]
    order.remove("model")
    table = table[[*order, "label", "confidence", *LABELS_OF_A_RUN, "reason", "model"]]
    for part in range(3):
        table.iloc[part::3].to_parquet(tmp_path / f"part-{part}.parquet", index=False)
    same(
        stancekit.find_pileons(table, draws=50).to_frame(),
        stancekit.find_pileons(tmp_path, draws=50).to_frame(),
    )


LABELS_OF_A_RUN = ("supportive", "critical", "dog-piling", "neutral")


@pytest.mark.parametrize("seed", [0, 1])
def test_what_is_said_of_an_episode_does_not_hang_on_chance(seed):
    one = find(crowd("wren", 50, 25), seed=seed)
    same(one.to_frame(), find(crowd("wren", 50, 25), seed=seed).to_frame())
