"""``stancekit info``: what a model is and what it was made with."""

from importlib import metadata
from platform import python_version
from typing import Annotated, Any

import typer

PACKAGES = ("stancekit", "numpy", "scipy", "scikit-learn", "pandas", "pyarrow", "spacy")


def info(
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="A model's name, or its folder.")
    ] = "default",
) -> None:
    """Show a model's digest, classes, versions and card.

    \b
    stancekit info
    stancekit info my-model
    """
    from stancekit.model import load

    typer.echo("\n".join(describe(load(model))))


def describe(model: Any) -> list[str]:
    """Say what a model is, line by line."""
    facts = {
        "model": model.name,
        "digest": model.digest,
        "classes": ", ".join(model.classes),
        "versions": ", ".join([f"python {python_version()}", *map(version_of, PACKAGES)]),
    }
    return [*(f"{name:<9} {value}" for name, value in facts.items()), "", str(model.card).rstrip()]


def version_of(package: str) -> str:
    """Name and version of a package.

    >>> version_of("no-such-package")
    'no-such-package (not installed)'
    """
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:  # stancekit itself, in a checkout
        return f"{package} (not installed)"
