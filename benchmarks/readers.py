"""Posts a second of every reader, beside the bare parser, and labelled to Parquet.

    python benchmarks/readers.py [--posts 50000] [--only x-api-v2] [--no-labels]

Exports are written first, of invented posts, by the functions of ``SAMPLES`` in the modules
``tests/support/samples_*.py`` that take a ``count``. For each are printed:

- reading: records per second of processor time of ``read_records``, one process;
- parser: the same for what any reader in Python needs at least: unpacking, and orjson (a line, a
  page or a script at a time) or csv, with no record made;
- labels: posts a second of ``label_archive`` to Parquet with the defaults, all processes, the
  model loaded before. Workers take a second or two to start: give it many posts.

Processor time hangs less on what else the machine does; the rates of labels do hang on it, and
its load is printed first.
"""

import argparse
import csv
import gc
import importlib
import inspect
import io
import os
import pkgutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import stancekit  # noqa: E402
import tests.support  # noqa: E402
from stancekit.posts import detect, read_records  # noqa: E402


def writers() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield the sample writers of the tests that can write any number of posts."""
    for module in pkgutil.iter_modules(tests.support.__path__):
        if module.name.startswith("samples_"):
            samples = importlib.import_module(f"tests.support.{module.name}").SAMPLES
            for name, write in samples.items():
                if "count" in inspect.signature(write).parameters:
                    yield name, write


def members(path: Path) -> Iterator[bytes]:
    """Yield the files of an export, unpacked."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    else:
        yield path.read_bytes()


def parse(path: Path) -> str | None:
    """Parse an export and do nothing with it; returns the parser, None if there is no bare one."""
    name = None
    for raw in members(path):
        start = raw.lstrip()[:1]
        if start == b"{":
            name = "orjson"
            for line in raw.splitlines():
                orjson.loads(line)
        elif start == b"[" or b"= " in raw[:60]:
            name = "orjson"
            orjson.loads(raw[raw.index(b"=") + 1 :] if start != b"[" else raw)
        elif path.suffix != ".zst" and b"," in raw[:200]:
            name = "csv"
            for _ in csv.reader(io.StringIO(raw.decode("utf-8"), newline="")):
                pass
    return name


def seconds(work: Callable[[], object], repeat: int = 3) -> float:
    """Return the least of some measurements, in seconds of processor time."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def count_records(path: Path) -> int:
    """Read an export and count its posts."""
    return sum(type(item) is dict for item in read_records(path))


def label_seconds(path: Path, folder: Path) -> float:
    """Return how long the labels of an export take, with as many processes as there are cores."""
    start = time.perf_counter()
    stancekit.label_archive(
        path, folder / "labels.parquet", n_jobs=os.cpu_count(), progress=False, force=True
    )
    return time.perf_counter() - start


def main() -> None:
    """Write, read and label an export of each format."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--posts", type=int, default=50_000)
    options.add_argument("--only", help="names that start so")
    options.add_argument("--no-labels", action="store_true")
    args = options.parse_args()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{args.posts:,} posts a format; {os.cpu_count()} cores; load {load}")
    print(f"{'format':24} {'reading':>9} {'parser':>9}           {'labels':>9}  posts/s")
    stancekit.load()
    for name, write in writers():
        if args.only and not name.startswith(args.only):
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            path = folder / "export"
            write(path, count=args.posts)
            posts = count_records(path)
            if not name.startswith(detect(path).name):
                sys.exit(f"{name} was taken for {detect(path).name}")
            reading = posts / seconds(lambda path=path: count_records(path))
            parser = parse(path)
            gc.disable()  # a script taken whole is a million objects, each collection walks them
            bare = posts / seconds(lambda path=path: parse(path)) if parser else 0
            gc.enable()
            labels = 0 if args.no_labels else posts / label_seconds(path, folder)
        shown = [f"{rate:>9,.0f}" if rate else f"{'–':>9}" for rate in (reading, bare, labels)]
        print(f"{name:24} {shown[0]} {shown[1]} ({parser or 'none'}) ".ljust(56) + shown[2])


if __name__ == "__main__":
    main()
