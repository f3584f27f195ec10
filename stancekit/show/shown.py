"""What everything that is shown can do: whoever has looked at one result can look at all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from stancekit.show.sheet import Sheet

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


class Shown(ABC):
    """A result: it prints as text, a notebook shows it, and it gives its numbers and a picture.

    A class of results derives from this one and builds its own cells: `stancekit.show.sheet`
    makes text and HTML of them, `stancekit.show.plots` the picture. Neither knows the class.
    """

    @abstractmethod
    def __str__(self) -> str:
        """Say it in lines for a terminal, without control characters."""

    @abstractmethod
    def _repr_html_(self) -> str:
        """Say it in HTML for a notebook: all text escaped, the page's colours, nothing loaded."""

    @abstractmethod
    def to_frame(self) -> pd.DataFrame:
        """Give its numbers as a tidy frame: a row a finding, a column a fact about it."""

    @abstractmethod
    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw it into an Axes, or into one of a new figure, and return the Axes.

        Raises
        ------
        MissingExtraError
            Without matplotlib: ``pip install "stancekit[notebook]"``.
        """


class OnSheet(Shown):
    """A result that is one sheet, in a terminal and in a notebook alike."""

    @abstractmethod
    def _sheet(self) -> Sheet:
        """Lay it out."""

    def sheet(self) -> Sheet:
        """Give its lines and tables, for whoever lays them out in another way."""
        return self._sheet()

    def __str__(self) -> str:
        return self._sheet().text()

    def _repr_html_(self) -> str:
        return self._sheet().html()
