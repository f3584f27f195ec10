"""Time, memory and size of a page: ``python benchmarks/reporting.py [POSTS …]``.

Writes an invented archive of so many labelled posts (100,000 and 1,000,000 if nothing is said) as
Parquet, once, and reports on it in a process of its own. Posts repeat some thousand words with a
long tail, from a third as many accounts, over two weeks, a third of them at one of 2,000 accounts.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

LABELS = ("supportive", "critical", "dog-piling", "neutral")
CHUNK = 100_000
SECONDS = 14 * 86_400


def write(path: Path, posts: int) -> None:
    """Write an archive of labelled posts."""
    rng = np.random.default_rng(0)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = np.array(["".join(rng.choice(letters, rng.integers(2, 9))) for _ in range(200_000)])
    writer = None
    for start in range(0, posts, CHUNK):
        count = min(CHUNK, posts - start)
        batch = pa.RecordBatch.from_pydict(chunk(rng, words, start, count, posts))
        writer = writer or pq.ParquetWriter(path, batch.schema)
        writer.write_batch(batch)
    if writer is not None:
        writer.close()


def chunk(rng, words, start, count, posts):
    """Make some rows."""
    size = rng.integers(5, 30, count)
    drawn = words[np.minimum(rng.zipf(1.3, size.sum()), len(words)) - 1]
    texts = [" ".join(part) for part in np.split(drawn, np.cumsum(size)[:-1])]
    tags = rng.zipf(1.5, count) % 5_000
    label = rng.choice(4, count, p=[0.3, 0.3, 0.1, 0.3])
    sure = rng.uniform(0.4, 1, count)
    at = np.where(rng.random(count) < 0.33, rng.zipf(1.4, count) % 2_000, -1)
    when = np.datetime64("2031-05-01", "us") + np.sort(rng.integers(0, SECONDS, count)).astype(
        "timedelta64[s]"
    )
    return {
        "id": [str(start + n) for n in range(count)],
        "text": [f"{text} #tag{tag}" for text, tag in zip(texts, tags, strict=True)],
        "author": [f"writer{n}" for n in rng.integers(0, posts // 3, count)],
        "created_at": pa.array(when, pa.timestamp("us", "UTC")),
        "kind": rng.choice(["post", "reply", "repost"], count, p=[0.5, 0.35, 0.15]).tolist(),
        "reply_to_author": [f"target{n}" if n >= 0 else None for n in at],
        "label": [LABELS[n] for n in label],
        "confidence": sure,
        **{name: np.where(label == n, sure, (1 - sure) / 3) for n, name in enumerate(LABELS)},
        "reason": pa.nulls(count, pa.string()),
        "model": ["invented@0123456789ab"] * count,
    }


def one(path: str) -> None:
    """Report on an archive, and say what it took."""
    import stancekit

    started, used = time.perf_counter(), time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = stancekit.report(path)
    page = found.html()
    print(
        json.dumps(
            {
                "seconds": round(time.perf_counter() - started, 1),
                "cpu": round(time.process_time() - used, 1),
                "before_mb": before // 1024,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "page_kb": len(page.encode()) // 1024,
                "accounts_counted": found.distinguishing["words"].sampled,
            }
        )
    )


def main() -> None:
    """Measure it for so many posts each."""
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
        return
    for posts in map(int, sys.argv[1:] or ("100000", "1000000")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "labels.parquet")
            write(path, posts)
            done = subprocess.run(
                [sys.executable, __file__, "--one", str(path)],
                capture_output=True,
                text=True,
                check=True,
            )
            print(f"{posts:,} posts: {done.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
