"""Libraries that come with the extra ``stancekit[encoder]``."""

from importlib import import_module
from typing import Any

from stancekit.errors import MissingExtraError


def extra(library: str) -> Any:
    """Import a library of the extra, or say how to get it.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        return import_module(library)
    except ImportError as error:
        raise MissingExtraError(
            f"encoders need {library}, which cannot be imported ({error}): "
            'pip install "stancekit[encoder]"'
        ) from error
