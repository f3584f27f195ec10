"""``stancekit codebook``: what the labels mean."""

from typing import Annotated

import typer

from stancekit.cli.say import answer


def codebook(
    markdown: Annotated[bool, typer.Option("--markdown", help="Keep the Markdown.")] = False,
) -> None:
    """Print the codebook: the labels, the rules, the hard cases.

    \b
    stancekit codebook
    stancekit codebook --markdown > codebook.md
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.study import codebook as written

    answer(written(markdown=markdown).rstrip("\n"))
