"""Posts written as HTML, as the text that a reader of them sees."""

from __future__ import annotations

import html
import re
from typing import Any, Final, NamedTuple

from stancekit.posts.limits import HTML_TAGS

_TAG: Final = re.compile(r"<[^<>]*>")
_MARKUP: Final = re.compile(
    r"</?(?:p|br|a|b|i|u|s|em|strong|span|div|ul|ol|li|blockquote|code|pre|img|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_BREAK: Final = re.compile(r" ?<br\b[^<>]*> ?", re.IGNORECASE)
_ITEM_END: Final = re.compile(r" ?</(?:li|tr)> ?", re.IGNORECASE)
_BLOCK_END: Final = re.compile(r" ?</(?:p|div|blockquote|pre|ul|ol|table|h[1-6])> ?", re.IGNORECASE)
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_NOT_LINKS: Final = frozenset(("mention", "hashtag"))
_UNSEEN: Final = ".quote-inline, script, style"
"""Mastodon puts the link of a quoted post into the text, for servers that know no quotes."""


class HtmlText(NamedTuple):
    """The words of a post that was HTML, and its links (those of mentions and tags left out)."""

    text: str
    links: list[str]


def has_markup(text: str) -> bool:
    """Tell whether a text that may be HTML has tags in it, and not only ``<3``.

    Examples
    --------
    >>> has_markup("<p>tram</p>"), has_markup("I <3 trams, 2 > 1")
    (True, False)
    """
    return "<" in text and _MARKUP.search(text) is not None


def html_to_text(source: str) -> str:
    r"""Return the words of an HTML post; see :func:`read_html`.

    Examples
    --------
    >>> html_to_text("<p>bread &amp;amp; trams<br>tomorrow</p><p>&lt;3</p>")
    'bread &amp; trams\ntomorrow\n\n<3'
    """
    return read_html(source).text


def read_html(source: str) -> HtmlText:
    r"""Read an HTML post: paragraphs as empty lines, entities undone once, links whole.

    Mastodon hides the ends of a link (``<span class="invisible">``) and other servers cut it
    with ``…``; the text gets all of it. A mention stays as it is shown, ``@ada``.

    Examples
    --------
    >>> link = '<a href="https://example.org/tram-map">example.org/tra…</a>'
    >>> read_html("<p>see</p><p>" + link + "</p>")
    HtmlText(text='see\n\nhttps://example.org/tram-map', links=['https://example.org/tram-map'])
    """
    if "<" not in source:
        return HtmlText(html.unescape(source).strip(), [])
    marked = _BREAK.sub("\n", _SPACE.sub(" ", source))
    marked = _BLOCK_END.sub("\n\n", _ITEM_END.sub("\n", marked))
    if source.count("<") > HTML_TAGS:
        return HtmlText(_tidy(html.unescape(_TAG.sub("", marked))), [])
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(marked).body
    if body is None:
        return HtmlText("", [])
    for node in body.css(_UNSEEN):
        node.decompose()
    links = _links(body) if "href" in source else []
    return HtmlText(_tidy(body.text()), links)


def _links(body: Any) -> list[str]:
    """Return the links in a parsed post, and write out those that are shown cut."""
    links = []
    for node in body.css("a[href]"):
        attributes = node.attributes
        link = attributes.get("href") or ""
        if _NOT_LINKS.isdisjoint((attributes.get("class") or "").split()) and link[:4] == "http":
            links.append(link)
            shown = node.text()
            if shown.endswith(("…", "...")) and shown.rstrip("….") in link:
                node.replace_with(link)
    return links


def _tidy(text: str) -> str:
    return _EMPTY_LINES.sub("\n\n", text).strip()
