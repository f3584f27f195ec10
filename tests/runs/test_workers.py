import time

import pytest

from stancekit.errors import InputError
from stancekit.runs import workers
from stancekit.runs.workers import label_all


def double(number: int) -> int:
    return 2 * number


def slowly(number: int) -> int:
    time.sleep(0.05)
    return number


@pytest.mark.parametrize("jobs", [1, 2, -1, None])
def test_every_chunk_is_labelled_once(jobs):
    assert sorted(label_all(double, range(20), jobs)) == [2 * n for n in range(20)]


def test_a_long_run_changes_over_to_workers_without_losing_a_chunk(monkeypatch):
    monkeypatch.setattr(workers, "ALONE_SECONDS", -1.0)
    assert sorted(label_all(double, range(20), None)) == [2 * n for n in range(20)]


@pytest.mark.slow
def test_chunks_are_drawn_a_few_at_a_time():
    drawn = []

    def chunks():
        for number in range(100):
            drawn.append(number)
            yield number

    results = label_all(slowly, chunks(), 2)
    next(results)
    assert len(drawn) < 20
    results.close()
    assert len(drawn) < 40


def test_no_workers_at_all_is_refused():
    with pytest.raises(InputError, match="n_jobs is 0"):
        next(label_all(double, [1], 0))
