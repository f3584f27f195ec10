"""From labels to a sample, a filled file, shares and a paragraph, on the command line."""

import contextlib
import io
import os
import subprocess
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

import stancekit
from stancekit.cli import app
from stancekit.cli.tables import read_filled, write_table
from stancekit.errors import FormatError, InputError
from tests.support import invented


def run(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def saved(model, tmp_path_factory):
    return model.save(tmp_path_factory.mktemp("saved") / "model")


@pytest.fixture(scope="module")
def labels(saved, tmp_path_factory):
    folder = tmp_path_factory.mktemp("labels")
    posts = invented.posts(40, seed=3).drop(columns="label")
    posts.insert(0, "id", [f"p{n}" for n in range(len(posts))])
    posts.to_csv(folder / "posts.csv", index=False)
    stancekit.label_archive(
        folder / "posts.csv", folder / "labels.csv", model=saved, progress=False, n_jobs=1
    )
    return folder / "labels.csv"


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx"])
def test_from_labels_to_shares(labels, saved, tmp_path, ending):
    file = tmp_path / f"to-check{ending}"
    done = run("suggest", labels, "--for-shares", "-n", "60", "-o", file)
    assert done.exit_code == 0, done.output
    assert "60 posts to annotate" in done.stderr
    assert run("suggest", labels, "--for-shares", "-n", "60", "-o", file).exit_code == 1
    refused = run("shares", labels, file)
    assert refused.exit_code == 1
    assert "'true_label' is empty" in refused.stderr
    how = {"sep": "\t" if ending == ".tsv" else ","}
    table = pd.read_excel(file) if ending == ".xlsx" else pd.read_csv(file, **how)
    assert "label" not in table
    table["true_label"] = "Neutral"
    if ending == ".xlsx":
        table.to_excel(file, index=False)
    else:
        table.to_csv(file, index=False, **how)
    done = run("shares", labels, file, "-o", tmp_path / "shares.csv")
    assert done.exit_code == 0, done.output
    assert "Shares of 160 posts, corrected with 60 checked posts" in done.stdout
    numbers = pd.read_csv(tmp_path / "shares.csv")
    assert set(numbers["method"]) == {"post-stratified", "count", "PPI++", "Rogan–Gladen"}
    told = run("methods", labels, "--checked", file, "--model", saved, "--markdown")
    assert told.exit_code == 0, told.output
    assert "```bibtex" in told.stdout


def test_uncertain_ones_go_to_standard_output(labels):
    done = run("suggest", labels, "-n", "10", "-o", "-")
    assert done.exit_code == 0, done.output
    head = done.stdout.splitlines()[0]
    assert head == "id,text,true_label,drawn_as,inclusion,confidence"


def test_posts_without_labels_are_labelled(labels, saved, tmp_path):
    out = tmp_path / "out.csv"
    done = run("suggest", labels.with_name("posts.csv"), "-n", "10", "-o", out, "-m", saved)
    assert done.exit_code == 0, done.output
    assert len(pd.read_csv(out)) == 10


def test_what_is_wrong_ends_with_1_and_what_cannot_be_with_2(labels, tmp_path):
    assert run("shares", tmp_path / "none.csv", labels).exit_code == 1
    assert run("shares", labels, tmp_path / "none.csv").exit_code == 1
    assert run("suggest", labels, "-n", "10", "-o", tmp_path / "out.pdf").exit_code == 2
    assert run("suggest", labels, "-n", "0", "-o", "-").exit_code == 2
    assert run("shares", labels, labels, "--unit", "people").exit_code == 2
    assert run("methods", "no-such-model").exit_code == 2


def test_the_codebook_is_printed():
    assert run("codebook").stdout == stancekit.codebook()
    assert run("codebook", "--markdown").stdout == stancekit.codebook(markdown=True)


def test_a_page_of_a_labelled_table(labels, saved, tmp_path):
    page = tmp_path / "report.html"
    done = run("report", labels, "-o", page, "--model", saved, "--no-text", "--title", "Trams & co")
    assert done.exit_code == 0, done.output
    assert f"{page}: written" in done.stderr
    assert "counted share" in done.stdout
    written = page.read_text("utf-8")
    assert "<h1><bdi>Trams &amp; co</bdi></h1>" in written
    assert 'id="examples"' not in written
    assert run("report", labels, "-o", page).exit_code == 1
    assert run("report", labels, "-o", page, "--force", "--examples", "51").exit_code == 2
    frame = stancekit.read_labels(labels)
    told = stancekit.report(frame, model=stancekit.load(saved), text=False, title="Trams & co")
    assert told.html() == written


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx"])
def test_no_text_is_run_by_a_spreadsheet_and_each_comes_back_as_it_was(tmp_path, ending):
    texts = ["=1+1", "'=1+1", "@SUM(1)", "@ana no", "-0.5", "fine"]
    posts = pd.DataFrame({"id": [f"p{n}" for n in range(6)], "text": texts})
    posts.to_csv(tmp_path / "posts.csv", index=False)
    table = pd.read_csv(tmp_path / "posts.csv", index_col=False)
    write_table(table, str(tmp_path / f"out{ending}"), force=False)
    how = {"sep": "\t" if ending == ".tsv" else ","}
    out = tmp_path / f"out{ending}"
    raw = pd.read_excel(out) if ending == ".xlsx" else pd.read_csv(out, **how)
    assert raw["text"].tolist() == ["'=1+1", "''=1+1", "'@SUM(1)", *texts[3:]]
    assert read_filled(out)["text"].tolist() == texts


def test_what_is_read_is_not_written_over_even_by_force(labels, tmp_path):
    own, checked = tmp_path / "labels.csv", tmp_path / "to-check.csv"
    own.write_bytes(labels.read_bytes())
    assert run("suggest", own, "--for-shares", "-n", "20", "-o", checked).exit_code == 0
    link = tmp_path / "link.csv"
    link.symlink_to(checked)
    before = own.read_bytes(), checked.read_bytes()
    for command in (
        ("suggest", own, "-n", "20", "-o", own),
        ("shares", own, checked, "-o", own),
        ("shares", own, checked, "-o", link),
        ("report", own, "--checked", checked, "-o", checked),
        ("agreement", checked, "-o", checked),
    ):
        done = run(*command, "--force")
        assert done.exit_code == 1 and "is what is read" in done.stderr, done.output
    assert (own.read_bytes(), checked.read_bytes()) == before


def test_standard_input_is_not_written_over(saved, labels, tmp_path):
    own = tmp_path / "posts.csv"
    own.write_bytes(labels.with_name("posts.csv").read_bytes())
    for command in (("classify", "-o", own), ("label", "-", "-o", own)):
        with own.open("rb") as given:
            done = subprocess.run(
                [sys.executable, "-m", "stancekit.cli", *map(str, command), "-m", saved, "--force"],
                stdin=given,
                capture_output=True,
                text=True,
                check=False,
            )
        assert done.returncode == 1 and "is what is read" in done.stderr, done.stderr
    assert own.read_bytes() == labels.with_name("posts.csv").read_bytes()


@pytest.mark.parametrize("place", ["pipe.csv", "/dev/null"])
def test_neither_pipe_nor_device_is_replaced_or_read(labels, saved, tmp_path, place):
    pipe = tmp_path / place
    if not pipe.exists():
        os.mkfifo(pipe)
    for command in (
        ("label", labels, "-m", saved, "-o", pipe),
        ("suggest", labels, "-n", "9", "-o", pipe),
        ("events", labels, "-o", pipe),
        ("report", labels, "-o", pipe),
        ("agreement", labels, "-o", pipe),
        ("explain", "no", "-m", saved, "-o", pipe.with_suffix(".html")),
    ):
        done = run(*command, "--force")
        assert done.exit_code in (0 if command[0] == "explain" else 1, 2), done.output
    assert not pipe.is_file()
    for command in (
        ("label", pipe, "-m", saved, "-o", tmp_path / "out.csv"),
        ("suggest", pipe, "-n", "9", "-o", tmp_path / "out.csv"),
        ("train", pipe, "-o", tmp_path / "trained"),
        ("evaluate", pipe, "-m", saved),
        ("agreement", pipe),
        ("events", pipe),
        ("report", pipe, "-o", tmp_path / "out.html"),
        ("shares", labels, pipe),
    ):
        done = run(*command)
        assert done.exit_code in (1, 2), done.output
        assert done.stderr, command


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx", ".xlsm", ".jsonl", ".parquet"])
@pytest.mark.parametrize(
    "raw", [b"", b'"', b"PK\x03\x04", b"PAR1", b"\x00" * 90, b"\xff,\n1", b"["]
)
def test_a_sample_that_cannot_be_read_is_told(tmp_path, ending, raw):
    path = tmp_path / f"checked{ending}"
    path.write_bytes(raw)
    with contextlib.suppress(FormatError):
        read_filled(path)
    with path.open("wb") as file:
        file.truncate(200 << 30)
    with pytest.raises(InputError, match="larger than"):
        read_filled(path)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_control_characters_and_long_texts_do_not_end_a_table(tmp_path, ending, monkeypatch):
    table = pd.DataFrame({"text": ["\x1b]0;x\x07", "a" * 40_000, "\ud7ff \x00"], "n": [1, 2, None]})
    out = tmp_path / f"out{ending}"
    beside = tmp_path / f"out.tmp{ending}"
    beside.write_text("mine")
    write_table(table, str(out), force=False)
    found = read_filled(out)["text"].tolist()
    assert len(found) == 3 and found[1].startswith("aaa") and len(found[1]) > 32_000
    assert beside.read_text() == "mine" and len(list(tmp_path.iterdir())) == 2


def test_a_terminal_is_shown_a_table_and_does_not_obey_it(monkeypatch):
    written = io.StringIO()
    monkeypatch.setattr(written, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", written)
    write_table(pd.DataFrame({"text": ["\x1b]0;x\x07 \x9b31m \u202e"]}), "-", force=False)
    assert not set(written.getvalue()) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    "command",
    [
        ("classify", *["you clown"] * 90, "-o", "out.csv"),
        ("classify", *["you clown"] * 90, "-o", "out.parquet"),
        ("explain", "you clown " * 90, "-o", "out.html"),
    ],
    ids=["csv", "parquet", "html"],
)
def test_what_does_not_fit_leaves_nothing(saved, tmp_path, command):
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900)); "
        "from stancekit.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, *command, "-m", saved],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and "could not be written" in done.stderr, done.stderr
    assert list(tmp_path.iterdir()) == []
