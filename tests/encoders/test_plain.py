"""A post in plain words says what it said, to nobody in particular."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.encoders.plain import plain_text


@pytest.mark.parametrize(
    ("post", "plain"),
    [
        ("", ""),
        ("  two \n lines ", "two lines"),
        ("@ana @bo@tram.social hi", "@user @user hi"),
        ("see https://example.org/a?b=c now", "see http now"),
        ("#SaveOurTram!", "# Save Our Tram !"),
        ("👏👏👏👏 ok", "clapping hands sign clapping hands sign ok"),
        ("👏 no 👏👏👏", "clapping hands sign no clapping hands sign clapping hands sign"),
        ("👏🏽🇬🇧❤️", "clapping hands sign flag heavy black heart"),
    ],
)
def test_posts_in_plain_words(post, plain):
    assert plain_text([post]) == [plain]


@given(st.lists(st.text(max_size=60), max_size=5))
def test_neighbours_play_no_part_and_nothing_breaks(posts):
    assert plain_text(posts) == [plain_text([post])[0] for post in posts]


@given(st.text("ab @#:/.👏\ud83d ", max_size=40))
def test_what_is_plain_stays(post):
    once = plain_text([post])[0]
    assert plain_text([once])[0] == once or "#" in once or "@" in once or "http" in once
