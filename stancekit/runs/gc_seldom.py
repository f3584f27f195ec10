"""Fewer garbage collections while a source is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the cycle collector run seldom in a block, and as before after it.

    Parsed posts are trees of dicts: they hold no cycles and are freed without it, but their
    number calls it again and again, and each time it walks all that the process holds, a loaded
    model included. That took half of the time of reading pages of the X API.

    Examples
    --------
    >>> before = gc.get_threshold()
    >>> with rare_collections():
    ...     gc.get_threshold()[0]
    50000
    >>> gc.get_threshold() == before
    True
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 50_000) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
