"""Posts as Truth Social sends them to a browser: statuses of Mastodon, whose server it runs on."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from stancekit.posts.html_text import has_markup
from stancekit.posts.platforms.mastodon.statuses import status_record
from stancekit.posts.record import NotAPostError, Record


def captured_record(item: Mapping[str, Any]) -> Record:
    """Turn a post into a record; Zeeschuimer has taken the tags out of its words."""
    if item.get("sponsored") is True:
        raise NotAPostError("advertisements")
    content = item.get("content")
    if isinstance(content, str) and not has_markup(content):
        item = {**item, "content": html.escape(content)}
    return status_record(item)
