import gzip
import re
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from stancekit.errors import FormatError, InputError
from stancekit.posts import Reader, detect, formats, read_records, registry
from stancekit.posts.registry import reader_named
from tests.support.builders import ACCOUNT, tweet, tweets_js, write_zip

CONTENT = {
    "jsonl": b'{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n',
    "json": b'[\n  {"id": 1, "text": "a"}]',
    "csv": b"id,text\n1,a\n",
}


@pytest.mark.parametrize("name", CONTENT)
def test_content_decides_not_the_name(tmp_path, name):
    path = tmp_path / "export.bin"
    path.write_bytes(CONTENT[name])
    assert detect(path).name == name


def test_a_single_tweets_file_is_an_x_archive(tmp_path):
    path = tmp_path / "renamed.js"
    path.write_text(tweets_js([tweet("hello")]))
    assert detect(path).name == "x-archive"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"<html><p>posts, posts</p></html>", "a web page"),
        (b"<?xml version='1.0'?><rss/>", "this is XML"),
        (b"SQLite format 3\x00" + bytes(90), "an SQLite database"),
        (b"[]\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"no tram, no peace\nshame on you all\n", "stancekit classify < FILE"),
        (b'// of May\n[{"text": "a"}]', "a comment above it"),
        (b"\x00\x01\x02\x03" * 50, r"Tried: x-archive, .*csv"),
    ],
)
def test_what_no_format_fits_gets_a_sentence_of_its_own(tmp_path, content, said):
    path = tmp_path / "posts.txt"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=said):
        detect(path)


def test_an_archive_of_several_things_says_which_file_to_give(tmp_path):
    files = {"a.csv": "id,n\n1,7\n", "b.jsonl": '{"x": 1}\n', "readme.txt": "hello you"}
    with pytest.raises(FormatError, match=r"such as a\.csv"):
        detect(write_zip(tmp_path / "mixed.zip", files))
    with pytest.raises(FormatError, match=r"unpack inner\.tgz"):
        detect(write_zip(tmp_path / "packed.zip", {"inner.tgz": gzip.compress(bytes(9))}))


def test_office_document_gets_advice(tmp_path):
    files = {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}
    with pytest.raises(FormatError, match="Office document"):
        detect(write_zip(tmp_path / "posts.csv", files))


def test_table_inside_a_zip(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"posts/one.csv": CONTENT["csv"]})
    assert detect(path).name == "csv"


def test_archive_without_data_folder_prefix(tmp_path):
    files = {"twitter-2024/data/tweets.js": tweets_js([tweet("x")]), "t/account.js": ACCOUNT}
    assert detect(write_zip(tmp_path / "a.zip", files)).name == "x-archive"


def test_unknown_format_name_lists_the_known():
    with pytest.raises(InputError, match="x-archive"):
        reader_named("nope")


def greet(source):
    yield {"id": "1", "text": source.head(source.names[0]).decode()}


GREETING = Reader("greeting", "a greeting", lambda source: True, greet)


def test_entry_point_adds_a_format(tmp_path, monkeypatch):
    point = EntryPoint("greeting", f"{__name__}:GREETING", registry.ENTRY_POINTS)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point])
    formats.cache_clear()
    try:
        path = tmp_path / "hello"
        path.write_text("hello")
        assert [r["text"] for r in read_records(path)] == ["hello"]
        assert formats().index(registry.reader_named("x-archive")) == 0
    finally:
        formats.cache_clear()


FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"


def the_guide_says():
    """From the name of each format in the table of docs/formats.md to what is said of its tests."""
    _, _, table = FORMATS.read_text(encoding="utf-8").partition("| format | reads | tested on |")
    rows = [line.strip("|").split("|") for line in table.strip().split("\n\n")[0].splitlines()[1:]]
    return {name: said.strip() for names, _, said in rows for name in re.findall(r"[\w-]+", names)}


def test_the_guide_lists_every_format_with_what_it_was_tested_on():
    said = the_guide_says()
    assert said.keys() == {reader.name for reader in formats()}
    for reader in formats():
        if reader.experimental:
            assert said[reader.name].startswith("experimental: ")
        else:
            assert said[reader.name] == reader.tested_on
    assert {"x-archive", "csv"} <= {r.name for r in formats() if not r.experimental}


def test_format_of_which_nothing_is_said_is_experimental():
    assert GREETING.experimental
