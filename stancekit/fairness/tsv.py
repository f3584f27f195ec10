"""The audit's data files: tab-separated, with comments, for anybody to read and change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stancekit.errors import FormatError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Row = dict[str, str]


def rows(path: Path | Traversable, columns: Sequence[str]) -> Iterator[tuple[str, Row]]:
    """Give where each row stands ("names.tsv, line 7") and its cells by column.

    Lines that begin with ``# `` are comments; cells missing at a line's end are empty.

    Raises
    ------
    FormatError
        If the file cannot be read, or its header or a line does not fit `columns`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FormatError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: not UTF-8 ({error}); save the file as UTF-8") from error
    header: list[str] = []
    # Not splitlines: a text may hold other line ends than these.
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip() or line.startswith("# "):
            continue
        where, cells = f"{path.name}, line {number}", [cell.strip() for cell in line.split("\t")]
        if not header:
            header = cells
            if sorted(header) != sorted(columns):
                raise FormatError(
                    f"{where}: the columns are {', '.join(header)}; name them "
                    f"{', '.join(columns)}, with a tab between them"
                )
        elif len(cells) > len(header):
            raise FormatError(f"{where}: {len(cells)} cells for {len(header)} columns")
        else:
            yield where, {**dict.fromkeys(header, ""), **dict(zip(header, cells, strict=False))}
    if not header:
        raise FormatError(f"{path.name}: holds no header; begin with {', '.join(columns)}")
