"""``stancekit formats``: what can be read."""

import typer


def formats() -> None:
    """List the formats that can be read, with their options.

    A format that has never been run on a real export is called experimental: look at the first
    posts before you trust it, and tell us of a file that it reads wrongly.
    """
    from stancekit.posts import formats as readers
    from stancekit.posts.tables.tabular import OPTIONS

    known = readers()
    width = max(len(reader.name) for reader in known)
    for reader in known:
        mark = " [experimental]" if reader.experimental else ""
        typer.echo(f"{reader.name:<{width}}  {reader.description}{mark}")
        own = [option for option in reader.options if option not in OPTIONS]
        if len(own) < len(reader.options):
            own.append("those of every table")
        if own:
            typer.echo(f"{'':<{width}}  options: {', '.join(own)}")
    typer.echo(f"\nOptions of every table, as in -O text=body: {', '.join(OPTIONS)}")
