"""``stancekit report``: what is to be seen in labelled posts, on one page."""

from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli import options
from stancekit.cli.say import answer, say, warnings_said
from stancekit.errors import LabelWarning


def report(
    labelled: Annotated[
        Path, typer.Argument(metavar="LABELLED", help="A table that `stancekit label` wrote.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The page; LABELLED.html if not given."),
    ] = None,
    checked: Annotated[
        Path | None,
        typer.Option(help="Posts drawn at random, true labels filled in: shares are corrected."),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Of the page.")] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", help="The model that labelled, if its name is not enough."),
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Call accounts by their names; else by numbers.")
    ] = False,
    no_text: Annotated[bool, typer.Option("--no-text", help="Show no post.")] = False,
    examples: Annotated[
        int, typer.Option(min=0, max=50, help="Posts of each label that are shown.")
    ] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Of the draw of examples.")] = 0,
    force: options.Force = False,
) -> None:
    """Write what is to be seen in labelled posts on one page that fetches nothing.

    Shares, labels along the time, storms, pile-ons, what tells the labels apart, examples, how far
    to trust the labels, and the paragraph on methods.

    \b
    stancekit label archive.zip -o labels.csv
    stancekit report labels.csv -o report.html
    stancekit report labels.csv --checked to-check.csv --no-text -o report.html
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.cli.tables import read_filled
    from stancekit.reporting import report as written

    page = output or labelled.with_name(f"{labelled.name}.html")
    options.check_file(page, force)
    options.check_apart(page, labelled, checked)
    with warnings_said(LabelWarning):
        found = written(
            labelled,
            page,
            checked=None if checked is None else read_filled(checked),
            title=title or f"Posts in {labelled.name}",
            model=model,
            names=names,
            text=not no_text,
            examples=examples,
            seed=seed,
        )
    say(f"{page}: written")
    answer(found)
