"""Rows of a source = posts + rejects + what is said to be left out, in every sample."""

import importlib
import random
import re
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import StancekitError
from stancekit.posts import Notice, Reject, detect, read_records
from tests import support

SAMPLES: dict[str, Callable[[Path], None]] = {}
for module in sorted(Path(support.__file__).parent.glob("samples_*.py")):
    SAMPLES |= importlib.import_module(f"tests.support.{module.stem}").SAMPLES

LINES = {"jsonl", "reddit", "zeeschuimer"}
"""Formats of which each line that is not empty is one row."""


def counted(path: Path, reader: str) -> int:
    """Posts, rejects, and what notices count as left out."""
    total = 0
    for item in read_records(path, reader):
        if isinstance(item, Notice):
            if item.message.startswith("left out: "):
                total += sum(
                    int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d ", item.message)
                )
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
