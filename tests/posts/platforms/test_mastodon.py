"""Mastodon's archive and REST API, quirk by quirk."""

import json

import pytest

from stancekit.posts import Notice, Reject, detect, read_records
from tests.support.builders import write_folder, write_zip
from tests.support.samples_social import (
    ACTOR,
    ADA,
    FOLLOWERS,
    boost,
    note,
    outbox,
    status,
    write_tar,
)

BO = "https://noord.example/users/bo"


def split(items):
    records = [item for item in items if isinstance(item, dict)]
    return records, [item for item in items if not isinstance(item, dict)]


@pytest.fixture
def read(tmp_path):
    def read(content, **options):
        path = tmp_path / "export"
        text = content if isinstance(content, str) else outbox(content)
        path.write_text(text, encoding="utf-8")
        return split(list(read_records(path, **options)))

    return read


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
    texts = [[r.get("text") for r in split(list(read_records(path)))[0]] for path in paths]
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


def test_visibility_is_told_by_the_addressees_and_closed_posts_are_left_out(read):
    records, (notice,) = read(VISIBLE)
    assert [r["visibility"] for r in records] == ["public", "unlisted"]
    assert notice.message.startswith("1 direct and 1 followers-only") and not notice.warning
    records, others = read(VISIBLE, private=True)
    assert [r["visibility"] for r in records] == ["public", "unlisted", "private", "direct"]
    assert not others


def test_reply_boost_mention_tag_link_and_warning(read):
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
    (reply, repost), _ = read([answer, boost(2, f"{BO}/statuses/1")])
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
    ((record,), _) = split(list(read_records(write_folder(tmp_path / "f", files))))
    assert (record["author"], record["author_id"]) == ("ada@tram.example", address)


def test_last_version_of_an_updated_post_counts(read):
    rows = [note(1, "old"), note(2, "other"), note(1, "new", kind="Update"), note(3, "z")]
    assert [r["text"] for r in read(rows)[0]] == ["other", "new", "z"]


def test_what_is_no_post_is_said(read):
    rows = [note(1, "a"), {"type": "Like", "object": BO}, "x", {"type": "Create", "object": {}}]
    records, others = read(rows)
    assert len(records) == 1
    rejects = [item for item in others if isinstance(item, Reject)]
    assert [reject.line for reject in rejects] == [3, 4]
    assert "1 activities that are no posts" in others[-1].message


BO_SAYS = status(
    5, "<p>their &amp; words</p>",
    account={"id": "2", "acct": "bo@noord.example", "url": "https://noord.example/@bo"},
)  # fmt: skip


def shapes(rows):
    yield json.dumps(rows)
    yield "".join(json.dumps(row) + "\n" for row in rows)
    yield json.dumps({"account": rows[0]["account"], "statuses": rows, "favourites": [BO_SAYS]})
    yield json.dumps({"ancestors": rows[:1], "descendants": rows[1:]}, indent=2)


def test_statuses_in_every_shape(read):
    rows = [status(1, "<p>a</p>"), status(2, "<p>b</p>", in_reply_to_id="1")]
    for text in shapes(rows):
        records, others = read(text)
        assert [(r["id"], r["text"], r["kind"]) for r in records] == [
            ("1", "a", "post"), ("2", "b", "reply"),
        ]  # fmt: skip
        assert not others and records[0]["source_format"] == "mastodon-statuses"


def test_status_fields(read):
    mention = {"id": "2", "acct": "bo@noord.example", "url": "https://noord.example/@bo"}
    rows = [
        status(1, "<p>no</p>", in_reply_to_id="8", in_reply_to_account_id="2", mentions=[mention],
               tags=[{"name": "tram"}], spoiler_text="hm"),
        status(2, "", reblog=BO_SAYS),
        status(3, "<p>see</p>", quote={"state": "accepted", "quoted_status": BO_SAYS}),
        status(4, "<p>on</p>", in_reply_to_id="1", in_reply_to_account_id="1"),
    ]  # fmt: skip
    (reply, repost, quote, thread), _ = read(json.dumps(rows))
    assert reply["reply_to_author"] == "bo@noord.example" and reply["content_warning"] == "hm"
    assert reply["mentions"] == ["bo@noord.example"] and reply["hashtags"] == ["tram"]
    assert reply["author"] == "ada@tram.example"
    assert (repost["kind"], repost["repost_of"]) == ("repost", "5")
    assert repost["text"] == "their & words" and repost["author"] == "ada@tram.example"
    assert (quote["kind"], quote["quoted_id"]) == ("quote", "5")
    assert quote["quoted_author"] == "bo@noord.example"
    assert thread["reply_to_author"] == "ada@tram.example"


def test_mentions_kept_by_mastodon_archive_are_read(read):
    document = {"account": BO_SAYS["account"], "statuses": [status(1, "a")],
                "mentions": [BO_SAYS, {"type": "mention", "status": status(6, "c")}]}  # fmt: skip
    assert [r["id"] for r in read(json.dumps(document))[0]] == ["1", "5", "6"]


def test_closed_statuses_are_left_out(read):
    rows = [status(1, "a"), status(2, "b", visibility="private")]
    records, (notice,) = read(json.dumps(rows))
    assert [r["id"] for r in records] == ["1"] and isinstance(notice, Notice)
    assert len(read(json.dumps(rows), private=True)[0]) == 2
