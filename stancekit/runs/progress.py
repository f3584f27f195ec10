"""A progress bar where somebody looks at it, and silence elsewhere."""

import sys
from typing import Any


def progress_bar(progress: bool | None, done: int) -> Any:
    """Give a tqdm bar that counts posts.

    Parameters
    ----------
    progress
        None shows it in a terminal and in Jupyter; True and False force it.
    done
        Posts already labelled by an earlier attempt.
    """
    from tqdm.auto import tqdm

    shown = _watched() if progress is None else progress
    return tqdm(
        initial=done, disable=not shown, unit=" posts", unit_scale=True, desc="labelling"
    )


def _watched() -> bool:
    shell = sys.modules.get("IPython")
    if shell is not None and "IPKernelApp" in getattr(shell.get_ipython(), "config", {}):
        return True
    return sys.stderr is not None and sys.stderr.isatty()
