"""CSV as CrowdTangle wrote it until 2024: posts of Facebook pages and groups, and Instagram."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from stancekit.posts.ids import as_id
from stancekit.posts.record import Record
from stancekit.posts.strings import hashtags_in
from stancekit.posts.tables.fixed_columns import FixedTable, Take, fixed_reader
from stancekit.posts.times import parse_time

ZONES: Final = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
}  # fmt: skip
"""Hours that the zones CrowdTangle names are ahead of UTC."""

_QUERY: Final = re.compile(r"[?#]")


def zoned_time(cell: str | None) -> datetime | None:
    """Read ``2021-03-01 10:00:00 EST``; a zone that is not in :data:`ZONES` gives None.

    Examples
    --------
    >>> zoned_time("2021-03-01 10:00:00 EST").isoformat()
    '2021-03-01T15:00:00+00:00'
    >>> zoned_time("2021-03-01 10:00:00 XYZ")
    """
    stated, _, zone = (cell or "").rpartition(" ")
    if zone.isalpha():
        moment = parse_time(stated)
        hours = ZONES.get(zone.upper())
        return moment - timedelta(hours=hours) if moment and hours is not None else None
    return parse_time(cell)


def facebook(take: Take) -> Record:
    """Make the record of a post of a page or group: what it says itself, not what it links."""
    record = _record(take, take("message"))
    record["author"] = take("user_name") or take("page_name") or take("group_name")
    record["author_id"] = as_id(take("facebook_id"))
    return record


def instagram(take: Take) -> Record:
    """Make the record of an Instagram post: its caption."""
    record = _record(take, take("description"))
    record["author"] = take("user_name") or take("account")
    return record


def _record(take: Take, text: str | None) -> Record:
    url = take("url")
    last = _QUERY.split(url or "", maxsplit=1)[0].rstrip("/").rpartition("/")[2]
    link, final = take("link"), take("final_link")
    shared = final or link
    return {
        "id": last or url,
        "text": text,
        "created_at": zoned_time(take("post_created")),
        "kind": "post",
        "hashtags": hashtags_in(text),
        "urls": [shared] if shared and shared != url else [],
        "url": url,
    }


_COMMON: Final = frozenset(("user_name", "post_created", "type", "url", "link", "likes"))

READER = fixed_reader(
    "crowdtangle",
    "CrowdTangle CSV: Facebook pages or groups, or Instagram",
    FixedTable(_COMMON | {"message", "total_interactions"}, facebook, id_column="facebook_id"),
    FixedTable(_COMMON | {"account", "description"}, instagram),
)
