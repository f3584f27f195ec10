import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.integers(0, 2**32), st.integers(1, 60))
def test_order_decides_nothing(seed, count):
    chance = random.Random(seed)
    posts = [
        {"id": str(n), "author": f"a{n % 7}", "reply_to_id": str(chance.randrange(2 * count))}
        for n in range(count)
    ]
    chance.shuffle(posts)
    answered = list(with_answered([dict(post) for post in posts]))
    assert [post["id"] for post in answered] == [post["id"] for post in posts]
    for post in answered:
        target = int(post["reply_to_id"])
        told = f"a{target % 7}" if target < count else None
        assert post.get("reply_to_author") == told


@pytest.mark.parametrize("away", [3, 5])
def test_a_reply_waits_only_so_long_and_nothing_is_lost(monkeypatch, away):
    monkeypatch.setattr(module, "ANSWERS_AHEAD", 3)
    posts = [{"id": "r", "reply_to_id": "x"}, *({"id": str(n)} for n in range(away - 1))]
    posts.append({"id": "x", "author": "ada"})
    reply, *others = with_answered(posts)
    assert (reply.get("reply_to_author") == "ada") == (away == 3)
    assert [post["id"] for post in others] == [post["id"] for post in posts[1:]]


def test_ten_thousand_replies_to_a_post_that_never_comes_take_no_time_of_their_own():
    posts = [{"id": str(n), "reply_to_id": "film"} for n in range(40_000)]
    assert sum(1 for _ in with_answered(posts)) == 40_000
