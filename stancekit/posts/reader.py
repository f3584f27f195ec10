"""What a format is: a name, a test on the first bytes, and a function that yields records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stancekit.posts.files.source import Source
from stancekit.posts.record import Item


@dataclass(frozen=True)
class Reader:
    """One format of exported posts.

    Attributes
    ----------
    name : str
        What a user writes: ``read_posts(path, "x-archive")``.
    description : str
        One line; said in ``formats()`` and when no format fits.
    sniff : callable
        ``sniff(source) -> bool``: decides by content, reads little, raises nothing of its own.
    read : callable
        ``read(source, **options)`` yields records, rejects and notices.
    options : tuple of str
        The keywords that ``read`` takes.
    tested_on : str
        The real exports it was run on; empty if there were none, and it was made from
        documentation, or from the source of the tool that writes them.
    uncounted : str
        Why nobody can tell how many rows a source holds, where that is so; of all other formats
        it holds that rows = posts + rejects + what is said to be left out.
    beside : pattern, optional
        Whole names of files that an export is known to hold besides posts: of those that are not
        read it is enough to say how many there are. Any other unread file is named.
    chain : str
        Whose the names in a reply are: ``"own"``, the writer's; ``"led"``, those it opens with are
        its thread's; empty if nobody knows. A record that has ``inherited`` says so itself. See
        :mod:`stancekit.posts.chain`.
    """

    name: str
    description: str
    sniff: Callable[[Source], bool]
    read: Callable[..., Iterator[Item]]
    options: tuple[str, ...] = ()
    tested_on: str = ""
    uncounted: str = ""
    beside: re.Pattern[str] | None = None
    chain: str = ""

    @property
    def experimental(self) -> bool:
        """Whether it has never been run on a real export."""
        return not self.tested_on
