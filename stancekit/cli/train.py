"""``stancekit train``: a model from labelled posts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stancekit.cli import options
from stancekit.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


def train(
    labelled: Annotated[
        Path, typer.Argument(metavar="LABELLED", help="Posts with a column of labels.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="MODEL_DIR", help="Folder for the model.")
    ],
    text: Annotated[
        str | None, typer.Option(help="Column of the texts; guessed if not given.")
    ] = None,
    label: Annotated[str, typer.Option(help="Column of the labels.")] = "label",
    group: Annotated[
        str | None,
        typer.Option(help="Column whose equal values never stand on both sides of a split."),
    ] = None,
    weight: Annotated[str | None, typer.Option(help="Column of weights.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same model.")] = 0,
    format: options.Format = None,  # noqa: A002 (what it is called)
    option: options.Settings = None,
    force: options.Force = False,
    progress: Annotated[
        bool | None, typer.Option(help="A progress bar; in a terminal only, if not given.")
    ] = None,
) -> None:
    """Train a model on your own labels and print its report.

    \b
    stancekit train annotated.csv -o my-model
    stancekit train annotated.jsonl -o my-model --text body --label stance --group author_id
    stancekit label archive.zip -o labels.csv --model my-model
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.model import train as fit

    options.refuse_existing(output, force)
    reader_options: dict[str, Any] = options.settings(option)
    if text is not None:
        reader_options["text"] = text
    posts = read_labelled(labelled, [label, group, weight], format, **reader_options)
    model = fit(
        posts, text="text", label=label, group=group, weight=weight, seed=seed, progress=progress
    )
    model.save(output)
    typer.echo(str(model.report))
    typer.echo(f"saved in {output}", err=True)


def read_labelled(
    path: Path,
    needed: list[str | None],
    format: str | None,  # noqa: A002 (what it is called)
    **reader_options: Any,
) -> "pd.DataFrame":
    """Read labelled posts as one table, and see that the columns `needed` are in it.

    Raises
    ------
    InputError
        Names the columns there are.
    """
    import pandas as pd

    from stancekit.posts import read_posts

    chunks = list(read_posts(path, format, **reader_options))
    if not chunks:
        raise InputError(f"{path}: holds no posts to learn from")
    posts = pd.concat(chunks, ignore_index=True)
    missing = [name for name in needed if name is not None and name not in posts]
    if missing:
        present = ", ".join(str(name) for name in posts if posts[name].notna().any())
        raise InputError(
            f"{path}: no column {', '.join(missing)}; there are {present}. Name the columns with "
            "--label, --group and --weight."
        )
    return posts
