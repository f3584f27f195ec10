"""``stancekit train``: a model from labelled posts."""

from pathlib import Path
from typing import Annotated, Any

import typer

from stancekit.cli import options
from stancekit.cli.labelled import read_labelled
from stancekit.cli.say import answer, say, warnings_said
from stancekit.errors import LabelWarning, LeakWarning


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
    extra: Annotated[
        Path | None,
        typer.Option(help="Posts with the same columns to learn from too, and never score on."),
    ] = None,
    merge_labels: Annotated[
        bool,
        typer.Option(help="Take labels that differ in case, spaces or quotation marks for one."),
    ] = True,
    start: Annotated[
        str, typer.Option(help="The linear model whose knowledge few labels may start from.")
    ] = "fast",
    from_scratch: Annotated[
        bool, typer.Option("--from-scratch", help="Start from no model's knowledge.")
    ] = False,
    compare: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Say what is gained on another model, out of fold."),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=2**32 - 1, help="The same seed gives the same model.")
    ] = 0,
    format: options.Format = None,  # noqa: A002 (what it is called)
    option: options.Settings = None,
    keep_text: options.KeepText = False,
    force: options.Force = False,
    progress: options.Progress = None,
) -> None:
    """Train a model on your own labels and print its report.

    \b
    stancekit train annotated.csv -o my-model
    stancekit train annotated.jsonl -o my-model --text body --label stance --group author_id
    stancekit train annotated.csv -o my-model --compare default
    stancekit label archive.zip -o labels.csv --model my-model
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.model import train as fit

    options.check_model_folder(output, force)
    reader_options: dict[str, Any] = options.settings(option, keep_text)
    if text is not None:
        reader_options["text"] = text
    named = {"label": label, "group": group, "weight": weight}
    posts, columns = read_labelled(labelled, named, format, **reader_options)
    more = None
    if extra is not None:
        more, own = read_labelled(extra, named, None, **reader_options)
        more = more.rename(columns={own[use]: columns[use] for use in named if columns[use]})
    with warnings_said(LabelWarning, LeakWarning):
        model = fit(
            posts,
            text="text",
            **columns,
            extra=more,
            merge_labels=merge_labels,
            start=None if from_scratch else start,
            compare_with=compare,
            seed=seed,
            progress=progress,
        )
    model.save(output)
    answer(model.report)
    if model.comparison is not None:
        answer(f"\n{model.comparison}")
    say(f"saved in {output}")
