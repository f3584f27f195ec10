"""What the downloads of Facebook, Instagram and Threads share."""

import pytest

from stancekit.errors import FormatError
from stancekit.posts import Reject, detect, read_records
from tests.support.builders import write_folder, write_zip
from tests.support.samples_social import broken, facebook_comment

MESSAGES = {
    "participants": [{"name": "Ada Lind"}, {"name": "Bo"}],
    "messages": [
        {"sender_name": "Bo", "timestamp_ms": 1715688000123, "content": "héé"},
        {"sender_name": "Ada Lind", "timestamp_ms": 1715688000000, "photos": []},
    ],
    "thread_path": "inbox/bo_1",
}


def test_messages_are_read_when_asked_for(read):
    records, _ = read({"message_1.json": MESSAGES}, private=True)
    assert [(r["text"], r["author"], r["visibility"]) for r in records] == [("héé", "Bo", "direct")]
    assert records[0]["created_at"].microsecond == 123000


def test_zip_is_read_too(tmp_path):
    files = {"x/comments.json": broken({"comments_v2": [facebook_comment("é")]})}
    (record,) = read_records(write_zip(tmp_path / "facebook.zip", files))
    assert record["text"] == "é" and record["source_ref"] == "x/comments.json:1"


def test_what_is_no_post_is_a_reject(read):
    records, (reject,) = read({"c.json": {"comments_v2": [facebook_comment("a"), 7]}})
    assert len(records) == 1 and isinstance(reject, Reject) and reject.line == 2


@pytest.mark.parametrize("name", ["post_comments_1.html", "your_posts_1.html"])
def test_html_downloads_are_refused_with_what_to_do(tmp_path, name):
    write_folder(tmp_path, {f"x/{name}": "<html></html>"})
    with pytest.raises(FormatError, match="as JSON"):
        detect(tmp_path)
