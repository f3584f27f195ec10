"""Long runs of one thing, which a pattern may take hours for, are read or refused like others."""

import pytest

from stancekit.errors import StancekitError
from stancekit.posts import Reject, read_records
from stancekit.posts.json.mending import mended
from stancekit.posts.json.stream import _PREFIX
from stancekit.posts.platforms.whatsapp import _MARKED
from stancekit.posts.platforms.x.twarc_csv import _MEDIA_LINK
from stancekit.posts.times import parse_time
from stancekit.posts.tools.fourcat import _target

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


@pytest.mark.parametrize("run", RUNS)
def test_mending_of_many_words_before_a_run_ends(run):
    for words in ("a b" * 60, "a," * 60, "a " * 30_000):  # each word looked over the whole run
        text = f'{{"a": {words}{run * (1_000_000 // len(run))}§'
        assert mended(text) is None


def test_a_value_of_two_hundred_letters_is_mended_whatever_blanks_it_has():
    value = "a  b\t" * 66
    assert mended(f'{{"a": {value}c}}') == (f'{{"a": "{value}c"}}', len(value) + 8)


@pytest.mark.parametrize("run", RUNS)
def test_an_address_that_goes_on_names_no_post(run):
    cell = "at://did/" + run * (60_000 // len(run))
    assert _target(cell, "https://bsky.app/profile/ana/post/3k", "7") is not None


def test_an_address_of_bluesky_is_the_post_of_the_thread_it_ends_like():
    thread = "https://bsky.app/profile/ana.example/post/3kabc"
    for cell in (
        "at://did:plc:x/app.bsky.feed.post/3kabc",
        "https://bsky.app/profile/ana/post/3kabc/",
    ):
        assert _target(cell, thread, "7") == thread
    assert _target("at://did:plc:x/app.bsky.feed.post/4kabc", thread, "7") != thread


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


def test_lines_that_cannot_be_mended_end(tmp_path):
    line = '{"a": ' + "a," * 100_000 + "§x}\n"
    path = tmp_path / "lines.jsonl"
    path.write_text('{"text": "a"}\n' + line * 60 + '{"text": "b", "ok": True,}\n', "utf-8")
    found = read_records(path)
    assert sum(isinstance(item, Reject) for item in found) == 60  # the last one is mended


def test_broken_lines_here_and_there_leave_the_others_mended(tmp_path):
    broken, words = '{"text": "a b\n', "x" * 900
    good = f'{{"text": "{words}", "ok": True,}}\n'
    path = tmp_path / "lines.jsonl"
    path.write_text((good * 20 + broken) * 200, "utf-8")
    found = list(read_records(path))
    assert sum(isinstance(item, Reject) for item in found) == 200
