"""``stancekit events``: one table of storms and episodes, and words where nothing can be found."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from stancekit.cli import app
from stancekit.labels import LABELS


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["events", *map(str, arguments)])


def evening() -> pd.DataFrame:
    """A fortnight of one post every few hours at somebody, then forty within the hour."""
    quiet = pd.date_range("2026-03-01", periods=80, freq="4h", tz="UTC")
    loud = pd.date_range("2026-03-14 20:00", periods=40, freq="90s", tz="UTC")
    count = len(quiet) + len(loud)
    return pd.DataFrame(
        {
            "id": [str(number) for number in range(count)],
            "text": ["@tilda morning"] * len(quiet) + ["@tilda you worm #NoTilda"] * len(loud),
            "author": [f"account{number}" for number in range(count)],
            "created_at": [*quiet, *loud],
            "kind": "reply",
            "reply_to_author": "tilda",
            "label": ["neutral"] * len(quiet) + ["dog-piling"] * len(loud),
        }
    )


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labels.parquet"
    table = evening()
    for label in LABELS:
        table[label] = (table["label"] == label).astype("float32")
    table = table.assign(confidence=1.0, reason=None)
    table.to_parquet(path)
    return path


def test_one_table_has_an_event_a_row_and_the_terminal_says_it_in_words(
    labelled: Path, tmp_path: Path
) -> None:
    done = run(labelled, "-o", tmp_path / "events.csv", "--person", "@Tilda")
    assert done.exit_code == 0, done.output
    assert "consistent with a pile-on" in done.output
    table = pd.read_csv(tmp_path / "events.csv", dtype={"evidence": str})
    assert table[["event", "name"]].values.tolist() == [["pile-on", "tilda"], ["storm", "NoTilda"]]
    assert table["kind"].tolist()[0] == "person"
    assert table["start"].tolist() == ["2026-03-14T20:00:00Z"] * 2
    assert len(table["evidence"][0].split()) == 20
    assert "account9" not in (tmp_path / "events.csv").read_text("utf-8")
    again = run(labelled, "-o", tmp_path / "events.csv")
    assert again.exit_code == 1
    assert "--force" in again.stderr


def test_the_table_goes_to_standard_output_alone(labelled: Path) -> None:
    done = run(labelled, "-o", "-", "--storms", "none")
    assert done.exit_code == 0, done.output
    head, row = done.stdout.splitlines()
    assert head.startswith("event,name,start,end,posts,accounts")
    assert row.startswith("pile-on,tilda,")
    assert "consistent with a pile-on" in done.stderr


@pytest.mark.parametrize("ending", ["tsv", "xlsx"])
def test_other_tables(labelled: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"events.{ending}"
    assert run(labelled, "-o", out).exit_code == 0
    table = pd.read_excel(out) if ending == "xlsx" else pd.read_csv(out, sep="\t")
    assert table["event"].tolist() == ["pile-on", "storm"]


@pytest.mark.parametrize(("lacking", "words"), [("author", "wrote it"), ("created_at", "written")])
def test_a_file_that_cannot_show_it_says_so_and_is_no_failure(
    labelled: Path, tmp_path: Path, lacking: str, words: str
) -> None:
    pd.read_parquet(labelled).drop(columns=lacking).to_parquet(labelled)
    done = run(labelled, "-o", tmp_path / "events.csv")
    assert done.exit_code == 0, done.output
    assert "Nothing can be said" in done.stdout
    assert words in done.stdout
    table = pd.read_csv(tmp_path / "events.csv")
    assert not (table["event"] == "pile-on").any()


def test_names_are_not_run_by_a_spreadsheet(labelled: Path, tmp_path: Path) -> None:
    posts = pd.read_parquet(labelled)
    posts.assign(reply_to_author="=1+1", text="no").to_parquet(labelled)
    assert run(labelled, "-o", tmp_path / "events.csv").exit_code == 0
    assert pd.read_csv(tmp_path / "events.csv")["name"][0] == "'=1+1"


def test_what_is_wrong_ends_with_1_and_what_cannot_be_with_2(
    labelled: Path, tmp_path: Path
) -> None:
    assert run(tmp_path / "none.csv").exit_code == 1
    pd.read_parquet(labelled).drop(columns="label").to_csv(tmp_path / "posts.csv", index=False)
    assert run(tmp_path / "posts.csv").exit_code == 1
    assert run(labelled, "--storms", "rumours").exit_code == 2
    assert run(labelled, "-o", tmp_path / "events.pdf").exit_code == 2


@pytest.mark.parametrize("command", ["events", "report"])
def test_labels_are_not_written_over_even_by_force(labelled: Path, command: str) -> None:
    before = labelled.read_bytes()
    found = CliRunner().invoke(app, [command, str(labelled), "-o", str(labelled), "--force"])
    assert found.exit_code == 1 and "another name" in found.stderr
    assert labelled.read_bytes() == before
