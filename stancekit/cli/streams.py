"""``-`` in place of a file: standard input, or CSV to standard output."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from stancekit.cli.say import say
from stancekit.errors import ArgumentError
from stancekit.show.cells import printable
from stancekit.surrogates import without_surrogates

if TYPE_CHECKING:
    from stancekit.runs.summary import RunSummary


@contextmanager
def inputs(given: list[str]) -> Iterator[list[str]]:
    """Give the paths of the sources; standard input is set down in a file while it is read.

    Raises
    ------
    ArgumentError
        If standard input is one of several.
    """
    if "-" not in given:
        yield given
        return
    if len(given) > 1:
        raise ArgumentError("- is standard input, and is read alone: name files beside files")
    with TemporaryDirectory(prefix="stancekit-") as folder:
        path = Path(folder, "stdin")
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield [str(path)]


@contextmanager
def destination(given: str) -> Iterator[str]:
    """Give the path of a destination; what is to go to standard output goes there at the end."""
    if given != "-":
        yield given
        return
    with TemporaryDirectory(prefix="stancekit-") as folder:
        path = Path(folder, "stdout.csv")
        yield str(path)
        _put_out(path)
        rejects = path.with_name(f"{path.name}.rejects.jsonl")
        if rejects.exists():
            say(without_surrogates(rejects.read_text(encoding="utf-8", errors="replace").rstrip()))


def _put_out(path: Path) -> None:
    """Copy a file to standard output; a terminal is shown what it would obey."""
    if sys.stdout.isatty():
        with path.open(encoding="utf-8", newline="\n") as lines:
            sys.stdout.writelines(map(printable, lines))
        sys.stdout.flush()
        return
    with path.open("rb") as file:
        shutil.copyfileobj(file, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def named(summary: "RunSummary", sources: list[str], destination: str) -> "RunSummary":
    """Say standard input and output in a summary where files stood in for them."""
    if sources == ["-"]:
        summary = replace(summary, source="standard input")
    if destination == "-":
        rejects = "the lines above" if summary.rejects_file else None
        summary = replace(summary, destination="standard output", rejects_file=rejects)
    return summary
