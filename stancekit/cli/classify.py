"""``stancekit classify``: label texts given as arguments or as lines of standard input."""

import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from stancekit.cli import options
from stancekit.cli.say import say
from stancekit.cli.wording import in_options
from stancekit.errors import ArgumentError

if TYPE_CHECKING:
    import pyarrow as pa

    from stancekit.labels import OtherLanguages
    from stancekit.runs.labeller import Labelled, Labeller

_BATCH = 10_000


class Shape(str, Enum):
    """How labels are written."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    jsonl = "jsonl"


def classify(
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="Posts to label.")
    ] = None,
    model: options.Model = "default",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write instead of printing.")
    ] = None,
    shape: Annotated[
        Shape | None,
        typer.Option("--as", help="What to write; a table in a terminal, CSV elsewhere."),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Below it a post is unsure and gets no label."),
    ] = None,
    explain: options.Explain = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="No apostrophe before cells a spreadsheet would run.")
    ] = False,
    force: options.Force = False,
) -> None:
    """Label texts: arguments, or one post a line on standard input.

    \b
    stancekit classify "Proud of you all" "What a terrible plan, resign"
    stancekit classify --explain "You two-faced clown"
    stancekit classify < posts.txt > labels.csv
    stancekit classify --as jsonl -o labels.jsonl < posts.txt
    """  # noqa: D301 (typer keeps the lines after a real \b)
    if not texts and sys.stdin.isatty():
        raise typer.BadParameter(
            "give texts as arguments, or one a line on standard input", param_hint="TEXT"
        )
    from stancekit.cli.show import file_writer, show, write_file
    from stancekit.labels import OtherLanguages
    from stancekit.model import load
    from stancekit.model.language import SAY_SHARE
    from stancekit.runs.labeller import Labeller

    if output is not None:
        if shape is Shape.table:
            raise ArgumentError("a table is for the screen: write CSV, TSV or JSONL to a file")
        writer = file_writer(output, shape and shape.value)
        options.check_file(output, force)
        options.check_apart(output)
    labeller = Labeller(load(model), min_confidence, explain=explain)
    seen: list[OtherLanguages] = []
    batches = tables(label_texts(texts or lines(sys.stdin.buffer), labeller), seen)
    if output is not None:
        write_file(batches, output, writer, raw)
    else:
        show(batches, shape.value if shape else "table" if sys.stdout.isatty() else "csv", raw)
    languages = sum(seen, OtherLanguages())
    if languages.share > SAY_SHARE:
        say(in_options(str(languages)))


def label_texts(texts: Iterable[str], labeller: "Labeller") -> "Iterator[Labelled]":
    """Label texts in batches: each has the columns text, label, confidence, one per class, ….

    Without texts there is one batch without rows, so that a table of nothing has its header.
    """
    from itertools import islice

    from stancekit.posts.table import to_batch

    source = iter(texts)
    reserved = frozenset(labeller.columns)
    rows = [{"text": text} for text in islice(source, _BATCH)]
    if not rows:
        yield labeller(to_batch([{"text": ""}], reserved).slice(0, 0))
    while rows:
        yield labeller(to_batch(rows, reserved))
        rows = [{"text": text} for text in islice(source, _BATCH)]


def tables(
    labelled: "Iterable[Labelled]", seen: "list[OtherLanguages]"
) -> "Iterator[pa.RecordBatch]":
    """Pass labelled batches on, and note in `seen` what languages they are in."""
    for one in labelled:
        seen.append(one.languages)
        yield one.table


def lines(stream: IO[bytes]) -> Iterator[str]:
    """Give the lines of a UTF-8 stream without their ends; odd bytes become U+FFFD."""
    for number, line in enumerate(stream):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", "replace")
        yield text.rstrip("\r\n")
