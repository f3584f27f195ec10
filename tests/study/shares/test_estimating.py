"""Shares from labels and a checked sample: what is joined, refused, weighed and said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stancekit
from stancekit.errors import ArgumentError, InputError, LabelWarning
from stancekit.scores.scoring import make_report
from tests.support import errors

MAIN = "post-stratified"


@pytest.fixture(scope="module")
def posts():
    rng = np.random.default_rng(2)
    made = errors.labelled(rng, [0.1, 0.9], errors.TWO, 3000)
    made["text"] = "number " + made["number"].astype(str) + " of the posts"
    made["month"] = rng.choice(["May", "June"], len(made), p=[0.95, 0.05])
    return made


@pytest.fixture(scope="module")
def sample(posts):
    return posts.sample(300, random_state=1)[["id", "text", "true_label"]]


def hidden(posts):
    return posts.drop(columns="true_label")


def share(found, label, method=MAIN, group=None):
    """The row of a label in all posts, or in a group."""
    frame = found.to_frame()
    frame = frame[(frame["label"] == label) & (frame["method"] == method)]
    where = frame["group"].isna() if group is None else frame["group"] == group
    (row,) = frame[where.fillna(False)].to_dict("records")
    return row


def test_it_is_nearer_to_the_truth_than_the_count(posts, sample):
    found = stancekit.estimate_shares(hidden(posts), sample)
    truth = (posts["true_label"] == "yes").mean()
    one, counted = share(found, "yes"), share(found, "yes", "count")
    assert one["low"] <= truth <= one["high"]
    assert abs(one["share"] - truth) < abs(counted["share"] - truth) or one["low"] > 0
    assert counted["share"] == (posts["label"] == "yes").mean()
    assert found.whole.checked == 300
    assert all(worth >= 0 for worth in found.whole.worth)


def test_shares_add_up_and_the_same_seed_gives_the_same(posts, sample):
    first = stancekit.estimate_shares(hidden(posts), sample, by="month", seed=4)
    again = stancekit.estimate_shares(hidden(posts), sample, by="month", seed=4)
    pd.testing.assert_frame_equal(first.to_frame(), again.to_frame())
    for part in (first.whole, *first.parts):
        for method in (MAIN, "count"):
            assert sum(one.share for one in part.found[method]) == pytest.approx(1)
        assert all(0 <= one.low <= one.share <= one.high <= 1 for one in part.found[MAIN])


def test_it_is_joined_by_key_or_by_text(posts, sample):
    by_key = stancekit.estimate_shares(hidden(posts), sample[["id", "true_label"]])
    texts = sample[["text", "true_label"]].assign(text="'  " + sample["text"])  # as Excel leaves it
    by_text = stancekit.estimate_shares(hidden(posts), texts)
    pd.testing.assert_frame_equal(by_key.to_frame(), by_text.to_frame())
    floats = sample[["id", "true_label"]].assign(id=sample["id"].astype(float))
    assert stancekit.estimate_shares(hidden(posts), floats).whole == by_key.whole


def test_rows_not_filled_in_and_strangers_are_left_out_and_said(posts, sample):
    some = sample.copy()
    some.loc[some.index[:20], "true_label"] = None
    some.loc[some.index[20:25], ["id", "text"]] = [-1, "nobody wrote this"]
    found = stancekit.estimate_shares(hidden(posts), some)
    assert found.whole.checked == 275
    said = " ".join(found.notes)
    assert "20 rows of the checked posts are not filled in" in said
    assert "5 checked posts are not among the labelled ones" in said


def test_spellings_are_one_label_and_unknown_ones_are_refused(posts, sample):
    spelt = sample.assign(true_label=" " + sample["true_label"].str.upper())
    found = stancekit.estimate_shares(hidden(posts), spelt)
    assert found.whole == stancekit.estimate_shares(hidden(posts), sample).whole
    other = sample.copy()
    other.loc[other.index[:3], "true_label"] = "unclear"
    with pytest.raises(InputError, match=r"'unclear' \(3\).*label_map"):
        stancekit.estimate_shares(hidden(posts), other)
    found = stancekit.estimate_shares(hidden(posts), other, label_map={"Unclear": None})
    assert found.whole.checked == 297


def test_several_annotators_vote(posts, sample):
    three = pd.concat(
        [sample.assign(annotator=who) for who in ("ana", "bo", "cy")], ignore_index=True
    ).rename(columns={"id": "item_id", "true_label": "label"})
    wrong = (three["annotator"] == "cy") & (three["label"] == "yes")
    three.loc[wrong, "label"] = "no"
    found = stancekit.estimate_shares(hidden(posts), three)
    assert found.whole == stancekit.estimate_shares(hidden(posts), sample).whole


def test_a_sample_chosen_by_uncertainty_is_refused(posts):
    sure = np.linspace(0.5, 1, len(posts))
    with_proba = posts.assign(yes=np.where(posts["label"] == "yes", sure, 1 - sure))
    with_proba["no"] = 1 - with_proba["yes"]
    chosen = with_proba.sort_values("id")[:400].sample(200, random_state=0)  # the least sure
    with pytest.raises(InputError, match=r"less surely labelled.*for_shares"):
        stancekit.estimate_shares(hidden(with_proba), chosen[["id", "true_label"]])
    trusted = stancekit.estimate_shares(
        hidden(with_proba), chosen[["id", "true_label"]], random=True
    )
    assert trusted.whole.checked == 200
    drawn = with_proba.sample(200, random_state=0)[["id", "true_label"]]
    assert stancekit.estimate_shares(hidden(with_proba), drawn).whole.checked == 200
    marked = drawn.assign(drawn_as="uncertain")
    with pytest.raises(InputError, match="with what probability is not recorded"):
        stancekit.estimate_shares(hidden(with_proba), marked)


def test_horvitz_and_thompson_where_probabilities_are_recorded(posts):
    certain = posts[:200].assign(inclusion=1.0, drawn_as="uncertain")
    rest = posts[200:].sample(280, random_state=3).assign(inclusion=0.1, drawn_as="random")
    file = pd.concat([certain, rest])[["id", "true_label", "drawn_as", "inclusion"]]
    found = stancekit.estimate_shares(hidden(posts), file)
    truth = (posts["true_label"] == "yes").mean()
    for method in (MAIN, "Horvitz–Thompson"):
        one = share(found, "yes", method)
        assert one["low"] <= truth <= one["high"]
    file.loc[file.index[:50], "true_label"] = None
    with pytest.raises(InputError, match="50 of the 200 posts chosen by uncertainty"):
        stancekit.estimate_shares(hidden(posts), file)


def test_few_checked_in_a_group_take_the_errors_of_all(posts, sample):
    found = stancekit.estimate_shares(hidden(posts), sample, by="month")
    june, may = found.parts
    assert (june.name, june.pooled, may.pooled) == ("June", True, False)
    assert "1 of 2 groups have fewer than 30 checked posts" in " ".join(found.notes)
    assert "chi-square" in " ".join(found.notes)
    assert "(pooled)" in str(found)
    with pytest.raises(ArgumentError, match="by='year' is no column"):
        stancekit.estimate_shares(hidden(posts), sample, by="year")


def test_groups_that_err_differently_are_told():
    rng = np.random.default_rng(0)
    right = errors.labelled(rng, [0.5, 0.5], np.eye(2), 1000)
    wrong = errors.labelled(rng, [0.5, 0.5], np.eye(2)[::-1], 1000)
    both = pd.concat([right.assign(of="a"), wrong.assign(of="b")], ignore_index=True)
    both["id"] = range(len(both))
    found = stancekit.estimate_shares(
        hidden(both), both.sample(200, random_state=0)[["id", "true_label"]], by="of"
    )
    assert "p = 0.001" in " ".join(found.notes)


def test_periods_are_those_of_created_at(posts, sample):
    dated = posts.drop(columns="month").assign(
        created_at=pd.Timestamp("2024-05-30", tz="UTC")
        + pd.to_timedelta(np.arange(len(posts)) % 4, "D")
    )
    found = stancekit.estimate_shares(hidden(dated), sample, by="month")
    assert [part.name for part in found.parts] == ["2024-05", "2024-06"]


@pytest.fixture(scope="module")
def repeated():
    rng = np.random.default_rng(8)
    copies = errors.zipf(rng, 4000)
    made = errors.labelled(rng, [0.2, 0.8], errors.TWO, len(copies), copies)
    made["text"] = "number " + made["number"].astype(str) + " of the posts"
    return made


def test_what_was_drawn_is_told_from_the_copies(repeated):
    texts = repeated.drop_duplicates("text").sample(300, random_state=0)
    found = stancekit.estimate_shares(hidden(repeated), texts[["id", "true_label"]])
    assert "as rarely as a draw of different texts" in " ".join(found.notes)
    posts = repeated.sample(300, random_state=0)
    found = stancekit.estimate_shares(hidden(repeated), posts[["id", "true_label"]])
    assert "draw of different texts" not in " ".join(found.notes)
    assert found.whole.size == len(repeated)


def test_units(repeated):
    texts = repeated.drop_duplicates("text")
    sample = texts.sample(300, random_state=0)[["id", "true_label"]]
    found = stancekit.estimate_shares(hidden(repeated), sample, unit="texts")
    assert found.whole.size == pytest.approx(len(texts))
    assert share(found, "yes", "count")["share"] == pytest.approx((texts["label"] == "yes").mean())
    with pytest.raises(InputError, match="author_id or author"):
        stancekit.estimate_shares(hidden(repeated), sample, unit="accounts")
    owned = repeated.assign(author=repeated["id"] % 500)
    by_account = stancekit.estimate_shares(hidden(owned), sample, unit="accounts")
    assert by_account.whole.size == pytest.approx(500)


def test_posts_of_the_same_accounts_are_worth_less(posts):
    owned = posts.assign(author="a" + (posts["id"] // 20).astype(str))
    owned["true_label"] = np.where(owned["id"] // 20 % 5 == 0, "yes", "no")  # accounts are alike
    chosen = owned[owned["id"] // 20 % 10 < 2]  # 30 accounts, all their posts
    whole = stancekit.estimate_shares(hidden(owned), chosen[["id", "true_label"]])
    assert "share an account" in " ".join(whole.notes)
    assert "design effect" in " ".join(whole.notes)
    apart = stancekit.estimate_shares(hidden(owned), chosen[["id", "true_label"]], drawn="posts")
    width = [share(found, "yes")["high"] - share(found, "yes")["low"] for found in (whole, apart)]
    assert width[0] > 2 * width[1]


def test_without_checked_posts_it_rests_on_posts_from_elsewhere(posts):
    with pytest.raises(ArgumentError, match="without checked posts"):
        stancekit.estimate_shares(hidden(posts))
    rng = np.random.default_rng(1)
    there = errors.labelled(rng, [0.5, 0.5], errors.TWO, 4000)
    found = stancekit.estimate_shares(hidden(posts), held_out=there)
    truth = (posts["true_label"] == "yes").mean()
    assert share(found, "yes", "ACC")["share"] == pytest.approx(truth, abs=0.03)
    assert "nothing in these posts can show" in str(found)
    assert "not corrected" in str(found)


def test_methods_that_disagree_are_warned_of(posts):
    proba = np.where(posts["label"] == "yes", 0.95, 0.02)
    sure = hidden(posts).assign(yes=proba, no=1 - proba)
    report = make_report(
        ["yes"] * 50 + ["no"] * 50, [[0.9, 0.1]] * 40 + [[0.2, 0.8]] * 60, ["yes", "no"], how="-"
    )
    with pytest.warns(LabelWarning, match="differ by up to"):
        stancekit.estimate_shares(sure, held_out=report)


def test_what_cannot_be_is_refused(posts, sample):
    for wrong in ({"unit": "people"}, {"drawn": "lots"}, {"level": 1}, {"draws": 5}):
        with pytest.raises(ArgumentError):
            stancekit.estimate_shares(hidden(posts), sample, **wrong)
    with pytest.raises(InputError, match="no column of true labels"):
        stancekit.estimate_shares(hidden(posts), sample[["id"]])
    with pytest.raises(InputError, match="is the model's"):
        stancekit.estimate_shares(hidden(posts), posts[["id", "label"]].assign(confidence=0.5))
    with pytest.raises(InputError, match="is empty"):
        stancekit.estimate_shares(hidden(posts), sample.assign(true_label=None))
    with pytest.raises(InputError, match="none of the 300 checked posts"):
        stancekit.estimate_shares(hidden(posts), sample[["true_label"]].assign(id=-1))
    with pytest.raises(InputError, match=r"3,000 different labels.*does it hold texts"):
        stancekit.estimate_shares(hidden(posts), sample, label="text")
    with pytest.raises(InputError, match="no post has a label"):
        stancekit.estimate_shares(hidden(posts).assign(label=None), sample)


def test_it_is_shown(posts, sample):
    found = stancekit.estimate_shares(hidden(posts), sample, by="month")
    assert "<script" not in found._repr_html_()
    assert found._repr_html_().count("<table") == 2
    ax = found.plot()
    assert len(ax.get_legend().get_texts()) == 2
    single = stancekit.estimate_shares(hidden(posts), sample).plot()
    assert [tick.get_text() for tick in single.get_yticklabels()] == ["yes", "no"]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=5, max_size=60),
    st.integers(0, 2**31),
)
def test_whatever_was_checked_shares_are_shares(pairs, seed):
    names = np.array(["a", "b", "c"], object)
    frame = pd.DataFrame({"id": range(len(pairs)), "label": names[[j for j, _ in pairs]]})
    frame["true_label"] = names[[k for _, k in pairs]]
    frame["label"] = pd.Categorical(frame["label"], categories=names)
    found = stancekit.estimate_shares(
        frame[["id", "label"]], frame[::2][["id", "true_label"]], draws=200, seed=seed
    )
    ones = found.whole.found[MAIN]
    assert sum(one.share for one in ones) == pytest.approx(1)
    assert all(0 <= one.low <= one.high <= 1 + 1e-12 for one in ones)


def test_all_posts_checked_leave_nothing_uncertain():
    frame = pd.DataFrame({"id": range(40), "label": ["a", "b"] * 20, "true_label": ["a"] * 40})
    found = stancekit.estimate_shares(frame[["id", "label"]], frame[["id", "true_label"]])
    assert found.whole.found[MAIN][0].low == found.whole.found[MAIN][0].high == 1


def test_one_label_alone_and_two_rows_are_no_error():
    one = pd.DataFrame({"id": range(30), "label": "x", "text": "the same"})
    found = stancekit.estimate_shares(one, one[:10][["id"]].assign(true_label="x"))
    assert found.whole.found[MAIN][0].share == 1
    two = pd.DataFrame({"id": [1, 2], "label": ["x", "y"]})
    found = stancekit.estimate_shares(two, two[:1][["id"]].assign(true_label="y"))
    assert found.whole.found[MAIN][1].low >= 0.5
    assert "hardly any posts were checked" in " ".join(found.notes)
