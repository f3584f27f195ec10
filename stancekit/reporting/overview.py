"""A report: its values, and the page that they are written on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stancekit.reporting.findings import Findings
from stancekit.reporting.writing import page
from stancekit.runs.files import check_parent, check_replaceable, whole


@dataclass(frozen=True, eq=False, repr=False)
class Overview(Findings):
    """What is to be seen in labelled posts, and its page; made by `stancekit.report`.

    `Findings` says what it holds.
    """

    def html(self) -> str:
        """Give the page: one file that needs no other."""
        return page(self)

    def write(self, path: str | Path) -> Path:
        """Write the page, whole or not at all; what is there is replaced.

        Raises
        ------
        InputError
            If the folder is a file.
        RunError
            If it cannot be written.
        """
        to = Path(path)
        check_parent(to)
        check_replaceable(to)
        written = self.html()
        with whole(to) as temporary:
            temporary.write_text(written, encoding="utf-8")
        return to
