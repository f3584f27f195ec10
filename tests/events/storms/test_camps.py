"""Rivals need a common target and opposite stances; two topics are no camps."""

import pandas as pd
import pytest

import stancekit
from tests.events.storms.evenings import EVENING, posts, quiet, together

HOUR = pd.Timedelta(hours=1)


def evening(first="supportive", second="critical", target="mara_vend", both=0, **columns):
    one = posts(120, "StandWithMara", label=first, prefix="s", mentions=[[target]] * 120)
    other = posts(
        120, "MaraMustGo", label=second, prefix="c", start=EVENING + HOUR,
        mentions=[[columns.get("other", target)]] * 120,
    )  # fmt: skip
    other.loc[: both - 1, "author"] = [f"s{n}" for n in range(both)]
    return stancekit.find_storms(together(quiet(), one, other))


def test_opposite_camps_are_rivals_and_the_later_one_answers():
    found = evening(both=3)
    assert found["MaraMustGo"].rival_of == ("StandWithMara",)
    assert found["MaraMustGo"].counter_storm_of == ("StandWithMara",)
    assert found["StandWithMara"].counter_storm_of == ()
    assert found["StandWithMara"].camps == ("for @mara_vend",)
    assert found["MaraMustGo"].camps == ("against @mara_vend",)
    (pair,) = found.rivals_frame().itertuples()
    assert (pair.target, pair.first_supportive, pair.second_supportive) == ("@mara_vend", 1, 0)
    assert pair.odds_high < 0.5 and pair.hours_apart == 1
    assert "Rivals" in str(found)


@pytest.mark.parametrize(
    "no",
    [
        {"second": "supportive"},  # of one mind
        {"first": "neutral"},  # of no mind
        {"other": "jo_plint"},  # about somebody else
        {"both": 60},  # the same people
    ],
)
def test_what_makes_no_rivals(no):
    assert not len(evening(**no).rivals)


def test_a_hashtag_of_both_is_a_target():
    text = [f"{n} #StandWithMara #council" for n in range(120)]
    one = posts(120, "StandWithMara", label="supportive", prefix="s", text=text)
    text = [f"{n} #MaraMustGo #council" for n in range(120)]
    other = posts(120, "MaraMustGo", label="dog-piling", prefix="c", text=text)
    found = stancekit.find_storms(together(quiet(), one, other))
    assert set(found.rivals_frame()["target"]) == {"#council"}
    assert found["MaraMustGo"].counter_storm_of == ()  # they began together


def test_pile_ons_are_linked_by_target_and_time():
    angry = posts(90, "MaraMustGo", reply_to_author="Mara_Vend")
    rows = [
        {"target": "mara_vend", "level": "pile-on", "start": EVENING, "end": EVENING + HOUR},
        {"target": "jo_plint", "level": "surge", "start": EVENING, "end": EVENING + HOUR},
        {
            "target": "mara_vend",
            "level": "surge",
            "start": EVENING - 30 * HOUR,
            "end": EVENING - 20 * HOUR,
        },
    ]
    found = stancekit.find_storms(together(quiet(), angry), pileons=pd.DataFrame(rows))
    (linked,) = found["MaraMustGo"].pileons
    assert (linked.target, linked.level, linked.accounts) == ("mara_vend", "pile-on", 90)
    assert found.to_frame()["pileons"][0] == "mara_vend (pile-on)"
