"""twitter-text's patterns of a link, put together.

The grammar is that of twitter-text 3.1 (Apache-2.0), ``js/src/regexp``; names are its own. The
package twitter-text-parser, which has it for Python, needs setuptools of old and so does not import
on a fresh Python 3.12 (docs/decisions/0008-links.md).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

LATIN_ACCENT = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
_PUNCT = r"\!'#%&'\(\)*\+,\\\-\.\/:;<=>\?@\[\]\^_{|}~\$/"
_SPACES = r"\x09-\x0D\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
_INVALID = r"\uFFFE\uFEFF\uFFFF"
_DIRECTIONAL = r"\u202A-\u202E\u061C\u200E\u200F\u2066\u2067\u2068\u2069"
_CYRILLIC = r"\u0400-\u04FF"

_NO_DOMAIN = _PUNCT + _SPACES + _INVALID + _DIRECTIONAL
_IN_DOMAIN = f"[^{_NO_DOMAIN}]"
_SUBDOMAIN = rf"(?:(?:{_IN_DOMAIN}(?:[_-]|{_IN_DOMAIN})*)?{_IN_DOMAIN}\.)"
_DOMAIN_NAME = rf"(?:(?:{_IN_DOMAIN}(?:-|{_IN_DOMAIN})*)?{_IN_DOMAIN}\.)"
_BEFORE = rf"(?:[^A-Za-z0-9@＠$#＃{_INVALID}]|[{_DIRECTIONAL}]|^)"
_PUNYCODE = r"(?:xn--[\-0-9a-z]+)"

_IN_PATH = rf"[a-z{_CYRILLIC}0-9!\*';:=\+,\.\$\/%#\[\]\-\u2013_~@\|&{LATIN_ACCENT}]"
_PARENTHESES = rf"\((?:{_IN_PATH}+|(?:{_IN_PATH}*\({_IN_PATH}+\){_IN_PATH}*))\)"
_PATH_END = rf"[\+\-a-z{_CYRILLIC}0-9=_#\/{LATIN_ACCENT}]|(?:{_PARENTHESES})"
_PATH = rf"(?:(?:{_IN_PATH}*(?:{_PARENTHESES}{_IN_PATH}*)*{_PATH_END})|(?:@{_IN_PATH}+/))"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"


@dataclass(frozen=True)
class LinkPatterns:
    """The compiled patterns.

    Attributes
    ----------
    link : re.Pattern
        Groups: all, the character before, the link, protocol, domain, port, path, query.
    label : re.Pattern
        A label of a domain.
    top_level : re.Pattern
        A top-level domain.
    ascii_domain, ascii_stretch : re.Pattern
        A domain of ASCII and Latin accents; a stretch that can hold one.
    tco : re.Pattern
        A link of t.co and its slug.
    """

    link: re.Pattern[str]
    label: re.Pattern[str]
    top_level: re.Pattern[str]
    ascii_domain: re.Pattern[str]
    ascii_stretch: re.Pattern[str]
    tco: re.Pattern[str]


@lru_cache(maxsize=1)
def link_patterns() -> LinkPatterns:
    """Compile the patterns, once."""
    top = "|".join([*_top_level_domains(), _PUNYCODE])
    domain = rf"(?:{_SUBDOMAIN}*{_DOMAIN_NAME}(?:{top}))"
    link = rf"(({_BEFORE})((https?:\/\/)?({domain})(?::([0-9]+))?(\/{_PATH}*)?({_QUERY})?))"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return LinkPatterns(
        link=compiled(link),
        label=re.compile(rf"(?:{_IN_DOMAIN}|[-_])+"),
        top_level=compiled(top),
        ascii_domain=compiled(rf"(?:(?:[\-a-z0-9{LATIN_ACCENT}]+)\.)+(?:{top})"),
        ascii_stretch=compiled(rf"[-.a-z0-9{LATIN_ACCENT}]+"),
        tco=compiled(rf"^https?:\/\/t\.co\/([a-z0-9]+)(?:{_QUERY})?"),
    )


def _top_level_domains() -> list[str]:
    """Patterns of the generic and of the country-code domains."""
    path = files("stancekit.text") / "data" / "top_level_domains.txt"
    generic, _, country = path.read_text(encoding="utf-8").partition("\n\n")
    names = [
        "|".join(line for line in part.splitlines() if not line.startswith("#"))
        for part in (generic, country)
    ]
    return [f"(?:(?:{part})(?=[^0-9a-zA-Z@+-]|$))" for part in names]
