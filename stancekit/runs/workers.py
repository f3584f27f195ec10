"""Give chunks to worker processes and take finished parts, with bounded look-ahead."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, as_completed, wait
from operator import index
from typing import Any, ClassVar, Final

from joblib import cpu_count

from stancekit.errors import ArgumentError
from stancekit.runs.part import Chunk, Part

#: Workers take a second or two to start; a run that ends sooner does better without them.
ALONE_SECONDS: Final = 5.0
#: Chunks each worker may have waiting: enough to never idle, few enough to bound the memory.
_AHEAD: Final = 1

#: Workers end when they had nothing to do for so long: soon after a run that was killed.
_IDLE_SECONDS: Final = 20


def label_all(
    label: Callable[[Chunk], Part], chunks: Iterable[Chunk], n_jobs: int | None
) -> Iterator[Part]:
    """Yield a `Part` for each chunk, in the order in which they are finished.

    Parameters
    ----------
    label
        Labels one chunk; sent to the workers.
    chunks
        Drawn a few at a time, never all.
    n_jobs
        Processes, this one included, which reads and writes: a number; negative as joblib counts
        (-2: all cores but one); None for one per CPU core, once the run turns out to be long.
        With 1 all is done in this process.
    """
    processes = process_count(n_jobs)
    source = iter(chunks)
    if processes == 1:
        yield from map(label, source)
        return
    if n_jobs is None:
        until = time.monotonic() + ALONE_SECONDS
        for chunk in source:
            yield label(chunk)
            if time.monotonic() > until:
                break
        else:
            return
    yield from _with_workers(label, source, processes - 1)


def _with_workers(
    label: Callable[[Chunk], Part], source: Iterator[Chunk], workers: int
) -> Iterator[Part]:
    # loky rather than the standard library's pool: it works in notebooks and unguarded scripts
    from joblib.externals.loky import get_reusable_executor

    executor = get_reusable_executor(
        workers, timeout=_IDLE_SECONDS, initializer=_receive, initargs=(label,)
    )
    waiting: set[Future[Part]] = set()
    try:
        for chunk in source:
            waiting.add(executor.submit(_label, chunk))
            if len(waiting) > _AHEAD * workers:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        for future in as_completed(waiting):
            yield future.result()
    finally:  # whoever took the parts may have given up
        for future in waiting:
            future.cancel()


class _Worker:
    """What a worker process labels with: sent to it once, not with every chunk."""

    label: ClassVar[Callable[[Any], Any]]


def _receive(label: Callable[[Chunk], Part]) -> None:
    _Worker.label = staticmethod(label)


def _label(chunk: Chunk) -> Part:
    part: Part = _Worker.label(chunk)
    return part


def process_count(n_jobs: int | None) -> int:
    """Give the number of processes that `n_jobs` stands for; see `label_all`.

    Raises
    ------
    InputError
        When it stands for none.
    """
    cores = int(cpu_count())
    if n_jobs is None:
        return cores
    try:
        wanted = index(n_jobs)
    except TypeError:
        wanted = 0
    if wanted == 0:
        raise ArgumentError(f"n_jobs is {n_jobs!r}: give 1 or more, or None for one per CPU core")
    return wanted if wanted > 0 else max(1, cores + 1 + wanted)
