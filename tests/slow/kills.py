"""Kill runs at random moments and finish them: ``python -m tests.slow.kills 100 --jobs 2``.

A run labels posts, some of them broken, into a file of each kind, with one process or two. SIGKILL
ends it at a moment drawn by lot: of its whole time, after so many parts, or while the output is put
together; every fourth time once more while it goes on; and every third time a byte of what it left
is changed. Then it is run again. Output and rejects must be those of a run that was never stopped,
to the byte, and nothing else may be left. Faults make the exit code 1.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from random import Random
from typing import Final

from stancekit.errors import RunError
from stancekit.runs import label_archive
from stancekit.runs.folder import RunFolder
from tests.support.fakes import fake_model
from tests.support.kill_everywhere import content
from tests.support.storm import posts, write_jsonl

ENDINGS: Final = (".csv", ".tsv", ".jsonl", ".parquet", ".sqlite", ".xlsx", "")
CHUNK: Final = 100
#: Of the time that something takes: a kill may come a little late, too.
LATEST: Final = 1.05
#: Seconds after a part is recorded in which the next may be half done.
BETWEEN: Final = 0.1


@dataclass(frozen=True)
class Whole:
    """What a run that nobody stops gives, and how long it and its last step take."""

    output: dict[str, bytes]
    rejects: bytes
    seconds: float
    assembling: float
    parts: int


@dataclass
class Tally:
    """What came of all kills."""

    stages: Counter[str] = field(default_factory=Counter)
    resumed: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = ", ".join(f"{name} {count}" for name, count in self.stages.most_common())
        return f"{told}; posts kept {self.resumed:,}; faults {len(self.faults)}"


def run(source: Path, out: Path, jobs: int, told: Path | None = None) -> None:
    """Run to the end; write down how many posts were kept of an earlier run."""
    try:
        summary = label_archive(source, out, model=fake_model(), chunk_size=CHUNK, n_jobs=jobs)
    except RunError as error:  # the journal was gone, so only the lock was left to remove
        if "already there" not in str(error) or not out.exists() or RunFolder(out).exists():
            raise
    else:
        if told is not None:
            told.write_text(str(summary.resumed))


def in_child(work: Callable[[], object]) -> int:
    """Begin some work in a child process: no worker of it is ever this process's."""
    child = os.fork()
    if child:
        return child
    os.environ["PYTHONWARNINGS"] = "ignore"  # loky tells what was killed with it
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def killed(
    work: Callable[[], object], seconds: float, begun: Callable[[], bool] = lambda: True
) -> bool:
    """Kill some work a time after something has begun; tell whether it came so far."""
    child, end = in_child(work), None
    while end is None or time.monotonic() < end:
        if end is None and begun():
            end = time.monotonic() + seconds
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def moment(out: Path, wanted: Whole, rng: Random) -> tuple[float, Callable[[], bool]]:
    """Draw when a run is killed: so many seconds after something has begun."""
    folder = RunFolder(out)
    kind = rng.choice(("time", "parts", "assembling"))
    if kind == "time":
        return rng.uniform(0, LATEST * wanted.seconds), lambda: True
    if kind == "assembling":
        return rng.uniform(0, LATEST * wanted.assembling), Path(folder.output).exists
    parts = rng.randrange(wanted.parts + 1)
    made = Path(folder.path)
    return rng.uniform(0, BETWEEN), lambda: len(list(made.glob("part-*.json"))) >= parts


def finish(work: Callable[[], object]) -> None:
    """Do some work in a child process to its end.

    Raises
    ------
    AssertionError
        If it fails.
    """
    assert os.waitpid(in_child(work), 0)[1] == 0, "failed, as is said above"


def stage(out: Path) -> str:
    """Say how far a run had come, by what it left."""
    folder = RunFolder(out)
    if not folder.exists():
        return "done" if out.exists() else "before anything"
    if out.exists():
        return "while tidying up"
    if Path(folder.output).exists():
        return "while assembling"
    return "while labelling" if folder.parts() or list(Path(folder.path).iterdir()) else "begun"


