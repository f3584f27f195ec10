"""Long runs of one thing, which a pattern may take hours for, are read or refused like others."""

import pytest

from stancekit.errors import StancekitError
from stancekit.posts import read_records
from stancekit.posts.json.stream import _PREFIX
from stancekit.posts.platforms.whatsapp import _MARKED
from stancekit.posts.platforms.x.twarc_csv import _MEDIA_LINK

LONG = 300_000  # where a pattern is quadratic nobody waits for it
RUNS = [" ", "\n", "x", "1", "/", "=", '"', ",", "[", "{", "\\", "<", "- ", "a:", "#\n", "\u2028"]


@pytest.mark.parametrize("run", RUNS)
def test_patterns_end(run):
    text = (run * LONG)[:LONG]
    _PREFIX.match(f"{text}!")
    for pattern in (_MARKED, _MEDIA_LINK):
        assert pattern.sub("", f"{text}!") == f"{text}!"


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
