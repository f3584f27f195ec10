"""``stancekit explain``: which words made a label."""

from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli import options, screen
from stancekit.cli.say import answer
from stancekit.errors import ArgumentError
from stancekit.show.cells import printable


def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The post.")],
    model: options.Model = "default",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="An HTML file to write instead.")
    ] = None,
    force: options.Force = False,
) -> None:
    """Show what in a post speaks for and against each label.

    Exactly where its words decide; where an encoder is asked, by leaving words out.

    \b
    stancekit explain "You lied to us about the hospital. Shameful."
    stancekit explain "look at this clown" -o why.html
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.model import load

    if output is not None:
        if output.suffix.lower() not in (".html", ".htm"):
            raise ArgumentError(f"{output}: an HTML page is written. End the name in .html.")
        options.check_file(output, force)
    explanation = load(model).explain(text)
    if output is None:
        if screen.styled():
            screen.show_explanation(printable(str(explanation)))
        else:
            answer(explanation)
        return
    from stancekit.runs.files import whole

    with whole(output) as temporary:
        temporary.write_text(page(explanation._repr_html_()), encoding="utf-8")


def page(body: str) -> str:
    """Make a whole HTML page of a notebook's fragment."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>stancekit: explanation</title></head>\n<body>{body}</body></html>\n"
    )
