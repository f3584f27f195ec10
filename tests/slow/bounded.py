"""Run numbered tasks in worker processes, each within a time, and say what came of them."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice, takewhile
from multiprocessing.connection import Connection
from typing import Final

#: A task that is not done after so much work of its process has no end: its worker is ended.
GIVE_UP_SECONDS: Final = 20
#: Or after so long, however little of the machine it got.
GIVE_UP_WAITING: Final = 600
#: Address space of a worker, so that a fault does not take the machine with it.
ADDRESS_BYTES: Final = 16 << 30
#: Tasks that a worker is given at a time: to be told each when it is ready takes as long as some.
BATCH: Final = 20
#: After so many tasks it is said how it stands.
OFTEN: Final = 10_000

#: What a task says of its input: its outcome in a word. Any exception is a fault.
Task = Callable[[int], str]


@dataclass
class Tally:
    """What came of all inputs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    peak: int = 0

    def add(self, number: int, outcome: str, seconds: float, peak: int, trace: str = "") -> None:
        """Count one input."""
        self.outcomes[outcome] += 1
        self.slowest = max(self.slowest, (seconds, number))
        self.peak = max(self.peak, peak)
        if trace:
            self.faults.append(f"input {number}: {trace}")
            print(self.faults[-1], file=sys.stderr, flush=True)  # noqa: T201
        if self.outcomes.total() % OFTEN == 0:
            print(self, file=sys.stderr, flush=True)  # noqa: T201

    def __str__(self) -> str:
        counted = ", ".join(f"{name} {n:,}" for name, n in self.outcomes.most_common())
        seconds, number = self.slowest
        return (
            f"{self.outcomes.total():,} inputs: {counted}; slowest {seconds:.1f} s of work (input "
            f"{number}); peak {self.peak / 2**20:.0f} MiB; faults {len(self.faults)}"
        )


def until(numbers: Iterable[int], minutes: float) -> Iterator[int]:
    """Give numbers until the time is over."""
    end = time.monotonic() + 60 * minutes
    return takewhile(lambda _: time.monotonic() < end, numbers)


def run(task: Task, numbers: Iterable[int], jobs: int = 2) -> Tally:
    """Run `task` on each number; a worker that ends or hangs is a fault, and replaced."""
    tally, waiting = Tally(), _batches(numbers)
    workers = [_Worker(task) for _ in range(jobs)]
    busy = [worker for worker in workers if worker.start(next(waiting, []))]
    while busy:
        ready = multiprocessing.connection.wait([worker.pipe for worker in busy], timeout=1)
        for worker in list(busy):
            if worker.pipe not in ready and not worker.hangs:
                continue
            tally.add(worker.numbers[0], *worker.result())
            if not worker.numbers and not worker.start(next(waiting, [])):
                busy.remove(worker)
                worker.end()
    return tally


def _batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    left = iter(numbers)
    while batch := list(islice(left, BATCH)):
        yield batch


def tell(tally: Tally) -> int:
    """Print what came of it; give the exit code."""
    print(tally)  # noqa: T201
    return 1 if tally.faults else 0


class _Worker:
    def __init__(self, task: Task) -> None:
        self._task = task
        self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(self._task, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.pipe.recv()  # it has imported what it needs

    @property
    def hangs(self) -> bool:
        """Tell whether the present task has no end."""
        waited = time.monotonic() - self._since
        return self.work > GIVE_UP_SECONDS or waited > GIVE_UP_WAITING

    @property
    def work(self) -> float:
        """Seconds of a processor that the present task has taken."""
        return self._clock() - self._worked

    def _clock(self) -> float:
        # Linux's clock of the work of another process (CPUCLOCK_SCHED); elsewhere time is taken.
        with suppress(OSError, OverflowError):
            return time.clock_gettime((~(self._process.pid or 0) << 3) | 2)
        return time.monotonic()

    def _next(self) -> None:
        self._since, self._worked = time.monotonic(), self._clock()

    def start(self, numbers: list[int]) -> bool:
        """Send some tasks, if there are any left."""
        self.numbers = numbers
        self._next()
        if numbers:
            self.pipe.send(numbers)
        return bool(numbers)

    def result(self) -> tuple[str, float, int, str]:
        """Give what came of the first task that was sent; after a fault the rest are sent anew."""
        if self.pipe.poll():
            try:
                found: tuple[str, float, int, str] = self.pipe.recv()
            except EOFError:
                self._process.join()
                what, seconds = f"ended the interpreter, exit code {self._process.exitcode}", 0.0
            else:
                del self.numbers[0]
                self._next()
                return found
        else:
            seconds = self.work
            what = f"no answer after {seconds:.0f} s of work"
        self.end()
        self._begin()
        self.start(self.numbers[1:])
        return what, seconds, 0, what

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def _serve(task: Task, pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_BYTES, ADDRESS_BYTES))
    pipe.send("ready")
    while True:
        for number in pipe.recv():
            pipe.send(_result(task, number))


def _result(task: Task, number: int) -> tuple[str, float, int, str]:
    started, trace = time.process_time(), ""
    try:
        outcome = task(number)
    except BaseException as error:  # whatever it is, it is what is looked for
        outcome, trace = f"fault: {type(error).__name__}", traceback.format_exc()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return outcome, time.process_time() - started, peak, trace