def damage(folder: Path, rng: Random) -> bool:
    """Change, cut off or double a byte of something that a killed run left."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock"]
    if not files:
        return False
    path = rng.choice(files)
    data = bytearray(path.read_bytes())
    at = rng.randrange(len(data) or 1)
    data[at:] = rng.choice((data[at + 1 :], b"", data[at : at + 1] + data[at:], b"\x00"))
    path.write_bytes(data)
    return True


def whole(source: Path, out: Path, jobs: int, parts: int) -> Whole:
    """Run without a stop."""
    assembling, started = Path(RunFolder(out).output), time.monotonic()
    child, begun = in_child(partial(run, source, out, jobs)), started
    while not os.waitpid(child, os.WNOHANG)[0]:
        if begun == started and assembling.exists():
            begun = time.monotonic()
        time.sleep(0.001)
    end, rejects = time.monotonic(), Path(RunFolder(out).final_rejects)
    return Whole(content(out), rejects.read_bytes(), end - started, end - begun, parts)


def kill(
    source: Path, place: Path, name: str, jobs: int, wanted: Whole, rng: Random
) -> tuple[list[str], int]:
    """Kill a run, finish it and compare; say at which stage it was, and how many posts were kept.

    Raises
    ------
    AssertionError
        If anything differs.
    """
    out = place / name
    folder = RunFolder(out)
    work = partial(run, source, out, jobs)
    found = [stage(out) if killed(work, *moment(out, wanted, rng)) else "done before"]
    if rng.random() < 1 / 4:
        killed(work, *moment(out, wanted, rng))
        found.append("twice")
    if rng.random() < 1 / 3 and not out.exists() and damage(Path(folder.path), rng):
        found.append("a byte changed")
    kept = place.with_name("kept")
    kept.write_text("0")
    if folder.exists() or not out.exists():
        finish(partial(run, source, out, jobs, kept))
    assert content(out) == wanted.output, "another output"
    assert Path(folder.final_rejects).read_bytes() == wanted.rejects, "other rejects"
    left = {path.name for path in place.iterdir()} - {name, Path(folder.final_rejects).name}
    assert not left, f"left behind: {left}"
    return found, int(kept.read_text())


def try_all(count: int, seed: int, most_jobs: int, rows: int, first: int = 0) -> Tally:
    """Kill so many runs, kind after kind."""
    tally = Tally()
    made = posts(rows)
    broken: list[object] = [row for at, row in enumerate(made) if at % 97 or not at]
    broken[rows // 3 : rows // 3] = ["{broken", "[1]", '{"text": 7}']
    kinds = list(product(ENDINGS, range(1, most_jobs + 1)))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        source = write_jsonl(place / "source.jsonl", broken)
        wholes: dict[tuple[str, int], Whole] = {}
        for number in range(first, first + count):
            ending, jobs = kinds[number % len(kinds)]
            out, scratch = f"out{ending}", place / f"killed-{number}"
            if (ending, jobs) not in wholes:
                (place / f"whole-{jobs}").mkdir(exist_ok=True)
                wholes[ending, jobs] = whole(
                    source, place / f"whole-{jobs}" / out, jobs, len(broken) // CHUNK
                )
            scratch.mkdir()
            try:
                wanted, rng = wholes[ending, jobs], Random(f"{seed} {number}")
                found, kept = kill(source, scratch, out, jobs, wanted, rng)
                tally.stages.update(found)
                tally.resumed += kept
            except Exception as error:  # whatever it is, it is what is looked for
                tally.faults.append(f"kill {number} ({out}, {jobs} jobs): {error!r}")
    return tally


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100)
    parser.add_argument("--first", type=int, default=0, help="number of the first kill")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="runs have 1 to so many processes")
    parser.add_argument("--posts", type=int, default=10_000)
    asked = parser.parse_args()
    tally = try_all(asked.count, asked.seed, asked.jobs, asked.posts, asked.first)
    print(f"{asked.count} kills: {tally}")  # noqa: T201
    for fault in tally.faults:
        print(fault, file=sys.stderr)  # noqa: T201
    raise SystemExit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
