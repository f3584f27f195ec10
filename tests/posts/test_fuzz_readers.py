"""Every export in ``samples_*.py``, damaged in every way: posts, rejects or stancekit's own errors.

A module ``samples_<name>.py`` of ``tests.support`` is picked up by its ``SAMPLES``: from a name to
a function that writes an export (a file or a folder) to the path it is given.
"""

import csv
import gzip
import importlib
import io
import json
import random
import signal
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import FormatError, StancekitError
from stancekit.posts import Notice, Reject, detect, formats, read_records
from stancekit.posts.files import compressed
from stancekit.posts.files.containers import explained
from stancekit.posts.files.opening import open_source
from tests import support
from tests.support.samples_tables import zstd

SECONDS = 60
"""No damaged export of a few kilobytes takes a processor this long."""
MEMORY = 256 << 20

SAMPLES: dict[str, Callable[[Path], None]] = {}
for module in sorted(Path(support.__file__).parent.glob("samples_*.py")):
    SAMPLES |= importlib.import_module(f"tests.support.{module.stem}").SAMPLES

few = settings(max_examples=8)
each_sample = pytest.mark.parametrize("name", SAMPLES)
seeds = st.integers(0, 2**32)


@dataclass(frozen=True)
class Export:
    """A sound export: its files (one, under no name, if it is no folder) and its format."""

    files: dict[str, bytes]
    format: str

    def write(self, path: Path, changed: str, raw: bytes) -> Path:
        """Write it with one file changed."""
        if list(self.files) == [""]:
            path.write_bytes(raw)
            return path
        folder = path.with_suffix(".folder") / self.format
        for name, sound in self.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(raw if name == changed else sound)
        return folder


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Export]:
    made: dict[str, Export] = {}

    def export(name: str) -> Export:
        if name not in made:
            path = tmp_path_factory.mktemp("sound") / "export"
            SAMPLES[name](path)
            inside = [p for p in sorted(path.rglob("*")) if p.is_file()] if path.is_dir() else []
            files = {p.relative_to(path).as_posix(): p.read_bytes() for p in inside}
            made[name] = Export(files or {"": path.read_bytes()}, detect(path).name)
        return made[name]

    return export


@contextmanager
def no_hang() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError(f"still reading after {SECONDS} seconds")

    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def survives(path: Path, reader: str | None = None) -> int:
    """Read an export, however damaged, and check all that comes of it; return how many posts."""
    posts = 0
    try:
        with no_hang():
            for item in read_records(path, reader):
                if isinstance(item, dict):
                    posts += 1
                    assert isinstance(item.get("text"), str | None)
                    assert isinstance(item.get("id"), str | None)
                    assert item["source_ref"]
                else:
                    assert isinstance(item, Reject | Notice)
                    assert str(item)
    except StancekitError as error:
        assert str(error)
    return posts


def survives_both(path: Path, reader: str) -> None:
    survives(path)
    survives(path, reader)


@each_sample
def test_sound_sample_is_read(export, name, tmp_path):
    sound = export(name)
    file = next(iter(sound.files))
    assert survives(sound.write(tmp_path / "export", file, sound.files[file]))


@each_sample
@few
@given(seed=seeds)
def test_truncated(export, name, tmp_path, seed):
    chance, sound = random.Random(seed), export(name)
    file = chance.choice(list(sound.files))
    raw = sound.files[file]
    path = sound.write(tmp_path / "export", file, raw[: chance.randrange(len(raw) or 1)])
    survives_both(path, sound.format)


@pytest.mark.slow
@each_sample
@few
@given(seed=seeds)
def test_flipped_bits_and_moved_bytes(export, name, tmp_path, seed):
    chance, sound = random.Random(seed), export(name)
    file = chance.choice(list(sound.files))
    raw = bytearray(sound.files[file] or b" ")
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(raw))
        raw[place] ^= 1 << chance.randrange(8)
    if chance.random() < 0.3:
        place = chance.randrange(len(raw))
        raw[place:place] = raw[: chance.randrange(len(raw))]
    survives_both(sound.write(tmp_path / "export", file, bytes(raw)), sound.format)


ODD: list[Any] = [
    None, True, False, 0, -1, 2**70, 1e308, 0.5, "", "x", "\ud83d", "\0", "9" * 30, [], {}, [None],
    [[]], [{}], {"": None}, {"text": 7}, ["a", 1, None], "2024-13-45T99:99:99Z", "<p><b>&amp;</p",
    "../../etc/passwd", {"a": {"a": {"a": []}}},
]  # fmt: skip


