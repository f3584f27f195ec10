"""SVG by hand: a few shapes, escaped, without styles of their own (the page's policy forbids them).

Colours are classes of the page: ``s0`` to ``s5`` are those of the labels in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, log10
from typing import Final

from markupsafe import Markup

from stancekit.show.cells import escaped, one_line

#: Labels that have a colour of their own; others take them again.
COLOURS: Final = 6
#: Letters of a label's name beside a bar or in a legend, and how high a row of a legend is.
NAME: Final = 15
ROW: Final = 16
_ABREAST, _STEP = 6, 110


def chart(
    name: str, width: float, height: float, title: str, says: str, body: str, above: float = 0
) -> Markup:
    """Put shapes into a picture with a title and a description, which screen readers read.

    Parameters
    ----------
    name : str
        Of the picture, once on the page.
    title, says : str
        What it is, and what it shows.
    body : str
        Shapes.
    above : float
        How far they reach above 0.
    """
    return Markup(
        f'<svg class="chart" viewBox="0 {0 - above:g} {width:g} {height + above:g}" role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escaped(title)}</title>'
        f'<desc id="{name}-d">{escaped(says)}</desc>{body}</svg>'
    )


def text(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    """Write something; `anchor` is where on it `x` is: start, middle or end."""
    return (
        f'<text x="{x:.5g}" y="{y:.5g}" text-anchor="{anchor}"{_class(kind)}>{escaped(said)}</text>'
    )


def rectangle(x: float, y: float, width: float, height: float, kind: str, said: str = "") -> str:
    """Draw a rectangle, with what a pointer is told on it."""
    tip = f"><title>{escaped(said)}</title></rect>" if said else "/>"
    size = f'width="{max(width, 0):.4g}" height="{max(height, 0):.4g}"'
    return f'<rect x="{x:.5g}" y="{y:.5g}" {size}{_class(kind)}{tip}'


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "axis") -> str:
    """Draw a line."""
    return f'<line x1="{x1:.5g}" y1="{y1:.5g}" x2="{x2:.5g}" y2="{y2:.5g}"{_class(kind)}/>'


def path(points: Iterable[tuple[float, float]], kind: str, *, closed: bool = False) -> str:
    """Draw a line through points, or the area inside."""
    through = "L".join(f"{x:.5g} {y:.5g}" for x, y in points)
    return f'<path d="M{through}{"Z" if closed else ""}"{_class(kind)}/>' if through else ""


def circle(x: float, y: float, radius: float, kind: str, said: str = "") -> str:
    """Draw a dot."""
    tip = f"<title>{escaped(said)}</title>" if said else ""
    return f'<circle cx="{x:.5g}" cy="{y:.5g}" r="{radius:g}"{_class(kind)}>{tip}</circle>'


def legend(x: float, y: float, names: Sequence[str]) -> str:
    """Name the labels beside their colours, six in a row; `legend_rows` says how many rows."""
    parts = []
    for place, name in enumerate(names):
        row, column = divmod(place, _ABREAST)
        at, below = x + column * _STEP, y + row * ROW
        parts.append(rectangle(at, below - 9, 10, 10, f"s{place % COLOURS}"))
        parts.append(text(at + 15, below, one_line(name, NAME), "tick"))
    return "".join(parts)


def legend_rows(names: Sequence[str]) -> int:
    """Return the rows of a legend.

    >>> legend_rows(["a"] * 6), legend_rows(["a"] * 7)
    (1, 2)
    """
    return -(-len(names) // _ABREAST)


def ticks(most: float, count: int = 4) -> list[float]:
    """Return round numbers from 0 to about `most`.

    >>> ticks(87), ticks(0.31)
    ([0.0, 50.0], [0.0, 0.1, 0.2, 0.3])
    """
    if most <= 0:
        return [0.0]
    unit = 10 ** floor(log10(most / count))
    size = next(unit * step for step in (1, 2, 5, 10) if unit * step * count >= most * 0.999)
    return [float(round(size * place, 10)) for place in range(int(most / size + 1e-9) + 1)]


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
