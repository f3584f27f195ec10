"""Addresses of accounts and posts, as Mastodon and its kin write them."""

from __future__ import annotations

import re
from typing import Final

_ACTOR: Final = re.compile(r"https?://([^/\s]+)/(?:users/|u/|profile/|@)([A-Za-z0-9_.-]+)(?=/|$)")


def account_of(uri: str | None) -> str | None:
    """Return ``name@host`` for the address of an account or of one of its posts.

    Examples
    --------
    >>> account_of("https://tram.example/users/ada/statuses/7"), account_of("urn:x")
    ('ada@tram.example', None)
    """
    found = _ACTOR.match(uri or "")
    return f"{found[2]}@{found[1]}" if found else None


def host_of(uri: str | None) -> str | None:
    """Return the host of an address.

    Examples
    --------
    >>> host_of("https://tram.example/@ada")
    'tram.example'
    """
    parts = (uri or "").split("/", 3)
    return parts[2] if len(parts) > 2 and parts[2] else None


def with_host(name: str, uri: str | None) -> str:
    """Complete an account's name with the host of its address, unless it has one.

    Examples
    --------
    >>> with_host("@bo", "https://tram.example/@bo"), with_host("@bo@noord.example", None)
    ('bo@tram.example', 'bo@noord.example')
    """
    name, host = name.lstrip("@"), host_of(uri)
    return name if "@" in name or host is None else f"{name}@{host}"
