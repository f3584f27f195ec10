"""`stancekit train` on a table as people make them."""

import pytest
from typer.testing import CliRunner

import stancekit
from stancekit.cli.commands import app
from tests.support import invented


def train(posts, tmp_path, *options):
    source = tmp_path / "labelled.csv"
    posts.to_csv(source, index=False)
    return CliRunner().invoke(app, ["train", str(source), "-o", str(tmp_path / "m"), *options])


def test_what_is_odd_about_the_labels_is_said_beside_the_report(tmp_path):
    posts = invented.posts(20, ("no", "yes"))
    posts.loc[:3, "label"] = None
    posts.loc[4:7, "label"] = posts.loc[4:7, "label"].str.upper()
    done = train(posts, tmp_path)
    assert done.exit_code == 0, done.output
    assert "warning: 4 of 40 rows have no label" in done.stderr
    assert "(--no-merge-labels) keeps them apart" in done.stderr
    assert "LabelWarning" not in done.stderr
    assert "warning" not in done.stdout
    assert "no label 4" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "classes"), [((0, 1), (0, 1)), (("00", "1"), ("1", "00"))])
def test_labels_are_of_the_type_that_pandas_reads(typed, classes, tmp_path):
    done = train(invented.posts(20, typed), tmp_path)
    assert done.exit_code == 0, done.output
    model = stancekit.load(tmp_path / "m")
    assert set(model.classes) == set(classes)
    assert {type(name) for name in model.classes} == {type(classes[0])}


def test_spellings_stay_apart_if_asked(tmp_path):
    posts = invented.posts(20, ("no", "yes"))
    posts.loc[::2, "label"] = posts.loc[::2, "label"].str.upper()
    done = train(posts, tmp_path, "--no-merge-labels")
    assert done.exit_code == 0, done.output
    assert "NO" in done.stdout
    assert "no " in done.stdout
