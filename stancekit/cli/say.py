"""The one way out to a terminal: what posts, files and models bring along is shown, not obeyed."""

import contextlib
import errno
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from stancekit.cli import screen, sheets
from stancekit.cli.wording import in_options
from stancekit.show.cells import printable
from stancekit.show.shown import OnSheet


def say(message: object) -> None:
    """Say something to people, on standard error; nobody is told when that is full or closed."""
    with contextlib.suppress(OSError):
        typer.echo(printable(str(message)), err=True)


def answer(message: object) -> None:
    """Print what was asked for, on standard output; in a terminal tables fit it."""
    if isinstance(message, OnSheet) and screen.styled():
        sheets.show_sheet(message.sheet())
        return
    typer.echo(printable(str(message)))


@contextmanager
def warnings_said(*kinds: type[Warning]) -> Iterator[None]:
    """Say warnings of these kinds as what they are to a user: messages, without a place in code.

    All others are printed as always.
    """
    with warnings.catch_warnings():
        for kind in kinds:
            warnings.simplefilter("always", kind)

        def show(
            message: Warning | str, category: type[Warning], path: str, line: int, *_: Any
        ) -> None:
            plain = issubclass(category, kinds)
            whole = warnings.formatwarning(message, category, path, line).rstrip()
            say(f"warning: {in_options(str(message))}" if plain else whole)

        warnings.showwarning = show  # type: ignore[assignment]
        yield


@contextmanager
def log_said(name: str) -> Iterator[None]:
    """Say what a part of the package logs."""
    handler, log = _Saying(), logging.getLogger(name)
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)


class _Saying(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        say(in_options(record.getMessage()))


def drop_output() -> None:
    """Let Python's last flush go nowhere: whoever read our output has left, or has no room."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def what_failed(error: OSError) -> str:
    """Say where a system call failed, and why."""
    where = error.filename or "standard output"
    advice = " Free some space, or write elsewhere." if error.errno == errno.ENOSPC else ""
    return f"{where}: could not be used ({error.strerror or error}).{advice}"
