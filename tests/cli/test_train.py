"""`stancekit train` on a table as people make them."""

from typer.testing import CliRunner

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


def test_spellings_stay_apart_if_asked(tmp_path):
    posts = invented.posts(20, ("no", "yes"))
    posts.loc[::2, "label"] = posts.loc[::2, "label"].str.upper()
    done = train(posts, tmp_path, "--no-merge-labels")
    assert done.exit_code == 0, done.output
    assert "NO" in done.stdout
    assert "no " in done.stdout
