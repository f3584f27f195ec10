"""``stancekit formats``: what can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from stancekit.cli import screen

if TYPE_CHECKING:
    from stancekit.posts import Reader


def formats() -> None:
    """List the formats that can be read, with their options.

    A format that has never been run on a real export is called experimental: look at the first
    posts before you trust it, and tell us of a file that it reads wrongly.
    """
    from stancekit.posts import formats as readers
    from stancekit.posts.tables.tabular import OPTIONS

    known = readers()
    if screen.styled():
        _show(known, OPTIONS)
        return
    width = max(len(reader.name) for reader in known)
    for reader in known:
        mark = " [experimental]" if reader.experimental else ""
        typer.echo(f"{reader.name:<{width}}  {reader.description}{mark}")
        if own := _options(reader, OPTIONS):
            typer.echo(f"{'':<{width}}  options: {', '.join(own)}")
    typer.echo(f"\nOptions of every table, as in -O text=body: {', '.join(OPTIONS)}")


def _options(reader: Reader, of_tables: Sequence[str]) -> list[str]:
    """Name a format's options; those of every table are said together."""
    own = [option for option in reader.options if option not in of_tables]
    return [*own, "those of every table"] if len(own) < len(reader.options) else own


def _show(known: Sequence[Reader], of_tables: Sequence[str]) -> None:
    from rich.table import Table
    from rich.text import Text

    out = screen.console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("format", no_wrap=True)
    table.add_column("what is read")
    for reader in known:
        told = Text(reader.description)
        if reader.experimental:
            told.append("  experimental", "magenta")
        if own := _options(reader, of_tables):
            told.append(f"\noptions: {', '.join(own)}", "dim")
        table.add_row(Text(reader.name, "bold"), told)
    out.print(table)
    out.print(f"\nOptions of every table, as in -O text=body: {', '.join(of_tables)}")
    out.print("Experimental: has met no real file; look at the first posts before you trust it.")
