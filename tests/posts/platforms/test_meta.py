"""Downloads of Facebook, Instagram and Threads, quirk by quirk."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import FormatError
from stancekit.posts import Reject, detect, read_records
from stancekit.posts.platforms.meta import facebook
from stancekit.posts.strings import mend_mojibake
from tests.support.builders import write_folder, write_zip
from tests.support.samples_social import broken, caption, facebook_comment, instagram_comment


@pytest.fixture
def read(tmp_path):
    def read(files, **options):
        if not isinstance(files, dict):
            files = {"export.json": files}
        whole = {n: v if isinstance(v, str) else broken(v) for n, v in files.items()}
        items = list(read_records(write_folder(tmp_path / "download", whole), **options))
        records = [item for item in items if isinstance(item, dict)]
        return records, [item for item in items if not isinstance(item, dict)]

    return read


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_bytes_written_as_characters_are_mended(text):
    assert mend_mojibake(text.encode().decode("latin-1")) == text


@pytest.mark.parametrize("text", ["café", "straße – fine", "“quotes” stay", "трамвай", "🚋"])
def test_sound_text_stays(text):
    assert mend_mojibake(text) == text


def test_text_of_sound_and_broken_parts():
    assert mend_mojibake("cafÃ© … mixed") == "café … mixed"


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


def test_messages_are_read_when_asked_for(read):
    records, _ = read({"message_1.json": MESSAGES}, private=True)
    assert [(r["text"], r["author"], r["visibility"]) for r in records] == [("héé", "Bo", "direct")]
    assert records[0]["created_at"].microsecond == 123000


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


def test_threads(read):
    posts = [caption("één 🚋"), {"media": [{"uri": "", "creation_timestamp": 1}]}]
    records, (notice,) = read(
        {"threads/threads_and_replies.json": {"text_post_app_text_posts": posts}}
    )
    assert [r["text"] for r in records] == ["één 🚋"] and "kind" not in records[0]
    assert records[0]["source_format"] == "threads" and "1 items without words" in notice.message


def test_zip_is_read_too(tmp_path):
    files = {"x/comments.json": broken({"comments_v2": [facebook_comment("é")]})}
    (record,) = read_records(write_zip(tmp_path / "facebook.zip", files))
    assert record["text"] == "é" and record["source_ref"] == "x/comments.json:1"


def test_what_is_no_post_is_a_reject(read):
    records, (reject,) = read({"c.json": {"comments_v2": [facebook_comment("a"), 7]}})
    assert len(records) == 1 and isinstance(reject, Reject) and reject.line == 2


def test_anybodys_comments_are_no_facebook():
    rows = {"comments": [{"timestamp": 1715688000, "text": "hello"}]}
    assert facebook.lists_in("comments.json", json.dumps(rows)) is None


@pytest.mark.parametrize("name", ["post_comments_1.html", "your_posts_1.html"])
def test_html_downloads_are_refused_with_what_to_do(tmp_path, name):
    write_folder(tmp_path, {f"x/{name}": "<html></html>"})
    with pytest.raises(FormatError, match="as JSON"):
        detect(tmp_path)
