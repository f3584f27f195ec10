"""Mutate exports, texts and saved models: ``python -m tests.slow.inputs 1000000 --jobs 2``.

Most inputs are exports of every format in ``tests/support/samples_*.py``, damaged and then
detected, read, made a table and written as a run does, each into one of the outputs; one of twenty
is texts for the text functions and a model; with ``--models`` one of a hundred is a saved model
(`tests.slow.models`). What is not read must be a reject or one of stancekit's own errors. Faults
make the exit code 1. The scratch files are small and many: ``TMPDIR=/dev/shm`` saves much time.
"""

from __future__ import annotations

import argparse
import importlib
import json
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any, Final

from tests import support
from tests.slow import models
from tests.slow.bounded import run, tell, until

PIECES: Final = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b'"',
        b"'",
        b",",
        b"\t",
        b"\\",
        b"\\ud83d",
    ),
    *(
        b"[" * 6_000,
        b'{"a":' * 300,
        b"9" * 4_301,
        b"-1e999",
        b"NaN",
        b"null",
        b"true",
        b"[]",
        b"{}",
    ),
    *(
        b'"' + b"x" * 70_000 + b'"',
        b" " * 70_000,
        b"\n" * 70_000,
        b"/" * 70_000,
        b"\xf0\x9f",
        b"\x1b]52;c;x\x07",
        "\u202e".encode(),
        b"9" * 400,
    ),
)
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 7, 2**63, 10**30, 1.5, float("nan"), float("inf")),
    *("", "\ud83d", "\x00", "@ana", "2024-13-45", "x" * 1000, "=1+1", "null"),
    *([], {}, [[]], [None], ["a", 1, None], {"a": {"b": []}}, [{"id": [1]}]),
)
#: What is written; a workbook, a database and a folder take longer, and so are fewer.
ENDINGS: Final = (*(".csv", ".tsv", ".jsonl", ".parquet") * 5, ".xlsx", ".sqlite", "")
ALPHABET: Final = (
    "aZ#@/:.,!?\u0000\u200d\ufe0f\ud83d\ude8b🚋👩😡é漢ßıſﷺ\u0301\u202e \t\n0_-&%$'\"<>{}[]\\1"
)


@cache
def samples() -> dict[str, Callable[[Path], None]]:
    """Return every invented export by its name."""
    found: dict[str, Callable[[Path], None]] = {}
    for module in sorted(Path(support.__file__).parent.glob("samples_*.py")):
        found |= importlib.import_module(f"tests.support.{module.stem}").SAMPLES
    return found


@cache
def sound(name: str) -> dict[str, bytes]:
    """Return the files of an export; one under no name if it is no folder."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "export"
        samples()[name](path)
        if path.is_file():
            return {"": path.read_bytes()}
        inside = [one for one in sorted(path.rglob("*")) if one.is_file()]
        return {one.relative_to(path).as_posix(): one.read_bytes() for one in inside}


def task(seed: int, with_models: bool, number: int) -> str:
    """Try one input."""
    rng = Random(f"{seed} {number}")
    if with_models and number % 100 == 99:
        return models.task(seed, number)
    return text(rng) if number % 20 == 8 else export(rng)


def export(rng: Random) -> str:
    """Damage an export, and take it the way of a run as far as its model."""
    from stancekit.errors import StancekitError
    from stancekit.runs.assemble import conform, output_schema
    from stancekit.runs.output.outputs import output_for
    from stancekit.runs.output.writers import Style
    from stancekit.runs.reading import Found, Reading, read_chunks

    name = rng.choice(sorted(samples()))
    files = dict(sound(name))
    changed = rng.choice(sorted(files))
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        files[changed] = rng.choice((bytes_changed, bytes_changed, value_changed))(
            files[changed], rng
        )
    with tempfile.TemporaryDirectory() as scratch:
        source, rejects = Path(scratch) / "export", Path(scratch) / "rejects.jsonl"
        for place, data in files.items():
            path = source / place if place else source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        found = Found()
        size = rng.choice((2, 50, 50, 50))
        reading = Reading((str(source),), None, {}, size, frozenset({"label"}))
        tables = [chunk.posts for chunk in read_chunks(reading, found, rejects, ())]
        json.dumps(found.as_entry(), ensure_ascii=False).encode()
        told = rejects.read_bytes().splitlines()  # a str has more ends of lines than JSON has
        assert len([json.loads(line) for line in told]) == found.rejects
        schema = output_schema([table.schema.names for table in tables], _NO_LABELS(), None)
        batches = [conform(table, schema) for table in tables]
        output = Path(scratch) / f"output{rng.choice(ENDINGS)}"
        output_for(output)(output, schema, batches, Style())
        if found.failure is None:
            return "read, with rejects" if found.rejects else "read"
        if not isinstance(found.failure, StancekitError):
            raise found.failure
        str(found.failure).encode("utf-8", "surrogateescape")
        return "refused"


def _NO_LABELS() -> Any:  # noqa: N802 (a schema that is made late: Arrow is imported late)
    import pyarrow as pa

    return pa.schema([])


def bytes_changed(data: bytes, rng: Random) -> bytes:
    """Cut, double, overwrite or put in some bytes."""
    at = rng.randrange(len(data) + 1)
    end = at + rng.choice((0, 0, 1, 2, 10, 500))
    piece = rng.choice(
        (rng.choice(PIECES), rng.randbytes(rng.randrange(1, 9)), data[at:end] * 2, b"")
    )
    return data[:at] + piece + data[end:] if rng.random() < 0.95 else data[:at]


def value_changed(data: bytes, rng: Random) -> bytes:
    """Put another value for one of a JSON text or of its first lines, or else change bytes."""
    lines = data.split(b"\n")
    for place, line in enumerate([data, *lines[:3]]):
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        holder, key = models.some_place(found, rng)
        if holder is None:
            break
        holder[key] = rng.choice(VALUES)
        changed = json.dumps(found).encode()
        return changed if place == 0 else b"\n".join([*lines[: place - 1], changed, *lines[place:]])
    return bytes_changed(data, rng)


@cache
def _model() -> Any:
    import stancekit

    return stancekit.load(models.BASES[0])


def text(rng: Random) -> str:
    """Give made-up texts to all functions that take some."""
    import stancekit.text as functions
    from stancekit import extract

    longest = rng.choice((5, 5, 40, 40, 40, 280, 280, 280, 280, 5000))
    texts = ["".join(rng.choices(ALPHABET, k=rng.randrange(longest))) for _ in range(4)]
    functions.segment(texts)
    functions.split_hashtags(texts)
    for one in texts:
        functions.spans(one)
    for name in ("cashtags", "emojis", "hashtags", "mentions", "tokens", "urls"):
        function = getattr(functions, name)
        assert [function(one) for one in texts] == function(texts)
    extract(texts)
    labels = _model().labels_of(texts, explain=True, progress=False)
    assert len(labels) == len(texts)
    for one, code in zip(texts[:2], labels.code, strict=False):
        if code >= 0:  # what gets no label has none to explain
            str(_model().explain(one)).encode()
    return "texts"


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--models", action="store_true", help="saved models among them")
    parser.add_argument("--minutes", type=float, default=1e6, help="begin no input after that")
    asked = parser.parse_args()
    numbers = until(range(asked.first, asked.first + asked.count), asked.minutes)
    raise SystemExit(tell(run(partial(task, asked.seed, asked.models), numbers, asked.jobs)))


if __name__ == "__main__":
    main()
