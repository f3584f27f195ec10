import csv
import io
import json
import re

import pytest

import stancekit.model
from stancekit.cli.classify import label_texts
from stancekit.cli.show import table
from stancekit.runs.labeller import Labeller
from stancekit.show.cells import width
from tests.support.fakes import CLASSES, fake_model


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_arguments_become_rows_of_csv(command):
    done = command("classify", "well said", "@ana hm")
    table = rows(done.stdout)
    assert [row["text"] for row in table] == ["well said", "@ana hm"]
    assert set(table[0]) == {"text", "label", "confidence", *CLASSES, "reason", "model"}
    expected = fake_model().classify(["well said", "@ana hm"]).label.tolist()
    assert [row["label"] for row in table] == expected
    assert done.stderr == ""


def test_lines_of_standard_input_keep_their_places(command):
    stdin = "\ufeffone\r\n\r\nthr\u2028ee\n".encode() + b"odd \xff byte"
    done = command("classify", "--as", "jsonl", stdin=stdin)
    found = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
    assert [row["text"] for row in found] == ["one", "", "thr\u2028ee", "odd \ufffd byte"]
    assert [row["reason"] for row in found] == [None, "empty", None, None]


def test_no_input_at_all_gives_a_header_and_no_rows(command, tmp_path):
    header = ",".join(f'"{name}"' for name in ("text", *Labeller(fake_model()).columns))
    done = command("classify", stdin="")
    assert (done.exit_code, done.stdout) == (0, f"{header}\n")
    assert command("classify", "--as", "jsonl", stdin="").stdout == ""
    out = tmp_path / "out.csv"
    assert command("classify", "-o", out, stdin="").exit_code == 0
    assert out.read_text(encoding="utf-8") == f"{header}\n"


def test_a_minimum_confidence_leaves_posts_unsure(command):
    row = rows(command("classify", "--min-confidence", "1", "hm").stdout)[0]
    assert (row["label"], row["reason"]) == ("", "below min_confidence")


def test_explain_adds_a_column_or_a_line(command):
    assert "evidence" not in rows(command("classify", "well said").stdout)[0]
    found = rows(command("classify", "--explain", "well said", "").stdout)
    words = fake_model().classify(["well said"], explain=True).evidence[0]
    assert [row["evidence"].lstrip("'") for row in found] == [words, ""]
    shown = command("classify", "--explain", "--as", "table", "well said", "", "hm").stdout
    lines = shown.splitlines()[2:]
    assert len(lines) == 2 + 1 + 2
    assert lines[1] == " " * lines[0].index("well") + words


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "parquet"])
def test_output_goes_to_a_file_by_its_ending(command, tmp_path, ending):
    out = tmp_path / f"out.{ending}"
    assert command("classify", "a", "b", "-o", out).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert out.stat().st_size


def test_a_file_is_replaced_only_by_force(command, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    refused = command("classify", "a", "-o", out)
    assert refused.exit_code == 1
    assert "add --force" in refused.stderr
    assert out.read_text(encoding="utf-8") == "mine"
    assert command("classify", "a", "-o", out, "--force").exit_code == 0


def test_an_unknown_ending_or_model_is_named(command, tmp_path):
    shown = command("classify", "a", "-o", tmp_path / "out.doc").stderr
    assert "out.doc: cannot tell" in shown and "End the name in" in shown
    assert "yours: no such model" in command("classify", "a", "-m", "yours").stderr


def test_as_and_ending_must_agree_if_the_ending_says_anything(command, tmp_path):
    refused = command("classify", "a", "--as", "jsonl", "-o", tmp_path / "c.csv")
    assert refused.exit_code == 2
    assert "c.csv: ends in .csv, and --as jsonl was asked for" in refused.stderr
    assert not list(tmp_path.iterdir())
    for name in ("c.ndjson", "c.txt"):
        assert command("classify", "a", "--as", "jsonl", "-o", tmp_path / name).exit_code == 0
        assert json.loads((tmp_path / name).read_text(encoding="utf-8"))["text"] == "a"


def test_the_folder_of_the_file_is_made_if_it_can_be(command, tmp_path):
    out = tmp_path / "new" / "newer" / "out.csv"
    assert command("classify", "a", "-o", out).exit_code == 0
    assert out.stat().st_size
    refused = command("classify", "a", "-o", out / "x.csv")
    assert "out.csv is a file, not a folder" in refused.stderr
    refused = command("classify", "a", "-o", out.parent.rename(tmp_path / "new" / "d.csv"))
    assert "d.csv: is a folder" in refused.stderr


def test_the_table_is_aligned_and_cut_to_the_terminal():
    batch = next(label_texts(["short", "long " * 40, ""], Labeller(fake_model()))).table
    lines = list(table(batch, width=60))
    assert all(len(line) <= 60 for line in lines)
    starts = {line.index("short") for line in lines if "short" in line}
    assert starts == {lines[0].index("text")}
    assert lines[3].endswith("…")
    assert lines[4].split() == ["no", "label", "(empty)"]


def test_a_post_steers_no_terminal_and_wide_letters_are_counted():
    posts = ["\x1b[2J\x1b]52;c;aGk=\x07gone", "漢字" * 40, "👨‍👩‍👧‍👦" * 40, "\u202edesrever\r\n"]
    labeller = Labeller(fake_model(classes=("賛成\x1b[31m", "反対")), explain=True)
    lines = list(table(next(label_texts(posts, labeller)).table, width=60))
    assert max(map(width, lines)) in (59, 60)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", "".join(lines))
    assert "␛[2J␛]52;c;aGk=␇gone" in lines[2]
    assert len({width(line[: line.index(".")]) for line in lines[2:] if " 0." in line}) == 1


def test_other_languages_are_told_on_standard_error(command, monkeypatch):
    monkeypatch.setattr(stancekit.model, "load", lambda _: fake_model(about={"languages": ["en"]}))
    texts = ("Das ist nicht, was wir wollten", "This is not what we wanted")
    done = command("classify", "--as", "csv", *texts)
    assert "50% of the posts do not look English (1 of 2 looked at)" in done.stderr
    assert "look English" not in done.stdout
    assert command("classify", "--as", "csv", texts[1]).stderr == ""
