"""``stancekit formats``: what can be read."""

import typer


def formats() -> None:
    """List the formats that can be read, with their options."""
    from stancekit.posts import formats as readers

    known = readers()
    width = max(len(reader.name) for reader in known)
    for reader in known:
        typer.echo(f"{reader.name:<{width}}  {reader.description}")
        if reader.options:
            typer.echo(f"{'':<{width}}  options: {', '.join(reader.options)}")
