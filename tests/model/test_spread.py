"""Posts spread over workers come back in order, whoever did the work."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.model.spread import Work, spread


def joined(texts, numbers):
    return [f"{text} {number}" for text, number in zip(texts, numbers.tolist(), strict=True)]


def all_of(texts, size, n_jobs, many, progress=None):
    work = Work(size, "threading", many=many, costly=False)
    found = spread(
        joined,
        texts,
        np.arange(len(texts)),
        work=work,
        n_jobs=n_jobs,
        progress=progress,
        doing="joining",
    )
    return [one for part in found for one in part]


@given(
    st.lists(st.text(max_size=3), max_size=20),
    st.integers(1, 7),
    st.integers(1, 3),
    st.sampled_from([0, 5, 100]),
)
@settings(max_examples=30)
def test_pieces_come_back_in_order(texts, size, n_jobs, many):
    expected = joined(texts, np.arange(len(texts)))
    assert all_of(texts, size, n_jobs, many) == expected


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_the_bar_counts_posts(n_jobs, capfd):
    all_of(list("abcde"), 2, n_jobs, 0, progress=True)
    assert "5/5" in capfd.readouterr().err
    all_of(list("abcde"), 2, n_jobs, 100)
    assert capfd.readouterr().err == ""


def test_an_error_of_a_worker_is_raised():
    def refuse(texts):
        raise ValueError(texts[0])

    work = Work(1, "threading", many=0, costly=False)
    for n_jobs in (1, 2):
        with pytest.raises(ValueError, match="a"):
            list(spread(refuse, ["a"], work=work, n_jobs=n_jobs, progress=False, doing=""))


@given(st.integers(1, 3_000), st.integers(1, 100), st.integers(1, 8))
def test_pieces_hold_each_post_once_and_every_worker_gets_some(count, most, workers):
    work = Work(most, "threading", many=0, costly=True)
    parts = list(work.cut(["a"] * count, workers))
    assert [place for part in parts for place in range(count)[part]] == list(range(count))
    assert max(part.stop - part.start for part in parts) <= most
    assert len(parts) >= min(workers, count)


def test_who_says_nothing_gets_as_many_workers_as_pay(monkeypatch):
    monkeypatch.setattr("joblib.cpu_count", lambda: 6)
    cheap, costly = (Work(1, "threading", many=0, costly=costly) for costly in (False, True))
    assert [work.workers(None) for work in (cheap, costly)] == [1, 6]
    assert [cheap.workers(jobs) for jobs in (1, 3, -1, -2, -20)] == [1, 3, 6, 5, 1]
