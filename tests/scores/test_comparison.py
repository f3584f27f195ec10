"""Models on the same posts are told apart where they differ, and not where chance does it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import accuracy_score, f1_score

from stancekit.errors import InputError
from stancekit.scores.comparing import compare, exact_mcnemar

HOW = "Invented posts."


def guesses(posts=200, rights=(0.6, 0.8), seed=0):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 3, posts)
    made = {
        f"model {n}": np.where(rng.random(posts) < right, truth, (truth + 1) % 3)
        for n, right in enumerate(rights)
    }
    return truth, made


@given(posts=st.integers(1, 60), seed=st.integers(0, 99), models=st.integers(2, 4))
@settings(max_examples=25, deadline=None)
def test_scores_are_scikit_learns_and_counts_add_up(posts, seed, models):
    truth, made = guesses(posts, [0.3 + 0.2 * n for n in range(models)], seed)
    found = compare(truth, made, range(3), how=HOW, seed=seed)
    assert found.names == tuple(made)
    for guess, f1, accuracy in zip(made.values(), found.macro_f1, found.accuracy, strict=True):
        assert f1.value == pytest.approx(f1_score(truth, guess, average="macro"))
        assert accuracy.value == pytest.approx(accuracy_score(truth, guess))
    for pair in found.pairs:
        assert pair.both + pair.only_first + pair.only_second + pair.neither == posts
        gain = (pair.only_second - pair.only_first) / posts
        assert pair.accuracy.value == pytest.approx(gain)
        apart = pair.only_first + pair.only_second
        assert pair.p == (binomtest(pair.only_first, apart).pvalue if apart else 1)
    assert len(found.to_frame()) == models


def test_a_better_model_is_told_from_chance_and_an_equal_one_is_not():
    truth, made = guesses(600, (0.6, 0.8, 0.6))
    better, equal = compare(truth, made, range(3), how=HOW).pairs
    assert better.macro_f1.low > 0
    assert better.p < 0.001
    assert equal.macro_f1.low < 0 < equal.macro_f1.high
    assert equal.p > 0.05


def test_a_model_beside_itself_is_no_better_and_certainly_so():
    truth, made = guesses()
    (pair,) = compare(truth, dict.fromkeys("ab", made["model 0"]), range(3), how=HOW).pairs
    assert (pair.macro_f1.value, pair.macro_f1.low, pair.macro_f1.high) == (0, 0, 0)
    assert pair.p == 1


def test_copies_are_no_further_observations():
    truth, made = guesses(100)
    many = {name: np.repeat(guess, 9) for name, guess in made.items()}
    once = compare(truth, made, range(3), how=HOW, groups=np.arange(100))
    copied = compare(np.repeat(truth, 9), many, range(3), how=HOW, groups=np.repeat(range(100), 9))
    ungrouped = compare(np.repeat(truth, 9), many, range(3), how=HOW)

    def width(found):
        return found.pairs[0].macro_f1.high - found.pairs[0].macro_f1.low

    assert width(copied) == pytest.approx(width(once), rel=0.2)
    assert width(ungrouped) < width(copied) / 2


def test_one_group_gives_no_interval():
    truth, made = guesses(20)
    found = compare(truth, made, range(3), how=HOW, groups=np.zeros(20))
    assert found.macro_f1[0].low is found.pairs[0].macro_f1.low is None
    assert "–" in str(found)


def test_it_is_shown_everywhere():
    truth, made = guesses()
    names = {"mine & <b>yours</b>": made["model 0"], "other_one": made["model 1"]}
    found = compare(truth, names, range(3), how=HOW)
    assert "2 models on the same 200 posts" in str(found)
    assert "mine &amp; &lt;b&gt;" in found._repr_html_()
    assert "<b>yours" not in found._repr_html_()
    assert r"mine \& $<$b$>$" in found.to_latex()
    assert r"other\_one" in found.to_latex()
    assert "| other_one |" in found.to_markdown()
    pytest.importorskip("matplotlib")
    ax = found.plot()
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["other_one"]
    assert found.plot(ax) is ax


@pytest.mark.parametrize(
    ("made", "said"),
    [({"one": [0]}, "1 model"), ({"one": [0], "two": []}, "'two' has not as many")],
)
def test_what_cannot_be_compared_is_refused(made, said):
    with pytest.raises(InputError, match=said):
        compare([0], made, range(2), how=HOW)


def test_no_disagreement_is_no_evidence():
    assert exact_mcnemar(0, 0) == 1
