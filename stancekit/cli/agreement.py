"""``stancekit agreement``: how far annotators agree, from the export of their tool."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli import options
from stancekit.cli.say import answer, say
from stancekit.cli.wording import in_options


class Level(str, Enum):
    """What labels are: names, or numbers in order."""

    nominal = "nominal"
    ordinal = "ordinal"


def agreement(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Exports, or a folder or archive of them."),
    ],
    item: Annotated[str | None, typer.Option(help="Column of the posts' ids.")] = None,
    text: Annotated[str | None, typer.Option(help="Column of the texts.")] = None,
    annotator: Annotated[
        list[str] | None,
        typer.Option(help="Column of who labelled; or, repeated, the columns of one each."),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(help="Column of the labels, or the question; repeated: one an annotator."),
    ] = None,
    level: Annotated[
        Level, typer.Option(help="Whether labels are names, or numbers in order.")
    ] = Level.nominal,
    keep_all: Annotated[
        bool,
        typer.Option("--keep-all", help="Rejected, cancelled and unfinished answers, too."),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A .csv or .xlsx for the table of annotations."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Of the intervals.")] = 0,
    force: options.Force = False,
) -> None:
    """Measure how far annotators agree: alpha with its interval, labels, people, hard posts.

    Says how the export was read. The table of annotations is what `stancekit train` takes.

    \b
    stancekit agreement project-1.json
    stancekit agreement coded-by-ana.xlsx coded-by-bo.xlsx --label stance -o annotations.csv
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.study import agreement as measure
    from stancekit.study import read_annotations, write_annotations
    from stancekit.study.annotations.write import format_of

    if output is not None:
        format_of(output)
        options.check_file(output, force)
        options.check_apart(output, *map(Path, files))
    table = read_annotations(
        [str(file) for file in files],
        item=item,
        text=text,
        annotator=annotator or None,
        label=label or None,
        keep_all=keep_all,
        on_notice=lambda notice: say(in_options(str(notice))),
    )
    table.attrs.clear()  # said already
    found = measure(table, level=level.value, seed=seed)
    if output is not None:
        write_annotations(table, output, force=force)
    answer(found)
