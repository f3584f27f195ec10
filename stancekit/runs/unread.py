"""What of a source was not read at all, in lines and bytes: the first thing to know of a run."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from stancekit.posts.json.broken import BREAKS_OFF
from stancekit.posts.record import Reject

#: Share of the source's bytes past which a run whose rows cannot be counted has failed.
UNREAD_SHARE: Final = 0.01


@dataclass(frozen=True)
class Unread:
    """Parts of a source that are no rows of a known number, or broken items of a document.

    Attributes
    ----------
    lines, size
        Lines and bytes that were passed over.
    uncounted
        Bytes of them of which nobody knows how many rows they held.
    cut
        Files that break off: what followed is not known at all.
    """

    lines: int = 0
    size: int = 0
    uncounted: int = 0
    cut: int = 0

    def __add__(self, more: Unread) -> Unread:
        return Unread(*(getattr(self, f.name) + getattr(more, f.name) for f in fields(self)))

    def __bool__(self) -> bool:
        return bool(self.size or self.cut)

    def fails(self, total: int | None) -> bool:
        """Tell whether too much of a source of so many bytes is lost; None: not known."""
        return bool(self.cut or (self.uncounted and self.uncounted > UNREAD_SHARE * (total or 0)))

    def told(self, total: int | None) -> str:
        """Say it in one line.

        Examples
        --------
        >>> Unread(2, 310).told(31_000)
        'NOT READ: 2 lines, 310 bytes (1.0% of the source); where, is in the rejects'
        """
        share = f" ({self.size / total:.1%} of the source)" if total else ""
        lines = f"{self.lines:,} line{'' if self.lines == 1 else 's'}"
        said = f"NOT READ: {lines}, {self.size:,} bytes{share}"
        if self.cut:
            files = "1 file breaks" if self.cut == 1 else f"{self.cut:,} files break"
            said += f", and {files} off: what followed is not known"
        return f"{said}; where, is in the rejects"


def unread_of(item: Reject) -> Unread:
    """Give what a reject says of the part of the source that it stands for."""
    cut = item.stretch and item.reason.startswith(BREAKS_OFF)
    return Unread(item.lines, item.size, item.size if item.stretch else 0, int(cut))
