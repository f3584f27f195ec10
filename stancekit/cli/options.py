"""Options that several commands share."""

import contextlib
import os
import sys
from collections.abc import Iterator
from os.path import samestat
from pathlib import Path
from typing import Annotated

import typer

from stancekit.errors import InputError

#: A heading of the help.
READ = "How it is read"


def complete_model(incomplete: str) -> Iterator[str]:
    """Complete the name of a model; a shell adds the folders there are."""
    return (name for name in ("default", "fast", "accurate") if name.startswith(incomplete))


def complete_format(incomplete: str) -> Iterator[str]:
    """Complete the name of a format."""
    from stancekit.posts import formats

    return (reader.name for reader in formats() if reader.name.startswith(incomplete))


Model = Annotated[
    str,
    typer.Option(
        "--model",
        "-m",
        metavar="MODEL",
        autocompletion=complete_model,
        help="fast, default or accurate, or the folder of a model.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        autocompletion=complete_format,
        rich_help_panel=READ,
        help="The source's format; found out if not given (see: formats).",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
Explain = Annotated[
    bool,
    typer.Option("--explain", help="Add a column: the words that made the label. Takes longer."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        "-O",
        metavar="NAME=VALUE",
        rich_help_panel=READ,
        help="An option of the format's reader; repeatable.",
    ),
]

KeepText = Annotated[
    bool,
    typer.Option(
        "--keep-text",
        rich_help_panel=READ,
        help="Leave HTML, entities and broken UTF-8 in a table's texts unmended.",
    ),
]
Progress = Annotated[
    bool | None,
    typer.Option(
        "--progress/--no-progress", help="A progress bar; in a terminal only, if not given."
    ),
]


def settings(pairs: list[str] | None, keep_text: bool = False) -> dict[str, str]:
    """Split ``name=value`` pairs.

    >>> settings(["text=body", "time=sent at"], keep_text=True)
    {'keep_text': 'yes', 'text': 'body', 'time': 'sent at'}
    """
    split = {"keep_text": "yes"} if keep_text else {}
    for pair in pairs or []:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise typer.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--option")
        split[name] = value
    return split


def check_file(output: Path, force: bool) -> None:
    """Refuse, before the work, a file that cannot be written or must not be replaced."""
    from stancekit.runs.files import check_parent, check_replaceable

    check_parent(output)
    check_replaceable(output)
    if output.is_dir():
        raise InputError(f"{output}: is a folder. Give the name of a file to write.")
    if output.exists() and not force:
        raise _taken(output)


def check_apart(output: Path, *read: Path | None) -> None:
    """Refuse, even by force, to write over what is read, standard input among it."""
    if not output.exists():
        return
    stats = [path.stat() for path in read if path is not None and path.exists()]
    with contextlib.suppress(OSError, ValueError):  # no standard input, or none of the system's
        stats.append(os.fstat(sys.stdin.fileno()))
    if any(samestat(output.stat(), one) for one in stats):
        raise InputError(f"{output}: is what is read. Choose another name.")


def check_model_folder(output: Path, force: bool) -> None:
    """Refuse, before the training, a folder that cannot be made or must not be replaced.

    Even by force a model replaces only a model: anything else in the folder would be lost.
    """
    from stancekit.model.saved.save import check_free
    from stancekit.runs.files import check_parent

    check_parent(output)
    check_free(output)
    if output.exists() and any(output.iterdir()) and not force:
        raise _taken(output)


def _taken(output: Path) -> InputError:
    return InputError(f"{output}: is already there. Choose another name, or add --force.")
