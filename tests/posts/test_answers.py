from stancekit.posts import Notice
from stancekit.posts import answers as module
from stancekit.posts.answers import with_answered


def test_what_is_known_stays_and_what_is_no_post_passes():
    notice = Notice("a", "b")
    posts = [
        {"id": "1", "author": "ada"}, notice, {"id": "2", "author": None, "reply_to_id": "1"},
        {"id": "3", "reply_to_id": "2"}, {"id": "4", "reply_to_id": "1", "reply_to_author": "bo"},
    ]  # fmt: skip
    first, said, reply, unknown, told = with_answered(posts)
    assert said is notice and "reply_to_author" not in first
    assert reply["reply_to_author"] == "ada" and told["reply_to_author"] == "bo"
    assert unknown.get("reply_to_author") is None


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "LAST_MESSAGES", 2)
    posts = [{"id": str(n), "author": "ada"} for n in range(3)]
    late = [{"id": "9", "reply_to_id": "0"}, {"id": "10", "reply_to_id": "2"}]
    *_, forgotten, known = with_answered([*posts, *late])
    assert "reply_to_author" not in forgotten and known["reply_to_author"] == "ada"
