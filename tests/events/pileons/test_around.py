"""What is said beside the definition: who had met, who pointed, who acted as one, what followed."""

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.events.pileons.together import expected, pairs
from stancekit.scores.prevalence import Errors
from tests.events.pileons.inboxes import crowd, numbered, posts, quiet


def row(*parts, target="wren", **options):
    found = stancekit.find_pileons(numbered(quiet(), *parts), **{"draws": 100, **options})
    frame = found.to_frame()
    return frame[frame["target"] == target].iloc[0]


def test_strangers_are_those_who_had_never_met_the_target():
    storm = crowd("wren", 40, 40)
    met = posts("wren", storm["author"].iloc[:10].tolist(), np.linspace(5, 20, 10), "neutral")
    heard = posts(storm["author"].iloc[10:20].tolist(), "wren", np.linspace(5, 20, 10), "neutral")
    assert row(storm, met, heard)["strangers"] == pytest.approx(0.5)
    assert np.isnan(row(crowd("wren", 40, 40, day=1.5))["strangers"])


def test_an_amplifier_is_told_without_its_name_unless_asked():
    fans = posts("loud", [f"fan{n}" for n in range(30)], np.linspace(1, 29, 30), "supportive")
    pointed = posts("wren", "loud", [29.9], "critical").assign(kind="quote")
    storm = crowd("wren", 40, 20)
    told = row(fans, pointed, storm)
    assert told["amplifier_reach"] == 30 and told["amplifier"] != "loud"
    assert row(fans, pointed, storm, name_amplifiers=True)["amplifier"] == "loud"
    assert pd.isna(row(fans, storm)["amplifier"])


def test_accounts_that_write_the_same_within_a_minute_again_and_again():
    storm = crowd("wren", 40, 20).assign(text=None)
    days = 30.05 + np.repeat(np.arange(4) * 1000, 3) / 86_400
    words = [f"everybody write to the council now, number {n // 3}" for n in range(12)]
    team = posts("wren", ["x", "y", "z"] * 4, days, "critical", text=words)
    found = row(storm, team)
    assert found["coordinated"] == 3 and found["coordinated_expected"] < 1
    assert row(storm)["coordinated"] == 0


def test_chance_pairs_are_counted_by_the_same_rule():
    rng = np.random.default_rng(0)
    time, account = np.sort(rng.integers(0, 3_600, 300)), rng.integers(0, 5, 300)
    action = np.ones((300, 1), np.uint64)
    assert pairs(account, time, action) == 10
    assert expected(account, time, action, rng) == 10
    assert expected(account[:0], time[:0], action[:0], rng) == 0


def test_the_silence_of_the_target_is_told_and_decides_nothing():
    own = posts(None, "wren", np.linspace(20, 30, 20), "neutral").assign(kind="post")
    found = row(crowd("wren", 40, 20), own)
    assert found["target_posts_before"] > 1 and found["target_posts_after"] == 0
    assert found["level"] == row(crowd("wren", 40, 20))["level"]


def test_the_share_is_corrected_for_the_errors_of_labels():
    storm = crowd("wren", 200, 80)
    bare = row(storm)
    assert np.isnan(bare["corrected"]) and "nothing is corrected" in bare["missing"]
    told = row(storm, errors=Errors(0.7, 300, 0.95, 900))
    assert told["corrected_by"] == "Rogan–Gladen"
    assert told["corrected"] == pytest.approx((0.4 - 0.05) / 0.65, abs=0.03)
    assert told["corrected_low"] < told["corrected"]
    few = row(storm, errors=Errors(0.7, 30, 0.95, 900))
    assert np.isnan(few["corrected"]) and "only 30 checked posts" in few["missing"]
    weak = row(storm, errors=Errors(0.4, 300, 0.8, 900))
    assert "below 1.3" in weak["missing"]


def test_the_share_is_corrected_by_probabilities():
    storm = crowd("wren", 100, 50)
    table = numbered(quiet(), storm)
    hostile = table["label"] == "dog-piling"
    for name in ("supportive", "critical", "neutral"):
        table[name] = np.where(hostile, 0.1, 0.3)
    table["dog-piling"] = np.where(hostile, 0.7, 0.1)
    found = stancekit.find_pileons(table, draws=100).to_frame().iloc[0]
    assert found["corrected_by"] == "probabilities"
    assert found["corrected"] == pytest.approx(0.5 * 0.7 + 0.5 * 0.1, abs=0.02)


def test_errors_are_taken_from_a_report():
    from stancekit.scores.scoring import make_report

    truth = ["dog-piling"] * 100 + ["neutral"] * 300
    proba = np.zeros((400, 4))
    proba[:80, 2], proba[80:, 3] = 1, 1
    labels = ["supportive", "critical", "dog-piling", "neutral"]
    report = make_report(truth, proba, labels, how="invented")
    found = row(crowd("wren", 100, 40), errors=report)
    assert found["corrected"] == pytest.approx(found["share"] / 0.8)
