"""The code in the guides runs as it stands there."""

import re
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

import stancekit
from tests.support import invented

DOCS = Path(__file__).resolve().parents[1] / "docs"


class StaticModel:
    """Stands for the encoder of a library: how often a post says each of two words."""

    @classmethod
    def from_pretrained(cls, path):
        return cls()

    def encode(self, posts):
        assert type(posts) is list
        return np.array([[post.count(word) for word in ("bravo", "clown")] for post in posts])


def test_an_encoder_beside_the_features(monkeypatch):
    library = ModuleType("model2vec")
    library.StaticModel = StaticModel
    monkeypatch.setitem(sys.modules, "model2vec", library)
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / "encoders.md").read_text("utf-8"), re.S)
    space = {}
    exec(code, space)
    pipeline = space["pipeline"]
    pipeline.set_params(
        features__stancekit__words__block__bits=10,
        features__stancekit__characters__block__bits=10,
        features__stancekit__vectors__block__vectors=invented.vectors(),
    )
    posts = invented.posts(25, noise=0)
    pipeline.fit(posts["text"], posts["label"])
    added = pipeline["features"].transform(["bravo bravo clown"])[:, -2:].toarray().tolist()
    assert added == [[2, 1]]
    assert pipeline.score(posts["text"], posts["label"]) > 0.9


def test_models_side_by_side_and_what_more_labels_bring(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    compared, without, more = re.findall(
        r"```python\n(.*?)```", (DOCS / "evaluating.md").read_text("utf-8"), re.S
    )
    posts = invented.posts(90, noise=0.2).assign(topic=["park", "school", "bridge"] * 120)
    space = {"labelled": posts}
    exec(compared, space)
    assert space["found"].comparison.names == ("default", "fast")
    assert set(space["found"].slices["value"]) == {"park", "school", "bridge"}
    space["model"] = stancekit.train(posts, blocks=invented.few_blocks(), n_jobs=1)
    exec(without, space)
    assert stancekit.load("model-without-hashes").seen is None
    pytest.importorskip("matplotlib")
    exec(more, space)
    assert "more labels: " in capsys.readouterr().out


def test_every_link_of_the_guides_leads_somewhere():
    for page in [*DOCS.rglob("*.md"), DOCS.parent / "README.md"]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


@pytest.mark.filterwarnings("ignore::stancekit.errors.LabelWarning")
def test_from_posts_to_a_model_with_several_annotators(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "annotating.md").read_text("utf-8"), re.S)
    handed_out, *others = blocks
    space = {}
    exec(handed_out, space)
    assert (tmp_path / "tasks.config.xml").exists()
    posts = invented.posts(20, noise=0)
    both = [posts.assign(item_id=posts.index.astype(str), annotator=who) for who in ("ana", "bo")]
    annotated = np.random.default_rng(0).permutation(len(posts) * 2)
    table = pd.concat(both).iloc[annotated]
    stancekit.write_annotations(table, "export.json", "label-studio")
    for block in others:
        exec(block, space)
    assert space["found"].alpha == 1.0
    assert space["model"].report.posts == len(posts)
    assert "Label Studio JSON" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("page", [DOCS.parent / "README.md", DOCS / "index.md"], ids=["README", ""])
def test_the_first_call_gives_what_is_shown(page):
    found = re.search(
        r"```python\nimport stancekit\n\n(stancekit\.classify\(.*?\))\n```\n\n```\w*\n(.*?)```",
        page.read_text("utf-8"),
        re.S,
    )
    assert found
    with pd.option_context("display.float_format", "{:.2f}".format, "display.width", 200):
        assert str(eval(found[1])).split() == found[2].split()


@pytest.mark.slow
def test_what_the_start_page_says_of_the_sample_is_so(tmp_path):
    shown = re.search(r"```text\n(178 of .*?)```", (DOCS / "index.md").read_text("utf-8"), re.S)
    assert shown
    summary = stancekit.label_archive(
        DOCS.parent / "data" / "sample" / "x-archive.zip", tmp_path / "labels.csv", progress=False
    )
    assert f"model  {summary.model}\n" in shown[1]
    for line in str(summary).split("\n"):
        if line.startswith(("  label ", *(f"  {label} " for label in stancekit.LABELS))):
            assert line in shown[1]


@pytest.mark.slow
def test_in_spacy(capsys):
    space = {}
    for block in re.findall(r"```python\n(.*?)```", (DOCS / "spacy.md").read_text("utf-8"), re.S):
        exec(block, space)
    assert "#SaveTheTram" in capsys.readouterr().out
    assert set(space["nlp"]("Well done, all of you").cats) == set(stancekit.LABELS)


@pytest.mark.slow
def test_a_report_of_the_invented_storm(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").symlink_to(DOCS.parent / "data")
    made, numbers, pictures = re.findall(
        r"```python\n(.*?)```", (DOCS / "report.md").read_text("utf-8"), re.S
    )
    space = {}
    exec(made, space)
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "#WeSupportHaske" in page
    assert "consistent with a pile-on" in page.lower()
    pyplot = pytest.importorskip("matplotlib.pyplot")
    for block in (numbers, pictures):
        exec(block, space)
    pyplot.close("all")
