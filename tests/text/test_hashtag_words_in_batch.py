"""The words inside hashtags, for a batch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.text import segment
from stancekit.text.hashtag_words import in_batch as module
from stancekit.text.hashtag_words.in_batch import hashtag_words
from stancekit.text.normalise import hash_strings


def words(*posts: str) -> list[list[int]]:
    """Hashes of the words of each post's hashtags."""
    seg = segment(posts)
    found = hashtag_words(seg)
    post = seg.post[found.token]
    return [found.hash[post == i].tolist() for i in range(len(posts))]


def test_words_are_hashed_as_words() -> None:
    assert words("#NoTram", "go #save_ourLibrary now", "no tag") == [
        hash_strings(["no", "tram"]).tolist(),
        hash_strings(["save", "our", "library"]).tolist(),
        [],
    ]


def test_the_full_width_sign_is_a_sign() -> None:
    assert words("＃NoTram") == words("#NoTram")


def test_a_part_in_another_script_stays_whole() -> None:
    assert words("#трамвай") == [hash_strings(["трамвай"]).tolist()]


def test_tokens_are_the_hashtags() -> None:
    seg = segment(["a #NoTram b", "#tram #NoTram"])
    found = hashtag_words(seg)
    assert np.unique(found.token).tolist() == [1, 3, 4]
    assert found.token.tolist() == sorted(found.token.tolist())


def test_no_hashtags() -> None:
    found = hashtag_words(segment(["none", ""]))
    assert found.hash.size == found.token.size == 0
    assert hashtag_words(segment([])).hash.size == 0


TAGS = st.lists(
    st.sampled_from(
        ["NoTram", "notram", "NOTRAM", "a", "b1", "x_y", "été", "трам", "No" * 40, "ab", "ba"]
    )
)


@pytest.mark.slow
@given(st.lists(TAGS.map(lambda tags: " ".join("#" + tag for tag in tags)), max_size=4))
@settings(max_examples=80)
def test_what_was_split_before_changes_nothing(posts: list[str]) -> None:
    together = words(*posts)
    assert together == [words(post)[0] for post in posts]
    module._splitter.known = {}
    assert words(*posts) == together


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_KNOWN", 3)
    tags = [f"#tag{letter}" for letter in "abcdefgh"]
    expected = [words(tag)[0] for tag in tags]
    for _ in range(3):
        assert [words(tag)[0] for tag in tags] == expected
        assert len(module._splitter.known) <= 4


def test_what_another_thread_forgets_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = words("#NoTram #bus")
    words("#NoTram")
    split = module._splitter.split

    def meanwhile(tags: list[str]) -> list[list[tuple[str, bool]]]:
        module._splitter.known = {}
        return split(tags)

    monkeypatch.setattr(module._splitter, "split", meanwhile)
    assert words("#NoTram #bus #buses") == [expected[0] + words("#buses")[0]]


def test_a_very_long_hashtag() -> None:
    assert len(words("#" + "NoTram" * 5000)[0]) > 5000
