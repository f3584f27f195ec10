"""What is counted: by batch or at once, each account once, within bounds, at random by a seed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stancekit
from stancekit.errors import ArgumentError
from stancekit.events import reading
from stancekit.labels import LABELS
from stancekit.reporting import examples, most_addressed, most_used, tally
from stancekit.reporting.counting.examples import LONGEST
from stancekit.reporting.counting.model_error import error_of_checked
from stancekit.reporting.counting.pairs import Pairs
from stancekit.reporting.counting.timeline import WIDTHS
from stancekit.reporting.counting.words import log_odds
from tests.support.evening import labelled

ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 15), st.integers(0, 2)), min_size=1, max_size=60
)


@pytest.fixture(scope="module")
def posts():
    return labelled()


def test_nothing_hangs_on_where_batches_end(posts, monkeypatch):
    def all_of_it():
        return (
            tally(posts).to_frame(),
            stancekit.timeline(posts).to_frame(),
            stancekit.distinguishing(posts).to_frame(),
            most_used(posts).to_frame(),
            examples(posts, seed=4),
        )

    at_once = all_of_it()
    monkeypatch.setattr(reading, "ROWS", 37)
    for one, other in zip(at_once, all_of_it(), strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_the_tally_says_what_is_there_and_what_is_missing(posts):
    some = posts.copy()
    some.loc[some.index[:10], "label"] = None
    some.loc[some.index[:10], "reason"] = "empty"
    some.loc[some.index[10:30], "author"] = None
    some.loc[some.index[30:33], "author"] = "[deleted]"
    some.loc[some.index[40:45], "created_at"] = pd.NaT
    found = tally(some)
    assert (found.posts, found.labelled) == (600, 590)
    assert found.unlabelled == {"empty": 10}
    assert (found.without_author, found.without_time) == (23, 5)
    assert found.reposts == (some["kind"] == "repost").sum()
    assert found.accounts == some["author"][some["author"] != "[deleted]"].nunique()
    assert found.models == {"invented@0123456789ab": 600}
    assert sum(found.shares.values()) == pytest.approx(1)
    kept = some[(some["kind"] != "repost") & some["label"].notna()]
    assert dict(found.own) == kept["label"].value_counts().reindex(LABELS).fillna(0).to_dict()
    assert "own posts" in str(found)
    assert "own posts" not in str(tally(kept))


@given(ROWS)
def test_pairs_count_each_account_once(rows):
    word, account, label = (np.array(column) for column in zip(*rows, strict=True))
    pairs = Pairs()
    for start in range(0, len(rows), 7):
        part = slice(start, start + 7)
        own = word[part].astype(np.uint64) + np.uint64(1)
        spread = (account[part].astype(np.uint64) + np.uint64(1)) << np.uint64(40)
        pairs.add(own, spread, label[part], lambda at, own=own: [str(own[n] - 1) for n in at])
    words, counts = pairs.counts(3)
    found = {
        (int(one), place): int(n)
        for one, row in zip(words, counts, strict=True)
        for place, n in enumerate(row)
        if n
    }
    expected = {}
    for one, _, place in set(rows):
        expected[one, place] = expected.get((one, place), 0) + 1
    assert found == expected
    assert dict(zip(map(int, words), pairs.users(), strict=True)) == {
        one: len({who for w, who, _ in rows if w == one}) for one in set(word.tolist())
    }


def test_where_too_many_words_are_used_a_random_part_of_the_accounts_is_counted():
    rng = np.random.default_rng(0)
    pairs, every = Pairs(most_pairs=4_000), []
    for _ in range(20):
        account = rng.integers(0, 2**63, 500).astype(np.uint64) * np.uint64(2)
        word = rng.integers(1, 6, 500).astype(np.uint64)
        every.append((word, account))
        pairs.add(word, account, np.zeros(500, int), lambda at, w=word: [str(w[n]) for n in at])
    words, counts = pairs.counts(1)
    assert pairs.sampled < 1
    assert counts.sum() <= 4_000
    whole = {str(w): sum((words_ == w).sum() for words_, _ in every) for w in range(1, 6)}
    for name, count in zip(words, counts[:, 0], strict=True):
        assert count / pairs.sampled == pytest.approx(whole[name], rel=0.2)


def test_words_are_bounded_too():
    pairs = Pairs(most_words=50)
    rng = np.random.default_rng(1)
    for _ in range(30):
        word = rng.integers(1, 2**60, 20).astype(np.uint64)
        account = rng.integers(0, 2**63, 20).astype(np.uint64) * np.uint64(2)
        pairs.add(word, account, np.zeros(20, int), lambda at, w=word: [str(w[n]) for n in at])
        words, counts = pairs.counts(1)
        assert len(words) <= 70
        assert (counts.sum(axis=1) > 0).all()
        assert set(words) == set(map(str, words))


def test_log_odds_are_those_of_the_paper():
    own, others = np.array([40, 5, 200]), np.array([10, 25, 300])
    weight = 500 * (own + others) / (own + others).sum()
    one, other = own + weight, others + weight
    delta = np.log(one / (own.sum() + 500 - one)) - np.log(other / (others.sum() + 500 - other))
    z = delta / np.sqrt(1 / one + 1 / other)
    np.testing.assert_allclose(log_odds(own, others), (delta, z))
    turned = log_odds(others, own)
    np.testing.assert_allclose(turned, (-delta, -z))


def test_one_loud_account_writes_no_list(posts):
    loud = posts.head(60).assign(author="loud", text="zounds", label="critical", kind="post")
    found = stancekit.distinguishing(pd.concat([posts, loud], ignore_index=True)).to_frame()
    assert "zounds" not in set(found["word"])
    many = loud.assign(author=[f"other{n}" for n in range(60)])
    found = stancekit.distinguishing(pd.concat([posts, many], ignore_index=True)).to_frame()
    assert found[found["label"] == "critical"]["word"].iloc[0] == "zounds"


def test_words_hashtags_and_emoji_tell_the_labels_apart(posts):
    words = stancekit.distinguishing(posts).to_frame()
    assert words[words["label"] == "dog-piling"]["word"].iloc[0] == "clown"
    assert not words["word"].str.contains("ana_vale").any()
    emoji = stancekit.distinguishing(posts, "emoji").to_frame()
    assert set(emoji["word"]) == {"💙", "🤡"}
    used = most_used(posts, "hashtags").to_frame()
    assert set(used["word"]) == {"#savethetram", "#notram", "#tram"}
    assert (used["accounts"] <= used[list(LABELS)].sum(axis=1)).all()
    with pytest.raises(ArgumentError, match="of is"):
        stancekit.distinguishing(posts, "links")


def test_years_in_hashtags_and_words_are_told_apart():
    texts = ["#SaveTram24 covid19", "#savetram24 covid19", "#SaveTram25 covid20"] * 6
    rows = {"text": texts, "author": [f"a{n}" for n in range(18)], "label": "neutral"}
    used = most_used(pd.DataFrame(rows)).to_frame()
    assert dict(zip(used["word"], used["accounts"], strict=True)) == {
        "#savetram24": 12,
        "#savetram25": 6,
    }
    words = most_used(pd.DataFrame(rows), "words").to_frame()
    assert set(words["word"]) == {"covid19", "covid20"}


def test_examples_are_of_all_strata_cut_and_each_text_once(posts):
    long = posts.assign(text=posts["text"] + np.where(posts.index % 2, " and so on" * 40, ""))
    long.loc[long.index[-40:], "text"] = "the same"
    found = examples(long, n=12)
    assert found.groupby("label").size().to_dict() == dict.fromkeys(LABELS, 12)
    assert found["text"].str.len().max() == LONGEST
    assert not found.duplicated(["label", "text"]).any()
    assert found["confidence"].min() < 0.5
    assert found["confidence"].max() > 0.9
    assert not examples(long, n=12, seed=1).equals(found)
    long = long.iloc[:-40]
    found = examples(long, n=12)
    again = examples(long.sample(frac=1, random_state=2), n=12)
    assert set(zip(again["label"], again["text"], strict=True)) == set(
        zip(found["label"], found["text"], strict=True)
    )
    with pytest.raises(ArgumentError, match="0 to 50"):
        examples(posts, n=51)


def test_examples_take_no_reposts_and_need_no_confidence(posts):
    bare = posts[["text", "label", "kind"]]
    found = examples(bare, n=50)
    assert found["confidence"].isna().all()
    reposts = set(bare["text"][bare["kind"] == "repost"])
    assert not reposts & set(found["text"])


@given(st.integers(0, 6), st.integers(1, 400))
def test_a_timeline_holds_every_post(spread, count):
    rng = np.random.default_rng(count)
    seconds = rng.integers(0, 10**spread * 60, count)
    times = pd.Timestamp("2031-01-01", tz="UTC") + pd.to_timedelta(seconds, unit="s")
    posts = pd.DataFrame({"label": ["critical"] * count, "created_at": times})
    found = stancekit.timeline(posts)
    assert found.counts.sum() + found.before + found.after == count
    assert found.width in WIDTHS
    assert len(found.start) <= 97 or found.width == max(WIDTHS)
    assert (np.diff(found.start) == found.width).all()


def test_a_post_of_another_age_does_not_stretch_a_timeline(posts):
    far = posts.copy()
    far.loc[far.index[0], "created_at"] = pd.Timestamp("2006-01-01", tz="UTC")
    found = stancekit.timeline(far)
    assert found.before == 1
    assert found.width < 3600
    assert "1 labelled posts lie far before" in str(found)


def test_shares_along_the_time_have_two_bands(posts):
    bare = stancekit.timeline(posts, every=1800).to_frame()
    assert bare["corrected"].isna().all()
    assert (bare["low"] <= bare["share"]).all()
    assert (bare["share"] <= bare["high"]).all()
    given_, true = [0] * 50 + [1] * 50, [0] * 40 + [1] * 60
    error = error_of_checked(given_, true, 4)
    found = stancekit.timeline(posts, every=1800, error=error).to_frame()
    assert found[["corrected", "model_low", "model_high"]].notna().all(axis=None)
    assert (found["model_low"] <= found["corrected"]).all()
    sums = found.groupby("start")["corrected"].sum()
    np.testing.assert_allclose(sums, 1)


def test_whom_posts_are_at(posts):
    found = most_addressed(posts).to_frame()
    row = found.iloc[0]
    at = posts[posts["reply_to_author"].notna()]
    assert row["account"] == "ana_vale"
    assert row["posts"] == len(at)
    assert row["accounts"] == at["author"].nunique()
    assert row[list(LABELS)].to_dict() == at["label"].value_counts().to_dict()
