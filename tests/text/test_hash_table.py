"""Hashes of stretches agree with the stretches; a table finds those that are in it, no others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stancekit.text.hash_table import among_hashes, hash_table
from stancekit.text.hashing import hash_all, hash_between, hash_some, hash_windows, prefix_sums

NUMBER = st.integers(0, 2**64 - 1)


@given(st.sets(NUMBER, max_size=50), st.lists(NUMBER, max_size=50), st.sampled_from([1, 8, 18]))
def test_a_table_agrees_with_a_set(known, others, bits):
    # Neighbours share their leading bits, which is where a look-up could go wrong.
    crowded = known | {min(value + 1, 2**64 - 1) for value in known}
    hashes = np.array(sorted(crowded), np.uint64)
    wanted = [*others, *crowded, *(max(value - 1, 0) for value in known)]
    which, at = hash_table(hashes, bits).find(np.array(wanted, np.uint64))
    assert which.tolist() == [i for i, value in enumerate(wanted) if value in crowded]
    assert [int(hashes[i]) for i in at] == [value for value in wanted if value in crowded]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(1, 4))
def test_stretches_are_alike_if_their_hashes_are(codes, length):
    length = min(length, len(codes))
    sums = prefix_sums(np.array(codes))
    start = np.arange(len(codes) + 1 - length)
    hashes = hash_all(sums, length)
    assert (hashes == hash_between(sums, start, start + length)).all()
    stretches = [tuple(codes[a : a + length]) for a in start.tolist()]
    for one, left in zip(stretches, hashes, strict=True):
        for other, right in zip(stretches, hashes, strict=True):
            assert (one == other) == bool(left == right)


def test_rows_are_hashed_one_by_one():
    rows = np.array([[1, 2, 3], [3, 2, 1]])
    together = hash_all(prefix_sums(rows), 2)
    assert (together == [hash_all(prefix_sums(row), 2) for row in rows]).all()


@given(st.lists(NUMBER, max_size=50), st.lists(NUMBER, max_size=50))
def test_hashes_are_among_others_as_numbers_are(known, others):
    wanted = [*others, *known[::2]]
    found = among_hashes(np.array(wanted, np.uint64), np.array([*known, *known], np.uint64))
    assert found.tolist() == [value in set(known) for value in wanted]


@given(st.lists(st.integers(0, 0x10FFFF), max_size=12), st.sets(st.integers(1, 6), min_size=1))
def test_windows_have_the_hashes_that_prefix_sums_give(codes, lengths):
    codes = np.array(codes, np.uint32)
    found = dict(hash_windows(codes, lengths))
    assert found.keys() == lengths
    for length, hashes in found.items():
        assert hashes.tolist() == hash_all(prefix_sums(codes), length).tolist()


@given(st.lists(st.integers(0, 3), max_size=12), st.data())
def test_some_stretches_have_the_hashes_that_prefix_sums_give(codes, data):
    codes, place = np.array(codes, np.uint32), st.integers(0, len(codes))
    pairs = data.draw(st.lists(st.tuples(place, place).map(sorted), max_size=6))
    start, end = np.array(pairs, np.int64).reshape(-1, 2).T
    expected = hash_between(prefix_sums(codes), start, end)
    assert hash_some(codes, start, end - start).tolist() == expected.tolist()
