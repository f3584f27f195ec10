"""``stancekit info``: what a model is, and what it runs with here."""

from importlib import metadata
from platform import python_version
from typing import Annotated, Any

import typer

from stancekit.cli import screen
from stancekit.cli.say import answer
from stancekit.show.cells import one_line, visible
from stancekit.version import __version__

PACKAGES = ("numpy", "scipy", "scikit-learn", "pandas", "pyarrow", "spacy", "onnxruntime")


def info(
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="A model's name, or its folder.")
    ] = "default",
) -> None:
    """Show a model's digest, classes, versions and card.

    \b
    stancekit info
    stancekit info my-model
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.model import load

    facts, card = describe(load(model))
    answer("\n".join(facts))
    answer("")
    if screen.styled():
        screen.show_markdown("\n".join(card))
    else:
        answer("\n".join(card))


def describe(model: Any) -> tuple[list[str], list[str]]:
    """Say what a model is, and give its card: both line by line."""
    facts = {
        "model": one_line(model.name),
        "digest": one_line(model.digest),
        "classes": ", ".join(one_line(str(name)) for name in model.classes),
        "runs with": ", ".join(
            [f"stancekit {__version__}", f"python {python_version()}", *map(version_of, PACKAGES)]
        ),
    }
    card = [visible(line.expandtabs()) for line in str(model.card).rstrip().split("\n")]
    return [f"{name:<9} {value}" for name, value in facts.items()], card


def version_of(package: str) -> str:
    """Name and version of an installed package."""
    return f"{package} {metadata.version(package)}"
