"""How posts are cut into pieces and spread over workers, with a bar where somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from stancekit.progress import progress_bar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Work:
    """How a scorer's posts are cut and spread over workers.

    Attributes
    ----------
    cut : callable
        Texts to slices; no probability depends on where the cuts fall.
    backend : str
        Of joblib: "loky" for processes, "threading" for a scorer that releases the lock.
    many : int
        Below this many posts one worker does it all, and a bar would only flicker.
    distinct : bool
        Whether a post costs so much that copies are looked for and scored once.
    """

    cut: Callable[[Sequence[str]], Iterator[slice]]
    backend: str
    many: int
    distinct: bool


def pieces(size: int) -> Callable[[Sequence[str]], Iterator[slice]]:
    """Return a cut into slices of so many posts.

    >>> list(pieces(2)(["a", "b", "c"]))
    [slice(0, 2, None), slice(2, 3, None)]
    """

    def cut(texts: Sequence[str]) -> Iterator[slice]:
        for begin in range(0, len(texts), size):
            yield slice(begin, min(begin + size, len(texts)))

    return cut


def spread(
    function: Callable[..., Result],
    texts: Sequence[str],
    *more: Any,
    work: Work,
    n_jobs: int,
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
    parts = list(work.cut(texts))
    few = len(texts) < work.many
    calls = (tuple(column[part] for column in (texts, *more)) for part in parts)
    if n_jobs == 1 or few:
        results = (function(*call) for call in calls)
    else:
        import joblib  # a fifth of a second that one worker need not wait for

        tasks = (joblib.delayed(function)(*call) for call in calls)
        results = joblib.Parallel(n_jobs, return_as="generator", backend=work.backend)(tasks)
    shown = False if progress is None and few else progress
    with progress_bar(shown, total=len(texts), unit=" posts", desc=doing) as bar:
        for part, result in zip(parts, results, strict=True):
            yield result
            bar.update(part.stop - part.start)
