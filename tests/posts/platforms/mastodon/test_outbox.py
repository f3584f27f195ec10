"""Mastodon's archive, quirk by quirk."""

import json

import pytest

from stancekit.posts import Reject, detect, read_records
from tests.support.builders import write_folder, write_zip
from tests.support.reading import split
from tests.support.samples_social import (
    ACTOR,
    ADA,
    FOLLOWERS,
    boost,
    note,
    outbox,
    write_tar,
)

BO = "https://noord.example/users/bo"


@pytest.fixture
def read_outbox(read):
    return lambda activities, **options: read(outbox(activities), **options)


def test_zip_tar_folder_and_bare_file_give_the_same(tmp_path):
    files = {"outbox.json": outbox([note(1, "<p>a</p>"), boost(2, f"{BO}/statuses/1")])}
    whole = files | {"actor.json": ACTOR, "likes.json": outbox([]), "media_attachments/a.txt": "x"}
    (tmp_path / "bare").write_text(files["outbox.json"], encoding="utf-8")
    paths = (
        tmp_path / "bare",
        write_zip(tmp_path / "a.zip", whole),
        write_tar(tmp_path / "a.tar.gz", whole),
        write_folder(tmp_path / "folder", whole),
    )
    assert {detect(path).name for path in paths} == {"mastodon-outbox"}
    texts = [[r.get("text") for r in split(read_records(path))[0]] for path in paths]
    assert texts == [["a", None]] * 4


@pytest.mark.parametrize("twice", [True, False])
def test_items_are_found_though_their_key_comes_twice(read, twice):
    records, others = read(outbox([note(1, "<p>a</p>"), note(2, "<p>b</p>")], twice=twice))
    assert [r["text"] for r in records] == ["a", "b"] and not others


VISIBLE = [
    note(1, "a"),
    note(2, "b", to=[FOLLOWERS], cc=["as:Public"]),
    note(3, "c", to=[FOLLOWERS], cc=[BO]),
    note(4, "d", to=[BO], cc=[]),
]


def test_visibility_is_told_by_the_addressees_and_closed_posts_are_left_out(read_outbox):
    records, (notice,) = read_outbox(VISIBLE)
    assert [r["visibility"] for r in records] == ["public", "unlisted"]
    assert notice.message.startswith("1 direct and 1 followers-only") and not notice.warning
    records, others = read_outbox(VISIBLE, private=True)
    assert [r["visibility"] for r in records] == ["public", "unlisted", "private", "direct"]
    assert not others


def test_reply_boost_mention_tag_link_and_warning(read_outbox):
    tags = [
        {"type": "Mention", "href": BO, "name": "@bo@noord.example"},
        {"type": "Mention", "href": "https://tram.example/users/cy", "name": "@cy"},
        {"type": "Hashtag", "href": "https://tram.example/tags/tram", "name": "#tram"},
        {"type": "Emoji", "name": ":tram:"},
    ]
    link = '<a href="https://example.org/a">example.org/a</a>'
    answer = note(
        1, f"<p>no {link}</p>", inReplyTo=f"{BO}/statuses/9", tag=tags, summary="tram &amp; bus",
        conversation=None,
    )  # fmt: skip
    (reply, repost), _ = read_outbox([answer, boost(2, f"{BO}/statuses/1")])
    assert reply["kind"] == "reply" and reply["reply_to_id"] == f"{BO}/statuses/9"
    assert reply["reply_to_author"] == "bo@noord.example"
    assert reply["mentions"] == ["bo@noord.example", "cy@tram.example"]
    assert reply["hashtags"] == ["tram"] and reply["urls"] == ["https://example.org/a"]
    assert reply["content_warning"] == "tram & bus" and reply["lang"] == "en"
    assert (reply["author"], reply["author_id"]) == ("ada@tram.example", ADA)
    assert (repost["kind"], repost["repost_of"]) == ("repost", f"{BO}/statuses/1")
    assert repost.get("text") is None and repost["created_at"].isoformat()[:10] == "2024-05-14"


def test_author_of_an_address_without_a_name_comes_from_the_actor(tmp_path):
    address = "https://tram.example/ap/users/117"
    actor = json.dumps({"id": address, "preferredUsername": "ada"})
    files = {"outbox.json": outbox([note(1, "a", attributedTo=address)]), "actor.json": actor}
    ((record,), _) = split(read_records(write_folder(tmp_path / "f", files)))
    assert (record["author"], record["author_id"]) == ("ada@tram.example", address)


def test_last_version_of_an_updated_post_counts(read_outbox):
    rows = [note(1, "old"), note(2, "other"), note(1, "new", kind="Update"), note(3, "z")]
    assert [r["text"] for r in read_outbox(rows)[0]] == ["other", "new", "z"]


def test_what_is_no_post_is_said(read_outbox):
    rows = [note(1, "a"), {"type": "Like", "object": BO}, "x", {"type": "Create", "object": {}}]
    records, others = read_outbox(rows)
    assert len(records) == 1
    rejects = [item for item in others if isinstance(item, Reject)]
    assert [reject.line for reject in rejects] == [3, 4]
    assert "1 activities that are no posts" in others[-1].message
