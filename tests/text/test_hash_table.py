"""Hashes of stretches agree with the stretches; a table finds those that are in it, no others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stancekit.text.hash_table import hash_table
from stancekit.text.hashing import hash_all, hash_between, prefix_sums

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
