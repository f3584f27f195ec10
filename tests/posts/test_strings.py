"""Text whose bytes an export has written as characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts.strings import mend_mojibake


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_bytes_written_as_characters_are_mended(text):
    assert mend_mojibake(text.encode().decode("latin-1")) == text


@pytest.mark.parametrize("text", ["café", "straße – fine", "“quotes” stay", "трамвай", "🚋"])
def test_sound_text_stays(text):
    assert mend_mojibake(text) == text


def test_text_of_sound_and_broken_parts():
    assert mend_mojibake("cafÃ© … mixed") == "café … mixed"
