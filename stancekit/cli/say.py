"""The one way out to a terminal: what posts, files and models bring along is shown, not obeyed."""

import contextlib
import errno
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer

from stancekit.show.cells import printable


def say(message: object) -> None:
    """Say something to people, on standard error; nobody is told when that is full or closed."""
    with contextlib.suppress(OSError):
        typer.echo(printable(str(message)), err=True)


def in_options(message: str) -> str:
    """Put a message's words for Python into those of the command line.

    Examples
    --------
    >>> in_options("say which one, as in text='Full Text'; or day_first=yes")
    'say which one, as in -O "text=Full Text"; or -O day_first=yes'
    """
    return _OPTION.sub(_as_option, message)


_OPTION: Final = re.compile(
    r"\b(text|id|author|time|header|delimiter|encoding|sheet|items|format|time_format|day_first|"
    r"keep_text|[a-z]+_id|[a-z]+_author)=(?:'([^'\n]*)'|(yes|no)\b)"
)


def _as_option(found: re.Match[str]) -> str:
    name, value = found[1], found[2] if found[3] is None else found[3]
    if name == "format":
        return f"--format {value}"
    told = f"{name}={value}"
    return f'-O "{told}"' if re.search(r"[^\w=.-]", told) else f"-O {told}"


def answer(message: object) -> None:
    """Print what was asked for, on standard output."""
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
            say(f"warning: {message}" if plain else whole)

        warnings.showwarning = show  # type: ignore[assignment]
        yield


def drop_output() -> None:
    """Let Python's last flush go nowhere: whoever read our output has left, or has no room."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def what_failed(error: OSError) -> str:
    """Say where a system call failed, and why."""
    where = error.filename or "standard output"
    advice = " Free some space, or write elsewhere." if error.errno == errno.ENOSPC else ""
    return f"{where}: could not be used ({error.strerror or error}).{advice}"
