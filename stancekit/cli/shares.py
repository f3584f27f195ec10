"""``stancekit shares``: how many, from labels and posts that people checked."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli import options
from stancekit.cli.say import answer, warnings_said
from stancekit.errors import LabelWarning

Labelled = Annotated[
    Path, typer.Argument(metavar="LABELLED", help="A table that `stancekit label` wrote.")
]


class Unit(str, Enum):
    """What shares are of."""

    posts = "posts"
    texts = "texts"
    accounts = "accounts"


def shares(
    labelled: Labelled,
    checked: Annotated[
        Path,
        typer.Argument(metavar="CHECKED", help="Posts drawn at random, true labels filled in."),
    ],
    by: Annotated[
        str | None,
        typer.Option(help="A column, or day, week, month or year: shares of each."),
    ] = None,
    unit: Annotated[Unit, typer.Option(help="What the shares are of.")] = Unit.posts,
    truth: Annotated[str | None, typer.Option(help="Column of the true labels.")] = None,
    drawn: Annotated[
        Unit | None, typer.Option(help="What was drawn at random; told if not given.")
    ] = None,
    on: Annotated[str | None, typer.Option(help="Column that names a post in both.")] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="A .csv, .tsv or .xlsx of the numbers.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = 0,
    force: options.Force = False,
) -> None:
    """Estimate the share of each label, corrected with posts that people checked.

    \b
    stancekit label archive.zip -o labels.csv
    stancekit suggest labels.csv --for-shares -n 300 -o to-check.csv
    (fill in the column true_label)
    stancekit shares labels.csv to-check.csv --by month
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.cli.tables import read_filled, write_table
    from stancekit.runs import read_labels
    from stancekit.study import estimate_shares

    if output is not None and output != "-":
        options.check_file(Path(output), force)
        options.check_apart(Path(output), labelled, checked)
    with warnings_said(LabelWarning):
        found = estimate_shares(
            read_labels(labelled),
            read_filled(checked),
            by=by,
            unit=unit.value,
            truth=truth,
            drawn=None if drawn is None else drawn.value,
            on=on,
            seed=seed,
        )
    if output is not None:
        write_table(found.to_frame(), output, force)
    if output != "-":
        answer(found)
