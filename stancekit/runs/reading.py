"""Read a source in chunks, setting bad rows aside in a file of rejects."""

import gc
import re
from collections.abc import Container, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final

from stancekit.errors import FormatError, RunError, StancekitError
from stancekit.posts import read_records
from stancekit.posts.files.source import Source
from stancekit.posts.record import Item, Notice, Record, Reject
from stancekit.posts.strings import as_json
from stancekit.posts.table import to_batch
from stancekit.runs.files import saving_run
from stancekit.runs.meter import Meter
from stancekit.runs.part import Chunk
from stancekit.runs.pseudonyms import Pseudonyms
from stancekit.runs.repeats import Repeats
from stancekit.runs.sources import names_of, open_named, told
from stancekit.runs.unread import Unread, unread_of
from stancekit.surrogates import without_surrogates


@dataclass(frozen=True)
class Reading:
    """How to read a source.

    Attributes
    ----------
    source
        Where to read, one place or several.
    format, options
        As `stancekit.posts.read_records` takes them.
    chunk_size
        Posts in a chunk; the last has fewer.
    reserved
        Column names the labels need; see `stancekit.posts.table.to_batch`.
    stop
        Whether the first bad row ends the reading.
    pseudonyms
        Where people have pseudonyms: what is set down of rejects, and said of the source, then
        holds no word of it.
    opened
        The source as it is to be read, where that is not the path as it lies on this machine.
    meter
        What counts the bytes that are read.
    """

    source: Sequence[str]
    format: str | None
    options: Mapping[str, Any]
    chunk_size: int
    reserved: frozenset[str]
    stop: bool = False
    pseudonyms: Pseudonyms | None = None
    opened: Source | None = None
    meter: Meter | None = None


@dataclass
class Found:
    """What a reading found besides posts; filled as it goes on.

    ``files`` has for each of several sources its ``posts``, how many of them stood in an earlier
    one (``again``), and its ``rejects``; ``shares`` the bytes of the source that each chunk took.
    """

    chunks: int = 0
    rejects: int = 0
    rejects_sha256: str = ""
    notices: list[str] = field(default_factory=list)
    unread: Unread = field(default_factory=Unread)
    failure: Exception | None = None
    files: dict[str, dict[str, int]] = field(default_factory=dict)
    shares: dict[int, int] = field(default_factory=dict)

    def as_entry(self) -> dict[str, Any]:
        """Give the totals as the journal keeps them."""
        return {
            "chunks": self.chunks,
            "rejects": self.rejects,
            "rejects_sha256": self.rejects_sha256,
            "notices": list(map(without_surrogates, self.notices)),
            "unread": asdict(self.unread),
            "files": {without_surrogates(name): counts for name, counts in self.files.items()},
        }

    @classmethod
    def of_entry(cls, entry: Mapping[str, Any]) -> "Found":
        """Give what :meth:`as_entry` wrote down."""
        return cls(**{**entry, "unread": Unread(**entry.get("unread", {}))})


def read_chunks(
    reading: Reading, found: Found, rejects: Path, done: Container[int]
) -> Iterator[Chunk]:
    """Yield the chunks that are not `done`.

    An error ends the iteration and is kept in ``found.failure``, to be raised once the chunks
    before it are labelled and set down: a later attempt then has less to do.
    """
    before = 0
    try:
        with rare_collections(), saving_run(rejects), rejects.open("wb") as file:
            for rows in _filled(reading, found, file):
                index = found.chunks
                found.chunks += 1
                if reading.meter is not None:
                    place = reading.meter.place
                    found.shares[index], before = place - before, place
                posts = None if index in done else to_batch(rows, reading.reserved)
                rows.clear()  # the dicts take more room than all else: let go of them first
                if posts is not None:
                    yield Chunk(index, posts)
    except Exception as error:
        found.failure = error


def _filled(reading: Reading, found: Found, rejects: IO[bytes]) -> Iterator[list[Record]]:
    rows: list[Record] = []
    for record in _posts(reading, found, rejects):
        rows.append(record)
        if len(rows) == reading.chunk_size:
            yield rows
            rows = []
    if rows:
        yield rows


def _posts(reading: Reading, found: Found, rejects: IO[bytes]) -> Iterator[Record]:
    repeats = Repeats() if len(reading.source) > 1 else None
    for name, items in by_source(reading):
        counts = {"posts": 0, "again": 0, "rejects": 0}
        if repeats is not None:
            found.files[name] = counts
            repeats.next_source()
        for item in items:
            if type(item) is dict:
                counts["posts"] += 1
                if repeats is not None and repeats.again(item):
                    counts["again"] += 1
                    continue
                yield item
            elif isinstance(item, Notice):
                found.notices.append(str(item) if reading.pseudonyms is None else item.bare)
            elif isinstance(item, Reject):
                counts["rejects"] += 1
                _set_aside(item, reading, found, rejects)


def _set_aside(item: Reject, reading: Reading, found: Found, rejects: IO[bytes]) -> None:
    found.rejects += 1
    found.unread += unread_of(item)
    kept = item if reading.pseudonyms is None else _bare(item, reading.pseudonyms)
    rejects.write(_line(kept))
    if reading.stop:
        raise FormatError(
            f"{kept}. Mend that row and run again with force=True, or leave bad rows "
            "out with on_error='skip'."
        )


#: How a reason begins, before it comes to what is in the row.
_OURS: Final = re.compile("[A-Za-z0-9 ,-]*")


def _bare(item: Reject, pseudonyms: Pseudonyms) -> Reject:
    """Leave of a reject what no word of the source is in."""
    reason = _OURS.match(item.reason)
    said = reason[0].strip() if reason else ""
    return replace(item, file=pseudonyms.of_place(item.file), reason=said or "no post", raw="")


def _line(item: Reject) -> bytes:
    return as_json(asdict(item)).encode() + b"\n"


def by_source(reading: Reading) -> Iterator[tuple[str, Generator[Item, None, None]]]:
    """Give the items of each source, under the name by which its rows are known."""
    if reading.opened is not None:
        yield "", _items(reading, reading.opened, told(reading.source))
        return
    for place, name in zip(reading.source, names_of(reading.source), strict=True):
        yield name, _items(reading, place, place, name)


def _items(
    reading: Reading, source: Source | str, place: str, name: str = ""
) -> Generator[Item, None, None]:
    """Read a source item by item; when it goes away, the error says so."""
    how = reading.format
    try:
        if isinstance(source, str):
            source, how = open_named(source, name, how, reading.meter)
        yield from read_records(source, how, **reading.options)
    except (StancekitError, OSError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        if isinstance(cause, OSError):
            raise unreadable(place, cause) from error
        raise


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the cycle collector run seldom in a block, and as before after it.

    Parsed posts are trees of dicts: they hold no cycles and are freed without it, but their
    number calls it again and again, and each time it walks all that the process holds, a loaded
    model included. That took half of the time of reading pages of the X API.

    Examples
    --------
    >>> before = gc.get_threshold()
    >>> with rare_collections():
    ...     gc.get_threshold()[0]
    50000
    >>> gc.get_threshold() == before
    True
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 50_000) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def unreadable(source: str | Path, error: OSError) -> RunError:
    """Say that the source went away or cannot be read, and what to do."""
    what = error.strerror or str(error)
    where = error.filename or source
    return RunError(
        f"{where}: cannot be read ({what}). Put the source back where it was and run the same "
        "again: chunks already done are kept."
    )
