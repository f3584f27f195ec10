"""What a file is does not hang on which of its sections comes first, or how long that is."""

import json

import pytest

from stancekit.posts import Notice, detect, read_records
from stancekit.posts.limits import HEAD_BYTES


def written(path, document, indent=1):
    path.write_text(json.dumps(document, indent=indent), encoding="utf-8")
    return path


def test_tiktok_with_a_long_first_section(tmp_path):
    seen = [{"TimeStamp": "2025-01-01 10:00:00", "Source": f"shop {n}"} for n in range(3_000)]
    comment = {"date": "2025-01-02 10:00:00", "comment": "save the tram", "url": ""}
    document = {
        "Ads and data": {"Off TikTok Activity": {"OffTikTokActivityDataList": seen}},
        "Comment": {"Comments": {"CommentsList": [comment]}},
        "Profile": {"Profile Info": {"ProfileMap": {"userName": "ada"}}},
    }
    path = written(tmp_path / "user_data.json", document)
    assert path.stat().st_size > 2 * HEAD_BYTES
    (record,) = (item for item in read_records(path) if isinstance(item, dict))
    assert (record["source_format"], record["text"]) == ("tiktok", "save the tram")
    assert (record["kind"], record["author"]) == ("reply", "ada")


def test_telegram_account_with_many_contacts(tmp_path):
    contacts = [{"user_id": n, "first_name": "Bo"} for n in range(4_000)]
    message = {"id": 1, "type": "message", "date": "2024-05-14T12:00:00", "from": "Bo",
               "date_unixtime": "1715680800", "from_id": "user1", "text": "hello"}  # fmt: skip
    chat = {"name": "Bo", "type": "personal_chat", "id": 1, "messages": [message]}
    document = {"personal_information": {"user_id": 7}, "contacts": {"list": contacts},
                "chats": {"list": [chat]}}  # fmt: skip
    assert detect(written(tmp_path / "result.json", document)).name == "telegram"


@pytest.mark.parametrize("alone", [True, False])
def test_facebook_posts_that_begin_with_photos(tmp_path, alone):
    media = {"media": {"uri": "photo.jpg", "creation_timestamp": 1, "title": "Mobile uploads"}}
    photo = {"timestamp": 1_600_000_000, "attachments": [{"data": [media]}], "data": [{}],
             "title": "Ada added a photo."}  # fmt: skip
    post = {"timestamp": 1_500_000_000, "data": [{"post": "proud of the crew"}], "title": "Ada"}
    folder = tmp_path / "download"
    folder.mkdir()
    path = written(folder / "your_posts_1.json", [*[photo] * 900, post], indent=None)
    assert path.stat().st_size > 2 * HEAD_BYTES
    if not alone:
        comment = {"comment": {"comment": "well done", "author": "Ada"}}
        told = {"timestamp": 1, "data": [comment], "title": "Ada commented"}
        written(folder / "comments.json", {"comments_v2": [told]})
    items = list(read_records(path if alone else folder))
    texts = {item["text"] for item in items if isinstance(item, dict)}
    assert texts == {"proud of the crew"} | (set() if alone else {"well done"})
    assert any(isinstance(n, Notice) and "900 items without words" in n.message for n in items)
