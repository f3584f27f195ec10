"""twitter-text's grammar of links, in time linear in the text.

``twitter_text.extract_urls`` tries every character as the start of a domain and, from each, every
end of it: seconds for a few thousand characters of Chinese or of ``a.a.a.a``. The same patterns are
tried here only where a top-level domain is in reach, so that a try succeeds.
"""

import re
from collections.abc import Iterator

from stancekit.text.link_patterns import link_patterns

_LONGEST_LINK = 4096
_LONGEST_SLUG = 40
#: A protocol and the character before it.
_BEFORE_DOMAIN = len("https://") + 1
#: Beyond so many labels, those with an underscore, of which no link is made, are passed over.
_MOST_LABELS = 16


def extract_links(text: str) -> tuple[tuple[int, int], ...]:
    """Links of a text, as (start, end) offsets.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> extract_links("see example.com/plan, or http://例え.com")
    ((4, 20), (25, 38))
    """
    return tuple(span for match in _matches(text) for span in _links(match))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what ``extract_url.finditer`` yields."""
    at = 0
    for begin, ends in _domains(text):
        while ends := [(dot, underscore) for dot, underscore in ends if dot > at]:
            whole = [dot for dot, underscore in ends if underscore < 0]
            dot = whole[0] if whole else ends[0][0]
            first = max(at, begin - _BEFORE_DOMAIN if whole else ends[0][1], 0)
            tries = (link_patterns().link.match(text, place) for place in range(first, dot))
            match = next(filter(None, tries), None)
            at = match.end() if match else dot
            if match:
                yield match


def _domains(text: str) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield where labels joined by dots begin, and the dots before a top-level domain in them.

    With each dot comes the place of the last underscore in the label before it, or -1: a domain
    that ends there starts after that underscore.
    """
    begin, labels, before = 0, 0, (0, 0)
    ends: list[tuple[int, int]] = []
    for label in link_patterns().label.finditer(text):
        start, end = label.span()
        dot = before[1]
        joined = dot == start - 1 and text[dot] == "."
        if joined and text[start] not in "-_" and text[dot - 1] not in "-_":
            labels += 1
            underscore = text.rfind("_", *before)
            if (underscore < 0 or labels <= _MOST_LABELS) and link_patterns().top_level.match(
                text, start
            ):
                ends.append((dot, underscore))
        else:
            if ends:
                yield begin, ends
            begin, labels, ends = start, 1, []
        before = start, end
    if ends:
        yield begin, ends


def _links(match: re.Match[str]) -> list[tuple[int, int]]:
    """Links of one match, as ``extract_urls_with_indices`` goes on from it."""
    _, before, url, protocol, domain, _, path, _ = match.groups()
    end = match.end()
    start = end - len(url)
    if not _is_short(url, protocol or "https://", domain):
        return []
    if protocol is None:
        if before and before in "-_./":
            return []
        spans = [(start + a, start + b) for a, b in _ascii_domains(domain)]
        return spans[:-1] + [(a, end if path else b) for a, b in spans[-1:]]
    if tco := link_patterns().tco.search(url):
        if len(tco.group(1)) > _LONGEST_SLUG:
            return []
        end = start + tco.end()
    return [(start, end)]


def _ascii_domains(domain: str) -> Iterator[tuple[int, int]]:
    """Yield what ``valid_ascii_domain.finditer`` finds: one in each stretch with a known end."""
    for stretch in link_patterns().ascii_stretch.finditer(domain):
        begin, end = stretch.span()
        dots = (dot for dot in range(begin + 1, end) if domain[dot] == ".")
        known = any(link_patterns().top_level.match(domain, dot + 1) for dot in dots)
        if known and (found := link_patterns().ascii_domain.search(domain, begin)):
            yield found.span()


def _is_short(url: str, protocol: str, domain: str) -> bool:
    """Say whether a link has a domain that can be encoded, and no more than 4,096 characters."""
    try:
        encoded = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    return bool(encoded) and len(protocol) + len(url) + len(encoded) - len(domain) <= _LONGEST_LINK
