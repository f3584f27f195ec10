"""Telegram's exports, quirk by quirk."""

import json

import pytest

from stancekit.errors import FormatError
from stancekit.posts import Reject, detect, read_records
from tests.support.builders import write_folder
from tests.support.samples_social import chat, message


@pytest.fixture
def read(tmp_path):
    def read(document):
        path = tmp_path / "result.json"
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
        items = list(read_records(path))
        records = [item for item in items if isinstance(item, dict)]
        return records, [item for item in items if not isinstance(item, dict)]

    return read


def test_text_is_one_string_or_a_list_of_parts(read):
    parts = [
        "see ", {"type": "link", "text": "https://example.org/a"}, " and ",
        {"type": "text_link", "text": "here", "href": "https://example.org/b"}, " ",
        {"type": "mention", "text": "@bo"}, {"type": "mention_name", "text": "Cy", "user_id": 3},
        {"type": "hashtag", "text": "#tram"}, {"type": "bold", "text": "!"},
    ]  # fmt: skip
    rows = [message(1, "plain"), message(2, parts), message(3, "")]
    (plain, rich, photo), others = read(chat("Tram", 9, "public_channel", rows))
    assert plain["text"] == "plain"
    assert rich["text"] == "see https://example.org/a and here @boCy#tram!"
    assert rich["urls"] == ["https://example.org/a", "https://example.org/b"]
    assert rich["mentions"] == ["bo", "Cy"] and rich["hashtags"] == ["tram"]
    assert photo["text"] is None and not others


def test_answers_forwards_and_service_messages(read):
    rows = [
        message(1, "a", **{"from": "Bo", "from_id": "user8"}),
        message(2, "no", reply_to_message_id=1),
        message(3, "theirs", forwarded_from="News"),
        {"id": 4, "type": "service", "action": "join_group", "text": ""},
        message(5, "there", reply_to_message_id=7, reply_to_peer_id="channel5"),
    ]
    (_, reply, forward, elsewhere), others = read(chat("Tram", 9, "private_group", rows))
    assert reply["kind"] == "reply" and reply["id"] == "9/2" and reply["reply_to_id"] == "9/1"
    assert reply["reply_to_author"] == "Bo" and reply["conversation_id"] == "9"
    assert (forward["kind"], forward["forwarded_from"]) == ("repost", "News")
    assert elsewhere["reply_to_id"] == "channel5/7"
    assert [other.message for other in others] == ["left out: 1 messages of Telegram itself"]


def test_whole_account(read):
    chats = [
        chat("Tram", 9, "public_supergroup", [message(1, "a")]),
        chat(
            "Bo",
            10,
            "personal_chat",
            [message(1, "b", **{"from": "Bo"}), message(2, "d", reply_to_message_id=1)],
        ),
    ]
    left = [chat("Old", 11, "private_supergroup", [message(1, "c")])]
    document = {
        "about": "…", "personal_information": {"user_id": 7, "first_name": "Ada"},
        "contacts": {"list": [{"user_id": 8, "first_name": "Bo"}]},
        "chats": {"about": "…", "list": chats}, "left_chats": {"list": left},
    }  # fmt: skip
    records, others = read(document)
    assert [(r["id"], r["chat"], r["visibility"]) for r in records] == [
        ("9/1", "Tram", "public"), ("10/1", "Bo", "direct"), ("10/2", "Bo", "direct"),
        ("11/1", "Old", "private"),
    ]  # fmt: skip
    assert records[2]["reply_to_author"] == "Bo" and not others


def test_unix_time_is_preferred_and_local_time_is_said(read):
    old = message(2, "b")
    del old["date_unixtime"]
    (new, local), (notice,) = read(chat("Tram", 9, "public_channel", [message(1, "a"), old]))
    assert new["created_at"].isoformat() == "2024-05-14T12:00:00+00:00"
    assert local["created_at"].isoformat() == "2024-05-14T14:00:00+00:00"
    assert notice.warning and "1 messages state only the local time" in notice.message


def test_deleted_account_has_no_name(read):
    rows = [message(1, "a", **{"from": None})]
    ((record,), _) = read(chat("Tram", 9, "public_channel", rows))
    assert record["author"] is None and record["author_id"] == "user7"


def test_what_is_no_message_is_a_reject(read):
    records, rejects = read(
        chat("Tram", 9, "public_channel", [message(1, "a"), 7, message(2, None)])
    )
    assert len(records) == 1 and [r.line for r in rejects if isinstance(r, Reject)] == [2, 3]


def test_html_export_is_refused_with_what_to_do(tmp_path):
    write_folder(tmp_path, {"messages.html": "<html></html>"})
    with pytest.raises(FormatError, match="JSON"):
        detect(tmp_path)
