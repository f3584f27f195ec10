"""What every record goes through once its reader has made it, whatever the format.

Words that are gone are no text, names that are gone are nobody, and whom a reply is at is told
apart from whom it only inherits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from stancekit.posts.chain import Chain
from stancekit.posts.reader import Reader
from stancekit.posts.record import Record
from stancekit.posts.removed import NOTICES_BEGIN, is_nobody, nobody_on, removal
from stancekit.posts.snowflakes import PLATFORMS

PEOPLE: Final = ("author", "reply_to_author", "quoted_author")
"""Columns of one account each."""
HELD: Final = {"discord": "discord", "mastodon-statuses": "mastodon"}
"""Formats whose ids hold times, and of which platform they are; readers of X look themselves."""

_MAY_BE_NOBODY: Final = frozenset(("", *"[ \t\n\r"))


class Finisher:
    """Finishes the records of one source, and keeps count of what it found.

    Parameters
    ----------
    reader : Reader
        Whose records they are.
    """

    def __init__(self, reader: Reader) -> None:
        self.name = reader.name
        self.chain = Chain(reader.chain)
        self.nobody = nobody_on(reader.name)
        self.begins = _MAY_BE_NOBODY | {name[0] for name in self.nobody}
        self.gone: Counter[str] = Counter()
        self.nameless = 0
        self.ids = PLATFORMS.get(HELD.get(reader.name, ""))
        self.timed = 0

    def finish(self, record: Record) -> None:
        """Finish a record in place."""
        record["source_format"] = self.name
        text = record.get("text")
        if isinstance(text, str) and text[:1] in NOTICES_BEGIN and (became := removal(text)):
            record.update(text=None, removed=became)
            self.gone[became] += 1
        author, answered = record.get("author"), record.get("reply_to_author")
        quoted = record.get("quoted_author")
        begins = self.begins
        if (
            (type(author) is str and author[:1] in begins)
            or (answered is not None and str(answered)[:1] in begins)
            or (quoted is not None and str(quoted)[:1] in begins)
        ):
            self._strike(record)
        if self.ids is not None and record.get("created_at") is None:
            moment = self.ids.time(record.get("id"))
            record.update(created_at=moment, time_known=moment is not None)
            self.timed += moment is not None
        self.chain.settle(record)

    def _strike(self, record: Record) -> None:
        for column in PEOPLE:
            name = record.get(column)
            if type(name) is str and (name in self.nobody or is_nobody(name)):
                record[column] = None
                self.nameless += column == "author"

    def said(self) -> Iterator[str]:
        """Say what was found, a message each."""
        for became, count in self.gone.items():
            whose = "1 post holds" if count == 1 else f"{count:,} posts hold"
            yield f"{whose} only a notice ({became}) in place of words, and no text"
        if self.nameless:
            whose = "1 post is" if self.nameless == 1 else f"{self.nameless:,} posts are"
            yield f"{whose} by accounts that are gone: nobody is their author"
        if self.timed:
            whose = "1 post states" if self.timed == 1 else f"{self.timed:,} posts state"
            yield f"{whose} no time that can be read: it is the one that its id holds"
        yield from self.chain.said()
