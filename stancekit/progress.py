"""A progress bar where somebody looks at it, and silence elsewhere."""

import sys
from dataclasses import dataclass
from typing import Any


def progress_bar(progress: bool | None, **options: Any) -> Any:
    """Give a tqdm bar, or what takes its place where nobody looks.

    Parameters
    ----------
    progress : bool or None
        None shows it in a terminal and in Jupyter; True and False force it.
    **options
        Options of `tqdm.tqdm`: ``total``, ``desc``, ``unit`` …
    """
    if not (_watched() if progress is None else progress):
        return Silence()
    from tqdm.auto import tqdm

    return tqdm(**options)


@dataclass
class Silence:
    """A bar that is not shown; tqdm's own takes a while to import."""

    total: float | None = None

    def __enter__(self) -> "Silence":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def update(self, n: float = 1) -> None:
        """Show nothing."""


def _watched() -> bool:
    shell = sys.modules.get("IPython")
    if shell is not None and "IPKernelApp" in getattr(shell.get_ipython(), "config", {}):
        return True
    return sys.stderr is not None and sys.stderr.isatty()
