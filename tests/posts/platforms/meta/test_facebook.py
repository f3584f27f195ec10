"""Facebook's download, quirk by quirk."""

import json

import pytest

from stancekit.posts.files.opening import open_source
from stancekit.posts.platforms.meta import facebook
from tests.support.samples_social import facebook_comment

MESSAGES = {
    "participants": [{"name": "Ada Lind"}, {"name": "Bo"}],
    "messages": [
        {"sender_name": "Bo", "timestamp_ms": 1715688000123, "content": "héé"},
        {"sender_name": "Ada Lind", "timestamp_ms": 1715688000000, "photos": []},
    ],
    "thread_path": "inbox/bo_1",
}


def test_facebook_comments_posts_and_groups(read):
    attachment = {"data": [{"external_context": {"url": "https://example.org/a"}}]}
    post = {"timestamp": 1715688000, "data": [{"post": "déjà vu 🚋"}, {"update_timestamp": 1}],
            "title": "Ada Lind updated her status.", "attachments": [attachment]}  # fmt: skip
    photo = {"timestamp": 1715688000, "attachments": [], "title": "Ada Lind added a photo."}
    group = facebook_comment("no")
    group["data"][0]["comment"]["group"] = "Tram"
    name = {"full_name": "Ada Lind"}
    records, others = read({
        "comments_and_reactions/comments.json": {"comments_v2": [facebook_comment("één"), photo]},
        "groups/your_comments_in_groups.json": {"group_comments_v2": [group]},
        "posts/your_posts_1.json": [photo, post],
        "profile_information/profile_information.json": {"profile_v2": {"name": name}},
        "messages/inbox/bo/message_1.json": MESSAGES,
    })  # fmt: skip
    assert [(r["text"], r["kind"], r["author"]) for r in records] == [
        ("één", "reply", "Ada Lind"),
        ("no", "reply", "Ada Lind"),
        ("déjà vu 🚋", "post", "Ada Lind"),
    ]  # fmt: skip
    assert records[1]["group"] == "Tram" and records[2]["urls"] == ["https://example.org/a"]
    assert "Bo Berg" in records[0]["title"] and records[0]["created_at"].year == 2024
    said = " ".join(str(item) for item in others)
    assert "1 direct posts left out; private=True" in said and "without words" in said


@pytest.mark.parametrize("name", ["comments_v2", "comments"])
def test_facebook_lists_of_every_year(read, name):
    records, _ = read({"comments.json": {name: [facebook_comment("a")]}})
    assert [r["text"] for r in records] == ["a"] and records[0]["source_format"] == "facebook"


def test_anybodys_comments_are_no_facebook(tmp_path):
    rows = {"comments": [{"timestamp": 1715688000, "text": "hello"}]}
    path = tmp_path / "comments.json"
    path.write_text(json.dumps(rows))
    with open_source(path) as source:
        assert facebook.lists_in(source, path.name) is None
