"""Rows of a source = posts + rejects + what is said to be left out, in every format.

The rows are counted by :mod:`tests.support.rows`, which knows no reader. A format whose rows cannot
be counted so says why, in ``Reader.uncounted`` and at the end of what is read.
"""

import csv
import importlib
import random
import re
from collections.abc import Callable
from pathlib import Path

import orjson
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import StancekitError
from stancekit.posts import Notice, Reject, detect, formats, read_records
from tests import support
from tests.support.rows import ROWS, rows_in

SAMPLES: dict[str, Callable[[Path], None]] = {}
for module in sorted(Path(support.__file__).parent.glob("samples_*.py")):
    SAMPLES |= importlib.import_module(f"tests.support.{module.stem}").SAMPLES

ROWS_OF_TABLES = [
    {"id": str(n), "author": "ada", "text": f'row {n}, "so" it\nsays', "note": "é"}
    for n in range(30)
]


def _table(write: Callable[[pd.DataFrame, Path], object]) -> Callable[[Path], None]:
    return lambda path: (write(pd.DataFrame(ROWS_OF_TABLES), path), None)[1]


def _mixed(path: Path) -> None:
    path.mkdir()
    frame = pd.DataFrame(ROWS_OF_TABLES)
    frame.to_csv(path / "a.csv", index=False)
    frame.to_json(path / "b.jsonl", orient="records", lines=True)


SAMPLES |= {
    "csv": _table(lambda frame, path: frame.to_csv(path, index=False)),
    "jsonl": _table(lambda frame, path: frame.to_json(path, orient="records", lines=True)),
    "json": _table(lambda frame, path: frame.to_json(path, orient="records", indent=1)),
    "json by values": _table(lambda frame, path: frame.to_json(path, orient="values")),
    "parquet": _table(lambda frame, path: frame.to_parquet(path)),
    "tables": _mixed,
}

LINES = {"jsonl", "reddit", "zeeschuimer"}
"""Formats of which each line that is not empty is one row."""


def counted(path: Path, reader: str) -> int:
    """Posts, rejects, and what notices count as left out."""
    total = 0
    for item in read_records(path, reader):
        if isinstance(item, Notice):
            before, said, after = item.message.partition("left out")
            numbers = re.findall(r"[\d,]*\d ", before or after) if said else []
            total += sum(int(number.replace(",", "")) for number in numbers)
        else:
            total += isinstance(item, dict | Reject)
    return total


@pytest.fixture(scope="module")
def by_line(tmp_path_factory):
    """Samples that are one file of one row a line, with their formats."""
    found = {}
    for name, write in SAMPLES.items():
        path = tmp_path_factory.mktemp("rows") / "export"
        write(path)
        if path.is_file() and detect(path).name in LINES:
            raw = path.read_bytes()
            if raw.lstrip().startswith(b"{"):
                found[name] = (raw, detect(path).name)
    assert len(found) >= 3
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_every_format_is_a_post_a_reject_or_said_to_be_left_out(name, tmp_path):
    path = tmp_path / "export"
    SAMPLES[name](path)
    reader = detect(path)
    if reader.uncounted:
        *_, last = read_records(path)
        assert isinstance(last, Notice) and reader.uncounted in last.message
    else:
        assert counted(path, reader.name) == rows_in(path, reader.name) > 0


def test_every_format_can_be_counted_or_says_why_not(tmp_path):
    sampled = set()
    for number, write in enumerate(SAMPLES.values()):
        path = tmp_path / str(number)
        write(path)
        sampled.add(detect(path).name)
    assert sampled == {reader.name for reader in formats()}
    uncounted = {reader.name for reader in formats() if reader.uncounted}
    assert not uncounted & ROWS.keys()
    said = (Path(__file__).parents[2] / "docs" / "platforms.md").read_text(encoding="utf-8")
    assert f"Only of {' and '.join(sorted(uncounted))}\nnobody can tell" in said


def test_rows_of_a_table_are_counted_though_some_are_broken(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text('id,author,text\n1,ada,a\n2,bo\n3,cy,a,b,c\n4,dee,"open\n5,eve,a\n', "utf-8")
    assert counted(path, "csv") == 5


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_lines_add_up_however_they_are_damaged(by_line, tmp_path_factory, seed):
    chance = random.Random(seed)
    raw, reader = by_line[chance.choice(sorted(by_line))]
    damaged = bytearray(raw)
    for _ in range(chance.randint(0, 4)):
        place = chance.randrange(len(damaged))
        del damaged[place : place + chance.randint(1, 9)]
    path = tmp_path_factory.mktemp("damaged") / "export"
    path.write_bytes(damaged)
    rows = sum(bool(line.strip()) for line in bytes(damaged).split(b"\n"))
    try:
        found = counted(path, reader)
    except StancekitError:
        return  # refused as a whole, with a message
    assert found == rows


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), indent=st.booleans())
def test_items_of_an_array_add_up_though_some_are_broken(tmp_path_factory, seed, indent):
    chance = random.Random(seed)
    option = orjson.OPT_INDENT_2 if indent else 0
    rows = [{"id": str(n), "text": f"row {n}", "tags": ["a"]} for n in range(1, 40)]
    items = [orjson.dumps(row, option=option).decode() for row in rows]
    for place in chance.sample(range(1, 39), chance.randint(0, 5)):
        items[place] = items[place].replace(
            '"text"', chance.choice(['"te"xt', '"text', "te xt", "]"])
        )
    path = tmp_path_factory.mktemp("array") / "posts.json"
    path.write_text("[" + (",\n" if indent else ",").join(items) + "]", encoding="utf-8")
    assert counted(path, "json") == len(rows)


SUFFIXES = {".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".js", ".xlsx", ".zst", ".parquet"}


def test_the_rows_of_every_real_sample_add_up(shared_data):
    """Files alone; whole folders are counted by the tests of their platforms."""
    wrong, checked = [], 0
    for path in sorted((shared_data / "archives").rglob("*")):
        if not path.is_file() or path.suffix not in SUFFIXES or path.stat().st_size > 1 << 24:
            continue
        try:
            reader = detect(path)
            held = rows_in(path, reader.name)
            found = counted(path, reader.name)
        except (StancekitError, KeyError, ValueError, csv.Error):
            continue  # no export, or none that can be counted
        checked += held > 0
        if held > 0 and found != held:
            wrong.append((str(path.relative_to(shared_data)), reader.name, held, found))
    assert checked > 40
    assert not wrong, "\n".join(map(str, wrong))
