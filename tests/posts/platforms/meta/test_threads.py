"""The download of Threads."""

from tests.support.samples_social import caption


def test_threads(read):
    posts = [caption("één 🚋"), {"media": [{"uri": "", "creation_timestamp": 1}]}]
    records, (notice,) = read(
        {"threads/threads_and_replies.json": {"text_post_app_text_posts": posts}}
    )
    assert [r["text"] for r in records] == ["één 🚋"] and "kind" not in records[0]
    assert records[0]["source_format"] == "threads" and "1 items without words" in notice.message
