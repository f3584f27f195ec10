"""`stancekit evaluate`, and `stancekit train --compare`, on tables as people make them."""

import pandas as pd
import pytest
from typer.testing import CliRunner

import stancekit
from stancekit.cli.commands import app
from stancekit.features.transformers import WordNgrams
from tests.support import invented

CLASSES = ("no", "yes")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    model = stancekit.train(
        invented.posts(40, CLASSES, seed=1),
        blocks={"words": WordNgrams((1,), bits=10)},
        n_jobs=1,
        name="mine",
    )
    return model.save(tmp_path_factory.mktemp("models") / "mine")


@pytest.fixture
def source(tmp_path):
    posts = invented.posts(30, CLASSES, seed=77, noise=0.6)
    posts["place"] = ["hall", "stop"] * 30
    path = tmp_path / "labelled.csv"
    posts.to_csv(path, index=False)
    return path


def run(command, *arguments):
    return CliRunner().invoke(app, [command, *map(str, arguments)])


def test_scores_go_to_standard_output_and_mistakes_to_a_file(source, folder, tmp_path):
    wrong = tmp_path / "wrong.csv"
    done = run("evaluate", source, "-m", folder, "--by", "place", "--errors", wrong)
    assert done.exit_code == 0, done.output
    assert "60 posts in " in done.stdout
    assert "By place" in done.stdout
    table = pd.read_csv(wrong)
    columns = ["text", "true", "predicted", "confidence", "evidence", "slice", "model"]
    assert list(table.columns) == columns
    assert f"{len(table)} posts labelled wrong" in done.stderr
    again = run("evaluate", source, "-m", folder, "--errors", wrong)
    assert again.exit_code == 1
    assert "--force" in again.stderr


@pytest.mark.parametrize(("form", "begins"), [("--latex", r"\begin{table}"), ("--markdown", "## ")])
def test_tables_for_papers(source, folder, form, begins):
    done = run("evaluate", source, "-m", folder, form)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(begins)


def test_labels_that_the_model_does_not_know(source):
    done = run("evaluate", source, "-m", "fast")
    assert done.exit_code == 1
    assert "label 'no' is none of the model's" in done.stderr


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--label", "stance"], 1, "no column stance"),
        (["-m", "nowhere"], 2, "no model here"),
        (["--by", "topic"], 1, "no column topic"),
    ],
)
def test_what_is_not_there(source, folder, options, code, said):
    done = run("evaluate", source, "-m", folder, *options)
    assert done.exit_code == code
    assert said in done.stderr


def test_training_says_what_is_gained_on_another_model(source, folder, tmp_path):
    made = tmp_path / "new"
    done = run("train", source, "-o", made, "--from-scratch", "--compare", folder)
    assert done.exit_code == 0, done.output
    assert "2 models on the same 60 posts" in done.stdout
    assert "Beyond mine" in done.stdout
    assert stancekit.load(made).about["start"] == "from scratch"
