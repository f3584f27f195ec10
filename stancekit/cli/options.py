"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from stancekit.errors import InputError

Model = Annotated[
    str, typer.Option("--model", "-m", help="A model's name, or the folder of a saved model.")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-f", help="The source's format; found out if not given (see: formats)."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--option", "-O", metavar="NAME=VALUE", help="An option of the format's reader; repeatable."
    ),
]


def settings(pairs: list[str] | None) -> dict[str, str]:
    """Split ``name=value`` pairs.

    >>> settings(["text=body", "time=sent at"])
    {'text': 'body', 'time': 'sent at'}
    """
    split = {}
    for pair in pairs or []:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise typer.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--option")
        split[name] = value
    return split


def refuse_existing(output: Path, force: bool) -> None:
    """Leave a file or a filled folder alone unless forced."""
    filled = output.is_dir() and any(output.iterdir())
    if not force and (output.is_file() or filled):
        raise InputError(f"{output}: is already there. Choose another name, or add --force.")