def with_odd_value(value: Any, chance: random.Random) -> Any:
    """Put an odd value somewhere in a JSON value, or take a part away."""
    if not isinstance(value, (dict, list)) or not value or chance.random() < 0.15:
        return chance.choice(ODD)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = chance.choice(keys)
    changed = dict(value) if isinstance(value, dict) else list(value)
    if chance.random() < 0.1:
        del changed[key]
    else:
        changed[key] = with_odd_value(value[key], chance)
    return changed


def odd_json(text: str, chance: random.Random) -> str | None:
    """Change values in JSON lines, or in a JSON document behind an assignment; None if neither."""
    lines = text.splitlines()
    try:
        items = [json.loads(line) for line in lines]
    except (ValueError, RecursionError):
        start = min((text.find(mark) for mark in "[{" if mark in text), default=0)
        try:
            document = json.loads(text[start:].rstrip("; \n"))
        except (ValueError, RecursionError):
            return None
        for _ in range(3):
            document = with_odd_value(document, chance) or document
        return text[:start] + json.dumps(document)
    return "\n".join(json.dumps(with_odd_value(item, chance)) for item in items)


def odd_cells(text: str, chance: random.Random) -> str:
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for row in rows[1:]:
        if row:
            row[chance.randrange(len(row))] = str(chance.choice(ODD)).replace("\ud83d", "🚋")
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


@pytest.mark.slow
@each_sample
@settings(few, max_examples=20)
@given(seed=seeds)
def test_anything_anywhere(export, name, tmp_path, seed):
    chance, sound = random.Random(seed), export(name)
    texts = {file: raw.decode("utf-8", "replace") for file, raw in sound.files.items()}
    file = chance.choice([file for file, text in texts.items() if text.strip()])
    if texts[file].count("\ufffd") > 3:
        return  # no text: bits are flipped in it above
    changed = odd_json(texts[file], chance) or odd_cells(texts[file], chance)
    raw = changed.encode("utf-8", "replace")
    survives_both(sound.write(tmp_path / "export", file, raw), sound.format)


def sniffed(path: Path) -> None:
    """Ask every format about a file: each says yes or no, so that none ends it for the others."""
    try:
        with open_source(path) as source, explained(path):
            for reader in formats():
                assert isinstance(reader.sniff(source), bool), reader.name
    except StancekitError as error:  # of the archive around it
        assert str(error)


@pytest.mark.slow
@each_sample
@few
@given(seed=seeds)
def test_no_format_raises_when_it_is_asked_about_a_file(export, name, tmp_path, seed):
    chance, sound = random.Random(seed), export(name)
    file = chance.choice(list(sound.files))
    raw = bytearray(sound.files[file] or b" ")
    for _ in range(chance.randint(0, 6)):
        place = chance.randrange(min(len(raw), 300))
        raw[place : place + chance.randint(0, 1)] = chance.choice(
            [b"\r", b"\0", b'"', b"\xff", b""]
        )
    sniffed(sound.write(tmp_path / "export", file, bytes(raw)))


TABLES_OF_TOOLS = [
    name for name in SAMPLES
    if name.startswith(("twarc", "4cat", "crowdtangle", "reddit-", "youtube-", "x-classic tweets"))
    and "json" not in name
]  # fmt: skip


def other_header(rows: list[list[str]], chance: random.Random) -> list[list[str]]:
    """Write one column's name in another way, or leave the column out."""
    place = chance.randrange(len(rows[0]))
    how = chance.choice(["case", "renamed", "spaced", "empty", "gone", "last cells gone"])
    if how == "gone":
        return [row[:place] + row[place + 1 :] for row in rows]
    if how == "last cells gone":
        return [rows[0][:place] + rows[0][place + 1 :] + [rows[0][place]]] + [
            row[:place] + row[place + 1 :] for row in rows[1:]
        ]
    name = rows[0][place]
    new = {"case": name.swapcase(), "renamed": name + "x", "spaced": f" {name} ", "empty": ""}[how]
    return [[*rows[0][:place], new, *rows[0][place + 1 :]], *rows[1:]]


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES_OF_TOOLS)
@settings(few, max_examples=40)
@given(seed=seeds)
def test_tables_that_lack_a_column_are_told_so(export, name, tmp_path, seed):
    chance, sound = random.Random(seed), export(name)
    file = next(iter(sound.files))
    text = sound.files[file].decode("utf-8-sig")
    rows = other_header(list(csv.reader(io.StringIO(text, newline=""))), chance)
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    path = sound.write(tmp_path / "export", file, written.getvalue().encode())
    survives_both(path, sound.format)


@pytest.mark.slow
@each_sample
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "koi8-r"])
def test_wrong_encodings(export, name, encoding, tmp_path):
    sound = export(name)
    for file, raw in sound.files.items():
        changed = raw.decode("utf-8", "replace").encode(encoding, "replace")
        survives_both(sound.write(tmp_path / "export", file, changed), sound.format)


