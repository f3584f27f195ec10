"""``stancekit audit``: whether a model takes sides."""

from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli import options
from stancekit.cli.say import answer, say


def audit(
    model: options.Model = "default",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file for the cases that failed, .csv or .jsonl."),
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(help="Templates of your own, laid out like the package's.")
    ] = None,
    names: Annotated[
        Path | None, typer.Option(help="Names of your own, laid out like the package's.")
    ] = None,
    n: Annotated[
        int | None,
        typer.Option("-n", min=1, help="At most so many cases of a template in a set of names."),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=2**32 - 1, help="The same seed gives the same intervals.")
    ] = 0,
    raw: Annotated[
        bool, typer.Option("--raw", help="No apostrophe before cells a spreadsheet would run.")
    ] = False,
    force: options.Force = False,
    progress: options.Progress = None,
) -> None:
    """Test whether a model labels the act, whoever stands in the post.

    Swaps the names of two camps, groups of people and spellings in invented posts, which must not
    change a label; and adds insults, praise and negations, which must.

    \b
    stancekit audit
    stancekit audit --model my-model -o failures.csv
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.cli.show import file_writer, write_file
    from stancekit.fairness import audit as run

    writer = None
    if output is not None:
        writer = file_writer(output, None)
        options.check_file(output, force)
    found = run(model, seed=seed, n=n, templates=templates, names=names, progress=progress)
    if output is not None and writer is not None:
        import pyarrow as pa

        failures = pa.RecordBatch.from_pandas(found.failures, preserve_index=False)
        write_file(iter([failures.replace_schema_metadata()]), output, writer, raw)
        say(f"{len(failures):,} cases that failed are in {output}")
    answer(found)
