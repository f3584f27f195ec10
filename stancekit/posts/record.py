"""What a reader yields: a record for each post, a reject for each row that cannot be one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]
"""One post: keys of :data:`stancekit.posts.COLUMNS`, and any extra columns of the user's own.

An absent key and ``None`` both mean that the value is missing.
"""

RAW_LIMIT = 500
"""How many characters of a rejected row are kept, so that a report of rejects stays small."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row of the source that could not be read as a post.

    Attributes
    ----------
    file : str
        Name of the file inside the source.
    line : int or None
        Line of a text file, or number of the item in a JSON array; both count from 1.
    reason : str
        What is wrong with it, in words.
    raw : str
        The row as it stands in the file, cut to :data:`RAW_LIMIT` characters.
    """

    file: str
    line: int | None
    reason: str
    raw: str = ""

    def __post_init__(self) -> None:
        if len(self.raw) > RAW_LIMIT:
            object.__setattr__(self, "raw", self.raw[:RAW_LIMIT] + "…")

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about a source; no row is lost by it.

    Attributes
    ----------
    file : str
        Name of the file inside the source, or of the source.
    message : str
        What was found, and what was done about it.
    warning : bool
        True for what may spoil a study (rows that the archive's own list counts and the file
        lacks), False for what is merely told (which columns were taken for what).
    detail : object
        The same as a value, where there is one: a table's :class:`ColumnMap`.
    """

    file: str
    message: str
    warning: bool = True
    detail: object = None

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


Item: TypeAlias = Record | Reject | Notice
