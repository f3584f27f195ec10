"""An explanation as a table of tokens, as text for a terminal, and as HTML for Jupyter."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.text import tokens

if TYPE_CHECKING:
    from stancekit.model.explain import Explanation

_WHOLE = "(whole post)"
_BAR = 24
_MOST = 10


def token_table(explanation: Explanation) -> pd.DataFrame:
    """Bring contributions together on tokens; see `Explanation.tokens`."""
    text, classes = explanation.text, list(explanation.classes)
    found = explanation.contributions
    start, end = found["start"].to_numpy(), found["end"].to_numpy()
    values = found[classes].to_numpy(np.float64)
    spans = [t for t in tokens(text, offsets=True) if not t[0].isspace()]
    begin, stop = (np.array([t[i] for t in spans], np.int64) for i in (1, 2))
    whole = (end <= start) | ((start <= 0) & (end >= len(text)))
    shared, rest = _spread(start, end, values, ~whole, begin, stop, len(text))
    table = pd.DataFrame({"token": [t[0] for t in spans], "start": begin, "end": stop})
    table[classes] = shared
    last = {"token": _WHOLE, "start": 0, "end": len(text)}
    remainder = values[whole].sum(axis=0) + rest
    last |= dict(zip(classes, remainder, strict=True))
    return pd.concat([table, pd.DataFrame([last])], ignore_index=True)


def _spread(
    start: npt.NDArray[np.int64],
    end: npt.NDArray[np.int64],
    values: npt.NDArray[np.float64],
    chosen: npt.NDArray[np.bool_],
    begin: npt.NDArray[np.int64],
    stop: npt.NDArray[np.int64],
    length: int,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Spread each chosen contribution over the tokens it overlaps, by characters shared."""
    edges = np.zeros((length + 1, values.shape[1]))
    inside = np.zeros(length + 1)
    for a, b in zip(begin.tolist(), stop.tolist(), strict=True):
        inside[a:b] = 1
    seen = np.concatenate([[0.0], np.cumsum(inside)])
    covered = seen[end] - seen[start]
    usable = chosen & (covered > 0)
    rate = values[usable] / covered[usable][:, None]
    np.add.at(edges, start[usable], rate)
    np.add.at(edges, end[usable], -rate)
    per_character = np.cumsum(edges, axis=0)[:-1] * inside[:-1, None]
    total = np.vstack([np.zeros(values.shape[1]), np.cumsum(per_character, axis=0)])
    return total[stop] - total[begin], values[chosen & ~usable].sum(axis=0)


def _ranked(explanation: Explanation) -> list[int]:
    order: list[int] = np.argsort(-explanation.proba, kind="stable").tolist()
    return order


def as_text(explanation: Explanation) -> str:
    """Show probabilities, and the tokens that count most for and against the label."""
    width = max(map(len, explanation.classes))
    lines = [" ".join(explanation.text.split()), ""]
    for k in _ranked(explanation):
        share = float(explanation.proba[k])
        bar = "█" * round(share * _BAR)
        lines.append(f"  {explanation.classes[k]:<{width}}  {share:4.0%}  {bar}".rstrip())
    table, label = token_table(explanation), explanation.label
    order = table[label].abs().sort_values(ascending=False, kind="stable").index[:_MOST]
    lines += ["", f"  what speaks for (+) and against (-) {label}:"]
    for token, score in zip(table.loc[order, "token"], table.loc[order, label], strict=True):
        lines.append(f"  {score:+6.2f}  {' '.join(token.split())}")
    return "\n".join(lines)


def as_html(explanation: Explanation) -> str:
    """Show the text with its tokens shaded, once for each label; all text is escaped."""
    table = token_table(explanation)
    greatest = float(table[list(explanation.classes)].abs().to_numpy().max()) or 1.0
    rows = "".join(_html_row(explanation, table, k, greatest) for k in _ranked(explanation))
    return (
        '<div style="max-width:60em;font-family:sans-serif;line-height:1.7">'
        f'<table style="border-collapse:collapse;width:100%;background:transparent">{rows}</table>'
        '<div style="font-size:85%;opacity:.75">'
        f"{_mark('speaks for', 1.0)} and {_mark('against', -1.0)} the label of the row; "
        "the fuller the colour, the more</div></div>"
    )


def _html_row(explanation: Explanation, table: pd.DataFrame, k: int, greatest: float) -> str:
    name, share = explanation.classes[k], float(explanation.proba[k])
    parts, seen = [], 0
    for start, end, score in zip(table["start"], table["end"], table[name], strict=True):
        if start < seen:  # the row of the whole post
            continue
        parts.append(escape(explanation.text[seen:start]))
        parts.append(_mark(explanation.text[start:end], score / greatest))
        seen = end
    parts.append(escape(explanation.text[seen:]))
    bold = "font-weight:bold;" if name == explanation.label else ""
    cell = "padding:.3em .8em .3em 0;vertical-align:top;text-align:left;"
    return (
        f'<tr style="background:transparent"><td style="{cell}{bold}white-space:nowrap">'
        f'{escape(name)}</td><td style="{cell}{bold}">{share:.0%}</td>'
        f'<td style="{cell}white-space:pre-wrap">{"".join(parts)}</td></tr>'
    )


def _mark(text: str, strength: float) -> str:
    """Shade a stretch blue (for) or orange (against): told apart by all kinds of eyes."""
    colour = "31,119,220" if strength >= 0 else "230,120,0"
    alpha = 0.6 * min(1.0, abs(strength)) ** 0.7
    if alpha < 0.04:
        return escape(text)
    style = f"background:rgba({colour},{alpha:.2f});border-radius:.2em;padding:.1em 0"
    return f'<span style="{style}">{escape(text)}</span>'
