"""How long storms take to be found, what memory, and whether those put in are found.

    python benchmarks/storms.py [--posts 1000000] [--kinds hashtags phrases links]

Invented posts of thirty days (200,000 accounts at a million; hashtags, words and links of Zipf's
law; three in ten are reposts; a day's rhythm) lie as Parquet parts, ten thousand posts each. Into
them go 60 evenings of one key each, of 30 to 3,000 posts. One process reads and finds on one core.
Time is that of the processor and, beside it, the clock's; memory is the most that the process took
beyond what the imports take.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

DAYS = 30
EVENINGS = 60
START = pd.Timestamp("2026-05-01", tz="UTC")
FIND = """
import json, resource, sys, time, stancekit
from stancekit.events.storms import finding
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
wall, cpu = time.perf_counter(), time.process_time()
found = stancekit.find_storms(sys.argv[1], sys.argv[2])
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([wall, cpu, (most - before) / 1024, [(s.key, s.posts) for s in found]]))
"""


def words(count: int, rng: np.random.Generator) -> np.ndarray:
    """Invent words of three to nine letters."""
    letters = np.array(list("aeioubcdfghklmnprstvw"))
    return np.array(
        ["".join(rng.choice(letters, size)) for size in rng.integers(3, 10, count).tolist()]
    )


def evenings(rng: np.random.Generator) -> pd.DataFrame:
    """Draw when the storms are, and how large."""
    size = np.exp(rng.uniform(np.log(30), np.log(3_000), EVENINGS)).astype(int)
    begin = rng.uniform(3, DAYS - 1, EVENINGS)
    return pd.DataFrame({"size": size, "begin": begin, "hours": rng.uniform(1, 3, EVENINGS)})


def archive(count: int, folder: Path) -> pd.DataFrame:
    """Write the parts; give the evenings."""
    rng = np.random.default_rng(0)
    known = words(20_000, rng)
    storms = evenings(rng)
    quiet = count - int(storms["size"].sum())
    day = rng.integers(0, DAYS, quiet) + np.clip(rng.normal(0.75, 0.18, quiet), 0, 0.9999)
    storm = np.concatenate([np.full(quiet, -1), np.repeat(np.arange(EVENINGS), storms["size"])])
    late = np.minimum(rng.exponential(0.4, count - quiet), 1)
    of = storm[quiet:]
    day = np.append(
        day, storms["begin"].to_numpy()[of] + late * storms["hours"].to_numpy()[of] / 24
    )
    order = np.argsort(day)
    day, storm = day[order], storm[order]
    for number, start in enumerate(range(0, count, 10_000)):
        part = slice(start, min(start + 10_000, count))
        frame = _part(np.arange(count)[part], day[part], storm[part], count, known, rng)
        frame.to_parquet(folder / f"part-{number:05}.parquet", index=False)
    return storms


def _part(
    number: np.ndarray,
    day: np.ndarray,
    storm: np.ndarray,
    count: int,
    known: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    size = len(number)
    said = known[np.minimum(rng.zipf(1.3, (size, 14)), len(known)) - 1].tolist()
    tag = known[np.minimum(rng.zipf(1.4, size), len(known)) - 1].tolist()
    page = np.minimum(rng.zipf(1.5, size), 10**6).tolist()
    kind = np.where(rng.random(size) < 0.3, "repost", "post")
    texts = []
    for n, own in enumerate(storm.tolist()):
        key = _of_evening(own, known) if own >= 0 else f"#{tag[n]} https://pages.org/{page[n]}"
        texts.append(f"{' '.join(said[n][: 6 + n % 8])}. {key}")
    label = rng.choice(["supportive", "critical", "dog-piling", "neutral"], size)
    return pd.DataFrame(
        {
            "id": (10**18 + number).astype(str),
            "text": texts,
            "author": [f"a{n}" for n in rng.integers(0, max(count // 5, 100), size).tolist()],
            "created_at": START + pd.to_timedelta(day, unit="D"),
            "kind": kind,
            "label": label,
            "confidence": 0.9,
            **dict.fromkeys(("supportive", "critical", "dog-piling", "neutral"), 0.25),
            "reason": pd.array([None] * size, "string"),
            "model": "invented",
        }
    )


def _of_evening(number: int, known: np.ndarray) -> str:
    name = f"{chr(97 + number // 26)}{chr(97 + number % 26)}evening"
    said = " ".join(known[15_000 + 6 * number : 15_006 + 6 * number].tolist())
    return f"#storm{name} This evening {said}. https://news{number}.org/a"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10**6)
    parser.add_argument("--kinds", nargs="+", default=["hashtags", "phrases", "links"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        storms = archive(given.posts, Path(folder))
        print(f"{given.posts:,} posts, one core of {os.cpu_count()}\n", flush=True)
        print("| storms of | seconds (CPU) | seconds | MB more | found of 60 | others |")
        print("|---|---:|---:|---:|---:|---:|")
        for kind in given.kinds:
            command = [sys.executable, "-c", FIND, folder, kind]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            wall, cpu, memory, found = json.loads(told)
            own = {key for key, _ in found if "evening" in key or key.startswith("news")}
            others = len(found) - sum(key in own for key, _ in found)
            print(
                f"| {kind} | {cpu:.1f} | {wall:.1f} | {memory:,.0f} | {len(own)} | {others} |",
                flush=True,
            )
        print(f"\nthe evenings have {storms['size'].min():,} to {storms['size'].max():,} posts")


if __name__ == "__main__":
    main()
