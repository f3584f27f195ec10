"""Instagram's download, quirk by quirk."""

import pytest

from tests.support.samples_social import caption, instagram_comment

DUTCH = ("Opmerking", "Media-eigenaar", "Tijd")


FINNISH = ("Kommentti", "Median omistaja", "Aika")


LABELS = {
    "timestamp": 1715688000, "media": [],
    "label_values": [{"label": "Comment", "value": "één"}, {"label": "Media Owner", "value": "bo"}],
}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        [instagram_comment("één")],
        [instagram_comment("één", DUTCH)],
        [instagram_comment("één", FINNISH)],
        {"comments_media_comments": [instagram_comment("één")]},
        {"comments_reels_comments": [instagram_comment("één")]},
        [LABELS],
    ],
)
def test_instagram_comments_in_every_shape_and_language(read, content):
    name = "your_instagram_activity/comments/post_comments_1.json"
    ((record,), others) = read({name: content})
    assert (record["text"], record["kind"]) == ("één", "reply")
    assert record["reply_to_author"] == "bo" and record["created_at"].isoformat()[:4] == "2024"
    assert record["source_format"] == "instagram" and not others


def test_instagram_captions_and_owner(read):
    user = {"string_map_data": {"Username": {"value": "ada"}}}
    many = {"title": "all of it", "creation_timestamp": 1715688000,
            "media": [{"uri": "1.jpg", "creation_timestamp": 1, "title": ""}]}  # fmt: skip
    records, _ = read({
        "media/posts_1.json": [caption("déjà"), many],
        "media/reels.json": {"ig_reels_media": [caption("reel")]},
        "personal_information/personal_information.json": {"profile_user": [user]},
        "comments/post_comments_1.json": [instagram_comment("a")],
    })  # fmt: skip
    assert {(r["text"], r["author"]) for r in records} == {
        ("déjà", "ada"), ("all of it", "ada"), ("reel", "ada"), ("a", "ada"),
    }  # fmt: skip


def test_likes_that_look_like_comments_are_not_read(read):
    like = {
        "timestamp": 1715688000,
        "label_values": [{"label": "Reaktion", "value": "Gefällt mir"}],
    }
    records, _ = read({
        "likes/liked_things.json": [like],
        "comments/post_comments_1.json": [instagram_comment("a")],
    })  # fmt: skip
    assert [r["text"] for r in records] == ["a"]


OF_2021 = {"title": "bo", "media_list_data": [],
           "string_list_data": [{"href": "", "value": "één", "timestamp": 1618550618}]}  # fmt: skip
OF_2018 = ["2021-04-16T05:23:38+00:00", "één", "bo"]


@pytest.mark.parametrize(
    "content",
    [
        {"comments_media_comments": [OF_2021]},
        {"comments_reels_comments": [OF_2021]},
        [OF_2021],
        {"media_comments": [OF_2018]},
        {"media_comments": [OF_2018], "live_comments": []},
    ],
)
def test_comments_of_earlier_years(read, content):
    ((record,), others) = read({"comments/post_comments.json": content})
    assert (record["text"], record["kind"], record["reply_to_author"]) == ("één", "reply", "bo")
    assert record["created_at"].isoformat() == "2021-04-16T05:23:38+00:00" and not others


def test_captions_of_2018(read):
    photo = {"caption": "één", "taken_at": "2018-04-16T05:23:38+00:00", "path": "photos/1.jpg"}
    records, _ = read({"media.json": {"stories": [photo], "photos": [{**photo, "caption": ""}]}})
    assert [(r["text"], r["created_at"].year) for r in records] == [("één", 2018)]


@pytest.mark.parametrize("odd", [{"title": "bo"}, {"title": "bo", "comment_data": {}}, ["a", "b"]])
def test_comments_in_a_shape_of_another_year_are_no_captions(read, odd):
    records, (reject,) = read({"a.json": {"comments_media_comments": [odd, OF_2021]}})
    assert [r["text"] for r in records] == ["één"]
    assert "not as Instagram wrote them" in reject.reason
