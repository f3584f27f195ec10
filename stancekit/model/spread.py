"""How posts are cut into pieces and spread over workers, with a bar where somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from stancekit.progress import progress_bar
from stancekit.text.batch import slices

Result = TypeVar("Result")
#: Pieces for each worker, at least: with one each, all wait for the slowest.
_SHARES: Final = 4


@dataclass(frozen=True)
class Work:
    """How a scorer's posts are cut and spread over workers.

    Attributes
    ----------
    most : int
        Posts of a piece, at most; no probability depends on where the cuts fall.
    backend : str
        Of joblib: "loky" for processes, "threading" for a scorer that releases the lock.
    many : int
        Below this many posts one worker does it all, and a bar would only flicker.
    costly : bool
        Whether a post costs so much that copies are looked for and scored once, posts of about one
        length are put together, and all cores are used where nobody says how many.
    """

    most: int
    backend: str
    many: int
    costly: bool

    def workers(self, n_jobs: int | None) -> int:
        """Say how many workers `n_jobs` stands for, as `stancekit.classify` takes it."""
        if n_jobs is None:
            n_jobs = -1 if self.costly else 1
        if n_jobs > 0:
            return n_jobs
        import joblib  # a fifth of a second that one worker need not wait for

        return max(1, int(joblib.cpu_count()) + 1 + n_jobs)

    def cut(self, texts: Sequence[str], workers: int) -> Iterator[slice]:
        """Cut posts into pieces: so many, at least, that workers end at about the same time."""
        shares = _SHARES * workers if workers > 1 else 1
        return slices(texts, posts=min(self.most, max(1, -(-len(texts) // shares))))


def spread(
    function: Callable[..., Result],
    texts: Sequence[str],
    *more: Any,
    work: Work,
    n_jobs: int | None,
    progress: bool | None,
    doing: str,
) -> Iterator[Result]:
    """Call a function on piece after piece of posts, and yield what it returns, in order.

    Parameters
    ----------
    function : callable
        Takes a piece of `texts` and, cut alike, of each of `more`. Must be picklable where
        `work` asks for processes.
    texts : sequence of str
    *more : sequences or arrays
        As long as `texts`.
    work : Work
    n_jobs, progress
        As in `stancekit.classify`.
    doing : str
        What the bar says.
    """
    few = len(texts) < work.many
    workers = 1 if few else work.workers(n_jobs)
    parts = list(work.cut(texts, workers))
    calls = (tuple(column[part] for column in (texts, *more)) for part in parts)
    if workers == 1:
        results = (function(*call) for call in calls)
    else:
        import joblib

        tasks = (joblib.delayed(function)(*call) for call in calls)
        results = joblib.Parallel(workers, return_as="generator", backend=work.backend)(tasks)
    shown = False if progress is None and few else progress
    with progress_bar(shown, total=len(texts), unit=" posts", desc=doing) as bar:
        for part, result in zip(parts, results, strict=True):
            yield result
            bar.update(part.stop - part.start)
