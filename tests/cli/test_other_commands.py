import pytest


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
    assert set(given["posts"].stance) == {"critical", "neutral"}


def test_train_names_the_columns_when_one_is_missing(command, trained, labelled, tmp_path):
    done = command("train", labelled, "-o", tmp_path / "model", "--text", "body")
    assert done.exit_code == 1
    assert "no column label; there are text" in done.stderr
    assert "stance" in done.stderr
    assert not trained


def test_train_leaves_a_filled_folder_alone(command, trained, labelled):
    done = command("train", labelled, "-o", labelled.parent, "--text", "body")
    assert done.exit_code == 1
    assert "is already there" in done.stderr
    assert not trained


def test_explain_prints_or_writes_a_page(command, tmp_path):
    assert command("explain", "shame").stdout.startswith("namespace(")
    out = tmp_path / "why.html"
    assert command("explain", "shame 😀", "-o", out).exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<p>shame 😀: <b>why</b></p>" in page
    assert command("explain", "shame", "-o", out).exit_code == 1


def test_info_tells_digest_versions_and_card(command):
    shown = command("info", "mine").stdout
    assert "model     mine\n" in shown
    assert "numpy" in shown
    assert shown.endswith("# Model card\n\nInvented.\n")


def test_formats_lists_what_can_be_read(command):
    shown = command("formats").stdout
    assert "\ncsv " in shown
    assert "options: text, id" in shown
