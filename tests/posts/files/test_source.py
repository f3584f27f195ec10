import gzip
import io
import os
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import FormatError, InputError, StancekitError
from stancekit.posts.files import compressed
from stancekit.posts.files.containers import explained
from stancekit.posts.files.opening import open_source
from stancekit.posts.reading import read_records
from tests.support.builders import write_folder, write_zip
from tests.support.samples_tables import zstd

FILES = {"data/tweets.js": "one", "data/sub/note.js": "two"}


def write_tar(path, mode="w:gz", files=FILES):
    with tarfile.open(path, mode) as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def test_folder_zip_and_tar_look_alike(tmp_path):
    places = [
        write_folder(tmp_path / "folder", FILES),
        write_zip(tmp_path / "a.zip", FILES),
        write_tar(tmp_path / "a.tar.gz"),
        write_tar(tmp_path / "a.tar", "w"),
    ]
    for place in places:
        with open_source(place) as source:
            assert source.names == ("data/sub/note.js", "data/tweets.js")
            with source.open("data/tweets.js") as stream:
                assert stream.peek(1) and stream.read() == b"one"
            assert source.find("tweets.js") == ("data/tweets.js",)


def test_gzipped_file_is_read_as_the_file_inside(tmp_path):
    path = tmp_path / "posts.csv.gz"
    path.write_bytes(gzip.compress(b"id,text\n"))
    with open_source(path) as source:
        assert source.names == ("posts.csv",)
        assert source.head("posts.csv") == b"id,text\n"


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_compressed_file_is_read_as_the_file_inside_also_in_a_folder(tmp_path, pack):
    (tmp_path / "a.csv.zst").write_bytes(pack(b"id,text\n") + pack(b"1,a\n"))
    with open_source(tmp_path) as source:
        assert source.names == ("a.csv.zst",)
        assert source.head("a.csv.zst") == b"id,text\n1,a\n"
    with open_source(tmp_path / "a.csv.zst") as source:
        assert source.names == ("a.csv",)
        assert source.head("a.csv") == b"id,text\n1,a\n"


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_tar_under_any_compression(tmp_path, pack):
    plain = write_tar(tmp_path / "a.tar", "w")
    path = tmp_path / "packed"
    path.write_bytes(pack(plain.read_bytes()))
    with open_source(path) as source:
        assert source.names == ("data/sub/note.js", "data/tweets.js")
        for name in (*source.names, *source.names):  # back and forth
            assert source.head(name) == FILES[name].encode()


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_compressed_bomb_is_refused_as_it_unpacks(tmp_path, pack, monkeypatch):
    monkeypatch.setattr(compressed, "STREAM_FREE_BYTES", 1 << 20)
    monkeypatch.setattr(compressed, "STREAM_RATIO", 500)
    path = tmp_path / "a"
    path.write_bytes(pack(bytes(8 << 20)))
    refused = pytest.raises(FormatError, match="decompression bomb")
    with open_source(path) as source, source.open("a") as stream, refused:
        while stream.read(1 << 16):
            pass
    path.write_bytes(pack(write_tar(tmp_path / "t", "w", {"x": "y" * (8 << 20)}).read_bytes()))
    with pytest.raises(FormatError, match="decompression bomb"):
        open_source(path)


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
@given(place=st.integers(0, 200), bit=st.integers(0, 7))
@settings(max_examples=50)
def test_damaged_streams_never_raise_anything_of_their_own(tmp_path, pack, place, bit):
    raw = bytearray(pack(b"id,text\n1,save the tram\n" * 20))
    raw[place % len(raw)] ^= 1 << bit
    path = tmp_path / "a"
    path.write_bytes(raw)
    try:
        with open_source(path) as source, explained(path), source.open(source.names[0]) as stream:
            stream.read()
    except StancekitError as error:
        assert str(path) in str(error)


def test_system_files_are_left_out(tmp_path):
    junk = {"__MACOSX/data/._tweets.js": "x", "data/.DS_Store": "x", "Thumbs.db": "x"}
    with open_source(write_zip(tmp_path / "a.zip", FILES | junk)) as source:
        assert len(source.names) == 2
    with open_source(write_folder(tmp_path / "f", FILES | junk)) as source:
        assert len(source.names) == 2


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.csv").write_text("id,text\n1,private\n")
    folder = write_folder(tmp_path / "f", FILES)
    (folder / "posts.csv").symlink_to(tmp_path / "secret.csv")
    with open_source(folder) as source:
        assert source.names == ("data/sub/note.js", "data/tweets.js")


@pytest.mark.parametrize("name", ["../evil.js", "/etc/evil.js", "a/../../evil", "C:\\x", "..\\x"])
def test_archive_that_points_outside_itself_is_refused(tmp_path, name):
    with pytest.raises(FormatError, match="unsafe archive"):
        open_source(write_zip(tmp_path / "a.zip", FILES | {name: "x"}))
    with pytest.raises(FormatError, match="unsafe archive"):
        open_source(write_tar(tmp_path / "a.tar.gz", files=FILES | {name: "x"}))


def test_zip_bomb_is_refused_before_it_unpacks(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"tweets.js": b" " * (20 << 20)})
    with open_source(path) as source, pytest.raises(FormatError, match="decompression bomb"):
        source.open("tweets.js")


def test_small_file_of_one_letter_is_no_bomb(tmp_path):
    with open_source(write_zip(tmp_path / "a.zip", {"t": b" " * (1 << 20)})) as source:
        assert len(source.head("t", 1 << 21)) == 1 << 20


def test_encrypted_member_says_what_to_do(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"tweets.js": "x"})
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with open_source(path) as source, pytest.raises(FormatError, match="encrypted"):
        source.open("tweets.js")


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\x1f\x8b\x08"])
def test_damaged_archive_is_named(tmp_path, start):
    path = tmp_path / "archive"
    path.write_bytes(start + b"rubbish" * 9)
    with pytest.raises(FormatError, match="damaged"):
        open_source(path)


def test_missing_path(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        open_source(tmp_path / "nothing.zip")


def test_zip_of_directories_only(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/", "")
    with open_source(path) as source:
        assert source.names == ()


def test_a_zip_whose_inner_name_is_damaged_is_refused(tmp_path):
    path = tmp_path / "posts.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tramé.csv", "text\nwell done\n")
    whole = path.read_bytes()  # the first name stands before the file, the second in the list
    path.write_bytes(whole.replace("é".encode(), b"\xa5\xa5", 1))
    with pytest.raises(FormatError, match=r"damaged: the name of tramé\.csv"):
        list(read_records(path))


def test_names_parted_by_backslashes_are_parted(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"twitter\\data\\tweets.js": "one"})
    with open_source(path) as source:
        assert source.names == ("twitter/data/tweets.js",)
        with source.open("twitter/data/tweets.js") as stream:
            assert stream.read() == b"one"


def test_a_member_without_a_name_has_one_that_says_so(tmp_path):
    path = write_zip(
        tmp_path / "a.zip", {"posts.csv": "text\nSave the tram\n", "other.csv": "text\nNo\n"}
    )
    path.write_bytes(path.read_bytes().replace(b"other.csv", b"\0ther.csv"))
    with open_source(path) as source:
        assert "(without a name)" in (*source.names, *source.passed)
    assert "Save the tram" in str(list(read_records(path)))
