"""Progress of a run: of how many bytes, how far, how fast, and how long it will take yet."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from stancekit.progress import Silence, progress_bar

#: Where nobody sees a bar, one line is logged after so many seconds, if as many are left; one that
#: names a faster way also beside a bar, if more than so many are left.
LOGGED_AFTER: Final = 15.0
LONG: Final = 300.0

_LOG: Final = logging.getLogger("stancekit.runs")
_OF_BYTES: Final[dict[str, Any]] = {
    "unit": "B",
    "bar_format": "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt}B{postfix}, "
    "{remaining} left",
}
_OF_POSTS: Final[dict[str, Any]] = {
    "unit": "B",
    "bar_format": "{desc} {elapsed}{postfix}",
}


class Bar:
    """Shows bytes of the source and posts, or says once in the log how long it will take.

    Parameters
    ----------
    bar
        What `stancekit.progress.progress_bar` gave.
    total
        Bytes of the source; None if they tell nothing of how far the reading is.
    posts
        Posts that an earlier run had labelled.
    asked
        Whether the caller wants a bar; None for where one is seen.
    faster
        What to say of a faster way, if there is one.
    """

    def __init__(
        self, bar: Any, total: int | None, posts: int, asked: bool | None, faster: str = ""
    ) -> None:
        self._bar, self._total = bar, total
        self._read = self._fresh_bytes = self._fresh = 0
        self._posts = posts
        self._started = time.monotonic()
        self._seen = not isinstance(bar, Silence)
        self._faster = faster
        self._to_log = asked is None or (self._seen and bool(faster))

    def kept(self, size: int) -> None:
        """Pass over bytes whose posts were labelled before: they say nothing of the speed."""
        self._read += size
        if not isinstance(self._bar, Silence):
            self._bar.initial += size
            self._bar.n += size

    def add(self, posts: int, size: int) -> None:
        """Note that so many more posts are labelled, which took so many bytes of the source."""
        self._posts += posts
        self._fresh += posts
        self._read += size
        self._fresh_bytes += size
        seconds = max(time.monotonic() - self._started, 1e-3)
        speed = self._fresh / seconds
        if not isinstance(self._bar, Silence):
            self._bar.set_postfix_str(f"{self._posts:,} posts, {speed:,.0f}/s", refresh=False)
            self._bar.update(size)
        if self._to_log and seconds > LOGGED_AFTER and self._total and self._fresh_bytes:
            self._to_log = False
            left = seconds * (self._total - self._read) / self._fresh_bytes
            faster = self._faster if left > LONG else ""
            if faster or (left > LOGGED_AFTER and not self._seen):
                share = self._read / self._total
                _LOG.info(
                    f"{self._posts:,} posts labelled, {share:.0%} of the source, {speed:,.0f} a "
                    f"second: about {spoken(left)} left{faster}"
                )

    def done(self) -> None:
        """Show that all is read."""
        if not isinstance(self._bar, Silence) and self._total:
            self._bar.update(max(0, self._total - self._bar.n))


@contextmanager
def bar_of(shown: bool | None, total: int | None, posts: int, faster: str = "") -> Iterator[Bar]:
    """Show a bar while a run goes on; see `Bar`."""
    options = _OF_BYTES if total else _OF_POSTS
    with progress_bar(
        shown, total=total, desc="labelling", unit_scale=True, smoothing=0.1, **options
    ) as bar:
        yield Bar(bar, total, posts, shown, faster)


def spoken(seconds: float) -> str:
    """Say a time as people do.

    >>> spoken(40), spoken(100), spoken(7_300)
    ('40 s', '2 min', '2 h 2 min')
    """
    minutes = round(seconds / 60)
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
