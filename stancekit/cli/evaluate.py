"""``stancekit evaluate``: what models are worth on labelled posts."""

from pathlib import Path
from typing import Annotated, Any

import typer

from stancekit.cli import options
from stancekit.cli.labelled import read_labelled
from stancekit.cli.say import answer, say, warnings_said
from stancekit.errors import LabelWarning, LeakWarning


def evaluate(
    labelled: Annotated[
        Path, typer.Argument(metavar="LABELLED", help="Posts with a column of labels.")
    ],
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            "-m",
            help="A model's name or folder, default if not given; repeatable: each is compared "
            "with the first.",
        ),
    ] = None,
    text: Annotated[
        str | None, typer.Option(help="Column of the texts; guessed if not given.")
    ] = None,
    label: Annotated[str, typer.Option(help="Column of the labels.")] = "label",
    group: Annotated[
        str | None, typer.Option(help="Column of what belongs together: threads, authors.")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(help="Column by whose values scores are given apart; repeatable."),
    ] = None,
    errors: Annotated[
        Path | None, typer.Option(help="A file for the posts labelled wrong, .csv or .jsonl.")
    ] = None,
    latex: Annotated[bool, typer.Option("--latex", help="Print LaTeX tables.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    seed: Annotated[
        int, typer.Option(min=0, max=2**32 - 1, help="The same seed gives the same intervals.")
    ] = 0,
    raw: Annotated[
        bool, typer.Option("--raw", help="No apostrophe before cells a spreadsheet would run.")
    ] = False,
    format: options.Format = None,  # noqa: A002 (what it is called)
    option: options.Settings = None,
    keep_text: options.KeepText = False,
    force: options.Force = False,
    progress: options.Progress = None,
) -> None:
    """Score models on labelled posts of your own, and compare them.

    \b
    stancekit evaluate annotated.csv
    stancekit evaluate annotated.csv -m default -m my-model --by topic --errors wrong.csv
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.cli.show import file_writer, write_file
    from stancekit.model import load
    from stancekit.study.evaluating.evaluate import evaluate as run

    writer = None
    if errors is not None:
        writer = file_writer(errors, None)
        options.check_file(errors, force)
    models = [load(name) for name in model or ["default"]]
    reader_options: dict[str, Any] = options.settings(option, keep_text)
    if text is not None:
        reader_options["text"] = text
    slices = {f"by {place}": name for place, name in enumerate(by or [])}
    named = {"label": label, "group": group, **slices}
    posts, columns = read_labelled(labelled, named, format, **reader_options)
    with warnings_said(LabelWarning, LeakWarning):
        found = run(
            models,
            posts,
            text="text",
            label=columns["label"],
            group=columns["group"],
            by=[columns[use] for use in slices],
            seed=seed,
            progress=progress,
        )
    if errors is not None and writer is not None:
        import pyarrow as pa

        table = found.errors.astype({"true": "string", "predicted": "string"})
        batch = pa.RecordBatch.from_pandas(table, preserve_index=False)
        write_file(iter([batch.replace_schema_metadata()]), errors, writer, raw)
        say(f"{len(table):,} posts labelled wrong, in {errors}")
    answer(found.to_latex() if latex else found.to_markdown() if markdown else found)
