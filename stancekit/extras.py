"""Libraries that come with an extra: imported when needed, or said how to get."""

from importlib import import_module
from typing import Any

from stancekit.errors import MissingExtraError


def extra(library: str, name: str) -> Any:
    """Import a library of the extra ``stancekit[name]``.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        return import_module(library)
    except ImportError as error:
        raise MissingExtraError(
            f'{library} is needed and cannot be imported ({error}): pip install "stancekit[{name}]"'
        ) from error
