"""The scripts of this folder run: a few inputs of the many."""

import os
from functools import partial

import pytest

pytest.importorskip("resource", reason="needs the limits of POSIX")

from tests.slow import inputs, kills, load, models
from tests.slow.bounded import run


@pytest.mark.slow
@pytest.mark.parametrize("number", range(25))
def test_mutated_models_are_refused_or_harmless(number):
    assert models.task(0, number) in ("refused", "harmless")


def broken(kind, number):
    if number == 1:
        raise KeyError(kind)
    if number == 2:
        os._exit(7)
    return "fine"


def test_a_fault_is_counted_and_told():
    tally = run(partial(broken, "here"), range(30), jobs=2)
    ended = "ended the interpreter, exit code 7"
    assert dict(tally.outcomes) == {"fine": 28, "fault: KeyError": 1, ended: 1}
    told = sorted(tally.faults)
    assert "KeyError: 'here'" in told[0]
    assert told[1] == f"input 2: {ended}"


@pytest.mark.parametrize("number", range(60))
def test_mutated_exports_and_texts_end_in_posts_rejects_or_our_own_errors(number):
    assert inputs.task(0, False, number) in ("read", "read, with rejects", "refused", "texts")


@pytest.mark.slow
def test_a_few_kills_change_nothing():
    tally = kills.try_all(5, seed=0, most_jobs=1, rows=600)
    assert not tally.faults
    assert sum(tally.stages.values()) >= 5


@pytest.mark.slow
def test_a_small_load_is_labelled_and_measured():
    cost = load.label(500, seed=0, jobs=1, ending=".csv")
    assert cost.posts == 500
    assert cost.peak > 1 << 20


def test_what_grows_is_told():
    small, large = (load.Cost(10**power, 1.0, 10.0**power, 100) for power in (5, 6))
    assert load.faults([small, large]) == []
    greedy = load.Cost(10**6, 1.0, 2e6, 120)
    assert load.faults([small, greedy]) == [
        "peak memory grows by 20%",
        "the work for a post grows by 100%",
    ]


@pytest.mark.slow
def test_a_cluster_that_fails_gives_the_same_rows():
    pytest.importorskip("distributed", reason="needs the extra stancekit[dask]")
    from tests.slow import dask_faults

    tried, wrong = dask_faults.try_all(3, seed=0, workers=1, files=3)
    assert wrong == []
    assert sum(tried.values()) == 3
