"""Texts in a notebook, and tables of labels as they are typed."""

import csv
from collections import Counter

import pandas as pd
import pytest

import stancekit
from stancekit.text import hashtags, tokens

EMOTICONS = (":)", ":)", ":D", ":D")
"""What stands in each of the first four lines: with a space before it in every second one."""


@pytest.fixture
def emoticon_lines(cases):
    return (cases / "emoticons-glued-to-words/posts.txt").read_text("utf-8").splitlines()


def test_emoticons_glued_to_a_word_are_one_token(emoticon_lines):
    for line, emoticon in zip(emoticon_lines, EMOTICONS, strict=False):
        assert tokens(line)[-1] == emoticon
    glued = tokens(emoticon_lines[7])
    assert ":)" in glued
    for line in emoticon_lines[4:7]:  # times, ratios, addresses
        assert not {":3", ":1", ":D", ":("} & set(tokens(line))


def test_a_space_before_an_emoticon_changes_no_label(emoticon_lines):
    labels = stancekit.classify(emoticon_lines).label
    assert labels[0] == labels[1]
    assert labels[2] == labels[3]


@pytest.mark.parametrize("container", [list, pd.Series])
def test_functions_of_text_take_many(container, cases):
    path = cases / "text-functions-given-a-list/posts.txt"
    lines = path.read_text("utf-8").splitlines()
    found = hashtags(container(lines))
    expected = [[word[1:] for word in line.split() if word[0] == "#"] for line in lines]
    assert list(found) == expected


@pytest.mark.slow
def test_labels_that_differ_by_case_are_one_class_and_said(cases):
    path = cases / "train-labels-that-differ-by-case/labels.csv"
    with path.open(encoding="utf-8") as file:
        typed = {row["label"].strip() for row in csv.DictReader(file)}
    with pytest.warns(UserWarning) as caught:
        model = stancekit.train(pd.read_csv(path), text="text", label="label", n_jobs=1)
    assert len(model.classes) == len({one.casefold() for one in typed}) < len(typed)
    said = " ".join(str(one.message) for one in caught)
    assert all(one in said for one in typed)
    assert model.report.macro_f1.value > 0.9  # two labels that part these posts


@pytest.mark.slow
def test_rows_without_a_label_are_counted(cases):
    path = cases / "train-rows-without-a-label/stance.csv"
    with path.open(encoding="utf-8") as file:
        counts = Counter(row["Stance"] for row in csv.DictReader(file))
    frame = pd.read_csv(path)
    with pytest.warns(UserWarning) as caught:
        model = stancekit.train(frame, text="Tweet", label="Stance", n_jobs=1)
    said = " ".join(str(one.message) for one in caught)
    assert f"{counts['None']} of {counts.total()} rows have no label" in said
    assert "None" in said
    assert len(model.classes) == len(counts) - 1


@pytest.mark.slow
def test_a_stance_called_none_is_kept_by_the_command_line(cases, tmp_path):
    from typer.testing import CliRunner

    from stancekit.cli import app

    path = cases / "train-rows-without-a-label/stance.csv"
    asked = ["train", path, "--text", "Tweet", "--label", "Stance", "-o", tmp_path / "m"]
    done = CliRunner().invoke(app, [str(one) for one in asked])
    assert done.exit_code == 0, done.output
    assert "None" in stancekit.load(tmp_path / "m").classes
