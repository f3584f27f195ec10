from dataclasses import replace

import pytest

from stancekit.runs.part import Counts
from stancekit.runs.summary import RunSummary, summary_of

SUMMARY = RunSummary(
    posts=100_000,
    reposts=12_000,
    counts={"supportive": 30_000, "critical": 60_000, "dog-piling": 0, "neutral": 9_000},
    repost_counts={"supportive": 2_000, "critical": 9_000, "dog-piling": 0, "neutral": 1_000},
    skipped={"empty": 900, "unsure": 100},
    rejects=2,
    seconds=2.5,
    resumed=0,
    source="storm.jsonl",
    destination="labels.csv",
    rejects_file="labels.csv.rejects.jsonl",
    model="default@0123456789ab",
    notices=("All is invented.",),
    left_out={"not public": 30, "time not told": 4},
)


def test_the_summary_is_a_readable_screen():
    assert str(SUMMARY).splitlines() == [
        "99,000 of 100,000 posts labelled in 2.5 s (40,000 posts/s)",
        "  from   storm.jsonl",
        "  to     labels.csv",
        "  model  default@0123456789ab",
        "",
        "  label             own posts  share  reposts",
        "  ────────────────  ─────────  ─────  ───────",
        "  supportive           28,000  32.2%    2,000",
        "  critical             51,000  58.6%    9,000",
        "  dog-piling                0   0.0%        0",
        "  neutral               8,000   9.2%    1,000",
        "  no label: empty         900",
        "  no label: unsure        100",
        "",
        "• 2 rows were left out; each is in labels.csv.rejects.jsonl",
        "• Left out as asked: 30 not public, 4 time not told.",
        "• All is invented.",
        "• Shares are raw counts of labels (classify and count). They lean towards the",
        "  classes a model over-predicts: correct them with a hand-labelled sample before",
        "  you report them.",
        "• Reposts are the words of others and count in no share; in the output their",
        "  `kind` is repost.",
    ]


def test_shares_are_of_labelled_own_posts_and_add_up_to_one():
    assert sum(SUMMARY.shares.values()) == pytest.approx(1)
    assert SUMMARY.labelled == 99_000


def test_without_reposts_nothing_is_said_of_them():
    assert "eposts" not in str(replace(SUMMARY, reposts=0))


def test_nothing_labelled_divides_by_nothing():
    empty = replace(SUMMARY, posts=0, counts={"critical": 0}, repost_counts={"critical": 0})
    assert empty.shares == {"critical": 0.0}
    assert str(replace(empty, seconds=0.0)).startswith("0 of 0 posts")


def counts(authors: list[str], **more: int) -> Counts:
    return Counts(
        rows=5,
        reposts=1,
        labels={"critical": 3},
        repost_labels={"critical": 1},
        reasons={"empty": 2},
        left_out={"not public": 1},
        authors=authors,
        **more,
    )


def summed_up(*parts: Counts) -> RunSummary:
    known = {name: getattr(SUMMARY, name) for name in ("source", "destination", "rejects_file")}
    return summary_of(
        parts, ["neutral", "critical"], rejects=0, seconds=1.0, resumed=0, model="m", **known
    )


def test_parts_add_up_and_every_class_is_kept():
    summary = summed_up(counts(["a"]), counts(["b"]))
    assert (summary.posts, summary.reposts) == (10, 2)
    assert summary.counts == {"neutral": 0, "critical": 6}
    assert summary.repost_counts == {"neutral": 0, "critical": 2}
    assert (summary.skipped, summary.left_out) == ({"empty": 4}, {"not public": 2})


def test_counts_add_up_in_any_order():
    one, two, three = (counts([name]) for name in "cab")
    assert one + two + three == three + two + one
    assert (one + two + three).authors == ["a", "b"]
    assert one + Counts() == one


def test_one_author_in_all_parts_is_noticed():
    assert summed_up(counts(["a"]), counts(["a"])).notices
    assert not summed_up(counts(["a"]), counts(["b"])).notices
    assert not summed_up(counts([]), counts([])).notices


def test_languages_an_english_model_does_not_know_are_told_from_a_twentieth_on():
    def parts(other):
        return [counts(["a", "b"], told=50, other=n) for n in (other, 0)]

    assert not summed_up(*parts(5)).notices
    [notice] = summed_up(*parts(6)).notices
    assert "6% of the posts do not look English (6 of 100 looked at)" in notice
