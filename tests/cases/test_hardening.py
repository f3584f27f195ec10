"""What once ended a run or the interpreter, ran, or leaked."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.terminal import in_terminal, obeyed

MODEL = Path(__file__).parents[1] / "model" / "saved" / "format-1" / "model"


def json_lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_line_ends_of_old_macs_are_line_ends(label, cases):
    case = "rel-cr-line-ends/posts.csv"
    with (cases / case).open(encoding="utf-8", newline=None) as file:
        rows = list(csv.DictReader(file))
    done = label(case)
    assert done.exit_code == 0
    assert done.column("id") == [row["tweet_id"] for row in rows]
    assert done.column("text") == [row["text"] for row in rows]


def test_a_spreadsheet_runs_no_text(label, cases, tmp_path):
    """All but a bare handle, for which a later rule stands: ``@`` is risky before a call alone.

    ``expected.md`` asks for an apostrophe before any ``@``; a third of all posts begin with one.
    """
    case = "rel-csv-formulas/posts.jsonl"
    texts = [row["text"] for row in json_lines(cases / case)]
    done = label(case)
    assert done.exit_code == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = [row["text"] for row in csv.DictReader(file)]
    handle = re.compile(r"@\w+")
    assert cells == [text if handle.fullmatch(text) else f"'{text}" for text in texts]
    assert sum(text in cells for text in texts) == 1
    assert done.column("text") == texts  # `read_labels` takes them away again


@pytest.mark.slow
@pytest.mark.parametrize("case", ["rel-depth-1000/posts.jsonl", "rel-long-number/posts.jsonl"])
def test_no_value_ends_the_interpreter(case, cases, tmp_path):
    out = tmp_path / "out.csv"
    asked = [sys.executable, "-m", "stancekit.cli", "label", str(cases / case), "-o", str(out)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    rejects = tmp_path / "out.csv.rejects.jsonl"
    set_aside = len(json_lines(rejects)) if rejects.exists() else 0
    with out.open(encoding="utf-8", newline="") as file:
        written = len(list(csv.DictReader(file)))
    assert written >= 1
    assert written + set_aside == len((cases / case).read_bytes().splitlines())


def test_half_an_emoji_for_a_line_is_a_reject(label, cases):
    case = "rel-surrogate-reject/posts.jsonl"
    done = label(case)
    posts = [row for row in json_lines(cases / case) if isinstance(row, dict)]
    assert done.exit_code == 0
    assert done.column("text") == [post["text"] for post in posts]
    (reject,) = done.rejects
    assert (reject["line"], reject["raw"]) == (2, "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("name", ["list.json", "bool.json"])
def test_a_value_of_another_type_ends_no_run(name, label, cases):
    case = f"rel-v2-wrong-type/{name}"
    posts = json.loads((cases / case).read_text("utf-8"))["data"]
    done = label(case)
    assert done.exit_code == 0
    assert len(done.posts) + len(done.rejects) == len(posts)
    assert done.column("text")[0] == posts[0]["text"]


def test_evidence_names_nobody_who_has_a_pseudonym(label, cases, tmp_path):
    case = "rel-pseudonym-evidence/posts.jsonl"
    texts = [row["text"] for row in json_lines(cases / case)]
    names = {re.search(r"\w+_\w+$", text.rstrip(")"))[0] for text in texts}
    key = str(tmp_path / "key")
    assert label(case, "--pseudonymise", key, "--explain", out="out.jsonl").exit_code == 0
    rows = json_lines(tmp_path / "out.jsonl")
    assert len(rows) == len(texts)
    assert any(row["evidence"] for row in rows)
    for row in rows:
        gone = [name for name in names if name not in row["text"]]
        assert gone
        others = json.dumps({k: v for k, v in row.items() if k != "text"})
        assert not [name for name in gone if name in others]


def test_rejects_hold_no_word_if_pseudonyms_are_asked_for(label, cases, tmp_path):
    case = "rel-pseudonym-rejects/posts.json"
    content = (cases / case).read_text("utf-8")
    done = label(case, "--pseudonymise", str(tmp_path / "key"))
    broken = content.splitlines()[1]
    words = set(re.findall(r"\w{4,}", broken)) - {"text", "json", "posts"}
    assert words
    assert (done.exit_code, len(done.rejects)) == (0, 1)
    assert "raw" not in done.rejects[0] or not done.rejects[0]["raw"]
    told = json.dumps(done.rejects) + done.said
    assert not [word for word in words if word in told]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["classify", "label"])
def test_a_terminal_obeys_nothing_that_comes_from_a_file(command, cases, tmp_path):
    folder = cases / "rel-terminal-escapes"
    asked = ["label", str(folder / "names.zip"), "-o", str(tmp_path / "out.csv")]
    given = {"classify": folder / "posts.txt", "label": None}[command]
    said, code = in_terminal(*(asked if command == "label" else [command]), given=given)
    assert code == 0
    assert said
    assert obeyed(said) == []


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
@pytest.mark.parametrize("kind", ["zero", "fifo", "sparse", "manifest"])
def test_a_model_of_special_files_is_refused_unread(kind, cases, tmp_path):
    made = tmp_path / "make.sh"
    shutil.copy(cases / "rel-model-special-files" / "make.sh", made)
    subprocess.run(["sh", str(made), str(MODEL)], check=True)
    shutil.copytree(MODEL, tmp_path / "manifest")
    with (tmp_path / "manifest" / "manifest.json").open("r+b") as file:
        file.truncate(200 * 1000**3)  # holes, which take no room
    load = "import stancekit, sys; stancekit.load(sys.argv[1])"
    asked = [sys.executable, "-c", load, str(tmp_path / kind)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("stancekit.errors.ModelFormatError: ")
