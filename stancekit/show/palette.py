"""The colours of labels, in one place: on paper, on a screen, light or dark.

The four labels have their own colours everywhere. They differ in lightness as well as in hue, so
that a grey print and eyes of all kinds tell them apart, and each has a sign and a line of its own,
since no colour says anything that a place, a sign or a name does not say too.

References
----------
Machado, Oliveira & Fernandes (2009), A physiologically-based model for simulation of color vision
deficiency. IEEE TVCG 15 (the tests hold the colours to it). WCAG 2.2, 1.4.11: 3 to 1 at least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stancekit.labels import CRITICAL, DOG_PILING, NEUTRAL, SUPPORTIVE

#: What is drawn that is of no label.
BLUE, ORANGE, GRAY = "#0072B2", "#D55E00", "#808080"
#: The ground that the colours are made for.
LIGHT_GROUND, DARK_GROUND = "#ffffff", "#15181d"


@dataclass(frozen=True)
class Look:
    """How a label is drawn.

    Attributes
    ----------
    light, dark : str
        Its colour on a light and on a dark ground, as ``#rrggbb``.
    marker, dash : str
        Its sign and its line, as matplotlib calls them.
    """

    light: str
    dark: str
    marker: str
    dash: str

    def on(self, dark: bool) -> str:
        """Return the colour for a ground."""
        return self.dark if dark else self.light


_OWN: Final = {
    SUPPORTIVE: Look("#00619E", "#6EC1F0", "o", "-"),
    CRITICAL: Look("#BF5700", "#E07B1F", "s", "--"),
    DOG_PILING: Look("#5B0F3C", "#FFC9E1", "D", "-."),
    NEUTRAL: Look("#949494", "#7E7E7E", "^", ":"),
}
#: Of Okabe & Ito's palette, for other labels; the fifth and sixth are the paler ones.
_OTHERS: Final = (
    Look("#0072B2", "#56B4E9", "o", "-"),
    Look("#D55E00", "#D55E00", "s", "--"),
    Look("#009E73", "#009E73", "D", "-."),
    Look("#B0578D", "#CC79A7", "^", ":"),
    Look("#A06E00", "#E69F00", "v", "-"),
    Look("#2F86BD", "#8CCBF0", "P", "--"),
)


def looks(names: Sequence[object]) -> tuple[Look, ...]:
    """Return how labels are drawn: the four as everywhere, others in turn.

    Parameters
    ----------
    names : sequence
        Labels, in any order.

    Examples
    --------
    >>> [look.light for look in looks(["neutral", "supportive"])]
    ['#949494', '#00619E']
    >>> looks(["yes", "no"])[0].marker
    'o'
    """
    if all(name in _OWN for name in names):
        return tuple(_OWN[str(name)] for name in names)
    return tuple(_OTHERS[place % len(_OTHERS)] for place in range(len(names)))
