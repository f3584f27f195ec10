"""No file of a source goes without a line: of what is known how many, else name, size and why."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import Notice, read_records
from stancekit.posts.files.opening import open_source
from stancekit.posts.files.unread import Unread, unread_files
from stancekit.posts.limits import FILES_SAID
from tests.support.builders import ACCOUNT, script, tweet, tweets_js, write_folder, write_zip

ARCHIVE = {
    "data/tweets.js": tweets_js([tweet("save the tram")]),
    "data/account.js": ACCOUNT,
    "data/like.js": script("YTD.like.part0", [{"like": {"tweetId": "1"}}]),
    "data/ad-engagements.js": script("YTD.ad_engagements.part0", []),
    "data/direct-messages.js": script("YTD.direct_messages.part0", []),
    "data/follower.js": "",
    "Your archive.html": "<html></html>",
    "assets/js/app.js": "run()",
    **{f"data/tweets_media/{n}.jpg": "x" * 1000 for n in range(300)},
}


def told(path, **options):
    """The notices about files that were not read."""
    items = read_records(path, **options)
    return [n for n in items if isinstance(n, Notice) and n.message.startswith("not read")]


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_what_a_platform_is_known_to_hold_is_counted_in_one_line(tmp_path, write):
    (notice,) = told(write(tmp_path / "archive", ARCHIVE))
    assert notice.file == "archive" and not notice.warning
    assert "300 files of pictures, film or sound (300.0 kB)" in notice.message
    assert "5 files that such an export holds besides posts" in notice.message
    assert "1 file of no bytes" in notice.message
    assert {file.name for file in notice.detail} == ARCHIVE.keys() - {
        "data/tweets.js", "data/account.js",
    }  # fmt: skip


def test_what_nobody_expects_is_named_with_size_and_reason(tmp_path):
    more = {"data/posts-2027.json": "[]" * 800, "notes.docx": "word", "old.zip": "PK", "a.html": ""}
    _, *others = told(write_zip(tmp_path / "a.zip", ARCHIVE | more))
    said = {notice.file: notice for notice in others}
    assert said.keys() == {"data/posts-2027.json", "notes.docx", "old.zip"}
    assert said["data/posts-2027.json"].warning and not said["notes.docx"].warning
    message = said["data/posts-2027.json"].message
    assert message.startswith("not read (1.6 kB): no posts of the format 'x-archive'")
    assert "unpack it" in said["old.zip"].message


def test_of_many_the_largest_are_named_and_the_others_counted(tmp_path):
    more = {f"extra/{n}.json": "[" + "0," * n + "0]" for n in range(40)}
    notices = told(write_zip(tmp_path / "a.zip", ARCHIVE | more))
    named = [n.file for n in notices if n.file.startswith("extra/")]
    assert named == [f"extra/{n}.json" for n in range(39, 39 - FILES_SAID, -1)]
    assert notices[-1].message.startswith(f"not read, besides those: {40 - FILES_SAID} files (")
    assert len(notices[-1].detail) == 40


def test_hidden_files_links_and_older_versions_are_counted(tmp_path):
    files = {"a.jsonl": '{"id": 1, "text": "no"}\n', "b.jsonl": '{"id": 2, "text": "yes"}\n'}
    folder = write_folder(tmp_path / "posts", files | {".git/config": "x", ".DS_Store": "y"})
    (tmp_path / "secret.jsonl").write_text('{"id": 3, "text": "hidden"}\n')
    (folder / "c.jsonl").symlink_to(tmp_path / "secret.jsonl")
    (notice,) = told(folder)
    assert "3 files that the system hides, links to elsewhere" in notice.message


@given(st.lists(st.sampled_from(["a.jpg", "b.csv", "c/d.html", "e", "f.zip", "g.ods", "h.mp4"]),
                unique=True), st.integers(0, 2**32))  # fmt: skip
def test_every_file_is_read_or_told(tmp_path_factory, names, seed):
    chance = random.Random(seed)
    files = {name: "x" * chance.choice([0, 5, 2000]) for name in names} | {"posts.json": "[]"}
    path = write_zip(tmp_path_factory.mktemp("any") / "a.zip", files)
    with open_source(path) as source:
        source.open("posts.json").close()
        found = [notice.detail for notice in unread_files(source, "json")]
    each = [[detail] if isinstance(detail, Unread) else detail for detail in found]
    assert {file.name for files in each for file in files} == set(names)


def test_a_run_under_pseudonyms_tells_no_names_of_files(tmp_path):
    more = {"messages/ada_lind_7.json": json.dumps({"x": 1})}
    notices = told(write_zip(tmp_path / "a.zip", ARCHIVE | more))
    assert len(notices) == 2 and not any("ada" in notice.message for notice in notices)


def test_a_file_of_another_format_is_told_with_its_format(tmp_path):
    threads = {"text_post_app_text_posts": [{"media": [{"title": "no", "creation_timestamp": 1}]}]}
    comment = {"string_map_data": {"Comment": {"value": "well done"}}}
    files = {
        "comments/post_comments_1.json": json.dumps([comment]),
        "threads/threads_and_replies.json": json.dumps(threads),
    }
    (notice,) = told(write_zip(tmp_path / "a.zip", files))
    assert notice.file == "threads/threads_and_replies.json" and notice.warning
    assert "it is of the format 'threads'" in notice.message
