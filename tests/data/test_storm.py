"""The invented storm in data/sample: made again it is the same; its truth is in the posts."""

import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from stancekit import LABELS, read_posts
from stancekit.posts import Notice, read_records
from stancekit.posts.times import snowflake_time

DATA = Path(__file__).resolve().parents[2] / "data"
SAMPLE = DATA / "sample"
TRUTH = json.loads((SAMPLE / "storm_truth.json").read_text("utf-8"))
CONTROLS = {control["what"]: control for control in TRUTH["controls"]}


@pytest.fixture(scope="module")
def posts() -> pd.DataFrame:
    """The posts with what each is meant to be, and the times that their ids carry."""
    (found,) = read_posts(SAMPLE / "storm.csv.gz")
    meant = pd.read_csv(SAMPLE / "storm_labels.csv.gz", dtype=str)
    assert found["id"].tolist() == meant["id"].tolist()
    raw = pd.read_csv(SAMPLE / "storm.csv.gz", dtype=str, keep_default_na=False)
    return found.assign(
        label=meant["label"].to_numpy(),
        part=meant["part"].to_numpy(),
        chain=raw["reply_chain"].str.split(),
        stated=raw["created_at"],
        when=pd.to_datetime([snowflake_time(number) for number in found["id"]], utc=True),
    )


def known(posts: pd.DataFrame) -> set[str]:
    return set(posts["author"].dropna())


def at_target(posts: pd.DataFrame, target: str) -> pd.DataFrame:
    answered = posts["chain"].map(lambda names: names[:1] == [target])
    # who goes on in a thread of their own is in no chain: its first name is of somebody else
    parents = posts.set_index("id")["author"]
    parent = posts["reply_to_id"].map(parents)
    answered &= parent.isna() | (parent == target).fillna(False)
    named = posts["text"].str.contains(rf"(?<![\w@])@{re.escape(target)}\b")
    quoted = (posts["quoted_author"] == target).fillna(False)
    mine = (posts["author"] == target).fillna(False) | (posts["kind"] == "repost")
    return posts[(answered | named | quoted) & ~mine]


def test_made_again_it_is_the_same(tmp_path: Path) -> None:
    subprocess.run([sys.executable, DATA / "make_storm.py", tmp_path], check=True)
    for name in ("storm.csv.gz", "storm_labels.csv.gz"):
        made, kept = (gzip.decompress((at / name).read_bytes()) for at in (tmp_path, SAMPLE))
        assert made == kept
    made, kept = ((at / "storm_truth.json").read_bytes() for at in (tmp_path, SAMPLE))
    assert made == kept


def test_it_is_read_without_options_rejects_or_warnings() -> None:
    items = list(read_records(SAMPLE / "storm.csv.gz"))
    assert not [item for item in items if isinstance(item, Notice) and item.warning]
    assert sum(isinstance(item, dict) for item in items) == TRUTH["posts"]
    assert sum(not isinstance(item, (dict, Notice)) for item in items) == 0
    assert sum(path.stat().st_size for path in SAMPLE.glob("storm*")) < 1_000_000


def test_ids_carry_the_times(posts: pd.DataFrame) -> None:
    assert posts["id"].is_unique
    assert posts["when"].is_monotonic_increasing
    assert ((posts["when"] - posts["created_at"]).dt.total_seconds().between(0, 0.999)).all()
    assert (posts["stated"] == "").sum() == TRUTH["no_time"] == 36
    later = posts.dropna(subset="reply_to_id")
    assert (later["id"].astype("int64") > later["reply_to_id"].astype("int64")).all()


def test_counts_are_those_of_the_posts(posts: pd.DataFrame) -> None:
    assert len(posts) == TRUTH["posts"]
    assert len(known(posts)) == TRUTH["accounts"]
    assert dict(Counter(posts["label"])) == TRUTH["labels"]
    assert set(TRUTH["labels"]) == set(LABELS)
    assert dict(Counter(posts["kind"])) == TRUTH["kinds"]
    assert posts["author"].isna().sum() == TRUTH["deleted_authors"]


