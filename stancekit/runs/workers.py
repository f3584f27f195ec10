"""Give chunks to worker processes and take finished parts, with bounded look-ahead."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from threading import Event
from typing import Final

from joblib import Parallel, cpu_count, delayed

from stancekit.errors import InputError
from stancekit.runs.part import Chunk, Part

#: Workers take a second or two to start; a run that ends sooner does better without them.
ALONE_SECONDS: Final = 3.0
#: Chunks each worker may have waiting: enough to never idle, few enough to bound the memory.
_AHEAD: Final = 2

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
        Worker processes: a number; negative as joblib counts (-2: all cores but one); None for
        one per CPU core, once the run turns out to be long. With 1 all is done in this process.
    """
    workers = _worker_count(n_jobs)
    source = iter(chunks)
    if workers == 1:
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
    parallel = Parallel(
        n_jobs=workers,
        backend="loky",
        return_as="generator_unordered",
        batch_size=1,
        pre_dispatch=_AHEAD * workers,
        idle_worker_timeout=_IDLE_SECONDS,
    )
    stop = Event()
    fed = takewhile(lambda _: not stop.is_set(), source)
    results = parallel(delayed(label)(chunk) for chunk in fed)
    try:
        for part in results:
            yield part
    except GeneratorExit:  # whoever took the parts gave up: feed no more, let the workers end
        stop.set()
        deque(results, maxlen=0)
        raise


def _worker_count(n_jobs: int | None) -> int:
    if n_jobs == 0:
        raise InputError("n_jobs is 0: give 1 or more, or None for one per CPU core")
    cores = int(cpu_count())
    if n_jobs is None:
        return cores
    return n_jobs if n_jobs > 0 else max(1, cores + 1 + n_jobs)
