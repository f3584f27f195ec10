"""Files wherever fsspec finds them."""

from typing import Any

from stancekit.errors import InputError
from stancekit.extras import extra


def file_system(url: str) -> tuple[Any, str]:
    """Give the fsspec file system of a path or URL, and the path within it.

    Raises
    ------
    InputError
        If the protocol is not known, or needs a library that is not installed.
    """
    try:
        fs, path = extra("fsspec.core", "dask").url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: {error}. Give a path, or a URL that fsspec can open") from error
    return fs, str(path)


def is_local(fs: Any) -> bool:
    """Tell whether a file system is the one that Python's own `open` sees."""
    return "file" in ((fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol)
