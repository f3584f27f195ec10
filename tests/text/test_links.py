"""Links are twitter-text's, found in time linear in the text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stancekit.text import Kind, spans, urls
from stancekit.text.links import links_in

try:  # the package needs setuptools of old, and so does not import everywhere
    from twitter_text import extract_urls_with_indices
except ImportError:
    extract_urls_with_indices = None
with_peer = pytest.mark.skipif(
    extract_urls_with_indices is None, reason="twitter-text-parser cannot be imported here"
)

PIECES = [
    *(
        'a . com - _ 日 é http:// https:// HTTPS:// t.co t.co/ " / ? ( ) @ # $ : 80 uk xn--a 公司 '
        "= ! x.org org 1 … 。 İ K ſ & ' [ ] ~ % , ; 😀"
    ).split(),
    *"\u200c\u200e\u2067\ufeff\ud800\u0301\u180e",
]
WINDOW = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)

CASES = [
    ("see https://t.co/abc, now", ["https://t.co/abc"]),
    ("town.example.org/plan?x=1#top.", ["town.example.org/plan?x=1#top"]),
    ("(http://a.org/x_(y))", ["http://a.org/x_(y)"]),
    ("https://t.co/abc/def", ["https://t.co/abc"]),
    ("https://t.co/" + "a" * 41, []),
    ("mail cy@mail.town", []),
    ("cy@mail.org", []),
    ("no space.After a stop", []),
    ("end.\nCom", []),
    ("例え.comと", []),  # without a protocol only an ASCII domain is a link
    ("http://例え.comと", ["http://例え.com"]),
    ("読むexample.comよ", ["example.com"]),
    ("\u200ehttp://a.org\u200f", ["http://a.org"]),
    ("http://a.org:8080/x", ["http://a.org:8080/x"]),
    ("HTTP://A.ORG", ["HTTP://A.ORG"]),
    ("ftp://a.org", []),
    ("http://localhost", []),
    ("http://1.2.3.4", []),
    ("3.5 and 1.000.000", []),
    ("#a.org @b.org $c.org", []),
    ("_a.org -b.org .c.org /d.org", []),
    ("my_site.com/?u=https://b.org", []),
    ("my_town.example.org", ["town.example.org"]),  # as in twitter-text
    ('http://".com', ['http://".com']),
    ("http://€.com http://`.com", ["http://€.com", "http://`.com"]),
    ("a.org,b.org;c.org", ["a.org", "b.org", "c.org"]),
    ("https://" + "a." * 2100 + "org", []),
]


@pytest.mark.parametrize(("post", "found"), CASES)
def test_cases(post: str, found: list[str]) -> None:
    assert urls(post) == found


@with_peer
@given(WINDOW)
@settings(max_examples=600)
@example("#x.org。t.co")
@example("日.日.com日.日_com.com")
@example("xn--a=ét.co")
@example("http://€.com")
def test_one_stretch_has_the_links_twitter_text_finds(window: str) -> None:
    expected = tuple(tuple(link["indices"]) for link in extract_urls_with_indices(window))
    assert links_in(window) == expected


@with_peer
@given(st.lists(st.tuples(WINDOW, st.sampled_from([" ", "\n", "\u3000", "\t ", "\x85"]))))
@settings(max_examples=200)
def test_a_post_has_the_links_of_its_stretches(parts: list[tuple[str, str]]) -> None:
    parts = [(window.replace("\u180e", ""), space) for window, space in parts]
    post = "".join(window + space for window, space in parts)
    expected, origin = [], 0
    for window, space in parts:
        for link in extract_urls_with_indices(window):
            a, b = link["indices"]
            expected.append((window[a:b], origin + a, origin + b))
        origin += len(window) + len(space)
    assert [(link.text, link.start, link.end) for link in spans(post, Kind.LINK)] == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    (
        "a. 日. 日.a 日 日.com http:// http://a.b https://a.com/( a.b.c.com, a_b.com. _a.com "
        "a.com/((a) a.com/(a( @日.com日 xn--. 日-"
    ).split(),
)
def test_time_is_linear(piece: str) -> None:
    # most of these take hours in twitter-text itself
    hostile = "x.y" + piece * (30_000 // len(piece))
    found = links_in(hostile)
    assert all(hostile[a:b] for a, b in found)


def test_a_long_stretch_hides_no_link() -> None:
    assert urls("漢" * 5000 + "(example.org/plan)" + "字" * 5000) == ["example.org/plan"]
