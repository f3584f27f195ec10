"""Posts a second on one and two workers of Dask, and what 10^9 posts would need by that measure.

    python benchmarks/scaling.py DATA [--posts 1000000] [--files 8] [--workers 1 2]

DATA is the folder of study data. Real short posts, each several times with ids of its own, are
written as a folder of JSON lines and labelled by the local engine on one core and by Dask on each
number of workers. The clock starts when the function is called, so that starting processes is in
it. Processor seconds and peak memory are those of the command and all its processes.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported

from throughput import read  # noqa: E402 (its numpy too)

BILLION = 1_000_000_000

LABEL = """
import json, sys, time, stancekit
if __name__ == "__main__":
    function, source, out, options = *sys.argv[1:4], json.loads(sys.argv[4])
    start = time.perf_counter()
    getattr(stancekit, function)(source, out, model="fast", progress=False, **options)
    print(time.perf_counter() - start)
"""


@dataclass(frozen=True)
class Measure:
    """One run: wall-clock and processor seconds, peak memory in MB, bytes written."""

    name: str
    wall: float
    cpu: float
    peak: float
    written: int


def write(texts: list[str], folder: Path, posts: int, files: int) -> int:
    """Write `posts` posts as JSON lines; return their bytes."""
    for number in range(files):
        with (folder / f"part-{number:03d}.jsonl").open("w", encoding="utf-8") as file:
            for i in range(number * posts // files, (number + 1) * posts // files):
                post = {
                    "id": str(10**18 + i),
                    "author_id": f"a{i % 99_991}",
                    "created_at": "2024-05-01T10:00:00Z",
                    "text": texts[i % len(texts)],
                }
                file.write(json.dumps(post) + "\n")
    return sum(path.stat().st_size for path in folder.iterdir())


def measure(
    name: str, function: str, script: Path, source: Path, out: Path, options: dict[str, object]
) -> Measure:
    """Label in a process of its own, and watch it and its children."""
    import psutil

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, str(script), function, str(source), str(out), json.dumps(options)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            family = [watched, *watched.children(recursive=True)]
            peak = max(peak, sum(one.memory_full_info().pss for one in family))
        except psutil.Error:
            pass
        time.sleep(0.2)
    if process.returncode or process.stdout is None:
        sys.exit(f"{name}: exit code {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    paths = [path for path in [out, *out.glob("*.parquet")] if path.is_file()]
    written = sum(path.stat().st_size for path in paths)
    return Measure(name, float(process.stdout.read()), cpu, peak / 2**20, written)


def main() -> None:
    """Print the table, and what a billion posts come to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    print(f"load average at the start: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}")
    with tempfile.TemporaryDirectory() as scratch:
        folder, script = Path(scratch, "posts"), Path(scratch, "label.py")
        folder.mkdir()
        script.write_text(LABEL, encoding="utf-8")
        size = write(read(given.data, 100_000), folder, given.posts, given.files)
        print(f"{given.posts:,} posts, {size / given.posts:,.0f} bytes each, {given.files} files\n")
        one = Path(scratch, "one.parquet")
        found = [measure("local, one process", "label_archive", script, folder, one, {"n_jobs": 1})]
        for workers in given.workers:
            name = f"dask, {workers} worker{'s' * (workers > 1)}"
            out, options = Path(scratch, f"out{workers}"), {"workers": workers}
            found.append(measure(name, "label_on_cluster", script, folder, out, options))
    print(
        "| engine | posts/s | processor s per 10^6 posts | peak memory, MB | bytes out per post |"
    )
    print("|---|---:|---:|---:|---:|")
    for one in found:
        print(
            f"| {one.name} | {given.posts / one.wall:,.0f} | {1e6 * one.cpu / given.posts:,.1f} "
            f"| {one.peak:,.0f} | {one.written / given.posts:,.0f} |"
        )
    last = found[-1]
    scale = BILLION / given.posts
    print(
        f"\n10^9 posts, by {last.name}: {scale * last.cpu / 3600:,.0f} core hours, "
        f"{scale * size / 1e9:,.0f} GB in, {scale * last.written / 1e9:,.0f} GB out"
    )
    print(f"load average at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
