"""Takeouts of YouTube and TikTok, quirk by quirk."""

import json

import pytest

from stancekit.posts import Reject, read_records
from tests.support.builders import write_zip
from tests.support.samples_social import YOUTUBE_DUTCH, tiktok, youtube, youtube_row


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "export"
        path.write_text(text, encoding="utf-8")
        items = list(read_records(path))
        records = [item for item in items if isinstance(item, dict)]
        return records, [item for item in items if not isinstance(item, dict)]

    return read


FRAGMENTS = (
    '{"text":"no, "},{"mention":{"displayName":"@bo","externalChannelId":"UCb"}},{"text":" – see "}'
    ',{"text":"example.org","link":{"linkUrl":"https://example.org/a"}}'
)


@pytest.mark.parametrize("header", [None, YOUTUBE_DUTCH])
def test_youtube_comments_in_any_language(read, header):
    rows = [youtube_row(1, '{"text":"line one\\nline two"}'), youtube_row(2, FRAGMENTS, "Ug1")]
    (top, reply), others = read(youtube(rows, header) if header else youtube(rows))
    assert top["text"] == "line one\nline two" and top["author_id"].startswith("UC")
    assert (top["kind"], top["reply_to_id"]) == ("reply", "vid00000001")
    assert top["created_at"].isoformat() == "2024-05-14T12:00:00.500000+00:00"
    assert reply["text"] == "no, @bo – see example.org" and reply["mentions"] == ["bo"]
    assert reply["urls"] == ["https://example.org/a"]
    assert (reply["reply_to_id"], reply["conversation_id"]) == ("Ug1", "vid00000001")
    assert top["source_format"] == "youtube-takeout" and not others


def test_youtube_community_posts_and_plain_text(read):
    header = ("Comment ID", "Channel ID", "Comment Create Timestamp", "Price",
              "Parent Comment ID", "Post ID", "Video ID", "Comment Text")  # fmt: skip
    row = ("Ug1", "UC1", "2024-05-14 12:00:00 UTC", "0", "", "post1", "", "not JSON, but words")
    ((record,), _) = read(youtube([row], header))
    assert record["text"] == "not JSON, but words" and record["conversation_id"] == "post1"
    assert record["created_at"].hour == 12


def test_youtube_takeout_zip_with_other_tables(tmp_path):
    files = {
        "Takeout/YouTube/comments/comments.csv": youtube([youtube_row(1, '{"text":"a"}')]),
        "Takeout/YouTube/comments/comments(1).csv": youtube([youtube_row(2, '{"text":"b"}')]),
        "Takeout/YouTube/subscriptions/subscriptions.csv": "Channel Id,Channel Url,Title\na,b,c\n",
    }
    items = list(read_records(write_zip(tmp_path / "takeout.zip", files)))
    assert sorted(item["text"] for item in items) == ["a", "b"]


def test_youtube_row_without_text_is_a_reject(read):
    _, (reject,) = read(youtube([youtube_row(1, "")]))
    assert isinstance(reject, Reject) and reject.line == 2


OLD = [{"Date": "2024-05-14 12:00:00", "Comment": "één"}]
NEW = [{"date": "2024-05-14 12:00:00", "comment": "één", "photo": "N/A",
        "url": "https://www.tiktok.com/@bo/video/7312345678901234567"}]  # fmt: skip


@pytest.mark.parametrize(("comments", "new"), [(OLD, False), (NEW, True)])
def test_tiktok_comments_of_every_year(read, comments, new):
    ((record,), others) = read(tiktok(comments, new=new))
    assert (record["text"], record["kind"], record["author"]) == ("één", "reply", "ada")
    assert record["created_at"].isoformat() == "2024-05-14T12:00:00+00:00"
    assert record["reply_to_id"] == ("7312345678901234567" if new else None)
    assert record["source_format"] == "tiktok" and not others


def test_tiktok_captions_and_null_lists(read):
    link = "https://www.tiktok.com/@ada/video/731"
    videos = [
        {"Date": "2024-05-14 12:00:00", "Link": link, "Title": "mine"},
        {"Date": "", "Link": ""},
    ]
    ((record,), _) = read(tiktok(None, new=True, videos=videos))
    assert (record["text"], record["kind"], record["id"]) == ("mine", "post", "731")


def test_tiktok_item_that_is_none_is_a_reject(read):
    records, (reject,) = read(tiktok([*OLD, 7]))
    assert len(records) == 1 and isinstance(reject, Reject)


def test_other_json_is_no_tiktok(tmp_path):
    (tmp_path / "x.json").write_text(json.dumps([{"text": "Activity", "id": 1}]), encoding="utf-8")
    (*_, record) = read_records(tmp_path / "x.json")
    assert record["source_format"] == "json"