DEEP = {"lists": "[" * 50_000 + "]" * 50_000, "objects": '{"a":' * 50_000 + "1" + "}" * 50_000}


@pytest.mark.slow
@each_sample
@pytest.mark.parametrize("what", ["lists", "objects", "open", "huge"])
def test_deep_nesting_and_huge_strings(export, name, what, tmp_path):
    sound = export(name)
    for file, raw in sound.files.items():
        text = raw.decode("utf-8", "replace")
        middle = text.find('": "', len(text) // 2) + 3
        end = text.find('"', middle + 1) + 1
        if middle < 3 or not end:
            middle = end = text.find(",", len(text) // 2) + 1
        value = '"' + "x" * 3_000_000 + '"' if what == "huge" else DEEP.get(what, "[" * 100_000)
        changed = (text[:middle] + value + text[end:]).encode("utf-8", "replace")
        survives_both(sound.write(tmp_path / "export", file, changed), sound.format)


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return path


def tarred(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, raw in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            archive.addfile(member, io.BytesIO(raw))
    return path


@each_sample
@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("bad", ["../out", "/etc/out", "a/../../out", "..\\out", "C:\\out"])
def test_names_that_point_outside_are_refused(export, name, pack, bad, tmp_path):
    files = {file or "export": raw for file, raw in export(name).files.items()}
    with pytest.raises(FormatError, match="unsafe"):
        list(read_records(pack(tmp_path / "packed", files | {bad: b"x"}), export(name).format))


@pytest.mark.slow
@each_sample
@pytest.mark.parametrize("pack", [zipped, tarred])
@few
@given(seed=seeds)
def test_damaged_archives(export, name, pack, tmp_path, seed):
    chance = random.Random(seed)
    files = {file or "export": raw for file, raw in export(name).files.items()}
    raw = bytearray(pack(tmp_path / "packed", files).read_bytes())
    for _ in range(chance.randint(0, 8)):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    if chance.random() < 0.5:
        del raw[chance.randrange(len(raw)) :]
    (tmp_path / "packed").write_bytes(raw)
    survives_both(tmp_path / "packed", export(name).format)


ZEROS = b"\0" * (1 << 20)


def zip_bomb(path: Path) -> None:
    zipped(path, {"posts.csv": b"id,text\n" + ZEROS * 24, "data/tweets.js": ZEROS * 24})


def gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb") as stream:
        stream.write(b"id,text\n")
        for _ in range(24):
            stream.write(ZEROS)


def zstd_bomb(path: Path) -> None:
    path.write_bytes(zstd.compress(b"id,text\n" + ZEROS * 24))


def sparse_tar(path: Path) -> None:
    """A member of 8 TB that takes no room: GNU tar's sparse files."""
    member = tarfile.TarInfo("posts.csv")
    member.type, member.size = tarfile.GNUTYPE_SPARSE, 512
    header = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    header[386:410] = b"%011o\0%011o\0" % (0, 512)
    header[482:495] = b"\0" + b"%011o\0" % (8**11 - 1)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    path.write_bytes(bytes(header) + b"id,text\n".ljust(512, b"x") + bytes(1024))


@pytest.mark.slow
@pytest.mark.parametrize("write", [zip_bomb, gzip_bomb, zstd_bomb, sparse_tar])
@pytest.mark.parametrize("reader", [None, "csv", "jsonl", "x-archive"])
def test_bombs_fill_neither_time_nor_memory(write, reader, tmp_path, monkeypatch):
    monkeypatch.setattr(compressed, "STREAM_FREE_BYTES", 1 << 24)
    write(tmp_path / "bomb")
    tracemalloc.start()
    try:
        survives(tmp_path / "bomb", reader)
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("write", [gzip_bomb, zstd_bomb])
def test_streams_that_unpack_without_end_are_refused(write, tmp_path, monkeypatch):
    monkeypatch.setattr(compressed, "STREAM_FREE_BYTES", 1 << 24)
    write(tmp_path / "bomb")
    with pytest.raises(FormatError, match="decompression bomb"):
        list(read_records(tmp_path / "bomb", "csv", text="text"))


@pytest.mark.slow
@pytest.mark.parametrize("reader", [reader.name for reader in formats()])
@pytest.mark.parametrize("start", ["", "[", '{"a": "', 'window.YTD.tweets.part0 = ["', '"', "\x1f"])
def test_files_without_line_ends_take_bounded_memory(reader, start, tmp_path):
    path = tmp_path / "export"
    path.write_bytes(start.encode() + b"x" * (1 << 20))
    tracemalloc.start()
    try:
        survives(path, reader)
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()
