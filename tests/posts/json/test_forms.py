"""What a document is, is told by what stands anywhere in it, not by order or size."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.posts import Notice, Reject, detect, read_records
from stancekit.posts.files.opening import open_source
from stancekit.posts.json.sniffing import outline
from stancekit.posts.limits import HEAD_BYTES, PATTERN_CHARACTERS, READ_BYTES
from tests.support.builders import write_folder, write_zip
from tests.support.samples_social import facebook_comment

LONG = 3 * HEAD_BYTES
NOISE = [{"name": f"app {n}", "seen": n, "note": "x" * 200} for n in range(LONG // 200)]
PICTURES = [{"uri": f"media/{n}.jpg", "creation_timestamp": 1715688000} for n in range(3)]


def posts_of(path):
    items = list(read_records(path))
    assert not any(isinstance(item, Reject) for item in items)
    warned = [str(item) for item in items if isinstance(item, Notice) and item.warning]
    return [item["text"] for item in items if isinstance(item, dict)], warned


def comment(words):
    return {"string_map_data": {"Comment": {"value": words}, "Time": {"timestamp": 1715688000}}}


PHOTOS = [
    {"timestamp": 1715688000 - n, "attachments": [{"data": [{"media": {"uri": "p" * 200}}]}],
     "data": [{"update_timestamp": 1}], "title": "Ada added a photo."}
    for n in range(LONG // 200)
]  # fmt: skip
WORDS = {"timestamp": 1600000000, "data": [{"post": "shame on the board"}]}
DOCUMENTS = {
    "facebook posts": ("facebook", [*PHOTOS, WORDS]),
    "facebook attachments first": (
        "facebook",
        [{"attachments": [{"data": [{"media": {"uri": "p" * 9000}}]}], **WORDS}],
    ),
    "facebook comments": (
        "facebook",
        {"comments_v2": [
            *({"timestamp": n, "attachments": ["x" * 300], "title": "A"}
              for n in range(LONG // 300)),
            facebook_comment("shame on the board"),
        ]},
    ),
    "instagram section": (
        "instagram",
        {"ig_other": NOISE, "comments_media_comments": [comment("shame on the board")]},
    ),
    "instagram posts": (
        "instagram",
        [{"media": [{"uri": "m", "media_metadata": {"x": "y" * LONG}, "title": ""}]},
         {"media": PICTURES, "title": "shame on the board"}],
    ),
    "threads": (
        "threads",
        {"text_post_app_drafts": NOISE, "text_post_app_text_posts": [
            {"media": [{"title": "shame on the board", "creation_timestamp": 1715688000}]},
        ]},
    ),
    "tiktok": (
        "tiktok",
        {"Zero": {"Noise": NOISE}, "Profile And Settings": {"Profile": {"ProfileMap": {}}},
         "Comment": {"Comments": {"CommentsList": [
             {"date": "2024-05-14 10:00:00", "comment": "shame on the board"}]}}},
    ),
    "youtube": (
        "youtube-comments",
        {"id": "v", "title": "film", "description": "d" * LONG, "comments": [
            {"id": "U1", "text": "shame on the board", "author_id": "UC1", "parent": "root"}]},
    ),
    "telegram": (
        "telegram",
        {"about": "x" * LONG, "name": "tram", "messages": [
            {"id": 1, "type": "message", "date_unixtime": "1715688000", "from": "Ada",
             "from_id": "user1", "text": "shame on the board"}]},
    ),
}  # fmt: skip


@given(before=st.integers(0, 4 * READ_BYTES), after=st.integers(0, READ_BYTES))
@settings(max_examples=25)
def test_an_outline_has_every_new_key_with_what_stands_around_it(tmp_path_factory, before, after):
    item = '{"name": "x", "seen": 7}, '
    text = '{"apps": [' + item * (before // len(item)) + '7], "words": {"post": [ {"id": 1}]}'
    path = tmp_path_factory.mktemp("long") / "a.json"
    path.write_text(text + ', "more": [' + item * (after // len(item)) + "7]}", encoding="utf-8")
    with open_source(path) as source:
        found = outline(source, path.name)
    assert re.search(r'"words"\s*:\s*\{\s*"post"\s*:\s*\[\s*\{\s*"id"', found)
    assert len(found) < 5 * (READ_BYTES + PATTERN_CHARACTERS)


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_marks_past_the_first_bytes_are_found(tmp_path, name, indent):
    reader, document = DOCUMENTS[name]
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document, indent=indent), encoding="utf-8")
    assert path.stat().st_size > HEAD_BYTES or "first" in name
    assert detect(path).name == reader
    texts, _ = posts_of(path)
    assert "shame on the board" in texts


def test_in_an_archive_no_file_of_posts_is_passed_over(tmp_path):
    files = {
        f"posts/your_posts_{n}.json": json.dumps(DOCUMENTS["facebook posts"][1]) for n in (1, 2)
    }
    files["comments_and_reactions/comments.json"] = json.dumps(
        {"comments_v2": [facebook_comment("well done")]}
    )
    files["preferences/preferences.json"] = "{}"
    for path in (write_zip(tmp_path / "a.zip", files), write_folder(tmp_path / "f", files)):
        texts, warned = posts_of(path)
        assert sorted(texts) == ["shame on the board", "shame on the board", "well done"]
        assert not warned


def test_a_file_called_as_posts_are_and_not_known_is_named(tmp_path):
    files = {
        "comments/comments.json": json.dumps({"comments_v2": [facebook_comment("well done")]}),
        "posts/your_posts_1.json": json.dumps({"posts_v9": [{"words": "in a new place"}]}),
    }
    texts, (warned,) = posts_of(write_zip(tmp_path / "a.zip", files))
    assert texts == ["well done"] and warned.startswith("posts/your_posts_1.json: not read (")
