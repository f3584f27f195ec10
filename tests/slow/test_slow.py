"""The scripts of this folder run: a few inputs of the many."""

from functools import partial

import pytest

pytest.importorskip("resource", reason="needs the limits of POSIX")

from tests.slow import inputs, models
from tests.slow.bounded import run


@pytest.mark.slow
@pytest.mark.parametrize("number", range(25))
def test_mutated_models_are_refused_or_harmless(number):
    assert models.task(0, number) in ("refused", "harmless")


def broken(kind, number):
    if number == 1:
        raise KeyError(kind)
    return "fine"


def test_a_fault_is_counted_and_told():
    tally = run(partial(broken, "here"), range(3), jobs=1)
    assert dict(tally.outcomes) == {"fine": 2, "fault: KeyError": 1}
    assert "KeyError: 'here'" in tally.faults[0]


@pytest.mark.parametrize("number", range(60))
def test_mutated_exports_and_texts_end_in_posts_rejects_or_our_own_errors(number):
    assert inputs.task(0, False, number) in ("read", "read, with rejects", "refused", "texts")
