"""The archive that Twitter gave from 2012 to 2018: a script a month, and tables of the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from stancekit.posts.chain import LED
from stancekit.posts.files.source import Source
from stancekit.posts.json.access import mappings_at, text_at
from stancekit.posts.json.arrays import array_items
from stancekit.posts.json.stream import first_json
from stancekit.posts.limits import ASSIGNMENT_BYTES, HEADER_BYTES
from stancekit.posts.platforms.x.classic_table import is_table, row_record, table_rows
from stancekit.posts.platforms.x.counts import counted
from stancekit.posts.platforms.x.tweet import Owner, doubtful, tweet_record
from stancekit.posts.reader import Reader
from stancekit.posts.record import Item, Notice, Record, UnreadableError, records_from

_SCRIPT: Final = b"Grailbird.data.tweets_"
_MONTH: Final = re.compile(r"\d{4}_\d\d")


_BESIDE: Final = re.compile(
    r"(?:.*/)?(?:data/csv/[^/]+\.csv|tweets\.csv)|.*\.(?:js|css|html|txt)", re.IGNORECASE
)
"""The same posts as tables, and the page to look at them."""


def sniff(source: Source) -> bool:
    """Tell whether a file assigns tweets to ``Grailbird.data``, or is a table of the archive."""
    return any(_is_script(source, name) or _is_table(source, name) for name in source.names)


def _is_script(source: Source, name: str) -> bool:
    return name.endswith(".js") and _SCRIPT in source.head(name, ASSIGNMENT_BYTES)


def _is_table(source: Source, name: str) -> bool:
    return (name.endswith(".csv") or len(source.names) == 1) and is_table(
        source.head(name, HEADER_BYTES)
    )


def read(source: Source, *, author: str | None = None) -> Iterator[Item]:
    """Yield the account's own posts.

    The scripts of ``data/js/tweets`` are read, since they name authors and whole reposts; of a
    month that has no script, the table in ``data/csv``; ``tweets.csv``, which has all months,
    only where there is nothing else.

    Parameters
    ----------
    author : str, optional
        Name of the account, which ``tweets.csv`` does not say.

    Notes
    -----
    Before November 2010 the scripts give the day only: ``time_known`` is False there.
    ``source_ref`` counts the items of a script, and the lines of a table.
    """
    owner = _owner(source, author)
    doubts: Counter[str] = Counter()
    files, listed = _files(source), _index(source)
    yield from _missing(listed, files)
    for name in files:
        if name.endswith(".js"):
            yield from _scripted(source, name, listed.get(_month(name)), owner, doubts)
        else:
            yield from _tabled(source, name, owner, doubts)
    yield from doubtful(doubts, source.path.name)


def _files(source: Source) -> list[str]:
    """Choose one file for each month, oldest first."""
    scripts = {_month(name): name for name in source.names if _is_script(source, name)}
    tables = {_month(name): name for name in source.names if _is_table(source, name)}
    monthly = {month: name for month, name in tables.items() if _MONTH.fullmatch(month)}
    chosen = (monthly | scripts) or tables
    return [chosen[month] for month in sorted(chosen)]


def _month(name: str) -> str:
    return PurePosixPath(name).name.partition(".")[0]


def _missing(listed: Mapping[str, int], files: list[str]) -> Iterator[Notice]:
    """Say which months the archive's own index lists and the source lacks."""
    held = {_month(name) for name in files}
    absent = {month: count for month, count in listed.items() if month not in held}
    if absent and held != {"tweets"}:
        months = ", ".join(sorted(absent)[:3]) + (", …" if len(absent) > 3 else "")
        yield Notice(
            "tweet_index.js",
            f"lists {len(absent):,} months with {sum(absent.values()):,} posts that are not here "
            f"({months}): the archive is not whole",
        )


def _index(source: Source) -> dict[str, int]:
    found = first_json(source, source.find("tweet_index.js"))
    months = {}
    for item in mappings_at({"months": found}, "months"):
        name, count = text_at(item, "file_name"), item.get("tweet_count")
        if name:
            months[_month(name)] = count if isinstance(count, int) else 0
    return months


def _owner(source: Source, author: str | None) -> Owner:
    if author:
        return Owner(None, author)
    details = first_json(source, source.find("user_details.js"))
    return Owner(text_at(details, "id"), text_at(details, "screen_name"))


def _scripted(
    source: Source, name: str, expected: int | None, owner: Owner, doubts: Counter[str]
) -> Iterator[Item]:
    def record_of(tweet: Any) -> Record:
        if not isinstance(tweet, dict):
            raise UnreadableError("no tweet: not a JSON object")
        return tweet_record(tweet, owner, doubts)

    with source.open(name) as stream:
        items = counted(array_items(stream, name), name, expected, "tweet_index.js")
        yield from records_from(items, name, record_of)


def _tabled(source: Source, name: str, owner: Owner, doubts: Counter[str]) -> Iterator[Item]:
    with source.open(name) as stream:
        rows = table_rows(stream, name)
        yield from records_from(rows, name, lambda row: row_record(row, owner, doubts))


READER = Reader(
    "x-classic",
    "Twitter archive of 2012 to 2018: data/js/tweets, data/csv or tweets.csv",
    sniff,
    read,
    options=("author",),
    beside=_BESIDE,
    tested_on="two real archives (2013, 2014); `tweets.csv` from documentation",
    chain=LED,
)
