"""Give chunks to worker processes and take finished parts, with bounded look-ahead."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from joblib import Parallel, cpu_count, delayed

from stancekit.errors import InputError
from stancekit.runs.part import Chunk, Part

#: Workers take a second or two to start; a run that ends sooner does better without them.
ALONE_SECONDS: Final = 3.0
#: Chunks each worker may have waiting: enough to never idle, few enough to bound the memory.
_AHEAD: Final = 2


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
    )
    yield from parallel(delayed(label)(chunk) for chunk in source)


def _worker_count(n_jobs: int | None) -> int:
    if n_jobs == 0:
        raise InputError("n_jobs is 0: give 1 or more, or None for one per CPU core")
    cores = int(cpu_count())
    if n_jobs is None:
        return cores
    return n_jobs if n_jobs > 0 else max(1, cores + 1 + n_jobs)
