"""Let a cluster fail in every way: ``python -m tests.slow.dask_faults 12 --seed 1 --jobs 2``.

A folder of JSON lines is labelled by Dask on processes of this machine. Each fault in turn, at a
moment drawn by lot: a worker is killed, the scheduler is, the client is; a worker of another
version is there from the start, or comes later; the source goes away for a time; the client is
killed, and the source is a zip. What can go on must; what cannot must say so in one of stancekit's
errors, and end when it is run again. The rows, ``source_ref`` among them, must be those of the
local engine. Faults make the exit code 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import pandas as pd

from stancekit.runs import label_archive
from stancekit.runs.folder import RunFolder
from tests.support.fakes import fake_model, slow
from tests.support.storm import posts, write_jsonl

ROOT: Final = Path(__file__).parents[2]
FILES: Final = 24
POSTS: Final = 40
#: A client that has not ended by then has no end.
PATIENCE: Final = 180
OTHER_VERSION: Final = (
    "import stancekit.version; stancekit.version.__version__ = '0.0.1';"
    "from distributed.cli.dask_worker import main; main()"
)


@dataclass
class Cluster:
    """A scheduler and its workers, each a process, told by its address in a file."""

    place: Path
    workers: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Begin with a new scheduler and new workers."""
        self.stop()
        self._file.unlink(missing_ok=True)
        command = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
        self._begin(*command, "--no-dashboard", "--scheduler-file", str(self._file))
        while not self._file.exists():
            time.sleep(0.05)
        for _ in range(self.workers):
            self.add("-m", "distributed.cli.dask_worker")

    def add(self, *command: str) -> None:
        """Let one more worker join."""
        self._begin(*command, self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard")

    def kill(self, place: int) -> None:
        """Kill the scheduler (0) or a worker, and let another worker come for it."""
        self.processes[place].kill()
        self.processes[place].wait()
        if place:
            self.add("-m", "distributed.cli.dask_worker")

    def stop(self) -> None:
        """End them all."""
        for process in self.processes:
            process.kill()
            process.wait()
        self.processes.clear()

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        return str(json.loads(self._file.read_text())["address"])

    @property
    def _file(self) -> Path:
        return self.place / "scheduler.json"

    def _begin(self, *command: str) -> None:
        quiet = subprocess.DEVNULL
        self.processes.append(
            subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=quiet, stderr=quiet)
        )


@dataclass(frozen=True)
class Trial:
    """One run on a cluster that is to fail."""

    cluster: Cluster
    source: Path
    out: Path
    parts: int
    rng: Random

    def client(self) -> subprocess.Popen[str]:
        """Begin to label."""
        command = [sys.executable, "-m", "tests.slow.dask_faults", "--client"]
        command += [f"{self.cluster.address} {self.source} {self.out}"]
        return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def some_way(self, client: subprocess.Popen[str]) -> None:
        """Wait until some parts are done, or the client is."""
        wanted, folder = self.rng.randrange(self.parts), Path(RunFolder(self.out).path)
        while client.poll() is None and len(list(folder.glob("part-*.json"))) < wanted:
            time.sleep(0.005)
        time.sleep(self.rng.uniform(0, 0.2))

    def done(self, client: subprocess.Popen[str], *, may_fail: bool) -> None:
        """Wait for the client; what it ends with must be nothing, or one of our errors."""
        _, told = client.communicate(timeout=PATIENCE)
        assert client.returncode == 0 or (may_fail and "ours: " in told), told[-2000:]

    def again(self) -> None:
        """Label to the end, if it is not there yet."""
        if not (self.out / "_SUCCESS").exists() or RunFolder(self.out).exists():
            self.done(self.client(), may_fail=False)


def worker_killed(trial: Trial) -> None:
    """Kill a worker: the run goes on."""
    client = trial.client()
    trial.some_way(client)
    trial.cluster.kill(1)
    trial.done(client, may_fail=False)


def scheduler_killed(trial: Trial) -> None:
    """Kill the scheduler: the run ends and says so; with another it goes on."""
    client = trial.client()
    trial.some_way(client)
    trial.cluster.kill(0)
    trial.done(client, may_fail=True)
    trial.cluster.start()
    trial.again()


def client_killed(trial: Trial) -> None:
    """Kill who asked: the same call goes on."""
    client = trial.client()
    trial.some_way(client)
    client.send_signal(signal.SIGKILL)
    client.communicate()
    trial.again()


