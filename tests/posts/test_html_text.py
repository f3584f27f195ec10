"""HTML posts as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts.html_text import html_to_text, read_html

HIDDEN = (
    '<a href="https://example.org/tram/map?line=7" rel="nofollow"><span class="invisible">https://'
    '</span><span class="ellipsis">example.org/tram/m</span><span class="invisible">ap?line=7'
    "</span></a>"
)
MENTION = (
    '<span class="h-card"><a href="https://tram.example/@bo" class="u-url mention">@<span>bo'
    "</span></a></span>"
)
TAG = '<a href="https://tram.example/tags/noord" class="mention hashtag">#<span>noord</span></a>'


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one</p><p>two<br>three<br />four</p>", "one\n\ntwo\nthree\nfour"),
        ("<p>x &lt; y &amp;amp; z</p>", "x < y &amp; z"),
        ("no tags &amp;lt; here", "no tags &lt; here"),
        ("<p>a\n  b</p>\n<p>c</p>", "a b\n\nc"),
        ("<ul><li>one</li><li>two</li></ul>end", "one\ntwo\n\nend"),
        (f"<p>map: {HIDDEN}</p>", "map: https://example.org/tram/map?line=7"),
        (f"<p>{MENTION} and {TAG}</p>", "@bo and #noord"),
        ("<p>ok</p><script>alert(1)</script>", "ok"),
        ("", ""),
    ],
)
def test_text(source, text):
    assert html_to_text(source) == text


def test_links_are_whole_and_mentions_and_tags_are_none():
    found = read_html(f"<p>{MENTION} {HIDDEN} {TAG}</p>")
    assert found.links == ["https://example.org/tram/map?line=7"]


def test_link_of_a_quoted_post_is_no_words():
    source = '<p class="quote-inline">RE: <a href="https://a.example/1">…</a></p><p>no</p>'
    assert read_html(source) == ("no", [])


@given(st.text())
def test_escaped_text_comes_back(text):
    import html

    shown = html_to_text(html.escape(text))
    assert shown == html.unescape(html.escape(text)).strip()


@given(st.text(alphabet="<>/abp &;=\"'!-\n", max_size=200))
def test_any_markup_gives_text(source):
    assert isinstance(html_to_text(source), str)


def test_tags_by_the_thousand_are_stripped_without_a_parse():
    assert html_to_text("<div>" * 100_000 + "tram") == "tram"
