"""Mastodon's REST API, quirk by quirk."""

import json

from stancekit.posts import Notice
from tests.support.samples_social import (
    status,
)

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
