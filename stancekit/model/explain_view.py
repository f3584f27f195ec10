"""An explanation as text for a terminal, and as HTML for Jupyter."""

from __future__ import annotations

import re
import textwrap
from html import escape
from typing import TYPE_CHECKING, Final

import pandas as pd

from stancekit.model.explain_tokens import token_table

if TYPE_CHECKING:
    from stancekit.model.explain import Explanation

#: Labels shown with a bar or a text of their own, and rows of tokens.
_LABELS: Final = 6
_TOKENS: Final = 10
_LEAST: Final = 0.005
_BAR: Final = 24
_LINES: Final = 6
_WIDTH: Final = 78
#: Characters of a post shown in Jupyter, and of a name in a terminal.
_CHARACTERS: Final = 2000
_NAME: Final = 28
# A lone surrogate cannot be printed; a control character may steer a terminal.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _visible(text: str) -> str:
    """Replace, one for one, what cannot be shown."""
    return _UNSEEN.sub("\ufffd", text)


def _line(text: str, width: int) -> str:
    """One line of at most `width` characters."""
    flat = _visible(" ".join(text.split()))
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _ranked(explanation: Explanation) -> list[int]:
    order: list[int] = (-explanation.proba).argsort(kind="stable").tolist()
    return order


def _percent(share: float) -> str:
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def as_text(explanation: Explanation) -> str:
    """Show probabilities, and the tokens that count most for and against the label."""
    start = explanation.text[: _WIDTH * _LINES * 4]  # enough, however much of it is white space
    lines = textwrap.wrap(
        _visible(" ".join(start.split())) + ("…" if len(explanation.text) > len(start) else ""),
        _WIDTH,
        max_lines=_LINES,
        placeholder=" …",
    )
    ranked = _ranked(explanation)
    names = [_line(explanation.classes[k], _NAME) for k in ranked[:_LABELS]]
    width = max(map(len, names))
    lines.append("")
    for name, k in zip(names, ranked[:_LABELS], strict=True):
        share = float(explanation.proba[k])
        bar = "█" * round(share * _BAR)
        lines.append(f"  {name:<{width}}  {_percent(share):>4}  {bar}".rstrip())
    if len(ranked) > _LABELS:
        rest = float(explanation.proba[ranked[_LABELS:]].sum())
        lines.append(f"  {len(ranked) - _LABELS} other labels, {_percent(rest)} together")
    return "\n".join([*lines, "", *_reasons(explanation)])


def _reasons(explanation: Explanation) -> list[str]:
    """Lines of the tokens that count most for the label; they add up to its logit."""
    label = explanation.label
    k = explanation.classes.index(label)
    table = token_table(explanation)
    scores: dict[str, list[float]] = {}  # one line for a token, however often it stands there
    for token, score in zip(table["token"], table[label], strict=True):
        scores.setdefault(token, []).append(score)
    sums = {token: sum(parts) for token, parts in scores.items()}
    order = sorted(sums, key=lambda token: -abs(sums[token]))
    top = [token for token in order[:_TOKENS] if abs(sums[token]) >= _LEAST]
    lines = [f"  what speaks for (+) and against (-) {_line(label, _NAME)}:"]
    for token in top:
        times = len(scores[token])
        again = f" ×{times}" if times > 1 else ""
        lines.append(f"  {sums[token]:+6.2f}  {_line(token, _NAME * 2)}{again}")
    if rest := order[len(top) :]:
        lines.append(f"  {sum(sums[token] for token in rest):+6.2f}  the rest of the post")
    lines.append(f"  {float(explanation.intercept[k]):+6.2f}  whatever the post (intercept)")
    return lines


def as_html(explanation: Explanation) -> str:
    """Show the text with its tokens shaded, once for each label; all text is escaped."""
    table, ranked = token_table(explanation), _ranked(explanation)
    shown = ranked[:_LABELS]
    tokens = table[[explanation.classes[k] for k in shown]].abs().to_numpy()[:-1]
    greatest = float(tokens.max(initial=0.0)) or 1.0
    rows = "".join(_html_row(explanation, table, k, greatest) for k in shown)
    notes = [
        f"{_mark('speaks for', 1.0)} and {_mark('against', -1.0)} the label of the row; the fuller "
        "the colour, the more"
    ]
    if len(ranked) > len(shown):
        rest = float(explanation.proba[ranked[_LABELS:]].sum())
        notes.append(f"{len(ranked) - _LABELS} other labels, {escape(_percent(rest))} together")
    if len(explanation.text) > _CHARACTERS:
        notes.append(f"the first {_CHARACTERS:,} of {len(explanation.text):,} characters are shown")
    return (
        '<div style="max-width:60em;font-family:sans-serif;font-size:14px;line-height:1.7">'
        '<table style="border-collapse:collapse;table-layout:auto;width:100%;'
        f'background:transparent;font-size:inherit;color:inherit;border:0"><tbody>{rows}</tbody></table>'
        f'<div style="font-size:85%;opacity:.75;margin-top:.4em">{"<br>".join(notes)}</div></div>'
    )


def _html_row(explanation: Explanation, table: pd.DataFrame, k: int, greatest: float) -> str:
    name, share = explanation.classes[k], float(explanation.proba[k])
    text = explanation.text[:_CHARACTERS]
    parts, seen = [], 0
    *spans, (_, _, whole) = zip(table["start"], table["end"], table[name], strict=True)
    for start, end, score in spans:
        if start >= len(text):
            break
        parts.append(escape(_visible(text[seen:start])))
        parts.append(_mark(text[start:end], score / greatest, f"{score:+.2f}"))
        seen = end
    parts.append(escape(_visible(text[seen:])))
    if len(text) < len(explanation.text):
        parts.append("…")
    bold = "font-weight:bold;" if name == explanation.label else ""
    cell = "padding:.35em 1em .35em 0;vertical-align:top;text-align:left;border:0;"
    small = _mark("whole post", whole / greatest, f"{whole:+.2f}: its length and capitals, say")
    small = small if small.startswith("<") else ""
    return (
        f'<tr style="background:transparent"><td style="{cell}{bold}white-space:nowrap" '
        f'title="{escape(_visible(name))}"><bdi>{escape(_line(name, _NAME * 2))}</bdi></td>'
        f'<td style="{cell}{bold}text-align:right">{escape(_percent(share))}</td>'
        f'<td style="{cell}width:100%"><div dir="auto" style="max-height:14em;overflow:auto;'
        f'padding:2px 0;white-space:pre-wrap;overflow-wrap:anywhere">{"".join(parts)}</div></td>'
        f'<td style="{cell}padding-right:0;white-space:nowrap;font-size:85%;font-style:italic">'
        f"{small}</td></tr>"
    )


def _mark(text: str, strength: float, title: str = "") -> str:
    """Shade a stretch blue (for) or orange (against): told apart by all kinds of eyes."""
    colour = "31,119,220" if strength >= 0 else "230,120,0"
    alpha = 0.6 * min(1.0, abs(strength)) ** 0.7
    shown = escape(_visible(text))
    if alpha < 0.04:
        return shown
    style = f"background:rgba({colour},{alpha:.2f});border-radius:.2em;padding:.1em 0"
    return f'<span style="{style}" title="{escape(title)}">{shown}</span>'
