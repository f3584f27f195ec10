"""Links of posts, in the form that all ways of writing one share."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

#: Parameters that say how a reader came to a page, and not which page it is.
_TRACKING: Final = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id"
    r"|ref_src|ref_url|cmpid|cmp|ns_\w+|at_\w+|ocid|smid|smtyp|si|feature|share|_ga|_gl|wt_mc|xtor"
    r"|__twitter_impression|s?rnd|trk|trkcampaign|spm|source|src|ref|via",
    re.IGNORECASE,
)
_CUT: Final = "…"
_PORTS: Final = {"http": ":80", "https": ":443"}


def canonical(link: str) -> str:
    """Give the form of a link that does not hang on how it was shared; empty for none.

    Protocol, ``www.``, tracking parameters, fragment and the last slash go; so does the case of the
    host. Links of shorteners stay as they are, since only the shortener knows where they lead.

    Examples
    --------
    >>> canonical("https://www.Town.example/plan/?utm_source=x&page=2#top")
    'town.example/plan?page=2'
    >>> canonical("http://t.co/AbC"), canonical("https://t.co/Ab…")
    ('t.co/AbC', '')
    """
    text = link.strip()
    if not text or text.endswith((_CUT, "...")):
        return ""
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host = parts.netloc.rpartition("@")[2].lower().removesuffix(_PORTS.get(parts.scheme, ":80"))
    except ValueError:  # no address, for all that it looks like one
        return text
    if not host:
        return ""
    host = host.removeprefix("www.").removeprefix("mobile.")
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    query = f"?{urlencode(asked)}" if asked else ""
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return f"{host}{parts.path.rstrip('/')}{query}{fragment}"
