from pathlib import Path

import pandas as pd

from stancekit.posts import read_posts
from tests.cli.conftest import Command
from tests.support.annotations import SOURCE, TEXTS, write_annotations


def test_join_writes_a_table_that_the_readers_take(command: Command, tmp_path: Path) -> None:
    gold = write_annotations(tmp_path)
    source, output = tmp_path / "tramline.txt", tmp_path / "new" / "gold.csv"
    source.write_text("\n".join(TEXTS.values()), encoding="utf-8")
    done = command("corpus", "join", SOURCE, source, "-o", output, "--annotations", gold)
    assert done.exit_code == 0, done.output
    assert "4 of 4 annotations found" in done.stderr
    posts = pd.concat(read_posts(output))
    assert posts["text"].tolist() == list(TEXTS.values())
    assert posts["part"].tolist() == ["train", "train", "train", "dev"]
    again = command("corpus", "join", SOURCE, source, "-o", output, "--annotations", gold)
    assert again.exit_code == 1
    assert "--force" in again.stderr


def test_join_prints_data_and_messages_apart(command: Command, tmp_path: Path) -> None:
    gold = write_annotations(tmp_path)
    source = tmp_path / "tramline.txt"
    source.write_text("\n".join(TEXTS.values()), encoding="utf-8")
    done = command("corpus", "join", SOURCE, source, "--annotations", gold)
    assert done.exit_code == 0
    assert done.stdout.startswith('"id","source","ref","part","label","confidence","text"')
    assert '"@depot The timetable' in done.stdout
    assert "annotations found" not in done.stdout


def test_join_that_finds_nothing_fails_and_writes_nothing(command: Command, tmp_path: Path) -> None:
    gold = write_annotations(tmp_path)
    source, output = tmp_path / "other.txt", tmp_path / "gold.csv"
    source.write_text("Something else\n", encoding="utf-8")
    done = command("corpus", "join", SOURCE, source, "-o", output, "--annotations", gold)
    assert done.exit_code == 1
    assert "none of the 4 annotations" in done.stderr
    assert not output.exists()


def test_sources_are_counted(command: Command) -> None:
    done = command("corpus", "sources")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 1 + 28 + 1
    assert lines[-1].split() == ["total", "24,967", "828"]
