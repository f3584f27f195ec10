"""Storms of hashtags: when, how loud, by how many; and what is none."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.errors import ArgumentError, InputError
from stancekit.scores.scoring import make_report
from tests.events.storms.evenings import EVENING, posts, quiet, together

HOUR = pd.Timedelta(hours=1)
SAME = ["key", "start", "end", "posts", "accounts", "voices", "critical", "floor"]


def storms(*parts, **options):
    return stancekit.find_storms(together(*parts), **options)


def found(*parts, **options):
    return storms(*parts, **options).to_frame()


def test_a_storm_in_a_quiet_week():
    whole = storms(quiet(), posts(200))
    (storm,) = whole
    assert (storm.key, storm.posts, storm.accounts, storm.voices) == ("NoTram", 200, 200, 200)
    assert storm.start == EVENING and storm.end < EVENING + 3 * HOUR
    assert not storm.begins_before_file and not storm.ends_after_file
    assert storm.shares[0][1] == 1 and storm.shares[1][1] > 0.97
    assert whole["#notram"] is storm
    assert "NoTram" in str(whole) and "2026-05-04 20:00" in whole._repr_html_()


def test_what_is_as_loud_every_day_is_no_storm():
    evenings = [
        posts(100, "dinner", start=EVENING - pd.Timedelta(days=day), prefix=f"d{day}")
        for day in range(8)
    ]
    assert not len(storms(quiet(), *evenings))
    (one,) = storms(quiet(), *evenings, posts(900, "dinner", prefix="more"))
    assert one.start.floor("h") == EVENING and one.rise > 5


def test_two_evenings_are_two_storms():
    table = found(quiet(9), posts(200), posts(60, start=EVENING + 48 * HOUR, prefix="b"))
    assert table.sort_values("start")["posts"].tolist() == [200, 60]


def test_the_slope_of_a_storm_is_none_of_its_own():
    slope = posts(60, start=EVENING + 3 * HOUR, minutes=240, prefix="b")
    assert len(found(quiet(), posts(900), slope)) == 1


def test_one_account_storms_alone_no_more_than_a_bot_does():
    assert not len(storms(quiet(), posts(500, accounts=1)))
    with_bot = storms(quiet(), posts(90), posts(2000, accounts=1, minutes=60, prefix="bot"))
    (storm,) = with_bot
    assert storm.end > EVENING + 2 * HOUR  # the bot's hour has no fivefold weight


@given(st.integers(2, 40))
@settings(max_examples=10)
def test_reposts_are_posts_and_no_voices(count):
    reposts = posts(count, kind="repost", prefix="r", minutes=120)
    before, after = found(quiet(), posts(90)), found(quiet(), posts(90), reposts)
    assert after["posts"][0] == before["posts"][0] + count
    assert after["voices"].tolist() == before["voices"].tolist()
    assert after["critical"].tolist() == before["critical"].tolist()


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_the_order_of_rows_does_not_matter(random):
    whole = together(quiet(), posts(90, label="neutral"), posts(80, "YesTram", prefix="b"))
    order = list(range(len(whole)))
    random.shuffle(order)
    one, other = storms(whole), storms(whole.iloc[order])
    pd.testing.assert_frame_equal(one.to_frame(), other.to_frame())
    assert str(one) == str(other)


@given(st.integers(1, 300), st.integers(0, 100))
@settings(max_examples=10)
def test_posts_of_other_keys_do_not_change_a_storm(count, hours):
    others = posts(
        count, "lunch", start=EVENING - hours * HOUR, minutes=60 * hours + 60, prefix="x"
    )
    before, after = found(quiet(), posts(90)), found(quiet(), posts(90), others)
    after = after[after["key"] == "NoTram"].reset_index(drop=True)
    pd.testing.assert_frame_equal(after[SAME], before[SAME])


@given(st.integers(1, 30), st.integers(2, 17))
@settings(max_examples=15)
def test_a_gap_in_everything_parts_no_storm(begin, length):
    whole = together(quiet(per_hour=10), posts(2000, minutes=48 * 60))
    lost = whole["created_at"].between(
        EVENING + begin * HOUR, EVENING + (begin + length) * HOUR, inclusive="left"
    )
    result = storms(whole[~lost])
    (storm,) = result
    assert storm.gap_hours == length == result.gap_hours
    assert "stood still" in storm.note
    # one of this key alone does part it, if it is long
    apart = storms(whole[~(lost & whole["text"].str.contains("NoTram"))])
    assert len(apart) == (2 if length >= 6 else 1)


def test_what_lies_before_and_after_the_file_is_said():
    (storm,) = storms(posts(200, minutes=110))
    assert storm.begins_before_file and storm.ends_after_file
    assert "start lies before the file" in storm.note
    assert "searched for" in storm.note
    assert np.isnan(storm.rise)


def test_days_and_missing_times_are_left_out_and_counted():
    dayless = posts(30, prefix="x", created_at=pd.NaT)
    days = posts(20, prefix="y").assign(time_known=False)
    whole = storms(quiet(), posts(90).assign(time_known=True), dayless, days)
    (storm,) = whole
    assert storm.posts == 90
    assert any(words.startswith("50 of ") and "time" in words for words in whole.missing)


def test_spellings_are_one_key_and_shown():
    main = posts(200)
    slips = posts(20, "NoTrams", minutes=60)  # the first twenty of the same accounts
    (storm,) = storms(quiet(), main, slips)
    assert [*map(str, storm.variants)] == ["NoTrams (20)"]
    assert storm.posts == 220 and storm.accounts == 200


def test_names_alike_of_others_are_other_keys():
    table = found(quiet(), posts(90), posts(90, "NoTraum", prefix="b"))
    assert set(table["key"]) == {"NoTram", "NoTraum"}


def test_few_accounts_have_counts_and_many_a_coefficient():
    few, many = (
        found(quiet(), posts(300, accounts=50)).iloc[0],
        found(quiet(), posts(400)).iloc[0],
    )
    assert few["posts_by_account"] == "6 × 50" and np.isnan(few["gini"])
    assert many["posts_by_account"] == "" and many["gini"] == 0 and many["top1_share"] == 0.01


def test_without_accounts_it_is_told():
    (storm,) = storms(quiet(), posts(90)[["text", "created_at", "label"]])
    assert storm.accounts == 0 and "accounts not known" in storm.note


def test_top_targets_count_accounts_not_posts():
    angry = posts(60, accounts=20, reply_to_author="mara_vend", prefix="b")
    (storm,) = storms(quiet(), posts(90), angry)
    assert storm.targets[0] == ("mara_vend", 20)


def test_a_call_for_a_time_is_evidence_of_a_plan():
    call = posts(1, start=EVENING - 5 * HOUR, prefix="c", text="Tonight, 8pm sharp: #NoTram")
    (storm,) = storms(quiet(), call, posts(90))
    assert storm.announced == 1 and storm.announced_ids == ("cNoTram0",)
    (other,) = storms(quiet(), posts(90))
    assert other.announced == 0


def test_the_same_from_parts_as_from_one_frame(tmp_path):
    whole = together(quiet(), posts(200), posts(90, "YesTram", label="supportive", prefix="b"))
    stancekit.label_frame(whole.drop(columns="label"), model="fast")
    labelled = stancekit.label_frame(whole.drop(columns="label"), model="fast")
    (tmp_path / "parts").mkdir()
    for number, start in enumerate(range(0, len(labelled), 300)):
        part = labelled.iloc[start : start + 300]
        part.to_parquet(tmp_path / "parts" / f"part-{number:05}.parquet", index=False)
    pd.testing.assert_frame_equal(
        stancekit.find_storms(tmp_path / "parts").to_frame(),
        stancekit.find_storms(labelled).to_frame(),
    )


def test_hours_have_a_band_and_say_where_the_storm_is():
    hours = storms(quiet(), posts(200)).hours("NoTram")
    inside = hours[hours["storm"].notna() & (hours["label"] == "critical")]
    assert inside["labelled"].sum() == 200
    assert (inside["low"] < inside["share"]).all() and (inside["high"] <= 1).all()
    assert hours["hour"].nunique() == 3 + 24 and not hours.duplicated(["hour", "label"]).any()


def test_no_storm_is_a_result_too():
    none = storms(quiet())
    assert str(none).startswith("No storm of a hashtag in ")
    assert list(none.to_frame().columns) == list(found(quiet(), posts(90)).columns)
    assert list(none.to_frame().dtypes) == list(found(quiet(), posts(90)).dtypes)
    with pytest.raises(InputError, match="no storm"):
        none.hours("NoTram")


def test_what_cannot_be_asked():
    with pytest.raises(ArgumentError, match="hashtags"):
        storms(quiet(), key="emoji")
    with pytest.raises(ArgumentError, match="at least 1"):
        storms(quiet(), floor=0)


def test_pictures(tmp_path):
    pytest.importorskip("matplotlib")
    for whole in (storms(quiet(), posts(90)), storms(quiet())):
        whole.plot().figure.savefig(tmp_path / "storms.png")


def test_hours_allow_for_what_labels_get_wrong():
    mixed = posts(300, label=["critical", "neutral"] * 150, prefix="m", minutes=60)
    found = storms(quiet(), mixed)
    one = found.hours("NoTram", {"critical": (0.8, 0.9, 200, 800)})
    hour = one[one["storm"].notna() & (one["label"] == "critical")].iloc[0]
    assert hour["share"] == 0.5 and hour["corrected"] == pytest.approx(0.4 / 0.7)
    assert hour["corrected_high"] - hour["corrected_low"] > hour["high"] - hour["low"]
    unsure = found.hours("NoTram", {"critical": (0.5, 0.6, 200, 800)})
    assert unsure["corrected"].isna().all()
    assert "below 1.3" in set(unsure["why_not"].str[-9:])
    with pytest.raises(ArgumentError, match="evaluate"):
        found.hours("NoTram", "errors")
    with pytest.raises(ArgumentError, match="of 'angry'"):
        found.hours("NoTram", {"angry": (0.8, 0.9, 200, 800)})


def test_a_report_says_how_labels_err():
    truth = list(stancekit.LABELS) * 60
    proba = np.eye(4)[[0, 1, 2, 3] * 60] * 0.8 + 0.05
    report = make_report(truth, proba, stancekit.LABELS, how="Made up.")
    hours = storms(quiet(), posts(200)).hours("NoTram", report)
    assert hours["corrected"].notna().any()


def test_a_post_that_stands_in_the_file_twice_counts_once():
    storm = posts(90)
    whole = storms(quiet(), storm, storm.head(40))
    assert whole.storms[0].posts == 90
    assert "40 of 802 posts have the id of another: each counts once" in whole.missing


def test_what_is_loud_and_no_storm_is_counted():
    evenings = [
        posts(100, "dinner", start=EVENING - pd.Timedelta(days=day), prefix=f"d{day}")
        for day in range(8)
    ]
    found = storms(quiet(), *evenings, posts(60, "bot", accounts=2))
    assert found.no_storms == (
        "1 hashtag has an hour of 10 posts, but no more than on other days: no storm",
    )
    alone = storms(quiet(), posts(400, "bot", accounts=4))
    assert "by fewer than 5 accounts" in alone.no_storms[0]
