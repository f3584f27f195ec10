import os

import pytest

from stancekit.errors import RunError
from stancekit.runs.identity import source_digest, source_stamps


def test_a_digest_does_not_hang_on_place_or_name(tmp_path):
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("text\na\n", encoding="utf-8")
    other.write_text("text\na\n", encoding="utf-8")
    assert source_digest([one]) == source_digest([other])
    other.write_text("text\nb\n", encoding="utf-8")
    assert source_digest([one]) != source_digest([other])


def folder_at(place):
    (place / "data").mkdir(parents=True)
    (place / "data" / "tweets.js").write_text("[]", encoding="utf-8")
    (place / "data" / "photo.JPG").write_bytes(b"1234")
    return place


@pytest.mark.parametrize(
    ("name", "content"),
    [("data/tweets.js", "{}"), ("data/new.js", "[]"), ("data/photo.JPG", "12345")],
)
def test_a_folders_digest_tells_contents_and_listing(tmp_path, name, content):
    one, other = folder_at(tmp_path / "one"), folder_at(tmp_path / "other")
    assert source_digest([one]) == source_digest([other])
    (other / name).write_text(content, encoding="utf-8")
    assert source_digest([one]) != source_digest([other])


def test_photos_count_by_name_and_size_so_that_words_alone_are_read(tmp_path):
    one, other = folder_at(tmp_path / "one"), folder_at(tmp_path / "other")
    (other / "data" / "photo.JPG").write_bytes(b"4321")
    assert source_digest([one]) == source_digest([other])


def test_stamps_tell_a_touched_file(tmp_path):
    folder = folder_at(tmp_path / "one")
    before = source_stamps([folder])
    os.utime(folder / "data" / "tweets.js", ns=(1, 1))
    assert source_stamps([folder]) != before


def test_a_vanished_source_is_named(tmp_path):
    with pytest.raises(RunError, match=r"gone.*Put the source back"):
        source_digest([tmp_path / "gone"])
