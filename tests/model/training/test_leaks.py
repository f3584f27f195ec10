"""What tells a label without reading the post is said, and what does not is not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stancekit
from stancekit.errors import LeakWarning
from stancekit.model.training.leaks import FEWEST, _told_by_value, leaks
from tests.support import invented

N = 2 * FEWEST
Y = np.arange(N) % 2


def said(columns=None, texts=None, y=Y, classes=("yes", "no")):
    texts = ["so it goes"] * len(y) if texts is None else texts
    return list(leaks(pd.DataFrame(columns or {}, index=range(len(y))), texts, y, classes))


@pytest.mark.parametrize(
    "values",
    [
        np.where(Y, "june.csv", "may.csv"),
        np.where(Y, 1.5, None),
        pd.Categorical(np.where(Y, "a", "b")),
        [f"{'abcd'[i % 4]}" for i in range(N)],
    ],
    ids=["text", "gap", "category", "finer"],
)
def test_a_column_that_tells_the_label(values):
    (line,) = said({"where": values})
    assert line.startswith("column 'where' alone tells the label of 100.0% of the posts")


@pytest.mark.parametrize("step", [1, 10**15])
def test_ids_and_times_that_separate_classes(step):
    ids = (Y * N + np.arange(N)) * step
    (line,) = said({"id": ids})
    assert line.startswith("the order of column 'id' tells the label")
    (line,) = said({"time": pd.to_datetime(ids // step, unit="h", utc=True)})
    assert line.startswith("the order of column 'time'")
    assert said({"id": [str(n) for n in ids]})


def test_innocent_columns_are_not_blamed():
    rng = np.random.default_rng(0)
    columns = {
        "id": rng.permutation(N),
        "author": rng.integers(0, 9, N),
        "unique": [f"name {i}" for i in range(N)],
        "list": [[1]] * N,
        "empty": [None] * N,
        "time": pd.to_datetime(rng.permutation(N), unit="D"),
    }
    assert said(columns) == []


def test_one_label_for_nearly_all_is_told_by_no_column():
    assert said({"where": ["a"] * N}, y=(np.arange(N) == 0).astype(int)) == []


def test_the_labels_name_in_its_own_posts_only():
    texts = np.where(Y, "We say No!", "we go").tolist()
    (line,) = said(texts=texts, classes=("yes", "no"), y=Y) or [""]
    assert line == ""  # two letters are a word of any text
    (line,) = said(texts=[t.replace("No", "#Against") for t in texts], classes=("for", "against"))
    assert line.startswith(f"{N // 2} of {N // 2} posts labelled 'against' name the label")
    both = [*texts[:-2], "against it", "against all"]
    assert said(texts=both, classes=("for", "against")) == []


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), min_size=1, max_size=40))
def test_what_a_column_tells_is_what_the_others_of_a_value_say(rows):
    code, y = map(np.array, zip(*rows, strict=True))
    right = 0
    for place in range(len(y)):
        others = code == code[place]
        others[place] = False
        votes = np.bincount(y[others], minlength=3)
        right += votes[y[place]] > np.delete(votes, y[place]).max()
    assert _told_by_value(code, y) == pytest.approx(right / len(y))


def test_training_warns_of_them():
    posts = invented.posts(30, ("no", "yes"))
    posts["file"] = posts["label"] + ".csv"
    with pytest.warns(LeakWarning, match="column 'file' alone tells the label"):
        stancekit.train(posts, blocks=invented.few_blocks(), n_jobs=1)
