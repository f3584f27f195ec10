"""A Dask cluster of two separate processes, and a folder of posts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.storm import posts, write_jsonl


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="needs the extra stancekit[dask]")
    with distributed.LocalCluster(
        host="127.0.0.1",
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
    ) as cluster:
        yield cluster


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files whose columns differ, with rows that are no posts, one below another folder."""
    rows = posts(600)
    source = tmp_path / "posts"
    (source / "late").mkdir(parents=True)
    write_jsonl(source / "a.jsonl", rows[:40])  # none of them has likes
    write_jsonl(source / "b.jsonl", [*rows[40:300], "{broken", *rows[300:400], "[1]"])
    write_jsonl(source / "late" / "c.jsonl", [*rows[400:], '{"text": "no id 😀"}'])
    return source
