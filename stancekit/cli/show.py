"""Put labelled batches on the screen or into a file."""

import shutil
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, chain
from pathlib import Path

import pyarrow as pa

from stancekit.errors import InputError
from stancekit.runs.folder import remove, saving, settle
from stancekit.runs.output.columns import column_of
from stancekit.runs.output.outputs import DATABASES, Output, output_for, to_file
from stancekit.runs.output.writers import WRITERS, Style


def show(batches: Iterator[pa.RecordBatch], form: str, raw: bool) -> None:
    """Write to standard output: ``table``, ``csv``, ``tsv`` or ``jsonl``."""
    if form != "table":
        first = next(batches)
        every = chain([first], batches)
        WRITERS[f".{form}"](sys.stdout.buffer, first.schema, every, Style(raw=raw))
        return
    width = shutil.get_terminal_size().columns
    for number, batch in enumerate(batches):
        sys.stdout.writelines(f"{line}\n" for line in table(batch, width, heading=number == 0))


def file_writer(output: Path, form: str | None) -> Output:
    """Choose how to write a file: by its ending, or as `form` says if its ending says nothing.

    Raises
    ------
    InputError
        When the two do not agree, or there is no telling.
    """
    if form is None:
        if not output.suffix:
            raise InputError(f"{output}: the name has no ending. End it in .csv, or add --as csv.")
        return output_for(output)
    asked = WRITERS[f".{form}"]
    ending = output.suffix.lower()
    if ending in DATABASES or WRITERS.get(ending, asked) is not asked:
        raise InputError(
            f"{output}: ends in {output.suffix}, and --as {form} was asked for. Leave one out, or "
            f"end the name in .{form}."
        )
    return to_file(asked)


def write_file(batches: Iterator[pa.RecordBatch], output: Path, write: Output, raw: bool) -> None:
    """Write a file that is there only when it is complete; its folder is made if need be."""
    temporary = output.with_name(f"{output.name}.tmp")
    with saving(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        remove(temporary)
        first = next(batches)
        write(temporary, first.schema, chain([first], batches), Style(raw=raw))
        settle(temporary, output)


def table(batch: pa.RecordBatch, width: int, heading: bool = True) -> Iterator[str]:
    """Lay a labelled batch out in columns; the text comes last and is cut to fit `width`.

    Under it stands the evidence, if there is any.
    """
    labels = batch.column("label").cast(pa.string()).to_pylist()
    scores = batch.column("confidence").to_pylist()
    reasons = batch.column("reason").to_pylist()
    evidence = column_of(batch, "evidence").to_pylist()
    longest = max((len(str(name)) for name in batch.column("label").dictionary), default=5)
    column = max(longest, len("no label"))
    if heading:
        yield f"{'label':<{column}}  conf.  text"
        yield f"{'─' * column}  ─────  {'─' * max(4, min(width - column - 9, 60))}"
    for row, text in enumerate(batch.column("text").to_pylist()):
        reason = reasons[row]
        name = labels[row] or "no label"
        score = "" if scores[row] is None else f"{scores[row]:.2f}"
        body = " ".join((text or "").split())
        body = f"({reason}) {body}" if reason else body
        yield f"{name:<{column}}  {score:>5}  {fit(body, width - column - 9)}".rstrip()
        if evidence[row]:
            yield " " * (column + 9) + fit(evidence[row], width - column - 9)


def fit(text: str, width: int) -> str:
    """Cut a text to `width` terminal cells; wide characters and emoji take two.

    >>> fit("hopeless", 5), fit("漢字かな", 5)
    ('hope…', '漢字…')
    """
    ends = list(accumulate(map(_cells, text)))
    if not ends or ends[-1] <= width:
        return text
    return text[: bisect_right(ends, width - 1)] + "…"


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
