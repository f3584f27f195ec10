"""TikTok's download, quirk by quirk."""

import json

import pytest

from stancekit.posts import Reject, read_records
from tests.support.samples_social import tiktok

OLD = [{"Date": "2024-05-14 12:00:00", "Comment": "één"}]


NEW = [{"date": "2024-05-14 12:00:00", "comment": "één", "photo": "N/A",
        "url": "https://www.tiktok.com/@bo/video/7312345678901234567"}]  # fmt: skip


@pytest.mark.parametrize(("comments", "new"), [(OLD, False), (NEW, True)])
def test_tiktok_comments_of_every_year(read, comments, new):
    ((record,), others) = read(tiktok(comments, new=new))
    assert (record["text"], record["kind"], record["author"]) == ("één", "reply", "ada")
    assert record["created_at"].isoformat() == "2024-05-14T12:00:00+00:00"
    assert record["reply_to_id"] == ("7312345678901234567" if new else None)
    assert record["reply_to_author"] == ("bo" if new else None)
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


@pytest.mark.parametrize("address", ["https://www.tiktok.com/@/video/731", "https://t.example/731"])
def test_tiktok_addresses_without_a_name_name_nobody(read, address):
    ((record,), _) = read(tiktok([{"date": "", "comment": "no", "url": address}], new=True))
    assert record["reply_to_author"] is None


def test_tiktok_comments_in_a_shape_of_another_year_are_rejects(read):
    records, (reject,) = read(tiktok([*OLD, {"Date": "2024-05-14 12:00:00", "Words": "no"}]))
    assert len(records) == 1 and "not as TikTok wrote them" in reject.reason
