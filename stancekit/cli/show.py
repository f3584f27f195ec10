"""Put labelled batches on the screen or into a file."""

import shutil
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

import pyarrow as pa

from stancekit.cli import screen
from stancekit.errors import ArgumentError
from stancekit.labels import CONFIDENCE, EVIDENCE, LABEL, REASON
from stancekit.posts.table import column_of
from stancekit.runs.files import whole
from stancekit.runs.output.outputs import TO_PATH, Output, output_for, to_file
from stancekit.runs.output.writers import WRITERS, Style
from stancekit.show.cells import one_line, pad, printable, short
from stancekit.show.cells import width as measure

_NO_LABEL = "no label"


def show(batches: Iterator[pa.RecordBatch], form: str, raw: bool) -> None:
    """Write to standard output: ``table``, ``csv``, ``tsv`` or ``jsonl``."""
    if form != "table":
        first = next(batches)
        every = chain([first], batches)
        if not sys.stdout.isatty():
            WRITERS[f".{form}"](sys.stdout.buffer, first.schema, every, Style(raw=raw))
            return
        shown, mark = BytesIO(), "\t" if form == "tsv" else "\n"
        WRITERS[f".{form}"](shown, first.schema, every, Style(raw=raw))
        parts = shown.getvalue().decode().split(mark)
        sys.stdout.write(mark.join(map(printable, parts)))
        return
    width = shutil.get_terminal_size().columns
    if screen.styled():
        show_marked(batches, width)
        return
    for number, batch in enumerate(batches):
        sys.stdout.writelines(f"{line}\n" for line in table(batch, width, heading=number == 0))


def show_marked(batches: Iterator[pa.RecordBatch], width: int) -> None:
    """Show the same table with a block of its label's colour before each post."""
    from rich.text import Text

    out = screen.console()
    for number, batch in enumerate(batches):
        labels = iter(batch.column(LABEL).cast(pa.string()).to_pylist())
        evidence = iter(map(bool, column_of(batch, EVIDENCE).to_pylist()))
        above, beneath = 2 if number == 0 else 0, False
        for line in table(batch, width - 2, heading=number == 0):
            if above or beneath:
                above, beneath = max(0, above - 1), False
                out.print(Text(f"  {line}", "dim"), soft_wrap=True)
                continue
            label, beneath = next(labels), next(evidence)
            mark = ("  ", "") if label is None else ("■ ", screen.colour(label))
            out.print(Text.assemble(mark, line), soft_wrap=True)


def file_writer(output: Path, form: str | None) -> Output:
    """Choose how to write a file: by its ending, or as `form` says if its ending says nothing.

    Raises
    ------
    InputError
        When the two do not agree, or there is no telling.
    """
    if form is None:
        if not output.suffix:
            raise ArgumentError(
                f"{output}: the name has no ending. End it in .csv, or add --as csv."
            )
        return output_for(output)
    asked = WRITERS[f".{form}"]
    ending = output.suffix.lower()
    if ending in TO_PATH or WRITERS.get(ending, asked) is not asked:
        raise ArgumentError(
            f"{output}: ends in {output.suffix}, and --as {form} was asked for. Leave one out, or "
            f"end the name in .{form}."
        )
    return to_file(asked)


def write_file(batches: Iterator[pa.RecordBatch], output: Path, write: Output, raw: bool) -> None:
    """Write a file that is there only when it is complete; its folder is made if need be."""
    with whole(output) as temporary:
        first = next(batches)
        write(temporary, first.schema, chain([first], batches), Style(raw=raw))


def table(batch: pa.RecordBatch, width: int, heading: bool = True) -> Iterator[str]:
    """Lay a labelled batch out in columns; the text comes last and is cut to fit `width`.

    Under it stands the evidence, if there is any.
    """
    labels = batch.column(LABEL).cast(pa.string()).to_pylist()
    scores = batch.column(CONFIDENCE).to_pylist()
    reasons = batch.column(REASON).to_pylist()
    evidence = column_of(batch, EVIDENCE).to_pylist()
    names = map(short, [*map(str, batch.column(LABEL).dictionary.to_pylist()), _NO_LABEL])
    column = max(map(measure, names))
    room = width - column - 9
    if heading:
        yield f"{pad(LABEL, column)}  conf.  text"
        yield f"{'─' * column}  ─────  {'─' * max(4, min(room, 60))}"
    for row, text in enumerate(batch.column("text").to_pylist()):
        name = pad(_NO_LABEL if labels[row] is None else short(labels[row]), column)
        score = "" if scores[row] is None else f"{scores[row]:.2f}"
        reason = f"({reasons[row]}) " if reasons[row] else ""
        yield f"{name}  {score:>5}  {one_line(reason + (text or ''), room)}".rstrip()
        if evidence[row]:
            yield " " * (column + 9) + one_line(evidence[row], room)
