"""Zeeschuimer's captures."""

import pytest

from stancekit.posts import Notice, Reject, detect, read_records
from tests.support import samples_tables as samples


def read(write, path, name):
    write(path)
    assert detect(path).name == name
    items = list(read_records(path))
    return [item for item in items if isinstance(item, dict)], items


@pytest.mark.parametrize("write, name", [(samples.zeeschuimer, 0), (samples.fourcat_ndjson, 1)])
def test_captures(tmp_path, write, name):
    records, items = read(write, tmp_path / "a", "zeeschuimer")
    repost, note, quote, video, comment, photo, thread = records
    assert (repost["kind"], repost["text"]) == ("repost", "all of the words & more of them")
    assert repost["repost_of"] == "1788000000000000001"
    assert note["text"] == "a long text & whole"
    assert (quote["kind"], quote["quoted_author"]) == ("quote", "ada")
    assert quote["quoted_id"] == "1788000000000000001"
    assert (quote["author"], quote["author_id"]) == ("bo", "702")
    assert video["hashtags"] == ["noord"] and video["author"] == "ada"
    assert (comment["reply_to_id"], comment["conversation_id"]) == ("7361", "7361")
    assert (photo["id"], photo["author_id"], photo["hashtags"]) == ("Cxyz", "5", ["tram"])
    assert (thread["kind"], thread["reply_to_author"]) == ("reply", "cy")
    assert all(record["created_at"].year == 2024 for record in records)
    (reject,) = (item for item in items if isinstance(item, Reject))
    assert reject.line == 9 and "pinterest.com" in reject.reason and "4CAT" in reject.reason
    (notice,) = (item for item in items if isinstance(item, Notice))
    assert "left out: 1 advertisements" in notice.message


def test_post_captured_twice_comes_once(tmp_path):
    samples.zeeschuimer(tmp_path / "a")
    path = tmp_path / "b"
    path.write_bytes((tmp_path / "a").read_bytes() * 2)
    items = list(read_records(path))
    assert sum(isinstance(item, dict) for item in items) == 7
    assert any("7 posts captured before" in str(item) for item in items)


def captured(tmp_path, *posts, platform="x.com"):
    rows = [
        {"item_id": str(n), "source_platform": platform, "data": p} for n, p in enumerate(posts)
    ]
    path = tmp_path / "capture.ndjson"
    path.write_bytes(samples.ndjson(rows))
    items = list(read_records(path, "zeeschuimer"))
    return [i for i in items if isinstance(i, dict)], [i for i in items if not isinstance(i, dict)]


BARE = {"__typename": "Tweet", "rest_id": "1788000000000000009", "core": {
    "user_results": {"result": {"rest_id": "7", "core": {"screen_name": "ada"}}}}}  # fmt: skip


@pytest.mark.parametrize("part", ["details", "body", "post"])
def test_words_of_x_that_are_not_in_legacy_are_found(tmp_path, part):
    ((record,), others) = captured(tmp_path, {**BARE, part: {"full_text": "a &amp; b"}})
    assert (record["text"], record["author"], record["kind"]) == ("a & b", "ada", "post")
    assert record["created_at"].year == 2024 and not others


@pytest.mark.parametrize(
    "part", [{}, {"legacy": {}}, {"legacy": {"lang": "en"}}, {"words": {"en": "no"}}]
)
def test_a_post_of_x_without_a_place_for_words_is_a_reject(tmp_path, part):
    records, (reject,) = captured(tmp_path, {**BARE, **part}, samples.INNER)
    assert len(records) == 1 and "without words in the places" in reject.reason


def test_a_photo_of_x_without_words_is_a_post(tmp_path):
    ((record,), _) = captured(tmp_path, samples.graphql_tweet("1788000000000000009", "bo", ""))
    assert record["text"] is None


def test_a_repost_of_what_has_no_words_keeps_its_own(tmp_path):
    repost = samples.graphql_tweet(
        "1788000000000000009", "bo", "RT @ada: all of th…", retweeted_status_result={"result": BARE}
    )
    ((record,), _) = captured(tmp_path, repost)
    assert (record["kind"], record["text"]) == ("repost", "RT @ada: all of th…")


