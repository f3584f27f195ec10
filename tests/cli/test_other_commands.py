import re

import pytest

from stancekit.cli.info import describe
from stancekit.scores.scoring import make_report
from tests.support.fakes import fake_model


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "annotated.csv"
    lines = ["body,stance,who,trust"]
    lines += [f"text {n},{('critical', 'neutral')[n % 2]},p{n % 3},1" for n in range(8)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_train_passes_columns_on_and_saves(command, trained, labelled, tmp_path):
    out = tmp_path / "model"
    options = ["--text", "body", "--label", "stance", "--group", "who", "--seed", "7"]
    done = command("train", labelled, "-o", out, *options)
    assert done.exit_code == 0, done.output
    assert done.stdout == "macro-F1 .50 (invented)\n"
    assert f"saved in {out}" in done.stderr
    assert (out / "manifest.json").exists()
    given = trained[0]
    assert (given["text"], given["label"], given["group"]) == ("text", "stance", "who")
    assert (given["weight"], given["seed"]) == (None, 7)
    assert given["posts"].text.tolist() == [f"text {n}" for n in range(8)]
    assert set(given["posts"]["stance"]) == {"critical", "neutral"}


def test_train_names_the_columns_when_one_is_missing(command, trained, labelled, tmp_path):
    done = command("train", labelled, "-o", tmp_path / "model", "--text", "body")
    assert done.exit_code == 1
    assert "no column label; there are body, stance, who, trust" in done.stderr
    assert not trained


@pytest.fixture
def common(tmp_path):
    """A table in which stancekit knows nearly every column, or thinks it does."""
    path = tmp_path / "common.csv"
    path.write_text("body,username,kind,likes\nhello,ana,mine,1\nbye,bo,yours,2\n")
    return path


def test_train_takes_the_files_own_names_of_columns(command, trained, common, tmp_path):
    options = ["--label", "kind", "--group", "username", "--weight", "likes"]
    done = command("train", common, "-o", tmp_path / "model", *options)
    assert done.exit_code == 0, done.output
    posts, given = trained[0]["posts"], trained[0]
    assert posts[given["label"]].tolist() == ["mine", "yours"]
    assert posts[given["group"]].tolist() == ["ana", "bo"]
    assert posts[given["weight"]].tolist() == ["1", "2"]


def test_train_takes_stancekits_names_of_columns_too(command, trained, common, tmp_path):
    options = ["--label", "source_kind", "--group", "author"]
    assert command("train", common, "-o", tmp_path / "model", *options).exit_code == 0
    assert (trained[0]["label"], trained[0]["group"]) == ("source_kind", "author")


def test_train_does_not_take_an_empty_column_for_one(command, trained, common, tmp_path):
    done = command("train", common, "-o", tmp_path / "model", "--label", "lang")
    assert "no column lang; there are body, username, kind, likes" in done.stderr
    assert not trained


@pytest.mark.parametrize("seed", ["-1", str(2**32)])
def test_train_refuses_a_seed_out_of_range(command, trained, labelled, tmp_path, seed):
    assert command("train", labelled, "-o", tmp_path / "m", "--seed", seed).exit_code == 2
    assert not trained


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("annotated.csv", "is no saved model"),
        ("annotated.csv/x", "annotated.csv is a file, not a folder"),
        ("filled", "is no saved model"),
    ],
)
def test_train_refuses_a_place_it_could_not_save_to_before_training(
    command, trained, labelled, tmp_path, place, why
):
    (tmp_path / "filled").mkdir()
    (tmp_path / "filled" / "weights.safetensors").touch()
    (tmp_path / "filled" / "thesis.docx").touch()
    options = ["--text", "body", "--label", "stance", "--force"]
    done = command("train", labelled, "-o", tmp_path / place, *options)
    assert done.exit_code == 1
    assert why in done.stderr
    assert not trained


def test_train_replaces_a_saved_model_only_by_force(command, trained, labelled, tmp_path):
    out = tmp_path / "model"
    arguments = ["train", labelled, "-o", out, "--text", "body", "--label", "stance"]
    assert command(*arguments).exit_code == 0
    (out / "weights.safetensors").touch()
    refused = command(*arguments)
    assert refused.exit_code == 1
    assert "add --force" in refused.stderr
    assert command(*arguments, "--force").exit_code == 0
    assert len(trained) == 2


def test_train_leaves_a_filled_folder_alone(command, trained, labelled):
    done = command("train", labelled, "-o", labelled.parent, "--text", "body")
    assert done.exit_code == 1
    assert "is there already" in done.stderr
    assert not trained


def test_explain_prints_or_writes_a_page(command, tmp_path):
    assert command("explain", "shame").stdout.startswith("namespace(")
    out = tmp_path / "why.html"
    assert command("explain", "shame 😀", "-o", out).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<p>shame 😀: <b>why</b></p>" in page
    assert command("explain", "shame", "-o", out).exit_code == 1
    assert command("explain", "shame", "-o", tmp_path / "new" / "why.html").exit_code == 0


def test_info_tells_digest_versions_and_card(command):
    shown = command("info", "mine").stdout
    assert "model     mine\n" in shown
    assert "numpy" in shown
    assert shown.endswith("# Model card\n\nInvented.\n")


def test_info_of_a_strangers_model_steers_no_terminal():
    hostile = "\x1b]8;;https://example.org\x07x\x1b[2J"
    classes = (hostile, "\u202eb")
    report = make_report(classes, [[0.9, 0.1], [0.2, 0.8]], classes, how=hostile)
    about = {"notes": hostile}
    told, card = describe(fake_model(name=hostile, classes=classes, report=report, about=about))
    lines = [*told, "", *card]
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", "".join(lines))
    assert lines[0] == "model     ␛]8;;https://example.org␇x␛[2J"


def test_formats_lists_what_can_be_read(command):
    shown = command("formats").stdout
    assert "\ncsv " in shown
    assert "options: encoding, delimiter, header, those of every table" in shown
    assert shown.count("time_format") == 1
    lines = {line.split()[0]: line for line in shown.splitlines() if line[:1].strip()}
    assert "[experimental]" in lines["tiktok"] and "[experimental]" not in lines["x-archive"]
