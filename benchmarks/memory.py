"""Peak memory and rate of a run as the archive grows, to show that memory does not grow with it.

    python benchmarks/memory.py [--least 10000] [--most 10000000] [--to .parquet] [--jobs 2]

Archives of 10^4, 10^5, … invented posts in X's API v2 size (JSON lines, 25 characters of id and
author, 40 to 240 of text; one in five a repost of an earlier text) are labelled, each by a fresh
process. The memory is the proportional set size of all its processes, read twenty times a second.
Time is the run's own, without the imports and the loading of the model.
"""

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from throughput import _watch

LABEL = """
import sys, time, stancekit
stancekit.load("fast")
start = time.perf_counter()
jobs = int(sys.argv[3]) or None
stancekit.label_archive(sys.argv[1], sys.argv[2], model="fast", n_jobs=jobs, progress=False)
print(time.perf_counter() - start)
"""

WORDS = (
    "the a tram council we they you never always bridge vote please thanks shame brave plan "
    "money street night school nobody everyone stop build listen agree wrong right proud liar"
).split()


def posts(count: int) -> Iterator[bytes]:
    """Yield lines of an invented archive, the same for the same count."""
    chance = random.Random(count)
    earlier = ["so it begins"]
    for number in range(count):
        kind = "repost" if chance.random() < 0.2 else "post"
        if kind == "repost":
            text = chance.choice(earlier)
        else:
            text = " ".join(chance.choices(WORDS, k=chance.randint(8, 40))) + f" #tram{number % 9}"
            earlier = [*earlier[-99:], text]
        author = f"a{chance.randint(0, count // 10)}"
        post = {"id": str(10**18 + number), "author": author, "text": text, "kind": kind}
        yield json.dumps(post).encode() + b"\n"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--least", type=int, default=10**4)
    parser.add_argument("--most", type=int, default=10**7)
    parser.add_argument("--to", default=".parquet", help="ending of the destination")
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0 for the default")
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, JSON lines to {given.to}\n")
    print("| posts | archive, MB | posts/s | peak memory, MB |\n|---:|---:|---:|---:|")
    count = given.least
    while count <= given.most:
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder, "posts.jsonl"), Path(folder, f"labels{given.to}")
            with source.open("wb") as file:
                file.writelines(posts(count))
            size = source.stat().st_size / 2**20
            command = [sys.executable, "-c", LABEL, str(source), str(out), str(given.jobs)]
            seconds, peak = _watch(command)
        print(f"| {count:,} | {size:,.0f} | {count / seconds:,.0f} | {peak:,.0f} |", flush=True)
        count *= 10


if __name__ == "__main__":
    main()
