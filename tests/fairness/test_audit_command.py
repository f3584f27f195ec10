import csv

import orjson
import pytest
from typer.testing import CliRunner

from stancekit.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["audit", "-m", "fast", *map(str, arguments)])


@pytest.mark.slow
def test_it_prints_the_table_and_writes_what_failed(tmp_path):
    out = tmp_path / "new" / "failures.csv"
    done = run("-n", 1, "-o", out)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Audit of fast@")
    assert "two camps" in done.stdout
    with out.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert f"{len(table)} cases that failed are in {out}" in done.stderr
    assert {"left", "right", "left_label", "p_right_dog-piling"} <= set(table[0])
    assert run("-n", 1, "-o", out).exit_code == 1
    assert run("-n", 1, "-o", out, "--force").exit_code == 0


def test_it_writes_json_lines(tmp_path, templates, names):
    out = tmp_path / "failures.jsonl"
    done = run("--templates", templates, "--names", names, "-o", out)
    assert done.exit_code == 0, done.output
    for line in out.read_bytes().splitlines():
        assert orjson.loads(line)["failed"] is True


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["--model", "nowhere"], 2, "no model here"),
        (["-o", "failures.docx"], 2, "cannot tell what to write"),
        (["--templates", "nowhere.tsv"], 1, "nowhere.tsv: cannot be read"),
        (["-n", "0"], 2, "-n"),
        (["--seed", "-1"], 2, "--seed"),
    ],
)
def test_what_cannot_be_used_is_refused(arguments, code, why):
    done = run(*arguments)
    assert done.exit_code == code
    assert why in done.stderr
