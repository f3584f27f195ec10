"""Exports of social platforms that nobody here wrote; read where they lie, never copied."""

import csv
import json
import re
from collections import Counter

import pytest

from stancekit.posts import Reject, detect, read_records
from tests.support.samples_social import write_tar


def split(path, **options):
    items = list(read_records(path, **options))
    records = [item for item in items if isinstance(item, dict)]
    return records, [item for item in items if not isinstance(item, dict)]


@pytest.fixture
def mastodon(shared_data):
    return shared_data / "archives/mastodon/dealingwith_masto-archive"


def test_every_activity_of_a_real_outbox_is_accounted_for(mastodon):
    activities = json.loads((mastodon / "outbox.json").read_text(encoding="utf-8"))["orderedItems"]
    records, others = split(mastodon, private=True)
    assert len(records) == len(activities) == 300 and not others
    assert Counter(r["kind"] == "repost" for r in records)[True] == 69
    assert {r["author"] for r in records} == {"dealingwith@indieweb.social"}
    assert Counter(r["visibility"] for r in records)["direct"] == 1
    public, (notice,) = split(mastodon)
    assert len(public) == 298 and "private=True" in notice.message


def test_a_real_outbox_has_clean_text_and_whole_links(mastodon):
    for record in split(mastodon)[0]:
        text = record.get("text") or ""
        assert not re.search(r"</?(?:p|br|span|a)\b|&(?:amp|lt|gt|quot|#39);", text)
        for url in record.get("urls") or ():
            assert url.split("//")[1] in text or url not in text
        assert "…https://" not in text


def test_a_real_outbox_packed_as_old_servers_do(mastodon, tmp_path):
    files = {
        name: (mastodon / name).read_text(encoding="utf-8")
        for name in ("outbox.json", "actor.json")
    }
    packed = write_tar(tmp_path / "archive.tar.gz", files)
    assert detect(packed).name == "mastodon-outbox"
    assert [r["id"] for r in split(packed)[0]] == [r["id"] for r in split(mastodon)[0]]


@pytest.fixture
def bluesky(shared_data):
    return shared_data / "archives/bluesky"


@pytest.mark.parametrize(
    ("name", "count"), [("fakermaker.repo", 41), ("greenground.repo", 0), ("bafyreie*", 5)]
)
def test_repositories_of_indigo(bluesky, name, count):
    path = next((bluesky / "indigo/testing/testdata").glob(f"{name}.car"))
    records, others = split(path)
    assert detect(path).name == "bluesky-car" and not others
    assert len(records) == count == len({r["id"] for r in records})
    assert all(re.fullmatch(r"at://did:plc:\w+/app\.bsky\.feed\.\w+/\w+", r["id"]) for r in records)


def test_slice_of_a_repository(bluesky):
    records, (notice,) = split(bluesky / "indigo/testing/testdata/repo_slice.car")
    assert len(records) == 1 and "not whole" in notice.message


def gold(bluesky, name):
    return json.loads((bluesky / f"twitwi/test/resources/{name}").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "count"), [("firehose", 9), ("tap", 14)])
def test_events_agree_with_twitwi(bluesky, kind, count):
    records, others = split(bluesky / f"twitwi/test/resources/bluesky-{kind}-posts.json")
    expected = {row["uri"]: row for row in gold(bluesky, f"bluesky-normalized-{kind}-posts.json")}
    assert len(records) == count == len(expected) and not others
    for record in records:
        row = expected[record["id"]]
        assert record["author_id"] == row["user_did"]
        assert record["reply_to_id"] == row.get("to_post_uri")
        assert record["reply_to_author"] == row.get("to_user_did")
        assert record["quoted_id"] == row.get("quoted_uri")
        assert {tag.lower() for tag in record["hashtags"]} == set(row["hashtags"])
        assert len(set(record["urls"])) >= len(row["links"])
        if kind == "firehose":  # twitwi appends the links of cards and pictures to the text
            whole = row["text"].replace(".com/?p=", ".com?p=")
            assert whole.startswith(record["text"] or "")


def test_posts_of_the_api_agree_with_twitwi(bluesky):
    folder = bluesky / "twitwi/test/resources"
    records, others = split(folder / "bluesky-posts.json")
    assert len(records) == 123 and not any(isinstance(item, Reject) for item in others)
    with (folder / "bluesky-posts-export.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["uri"]: row for row in csv.DictReader(stream)}
    compared = quotes = 0
    for record in records:
        row = rows.get(record["id"])
        if row is None or record["kind"] == "repost":
            continue
        compared += 1
        assert (record["author"], record["author_id"]) == (row["user_handle"], row["user_did"])
        assert (record["reply_to_id"] or "") == row["to_post_uri"]
        if "/app.bsky.feed.post/" in row["quoted_uri"]:  # twitwi leaves some out, and has feeds
            quotes += 1
            assert record["quoted_id"] == row["quoted_uri"]
    assert compared > 100 and quotes > 15


def test_profiles_are_no_posts(bluesky):
    assert detect(bluesky / "twitwi/test/resources/bluesky-profiles.json").name != "bluesky-posts"


@pytest.mark.parametrize("name", ["test_single_export.json", "test_batch_export.json"])
def test_telegram_agrees_with_chat_miner(shared_data, name):
    folder = shared_data / "archives/chat-exports/chat-miner/test/telegram"
    expected = json.loads((folder / "target.json").read_text(encoding="utf-8"))
    records, others = split(folder / name)
    assert detect(folder / name).name == "telegram" and not others
    for record, row in zip(records, expected, strict=True):
        assert record["author"] == row["author"]
        assert record["created_at"].strftime("%Y-%m-%dT%H:%M:%S") == row["timestamp"]
        assert record["text"].replace(" ", "") == row["message"].replace(" ", "")


def test_private_messages_agree_with_chat_miner(shared_data):
    folder = shared_data / "archives/chat-exports/chat-miner/test/instagram"
    expected = json.loads((folder / "target.json").read_text(encoding="utf-8"))
    records, _ = split(folder / "test_export.json", private=True)
    found = [(r["author"], r["text"]) for r in records]
    assert found == [(row["author"], row["message"]) for row in expected]
