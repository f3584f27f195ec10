"""``stancekit corpus``: the gold annotations, put to the texts you have got yourself."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stancekit.cli import options

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

corpus = typer.Typer(
    name="corpus",
    help="Put the gold annotations to texts you have got yourself.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@corpus.command()
def sources() -> None:
    """List the annotated sources and how many posts of each there are."""
    from stancekit.corpus import sources as counts

    table = counts()
    table.loc["total"] = table.sum()
    width = max(map(len, table.index))
    typer.echo(f"{'source':<{width}}  {'train':>6}  {'dev':>5}")
    for name, train, dev in table.itertuples():
        typer.echo(f"{name:<{width}}  {train:>6,}  {dev:>5,}")
    typer.echo("data/README.md in stancekit's repository says where to get the texts.", err=True)


@corpus.command(no_args_is_help=True)
def join(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Its name; see: sources.")],
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Its files as downloaded; zip, tar, gzip will do."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write: .csv, .tsv, .jsonl or .parquet."),
    ] = None,
    text: Annotated[
        str | None, typer.Option(help="Look in this column only; in all if not given.")
    ] = None,
    ref: Annotated[
        str | None,
        typer.Option(help="Column of ids, for posts whose text has changed; needs --text."),
    ] = None,
    annotations: Annotated[
        Path | None, typer.Option(help="Other annotations than stancekit's own: a CSV file.")
    ] = None,
    force: options.Force = False,
) -> None:
    """Find the annotated posts of a source in its own files.

    Posts are known by a digest of their text; files are CSV, TSV, JSON, JSON lines, Parquet or
    plain text. What is written has id, text, label, confidence and part: ready for train.

    \b
    stancekit corpus join pstance PStance.zip -o gold-pstance.csv
    stancekit corpus join tweeteval_irony datasets/irony -o gold-irony.parquet
    stancekit train gold-pstance.csv -o my-model
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.cli.show import file_writer, show, write_file
    from stancekit.corpus import join as join_files

    if output is not None:
        writer = file_writer(output, None)
        options.check_file(output, force)
    joined = join_files(source, files, text=text, ref=ref, annotations=annotations)
    batches = iter([_batch(joined.posts)])
    # Raw: an apostrophe before a mention would be learnt from.
    if output is not None:
        write_file(batches, output, writer, raw=True)
    else:
        show(batches, "csv", raw=True)
    typer.echo(str(joined), err=True)


def _batch(posts: "pd.DataFrame") -> "pa.RecordBatch":
    import pyarrow as pa

    return pa.RecordBatch.from_pandas(posts, preserve_index=False)
