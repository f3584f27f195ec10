"""Long runs of one thing, which a pattern may take hours for, are read or refused like others."""

import pytest

from stancekit.errors import StancekitError
from stancekit.posts import read_records
from stancekit.posts.json.mending import mended
from stancekit.posts.json.stream import _PREFIX
from stancekit.posts.platforms.whatsapp import _MARKED
from stancekit.posts.platforms.x.twarc_csv import _MEDIA_LINK
from stancekit.posts.times import parse_time

LONG = 300_000  # where a pattern is quadratic nobody waits for it
RUNS = [" ", "\n", "x", "1", "/", "=", '"', ",", "[", "{", "\\", "<", "- ", "a:", "#\n", "\u2028"]


@pytest.mark.parametrize("run", RUNS)
def test_patterns_end(run):
    text = (run * LONG)[:LONG]
    _PREFIX.match(f"{text}!")
    for pattern in (_MARKED, _MEDIA_LINK):
        assert pattern.sub("", f"{text}!") == f"{text}!"


@pytest.mark.parametrize("run", RUNS)
def test_mending_and_times_end(run):
    text = (run * 50_000)[:50_000]  # quadratic, this were some hours
    for before in ("[1, x", '{"a": 1, b', '{"a": tru', "["):
        assert mended(f"{before}{text}!") is None or run in "]}"
    for before in ("", "2024-05-14", "14 May 2024 "):
        assert parse_time(f"{before}{text}") is None or not text.strip()


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "[", '{"a":"', "id,text\n1,", '{"text": "a"}\n'])
@pytest.mark.parametrize("run", RUNS)
def test_files_end(tmp_path, before, run):
    path = tmp_path / "file"
    path.write_text(before + (run * 70_000)[:70_000], encoding="utf-8")
    try:
        for item in read_records(path):
            assert item
    except StancekitError as error:
        assert str(path) in str(error)
