"""The download of Threads."""

from stancekit.posts.platforms.meta.captured import captured_record
from tests.support.samples_social import caption


def test_threads(read):
    posts = [caption("één 🚋"), {"media": [{"uri": "", "creation_timestamp": 1}]}]
    records, (notice,) = read(
        {"threads/threads_and_replies.json": {"text_post_app_text_posts": posts}}
    )
    assert [r["text"] for r in records] == ["één 🚋"] and "kind" not in records[0]
    assert records[0]["source_format"] == "threads" and "1 items without words" in notice.message


def app_post(text, **about):
    return {"media": [{"uri": "", "creation_timestamp": 1715688000, "title": text,
                       "text_app_post": {"reply_control": "everyone", **about}}]}  # fmt: skip


def test_replies_are_told_and_say_to_whom(read):
    posts = [
        app_post("one", is_reply=False),
        app_post("two", is_reply=True, in_reply_to_username="bo"),
        app_post("three", is_reply=True),
        app_post("four"),
    ]
    records, _ = read({"threads_and_replies.json": {"text_post_app_text_posts": posts}})
    assert [(r.get("kind"), r.get("reply_to_author")) for r in records] == [
        ("post", None), ("reply", "bo"), ("reply", None), (None, None),
    ]  # fmt: skip


def test_a_shape_of_another_year_is_said(read):
    posts = [app_post("one"), {"body": {"words": "two"}}]
    records, (reject,) = read({"threads_and_replies.json": {"text_post_app_text_posts": posts}})
    assert len(records) == 1 and "not as Meta wrote them" in reject.reason


def test_captured_posts_tell_replies_quotes_and_reposts():
    def captured(words, **about):
        post = {"code": "c1", "user": {"username": "ada"}, "caption": words and {"text": words}}
        return captured_record({**post, "text_post_app_info": about})

    other = {"code": "c0", "user": {"username": "bo"}, "caption": {"text": "keep the tram"}}
    assert captured("no")["kind"] == "post"
    reply = captured("no", is_reply=True, reply_to_author={"username": "bo"})
    assert (reply["kind"], reply["reply_to_author"]) == ("reply", "bo")
    assert captured("no", is_reply=True)["kind"] == "reply"
    quote = captured("no", share_info={"quoted_post": other})
    assert (quote["kind"], quote["quoted_id"], quote["quoted_author"]) == ("quote", "c0", "bo")
    repost = captured(None, share_info={"reposted_post": other})
    assert (repost["kind"], repost["repost_of"], repost["text"]) == (
        "repost",
        "c0",
        "keep the tram",
    )
