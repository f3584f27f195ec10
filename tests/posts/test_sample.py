"""The invented archive under data/sample: what it holds, and that it can be made again."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from stancekit.posts import Notice, read_records

DATA = Path(__file__).resolve().parents[2] / "data"
SAMPLE = DATA / "sample" / "x-archive.zip"


@pytest.fixture(scope="module")
def items():
    return list(read_records(SAMPLE))


def test_every_post_of_the_list_is_in_the_archive(items):
    lines = (DATA / "sample" / "posts.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    records = [item for item in items if isinstance(item, dict)]
    edited = sum(row[1] == "edit" for row in rows)
    assert len(records) + edited == len(rows) == 180
    whole = Counter(row[4] for row in rows if row[1] == "long")
    assert whole <= Counter(record["text"] for record in records)


def test_archive_is_sound(items):
    assert not any(isinstance(item, Notice) and item.warning for item in items)
    records = [item for item in items if isinstance(item, dict)]
    assert {record["author"] for record in records} == {"marga_ostermoor"}
    assert {record["kind"] for record in records} == {"post", "reply", "quote", "repost"}
    assert all(record["time_known"] for record in records)


def test_made_again_it_has_the_same_bytes(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("make_sample", DATA / "make_sample.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "HERE", tmp_path)
    (tmp_path / "posts.tsv").write_bytes((DATA / "sample" / "posts.tsv").read_bytes())
    script.main()
    assert (tmp_path / "x-archive.zip").read_bytes() == SAMPLE.read_bytes()
