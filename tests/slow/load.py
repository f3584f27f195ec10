"""Label more and more posts: ``python -m tests.slow.load 1000000 --jobs 2``.

Archives of 10^4, 10^5 … posts, up to the number given, are labelled by the command line with the
model "fast". From 10^5 on the peak memory of the largest process must be the same within 10%, and
the work for a post at most a quarter more. Faults make the exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

ROOT: Final = Path(__file__).parents[2]
#: From so many posts on memory must be flat.
FLAT_FROM: Final = 10**5
FLAT: Final = 1.10
LINEAR: Final = 1.25
WORDS: Final = (
    *("the", "tram", "council", "bridge", "no", "yes", "shame", "bravo", "thanks", "you", "clown"),
    *("@ana_vale", "#notram", "https://example.org/a", "😀", "never", "again", "vote", "=1+1"),
)


@dataclass(frozen=True)
class Cost:
    """What labelling so many posts took."""

    posts: int
    seconds: float
    work: float
    peak: int

    def __str__(self) -> str:
        each, peak = 1e6 * self.work / self.posts, self.peak / 2**20
        took = f"{self.posts:>10,}  {self.seconds:>9.1f}  {self.work:>9.1f}"
        return f"{took}  {each:>9.0f}  {peak:>9.0f}"


def lines(count: int, seed: int) -> Iterator[str]:
    """Give posts, no two alike, as JSON lines."""
    rng = Random(seed)
    for number in range(count):
        text = " ".join(rng.choices(WORDS, k=rng.randrange(3, 30)))
        post = {
            "id": str(10**18 + number),
            "text": f"{text} {number}",
            "author": f"author_{number % 9973}",
            "created_at": f"2024-05-01T10:{number % 60:02d}:00Z",
            "likes": number % 17,
        }
        yield json.dumps(post) + "\n"


def label(count: int, seed: int, jobs: int, ending: str) -> Cost:
    """Label so many posts in a process of its own.

    Raises
    ------
    RuntimeError
        If it fails.
    """
    with tempfile.TemporaryDirectory() as name:
        source, out = Path(name, "posts.jsonl"), Path(name, f"out{ending}")
        with source.open("w", encoding="utf-8") as file:
            file.writelines(lines(count, seed))
        command = [sys.executable, "-m", "stancekit.cli", "label", source, "-o", out]
        command += ["--model", "fast", "--jobs", str(jobs)]
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            raise RuntimeError(f"{count} posts could not be labelled: status {status}")
        return Cost(
            count, time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss << 10
        )


def faults(costs: list[Cost]) -> list[str]:
    """Say what grows that must not."""
    large = [cost for cost in costs if cost.posts >= FLAT_FROM]
    if len(large) < 2:
        return []
    found = []
    peaks = [cost.peak for cost in large]
    if max(peaks) > FLAT * peaks[0]:
        found.append(f"peak memory grows by {max(peaks) / peaks[0] - 1:.0%}")
    each = [cost.work / cost.posts for cost in large]
    if max(each) > LINEAR * each[0]:
        found.append(f"the work for a post grows by {max(each) / each[0] - 1:.0%}")
    return found


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10**6, help="most posts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--ending", default=".parquet", help="kind of output")
    asked = parser.parse_args()
    print("     posts    seconds  CPU secs.  µs a post  peak, MiB")  # noqa: T201
    costs = []
    for count in (10**power for power in range(4, 9) if 10**power <= asked.count):
        costs.append(label(count, asked.seed, asked.jobs, asked.ending))
        print(costs[-1], flush=True)  # noqa: T201
    found = faults(costs)
    print(f"faults {len(found)}", *found, sep="; ")  # noqa: T201
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
