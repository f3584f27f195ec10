"""Libraries that come with the extra ``stancekit[dask]``."""

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
            f'engine="dask" needs {library}, which cannot be imported ({error}): '
            'pip install "stancekit[dask]"'
        ) from error


def file_system(url: str) -> tuple[Any, str]:
    """Give the fsspec file system of a path or URL, and the path within it.

    Raises
    ------
    InputError
        If the protocol is not known, or needs a library that is not installed.
    """
    from stancekit.errors import InputError

    try:
        fs, path = extra("fsspec.core").url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: {error}. Give a path, or a URL that fsspec can open") from error
    return fs, str(path)


def is_local(fs: Any) -> bool:
    """Tell whether a file system is the one that Python's own `open` sees."""
    return "file" in ((fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol)
