"""A progress bar where somebody looks at it, and silence elsewhere."""

import sys
from typing import Any


def progress_bar(progress: bool | None, **options: Any) -> Any:
    """Give a tqdm bar.

    Parameters
    ----------
    progress : bool or None
        None shows it in a terminal and in Jupyter; True and False force it.
    **options
        Options of `tqdm.tqdm`: ``total``, ``desc``, ``unit`` …
    """
    from tqdm.auto import tqdm

    shown = _watched() if progress is None else progress
    return tqdm(disable=not shown, **options)


def _watched() -> bool:
    shell = sys.modules.get("IPython")
    if shell is not None and "IPKernelApp" in getattr(shell.get_ipython(), "config", {}):
        return True
    return sys.stderr is not None and sys.stderr.isatty()
