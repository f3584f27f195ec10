"""An explanation as text for a terminal, and as HTML for Jupyter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from wcwidth import wrap

from stancekit.model.explaining.reasons import Piece, Reasons
from stancekit.show.cells import NAME, escaped, one_line, pad, short, width

#: Labels shown, the most probable.
LABELS: Final = 6
_BAR: Final = 24
_LINES: Final = 4
_WIDTH: Final = 78
_HEAD: Final = 13
#: Characters of a post shown in Jupyter.
_CHARACTERS: Final = 2000

#: Where a token starts and ends in the text.
Span = tuple[int, int]


def _piece(token: str, score: float) -> str:
    return f"{score:+.2f} {token}"


def _percent(share: float) -> str:
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def _others(shares: Sequence[float]) -> list[str]:
    return [f"{len(shares)} other labels, {_percent(sum(shares))} together"] if shares else []


def as_text(
    text: str, shown: Sequence[Reasons], others: Sequence[float], notes: Sequence[str] = ()
) -> str:
    """Show probabilities, and the tokens that count most for and against each label.

    The numbers under a label add up to its logit.

    Parameters
    ----------
    text : str
        The post.
    shown : sequence of Reasons
        Of the labels to show.
    others : sequence of float
        Probabilities of all others.
    notes : sequence of str
        What else to say, a line each.
    """
    start = text[: _WIDTH * _LINES * 4]  # enough, however much of it is white space
    more = "…" if len(text) > len(start) else ""
    lines = [*wrap(one_line(start) + more, _WIDTH, max_lines=_LINES, placeholder=" …"), ""]
    names = [short(reasons.label) for reasons in shown]
    widest = max(map(width, names))
    for name, reasons in zip(names, shown, strict=True):
        bar = "█" * round(reasons.proba * _BAR)
        lines.append(f"  {pad(name, widest)}  {_percent(reasons.proba):>4}  {bar}".rstrip())
        lines += _reason_lines(reasons)
    lines += (f"  {line}" for line in _others(others))
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _reason_lines(reasons: Reasons) -> list[str]:
    towards, against = _that_fit(reasons.towards), _that_fit(reasons.against)
    named = sum(score for _, score in [*towards, *against])
    rest = [
        ("other tokens", sum(reasons.scores) - named),
        (_whole(reasons), reasons.whole),
        *([] if reasons.intercept is None else [("intercept", reasons.intercept)]),
    ]
    sides = [("for", towards), ("against", against), ("rest", rest)]
    return [
        f"    {side:<{_HEAD - 4}}" + "  ".join(_piece(*piece) for piece in pieces)
        for side, pieces in sides
        if pieces
    ]


def _whole(reasons: Reasons) -> str:
    return "post as a whole" if reasons.intercept is not None else "words together"


def _that_fit(pieces: Iterable[Piece]) -> list[Piece]:
    """Take as many as fit a line."""
    fitting, room = [], _WIDTH - _HEAD
    for piece in pieces:
        room -= width(_piece(*piece)) + 2
        if room < 0:
            break
        fitting.append(piece)
    return fitting


def as_html(
    text: str,
    spans: Sequence[Span],
    shown: Sequence[Reasons],
    others: Sequence[float],
    notes: Sequence[str] = (),
) -> str:
    """Show the text with its tokens shaded, once for each label; all text is escaped.

    Text has the colour of the page and shades let its background through, so that light and dark
    themes are alike; signs say what colours say. Parameters as in `as_text`, and the spans of the
    tokens in the text.
    """
    greatest = max((abs(score) for reasons in shown for score in reasons.scores), default=0) or 1
    rows = "".join(
        _html_row(text, spans, reasons, greatest, bold=place == 0)
        for place, reasons in enumerate(shown)
    )
    foot = [
        f"{_mark('speaks for', 1.0)} and {_mark('against', -1.0)} the label of the row; the fuller "
        "the colour, the more. Numbers are added to the label’s score",
        *map(escaped, [*_others(others), *notes]),
    ]
    if len(text) > _CHARACTERS:
        foot.append(f"the first {_CHARACTERS:,} of {len(text):,} characters are shown")
    return (
        '<div style="max-width:60em;font-family:sans-serif;font-size:14px;line-height:1.7">'
        '<table style="border-collapse:collapse;table-layout:auto;width:100%;'
        f'background:transparent;font-size:inherit;color:inherit;border:0"><tbody>{rows}</tbody></table>'
        f'<div style="font-size:85%;opacity:.75;margin-top:.4em">{"<br>".join(foot)}</div></div>'
    )


def _html_row(
    text: str, spans: Sequence[Span], reasons: Reasons, greatest: float, bold: bool
) -> str:
    weight = "font-weight:bold;" if bold else ""
    cell = "padding:.5em 1em .5em 0;vertical-align:top;text-align:left;border:0;"
    return (
        f'<tr style="background:transparent"><td style="{cell}{weight}white-space:nowrap" '
        f'title="{escaped(reasons.label)}">'
        f"<bdi>{escaped(one_line(reasons.label, NAME * 2))}</bdi></td>"
        f'<td style="{cell}{weight}text-align:right">{escaped(_percent(reasons.proba))}</td>'
        f'<td style="{cell}padding-right:0;width:100%"><div dir="auto" style="max-height:14em;'
        'overflow:auto;padding:2px 0;white-space:pre-wrap;overflow-wrap:anywhere">'
        f"{_shaded(text, spans, reasons, greatest)}</div>{_html_reasons(reasons)}</td></tr>"
    )


def _shaded(text: str, spans: Sequence[Span], reasons: Reasons, greatest: float) -> str:
    shown = text[:_CHARACTERS]
    parts, seen = [], 0
    for (start, end), score in zip(spans, reasons.scores, strict=True):
        if start >= len(shown):
            break
        parts.append(escaped(shown[seen:start]))
        parts.append(_mark(shown[start:end], score / greatest, f"{score:+.2f}"))
        seen = end
    parts.append(escaped(shown[seen:]))
    return "".join(parts) + ("…" if len(shown) < len(text) else "")


def _html_reasons(reasons: Reasons) -> str:
    """Name the strongest tokens, and what stands on no token."""
    sides: list[tuple[str, Sequence[Piece]]] = [
        (_mark(side, sign), pieces)
        for side, sign, pieces in (
            ("for", 1.0, reasons.towards),
            ("against", -1.0, reasons.against),
        )
        if pieces
    ]
    whole = "whole&nbsp;post" if reasons.intercept is not None else "words&nbsp;together"
    sides.append((whole, [("", reasons.whole)]))
    listed = " &ensp; ".join(
        f"{side} " + " · ".join(_html_piece(*piece) for piece in pieces) for side, pieces in sides
    )
    return f'<div style="font-size:85%;line-height:1.6;overflow-wrap:anywhere">{listed}</div>'


def _html_piece(token: str, score: float) -> str:
    named = f"<bdi>{escaped(token)}</bdi> " if token else ""
    number = f'<span style="opacity:.75">{score:+.2f}</span>'
    return f'<span style="white-space:nowrap">{named}{number}</span>'


def _mark(text: str, strength: float, title: str = "") -> str:
    """Shade a stretch blue (for) or orange (against): told apart by all kinds of eyes."""
    colour = "31,119,220" if strength >= 0 else "230,120,0"
    alpha = 0.6 * min(1.0, abs(strength)) ** 0.7
    shown = escaped(text)
    if alpha < 0.04:
        return shown
    style = f"background:rgba({colour},{alpha:.2f});border-radius:.2em;padding:.1em 0"
    return f'<span style="{style}" title="{escaped(title)}">{shown}</span>'
