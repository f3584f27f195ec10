"""``stancekit suggest``: which posts to annotate next."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stancekit.cli import options
from stancekit.cli.say import say
from stancekit.errors import FormatError, InputError
from stancekit.labels import CONFIDENCE, LABEL

if TYPE_CHECKING:
    import pandas as pd


def suggest(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Labels that `stancekit label` wrote, or posts.")
    ],
    number: Annotated[int, typer.Option("--number", "-n", min=1, help="How many posts.")],
    output: Annotated[
        str, typer.Option("--output", "-o", help="A .csv, .tsv or .xlsx to fill in; - for CSV.")
    ],
    for_shares: Annotated[
        bool,
        typer.Option("--for-shares", help="A random sample that shares are corrected with."),
    ] = False,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", help="Labels posts that have none; default if not given."),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=2**32 - 1, help="The same seed gives the same posts.")
    ] = 0,
    force: options.Force = False,
) -> None:
    """Suggest which posts to annotate next, labels hidden.

    \b
    stancekit suggest labels.csv --for-shares -n 300 -o to-check.csv
    stancekit suggest archive.zip -n 200 -o to-annotate.xlsx
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.cli.tables import write_table
    from stancekit.study import suggest as chosen

    posts, labelled = _read(file)
    if output != "-":
        options.check_file(Path(output), force)
        options.check_apart(Path(output), file)
    by = model if model is not None or labelled else "default"
    found = chosen(posts, by, number, for_shares=for_shares, seed=seed)
    write_table(found, output, force)
    say(f"{len(found):,} posts to annotate; fill in the column true_label")


def _read(file: Path) -> "tuple[pd.DataFrame, bool]":
    """Read labels where the file holds them, else posts; and say which."""
    import pandas as pd

    from stancekit.posts import read_posts
    from stancekit.runs import read_labels

    try:
        table = read_labels(file)
        if LABEL in table and CONFIDENCE in table:
            return table, True
    except (FormatError, InputError):
        if not file.exists():
            raise
    chunks = list(read_posts(file))
    if not chunks:
        raise InputError(f"{file}: holds no posts")
    return pd.concat(chunks, ignore_index=True), False