def media(account, **more):
    return {
        "url": "https://t.co/a",
        "expanded_url": f"https://x.com/{account}/status/9/photo/1",
        **more,
    }


@pytest.mark.parametrize(
    "media, author",
    [([media("cy")], "cy"), ([media("bo", source_user_id_str="8")], None), ([], None)],
)
def test_author_of_x_by_the_address_of_a_picture(tmp_path, media, author):
    post = samples.graphql_tweet("1788000000000000009", "bo", "so", entities={"media": media})
    ((record,), _) = captured(tmp_path, {**post, "core": {"user_results": {}}})
    assert record["author"] == author


def test_what_x_shows_in_place_of_a_post_is_none(tmp_path):
    gone = {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "unavailable"}}}
    records, (notice,) = captured(
        tmp_path, gone, {**samples.INNER, "promoted": True}, samples.INNER
    )
    assert len(records) == 1 and "advertisements" in notice.message and "gone" in notice.message


def test_truth_social(tmp_path):
    reply = {**samples.TRUTH, "id": "12", "in_reply_to_id": "11", "content": "<p>no &amp; no</p>"}
    (post, answer), _ = captured(tmp_path, samples.TRUTH, reply, platform="truthsocial.com")
    assert (post["text"], post["author"]) == ("a < b & <3", "ada@truth.example")
    assert (answer["text"], answer["kind"], answer["reply_to_id"]) == ("no & no", "reply", "11")


def test_gab(tmp_path):
    old = {"id": "22", "type": "post", "created_at": "2023-05-07T10:00:00.000Z",
           "content": "<p>no</p>", "account": {"id": "5", "username": "bo"}}  # fmt: skip
    records, (reject, notice) = captured(
        tmp_path, samples.GAB, old, {"i": "23"}, {"type": "user", "id": "5"}, platform="gab.com"
    )
    assert [(r["text"], r["author"], r["author_id"]) for r in records] == [
        ("keep the #tram", "ada", "4"), ("no", "bo", "5"),
    ]  # fmt: skip
    assert "not as Gab wrote them" in reject.reason and "1 accounts" in notice.message


def test_linkedin(tmp_path):
    ((record,), (reject,)) = captured(
        tmp_path, samples.LINKEDIN, {"actor": samples.LINKEDIN["actor"]}, platform="linkedin.com"
    )
    assert (record["author"], record["text"]) == ("in/ada-l", "Keep the #tram")
    assert record["created_at"].isoformat()[:7] == "2024-05"
    assert "not as LinkedIn wrote them" in reject.reason


def test_comments_on_instagram_and_answers_on_tiktok(tmp_path):
    comment = {"pk": "31", "text": "no", "post_id": "30", "created_at": 1715076000,
               "user": {"id": "5", "unique_id": "cy"}}  # fmt: skip
    ((record,), _) = captured(tmp_path, comment, platform="instagram-comments")
    assert (record["id"], record["reply_to_id"], record["author"]) == ("31", "30", "cy")
    first = {"cid": "41", "aweme_id": "40", "text": "no", "reply_id": "0",
             "create_time": 1715076000, "user": {"unique_id": "bo", "uid": "8"}}  # fmt: skip
    second = {**first, "cid": "42", "reply_id": "41", "reply_to_reply_id": "0"}
    third = {**first, "cid": "43", "reply_id": "41", "reply_to_reply_id": "42"}
    records, _ = captured(tmp_path, first, second, third, platform="tiktok-comments")
    assert [r["reply_to_id"] for r in records] == ["40", "41", "42"]
    assert [r.get("reply_to_author") for r in records] == [None, "bo", "bo"]


@pytest.mark.parametrize("platform", ["instagram.com", "threads.net", "tiktok.com"])
def test_posts_without_a_place_for_words_are_rejects(tmp_path, platform):
    _, (reject,) = captured(tmp_path, {"code": "C1", "id": "1"}, platform=platform)
    assert "not as" in reject.reason
