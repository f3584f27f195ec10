"""What a terminal with colours is shown, and that a pipe is not."""

import json
import shutil
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import pytest

from stancekit.cli.screen import bar, styled
from tests.cli.test_terminal import EVIL, MODEL, NAME
from tests.support.sealing import reseal
from tests.support.terminal import in_terminal, obeyed, without_styles

COLOURS = "xterm-256color"


def piped(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "stancekit.cli", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout + done.stderr


def test_bars_are_as_long_as_shares():
    assert [bar(share, 8) for share in (0, 0.25, 1, 1.5, -1)] == ["", "██", "█" * 8, "█" * 8, ""]


@pytest.mark.slow
@pytest.mark.parametrize("asked", [["formats"], ["--help"], ["label", "--help"]])
def test_a_pipe_and_a_dumb_terminal_get_plain_text(asked):
    assert "\x1b" not in piped(*asked)
    said, code = in_terminal(*asked)
    assert (code, obeyed(said)) == (0, [])


@pytest.mark.slow
@pytest.mark.parametrize("asked", [["formats"], ["--help"], ["label", "--help"]])
def test_a_terminal_gets_styles_and_the_same_words(asked):
    said, code = in_terminal(*asked, kind=COLOURS)
    assert code == 0
    assert "\x1b[" in said
    plain = without_styles(said)
    assert obeyed(plain) == []
    words = set(piped(*asked).replace("[experimental]", "experimental").split())
    assert words <= set(plain.split())


@pytest.mark.slow
def test_every_line_of_a_help_fits_80_columns_but_its_examples():
    said, _ = in_terminal("label", "--help", kind=COLOURS)
    long = [line for line in without_styles(said).split("\n") if len(line) > 80]
    assert all(line.startswith("  stancekit label") for line in long)


@pytest.mark.slow
@pytest.mark.parametrize("asked", [[], ["--explain"]])
def test_posts_steer_nothing_among_colours(tmp_path, asked):
    posts = tmp_path / "posts.txt"
    posts.write_text(f"thank you {EVIL}\n", encoding="utf-8")
    said, code = in_terminal("classify", "-m", str(MODEL), *asked, given=posts, kind=COLOURS)
    assert code == 0
    assert "\x1b[" in said
    assert obeyed(without_styles(said)) == []
    assert "\x1b[31m" not in said


@pytest.mark.slow
def test_names_of_files_and_labels_steer_nothing_among_colours(tmp_path):
    folder = shutil.copytree(MODEL, tmp_path / "model")

    def change(manifest):
        names = [f"{number}{EVIL}" for number in range(4)]
        manifest["classes"] = manifest["report"]["classes"] = names
        manifest["about"] |= {"notes": EVIL, "training_data": EVIL}

    reseal(folder, change)
    said, code = in_terminal("info", str(folder), kind=COLOURS)
    assert (code, obeyed(without_styles(said))) == (0, [])
    assert "\x1b[31m" not in said
    archive = tmp_path / "names.zip"
    with zipfile.ZipFile(archive, "w") as file:
        rows = [{"text": "bravo", "id": str(n), "author": "ada"} for n in range(3)]
        file.writestr(f"{NAME}.jsonl", "\n".join(map(json.dumps, rows)))
    out = str(tmp_path / f"{NAME}.csv")
    said, code = in_terminal(
        "label", str(archive), "-o", out, "-m", str(folder), "--no-progress", kind=COLOURS
    )
    assert code == 0, said
    assert "■" in said
    assert "█" in said
    assert obeyed(without_styles(said)) == []
    assert "\x1b[31m" not in said


def test_no_color_is_heeded(monkeypatch):
    screen = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setenv("TERM", COLOURS)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert styled(screen)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not styled(screen)