def test_one_hour_of_the_whole_file_is_empty(posts: pd.DataFrame) -> None:
    full = set(posts["when"].dt.floor("h"))
    hours = pd.date_range(min(full), max(full), freq="h")
    gap = pd.Timestamp(TRUTH["gap"]["start"])
    assert [hour for hour in hours if hour not in full] == [gap]
    assert TRUTH["storms"][1]["start"] < TRUTH["gap"]["start"] < TRUTH["storms"][1]["end"]


@pytest.mark.parametrize("storm", TRUTH["storms"], ids=lambda storm: storm["key"])
def test_storms_are_in_the_posts(posts: pd.DataFrame, storm: dict) -> None:
    keys = {storm["key"], *storm["variants"]}
    tags = posts["text"].str.findall(r"#(\w+)").map(lambda found: {tag.lower() for tag in found})
    there = posts[tags.map(lambda found: bool(found & keys))]
    assert len(there) == storm["posts"]
    assert len(known(there)) == storm["accounts"]
    assert dict(Counter(there["label"])) == storm["labels"]
    assert max(storm["labels"], key=storm["labels"].get) == storm["majority"]
    hours = there["when"].dt.floor("h").value_counts()
    assert (hours.idxmax(), hours.max()) == (
        pd.Timestamp(storm["peak_hour"]),
        storm["peak_posts"],
    )
    if storm["planned"]:
        assert pd.Timestamp(storm["start"]) - there["when"].min() > pd.Timedelta("4h")


def test_camps_share_few_accounts(posts: pd.DataFrame) -> None:
    first, second = (storm["accounts"] for storm in TRUTH["storms"][:2])
    assert TRUTH["storms"][0]["accounts_with_both"] < 0.15 * min(first, second)


@pytest.mark.parametrize("episode", TRUTH["pileons"], ids=lambda episode: episode["target"])
def test_pileons_are_in_the_posts(posts: pd.DataFrame, episode: dict) -> None:
    there = at_target(posts, episode["target"])
    begin, end = (pd.Timestamp(episode[key]) for key in ("start", "end"))
    within = there["when"].dt.floor("s").between(begin, end)
    within |= there["author"] == episode["amplifier"]
    hostile = known(there[within & (there["label"] == "dog-piling")])
    assert len(hostile) == episode["hostile"]
    before = there[there["when"] < begin - pd.Timedelta("2h")]
    assert len(before) >= 10
    assert not (before["label"] == "dog-piling").any()
    if episode["amplifier"]:
        lead = begin - pd.Timestamp(episode["amplified"])
        assert pd.Timedelta("1h") <= lead <= pd.Timedelta("2h")


def test_controls_are_in_the_posts(posts: pd.DataFrame) -> None:
    for what in ("outage", "praise", "stalker"):
        control = CONTROLS[what]
        there = at_target(posts, control["target"])
        there = there[there["part"] == what]
        assert len(there) == control["posts"]
        assert dict(Counter(there["label"])) == control["labels"]
    inherited = posts["chain"].map(lambda names: "tobit_arle" in names[1:])
    assert (inherited & (posts["part"] == "pileon_wren")).sum() == CONTROLS["inherited"]["posts"]
    assert CONTROLS["inherited"]["accounts"] > 100
    own = at_target(posts, "tobit_arle")
    assert not (own["label"] == "dog-piling").any()


def test_many_a_text_is_written_once(posts: pd.DataFrame) -> None:
    own = posts.loc[posts["kind"] != "repost", "text"].str.lower()
    words = own.str.replace(r"[@#]\w+|\W+", " ", regex=True).str.strip()
    assert words.nunique() > 0.7 * len(words)
    assert words.value_counts(normalize=True).max() < 0.01


def test_handles_are_such_as_x_gives(posts: pd.DataFrame) -> None:
    handles = {*known(posts), *(name for names in posts["chain"] for name in names)}
    assert all(re.fullmatch(r"\w{4,15}", name, re.ASCII) for name in handles - {"[deleted]"})
    pairs = posts.dropna(subset="author_id").groupby("author")["author_id"].nunique()
    assert (pairs == 1).all()
