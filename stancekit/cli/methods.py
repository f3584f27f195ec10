"""``stancekit methods``: the paragraph on methods for a paper."""

from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli.say import answer


def methods(
    labelled_or_model: Annotated[
        str,
        typer.Argument(
            metavar="LABELLED_OR_MODEL", help="A table of labels, a model's name or its folder."
        ),
    ],
    checked: Annotated[
        Path | None, typer.Option(help="Checked posts: the corrected shares are told, too.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", help="The model that labelled."),
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Markdown, with BibTeX.")] = False,
) -> None:
    """Write what a paper's methods section needs: model, data, scores, shares, limits, BibTeX.

    \b
    stancekit methods labels.csv --checked to-check.csv
    stancekit methods my-model --markdown
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.cli.tables import read_filled
    from stancekit.errors import ArgumentError
    from stancekit.runs import read_labels
    from stancekit.study import estimate_shares
    from stancekit.study import methods as written

    if not Path(labelled_or_model).is_file():
        if checked is not None:
            raise ArgumentError("--checked goes with a table of labels, and this is a model")
        told = written(labelled_or_model)
    else:
        table = read_labels(labelled_or_model)
        shares = None if checked is None else estimate_shares(table, read_filled(checked))
        told = written(table, shares=shares, model=model)
    answer(told._repr_markdown_() if markdown else told)