def other_version_there(trial: Trial) -> None:
    """Have a worker of another version from the start: the run is refused."""
    trial.cluster.add("-c", OTHER_VERSION)
    time.sleep(5)  # until it is there
    client = trial.client()
    _, told = client.communicate(timeout=PATIENCE)
    assert client.returncode == 1, "another version was not noticed"
    assert "other versions than this machine: stancekit 0.0.1, here" in told, told[-2000:]
    trial.cluster.start()
    trial.again()


def other_version_joins(trial: Trial) -> None:
    """Let a worker of another version join: it labels nothing."""
    client = trial.client()
    trial.some_way(client)
    trial.cluster.add("-c", OTHER_VERSION)
    trial.done(client, may_fail=True)
    trial.cluster.start()
    trial.again()


def source_gone(trial: Trial) -> None:
    """Take the source away: the run ends and says so; when it is back it goes on."""
    client, away = trial.client(), trial.source.with_name("away")
    trial.some_way(client)
    trial.source.rename(away)
    try:
        trial.done(client, may_fail=True)
    finally:
        away.rename(trial.source)
    trial.again()


def of_a_zip(trial: Trial) -> None:
    """Kill who asked, the source a zip: the rows say where they stood as the local engine does."""
    client_killed(trial)


FAULTS: Final[tuple[Callable[[Trial], None], ...]] = (
    *(worker_killed, scheduler_killed, client_killed),
    *(other_version_there, other_version_joins, source_gone, of_a_zip),
)


def write_sources(place: Path, files: int) -> tuple[Path, Path]:
    """Write a folder of files with a row that is none in each, and the same as a zip."""
    rows, folder, packed = posts(files * POSTS), place / "posts", place / "posts.zip"
    folder.mkdir()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(files):
            own = [*rows[number * POSTS : (number + 1) * POSTS], "{broken"]
            path = write_jsonl(folder / f"{number:02d}.jsonl", own)
            archive.write(path, f"deep/{path.name}")
    return folder, packed


@contextlib.contextmanager
def running(place: Path, workers: int) -> Iterator[Cluster]:
    """Have a cluster for a block."""
    cluster = Cluster(place, workers)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def try_all(
    count: int, seed: int, workers: int, files: int = FILES
) -> tuple[Counter[str], list[str]]:
    """Let so many faults happen; give how often each did, and what went wrong."""
    tried: Counter[str] = Counter()
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        sources = write_sources(Path(name), files)
        for number in range(count):
            place, fault = Path(name, str(number)), FAULTS[number % len(FAULTS)]
            source, parts = (sources[1], 1) if fault is of_a_zip else (sources[0], files)
            place.mkdir()
            tried[fault.__name__.replace("_", " ")] += 1
            out, table = place / "out", place / "here.parquet"
            label_archive(source, table, model=fake_model(), chunk_size=30, n_jobs=1)
            try:
                with running(place, workers) as cluster:
                    fault(Trial(cluster, source, out, parts, Random(f"{seed} {number}")))
                pd.testing.assert_frame_equal(pd.read_parquet(out), pd.read_parquet(table))
                there, here = (RunFolder(path).final_rejects for path in (out, table))
                assert Path(there).read_bytes() == Path(here).read_bytes(), "other rejects"
                assert not RunFolder(out).exists(), "left behind"
            except Exception as error:  # whatever it is, it is what is looked for
                wrong.append(f"fault {number} ({fault.__name__}): {error!r}")
    return tried, wrong


def label(address: str, source: str, out: str) -> None:
    """Be the client."""
    from stancekit.errors import StancekitError
    from stancekit.runs import label_on_cluster

    try:
        label_on_cluster(source, out, scheduler=address, model=slow(0.02), chunk_size=30)
    except StancekitError as error:
        raise SystemExit(f"ours: {error}") from None


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="workers")
    parser.add_argument("--client", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.client:
        label(*asked.client.split(" "))
        return
    tried, wrong = try_all(asked.count, asked.seed, asked.jobs)
    told = ", ".join(f"{name} {count}" for name, count in tried.items())
    print(f"{asked.count} faults: {told}; wrong {len(wrong)}")  # noqa: T201
    for one in wrong:
        print(one, file=sys.stderr)  # noqa: T201
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
