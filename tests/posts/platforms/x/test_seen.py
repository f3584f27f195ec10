"""Ids that came before are remembered, within a bound."""

from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts.platforms.x.seen import Seen


@given(st.lists(st.sampled_from("abcdefgh")), st.integers(1, 10))
def test_new_ids_are_never_called_old_and_all_are_known_within_the_bound(ids, remembered):
    seen = Seen(remembered)
    for place, post_id in enumerate(ids):
        before = ids[:place]
        assert seen.again(post_id) == (post_id in before) or len(set(before)) > remembered
        assert post_id in seen


def test_memory_has_a_bound_and_the_last_ids_stay():
    seen = Seen(100)
    assert not any(seen.again(str(n)) for n in range(10_000))
    assert all(seen.again(str(n)) for n in range(9_900, 10_000))
    assert sum(str(n) in seen for n in range(10_000)) <= 202
