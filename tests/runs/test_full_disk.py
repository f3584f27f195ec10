"""A disk without room ends a run with advice, whatever is written, and the run goes on later."""

import json
import random
import signal

import pytest

from stancekit.errors import RunError
from stancekit.runs import label_archive
from tests.support.fakes import fake_model

resource = pytest.importorskip("resource")  # a system without such limits

POSTS = 3_000


@pytest.fixture
def source(tmp_path):
    rng = random.Random(1)
    rows = ({"text": f"post {n} {rng.randbytes(60).hex()}"} for n in range(POSTS))
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def room():
    """Let no file grow past some bytes; writing more is an error as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limit(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("size", [0, 100, 100_000, 250_000])
@pytest.mark.parametrize("ending", [".csv", ".tsv", ".jsonl", ".parquet", ".sqlite", ".xlsx", ""])
def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(
    source, tmp_path, room, ending, size
):
    out = tmp_path / f"out{ending}"
    asked = {"model": fake_model(), "n_jobs": 1, "chunk_size": 1_000, "progress": False}
    room(size)
    with pytest.raises(RunError, match=r"could not be written .*[Ff]ree some space"):
        label_archive(source, out, **asked)
    assert not out.exists()
    room(resource.RLIM_INFINITY)
    assert label_archive(source, out, **asked).posts == POSTS
