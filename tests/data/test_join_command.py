import subprocess
import sys
from pathlib import Path

import join
import pandas as pd
import pytest

from stancekit.posts import read_posts
from tests.support.annotations import SOURCE, TEXTS, write_annotations


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """An invented source's file, and the option that names its annotations."""
    source = tmp_path / "tramline.txt"
    source.write_text("\n".join(TEXTS.values()), encoding="utf-8")
    return [str(source), "--annotations", str(write_annotations(tmp_path))]


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the script as the README says."""
    command = [sys.executable, join.__file__, *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.slow
def test_it_writes_a_table_that_the_readers_take(files: list[str], tmp_path: Path) -> None:
    output = tmp_path / "new" / "gold.csv"
    done = run(SOURCE, *files, "-o", output)
    assert done.returncode == 0, done.stderr
    assert "4 of 4 annotations found" in done.stderr
    assert done.stdout == ""
    posts = pd.concat(read_posts(output))
    assert posts["text"].tolist() == list(TEXTS.values())
    assert posts["part"].tolist() == ["train", "train", "train", "dev"]
    written = output.read_bytes()
    again = run(SOURCE, *files, "-o", output)
    assert again.returncode == 1
    assert "is already there" in again.stderr
    assert output.read_bytes() == written


def test_it_prints_data_and_messages_apart(files: list[str]) -> None:
    done = run(SOURCE, *files)
    assert done.returncode == 0
    assert done.stdout.startswith("id,source,ref,part,label,confidence,text,found_by\n")
    assert "@depot The timetable" in done.stdout
    assert "annotations found" not in done.stdout


def test_where_nothing_is_found_it_fails_and_writes_nothing(
    files: list[str], tmp_path: Path
) -> None:
    Path(files[0]).write_text("Something else\n", encoding="utf-8")
    done = run(SOURCE, *files, "-o", tmp_path / "gold.csv")
    assert done.returncode == 1
    assert done.stderr.startswith("join.py: none of the 4 annotations")
    assert not (tmp_path / "gold.csv").exists()
