from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError
from tests.support.storm import posts, write_jsonl

fsspec = pytest.importorskip("fsspec", reason="needs the extra stancekit[dask]")

from stancekit.runs.cluster.listing import find_files, listing_digest  # noqa: E402
from stancekit.runs.cluster.pieces import (  # noqa: E402
    check_divisible,
    cut,
    lines_in,
    read_range,
    source_of,
)


def cut_up(source, block):
    return cut(
        find_files([str(source)]),
        format=None,
        count_lines=lambda ranges: [lines_in(where) for where in ranges],
        columns=lambda source: None,
        block=block,
    )


@settings(max_examples=50)  # it writes files
@given(
    lines=st.lists(st.text("ab é", max_size=30), max_size=20),
    block=st.integers(1, 50),
    last=st.booleans(),
)
def test_every_line_is_in_one_piece_and_is_numbered(tmp_path_factory, lines, block, last):
    path = tmp_path_factory.mktemp("cut") / "a.jsonl"
    text = "\n".join(['{"text": "x"}', *lines]) + "\n" * last
    path.write_text(text, encoding="utf-8")
    pieces = cut_up(path, block)
    found = []
    for piece in pieces:
        if piece.length is None:
            data = path.read_bytes()
        else:
            data = read_range(piece.file.url, piece.start, piece.length)
        found += list(enumerate(data.splitlines(keepends=True), piece.first_line))
    assert found == list(enumerate(path.read_bytes().splitlines(keepends=True), 1))
    assert [piece.index for piece in pieces] == list(range(len(pieces)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"id,text\n" + b'1,"two\nlines"\n' * 20),
        ("a.jsonl", ('{"text": "wide"}\n' * 20).encode("utf-16")),
        ("a.bin", b"\x1f\x8b" + bytes(200)),
    ],
)
def test_what_line_ends_do_not_divide_is_one_piece(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert [piece.length for piece in cut_up(path, 50)] == [None]


def test_folder_pattern_and_url_name_the_same_files(folder):
    names = ["a.jsonl", "b.jsonl", "late/c.jsonl"]
    assert [file.name for file in find_files([str(folder)])] == names
    assert [file.name for file in find_files([f"file://{folder}"])] == names
    assert [file.name for file in find_files([f"{folder}/**/*.jsonl"])] == names
    assert [file.name for file in find_files([f"{folder}/b.jsonl"])] == ["b.jsonl"]


def test_several_places_are_one_source_each_file_once(folder):
    places = [f"{folder}/late", f"{folder}/b.jsonl", f"{folder}/*.jsonl"]
    assert [file.name for file in find_files(places)] == ["late/c.jsonl", "b.jsonl", "a.jsonl"]
    with pytest.raises(InputError, match="no such file"):
        find_files([*places, f"{folder}/gone.jsonl"])


def test_what_is_no_data_is_left_out(folder):
    (folder / "_SUCCESS").touch()
    (folder / ".DS_Store").touch()
    assert len(find_files([str(folder)])) == 3


def test_an_object_store_is_listed_and_read():
    fs = fsspec.filesystem("memory")
    fs.pipe_file("/cut-here/b.jsonl", b'{"text": "two"}\n' * 10)
    fs.pipe_file("/cut-here/a.jsonl", b'{"text": "one"}\n')
    first, second = find_files(["memory://cut-here"])
    assert (first.name, second.size) == ("a.jsonl", 160)
    assert source_of(second, 100, 60).head("b.jsonl") == b'{"text": "two"}\n' * 3


def test_another_content_is_another_source(folder):
    before = listing_digest(find_files([str(folder)]))
    write_jsonl(folder / "a.jsonl", posts(41))
    assert listing_digest(find_files([str(folder)])) != before


def test_nothing_there_is_refused():
    with pytest.raises(InputError, match="no such file or folder"):
        find_files(["/no/such/*.jsonl"])
    with pytest.raises(InputError, match="nosuch://place"):
        find_files(["nosuch://place"])


def test_an_export_that_is_whole_only_together_is_refused(tmp_path):
    data = tmp_path / "archive" / "data"
    data.mkdir(parents=True)
    (data / "tweets.js").write_text(
        'window.YTD.tweets.part0 = [{"tweet": {"id_str": "1", "full_text": "hello",'
        ' "created_at": "Wed May 01 10:00:00 +0000 2024"}}]'
    )
    (data / "account.js").write_text("window.YTD.account.part0 = []")
    source = str(Path(tmp_path / "archive"))
    with pytest.raises(InputError, match="belong together"):
        check_divisible(source, find_files([source]))
