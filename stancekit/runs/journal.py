"""The journal of a run: what is being labelled, how, and which chunks are done.

``journal.jsonl`` in the run folder. Its first line is the run's identity; then one line for each
finished chunk, one when the source is read to its end, and one when the output is complete. A
line torn by a crash is dropped, and so is all that follows it.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import orjson

from stancekit.errors import RunError
from stancekit.runs.folder import saving_run

#: Raise by one when parts or journal change shape: an unfinished run of another number is refused.
FORMAT: Final = 3

Identity = Mapping[str, Any]


@dataclass(frozen=True)
class Journal:
    """What an earlier attempt left behind.

    Attributes
    ----------
    identity
        What decides the contents of the parts; None when the journal holds nothing usable.
    chunks
        The journal lines of finished chunks, by chunk number.
    read
        Totals of the reading, once the source was read to its end.
    finished
        The summary, once the output was complete and only its renaming was left to do.
    """

    identity: Identity | None = None
    chunks: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    read: Mapping[str, Any] | None = None
    finished: Mapping[str, Any] | None = None


def read_journal(path: Path) -> Journal:
    """Read a journal; an absent or empty one gives an empty `Journal`."""
    identity, read, finished = None, None, None
    chunks: dict[int, Mapping[str, Any]] = {}
    for entry in _entries(path):
        identity = entry.get("run", identity)
        read = entry.get("read", read)
        finished = entry.get("finished", finished)
        if "chunk" in entry:
            chunks[entry["chunk"]["index"]] = entry["chunk"]
    return Journal(identity, chunks, read, finished)


def same_run(journal: Journal, identity: Identity, folder: Path) -> None:
    """Refuse to mix two runs.

    Raises
    ------
    RunError
        When the journal belongs to another source, model or way of reading; says which.
    """
    if journal.identity is None:
        return
    old, new = dict(journal.identity), dict(identity)
    unlike = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    if unlike:
        was = "; ".join(f"{name} was {old.get(name)}, is now {new.get(name)}" for name in unlike)
        raise RunError(
            f"{folder}: holds an unfinished run that differs from this one ({was}). Run the old "
            "one again to finish it, choose another destination, or start over with force=True "
            "(--force)."
        )


@contextlib.contextmanager
def writing_journal(path: Path, journal: Journal, identity: Identity) -> Iterator[IO[bytes]]:
    """Open the journal to go on with it, cleared of torn lines."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        note(file, "run", identity)
        for chunk in journal.chunks.values():
            note(file, "chunk", chunk)
        if journal.read is not None:
            note(file, "read", journal.read)
    temporary.replace(path)
    with path.open("ab") as file:
        yield file


def note(file: IO[bytes], what: str, entry: Mapping[str, Any]) -> None:
    """Add one line and hand it to the system at once."""
    with saving_run(Path(file.name)):
        file.write(orjson.dumps({what: entry}, option=orjson.OPT_APPEND_NEWLINE))
        file.flush()


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    with contextlib.suppress(FileNotFoundError, orjson.JSONDecodeError), path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            yield orjson.loads(line)
