"""In a terminal nothing that a post, a name, a path or a model brings along is obeyed."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.sealing import reseal
from tests.support.terminal import in_terminal, obeyed

MODEL = Path(__file__).parents[1] / "model" / "saved" / "format-1" / "model"
#: Clipboard, link, title, colour, C1's CSI, delete, and what turns writing round.
EVIL = (
    "\x1b]52;c;ZXZpbA==\x07 \x1b]8;;http://evil.example\x1b\\x\x1b]8;;\x1b\\ \x1b]0;t\x07 \x1b[31m"
    "\x9b31m \x7f\b\r \u202etxt.exe\u202c \u2066a\u2069 \u200f\u061c"
)
NAME = "\x1b]0;pwned\x07\x1b[31m\x9b2J\u202e"  # as far as names of files may hold it


@pytest.fixture
def posts(tmp_path):
    path = tmp_path / "posts.txt"
    path.write_text(f"thank you {EVIL}\n{EVIL}\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("asked", [[], ["--explain"], ["--as", "csv"], ["--as", "jsonl"]])
def test_posts_are_shown(posts, asked):
    said, code = in_terminal("classify", "-m", str(MODEL), *asked, given=posts)
    assert code == 0
    assert "thank you" in said
    assert obeyed(said) == []


@pytest.mark.slow
def test_tabs_of_a_tsv_are_its_own(posts):
    said, code = in_terminal("classify", "-m", str(MODEL), "--as", "tsv", given=posts)
    assert code == 0
    assert set(obeyed(said)) == {"\t"}


@pytest.mark.slow
def test_labels_of_an_archive_are_shown(tmp_path):
    posts = tmp_path / "posts.jsonl"
    posts.write_text(json.dumps({"text": f"thank you {EVIL}", "id": EVIL}))
    said, code = in_terminal("label", str(posts), "-o", "-", "-m", str(MODEL), "--no-progress")
    assert code == 0
    assert "thank you" in said
    assert obeyed(said) == []


@pytest.mark.slow
def test_an_explained_post_is_shown(tmp_path):
    said, code = in_terminal("explain", f"bravo {EVIL}", "-m", str(MODEL))
    assert code == 0
    assert obeyed(said) == []


@pytest.fixture
def archive(tmp_path):
    """A packed table whose file and columns have such names, and a broken row."""
    path = tmp_path / "names.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{NAME}.csv", f"text,{NAME[:6]}\u202e\nhello,a\nbravo,b\nbroken,a,b,c\n")
    return path


@pytest.mark.slow
def test_names_of_files_and_columns_are_shown_in_a_summary(archive, tmp_path):
    out = str(tmp_path / f"{NAME}.csv")
    asked = ["label", str(archive), "-o", out, "-m", str(MODEL), "--no-progress"]
    said, code = in_terminal(*asked)
    assert code == 0, said
    assert "pwned" in said
    assert obeyed(said) == []
    said, code = in_terminal(*asked)  # is already there
    assert code == 1
    assert "already there" in said
    assert obeyed(said) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        ["label", f"no {NAME}", "-o", "x.csv"],
        ["label", "names.zip", "-o", f"x.{NAME}"],
        ["label", "names.zip", "-o", "x.csv", "--on-error", "stop"],
        ["label", "names.zip", "-o", "x.csv", "--select", f"id,{NAME}"],
        ["label", "names.zip", "-o", "x.csv", "-O", NAME],
        ["label", "names.zip", "-o", "x.csv", "--format", NAME],
        ["train", "names.zip", "-o", "x"],
        ["info", f"no {NAME}"],
        [NAME],
        [f"--{NAME}"],
        ["formats", NAME],
        ["label", "names.zip", "-o", "x.csv", f"--{NAME}"],
    ],
)
def test_errors_are_shown(archive, tmp_path, asked):
    if asked[0] == "label":
        asked = [*asked, "-m", str(MODEL), "--no-progress"]
    said, code = in_terminal(*asked, cwd=tmp_path)
    assert code in (1, 2)
    assert said
    assert obeyed(said) == []


@pytest.mark.slow
def test_a_model_of_a_stranger_is_shown(tmp_path):
    folder = shutil.copytree(MODEL, tmp_path / "model")

    def change(manifest):
        manifest["name"] = EVIL
        manifest["about"] |= {"notes": EVIL, "training_data": EVIL, "versions": {EVIL: EVIL}}
        manifest["about"]["posts_per_label"] = {EVIL: 1}
        manifest["report"] |= {"how": EVIL, "dropped": {EVIL: 1}}
        names = [f"{number}{EVIL}" for number in range(4)]
        manifest["classes"] = manifest["report"]["classes"] = names

    reseal(folder, change)
    assert EVIL in json.loads((folder / "manifest.json").read_bytes())["name"]
    posts = tmp_path / "posts.csv"
    posts.write_text("text\nbravo\n")
    for asked in (
        ["info", str(folder)],
        ["classify", "bravo", "-m", str(folder)],
        ["explain", "bravo", "-m", str(folder)],
        ["label", str(posts), "-o", str(tmp_path / "out.csv"), "-m", str(folder)],
    ):
        said, code = in_terminal(*asked, *(["--no-progress"] if asked[0] == "label" else []))
        assert (code, obeyed(said)) == (0, []), asked


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
@pytest.mark.parametrize("asked", [["classify", "bravo"], ["info"], ["formats"], ["--version"]])
def test_a_full_standard_output_is_an_error_and_no_trace(asked):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "stancekit.cli", *asked],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("stancekit: standard output: could not be used (No space left")
    assert "Traceback" not in done.stderr
