"""An explanation as text for a terminal, and as HTML for Jupyter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from wcwidth import wrap

from stancekit.model.explaining.evidence import LEAST, summed
from stancekit.show.cells import NAME, escaped, one_line, pad, short, width

if TYPE_CHECKING:
    from stancekit.model.explaining.explanation import Explanation

#: Labels shown; tokens for and against each, and the share of the strongest that one needs.
_LABELS: Final = 6
_TOKENS, _SHARE = 6, 0.05
_BAR: Final = 24
_LINES: Final = 4
_WIDTH: Final = 78
#: Characters of a post shown in Jupyter, and columns of a token.
_CHARACTERS: Final = 2000
_TOKEN: Final = 32


class _Reasons(NamedTuple):
    """What speaks for and against a label: pieces as shown, the strongest first, and the rest."""

    towards: list[tuple[str, float]]
    against: list[tuple[str, float]]
    other: float
    whole: float
    intercept: float


def _reasons(explanation: Explanation, k: int, columns: int | None = None) -> _Reasons:
    """Sum tokens spelt alike; take the strongest, as many as fit a line of `columns`."""
    name = explanation.classes[k]
    *tokens, _ = explanation.tokens["token"]
    *scores, whole = explanation.tokens[name].tolist()
    sums = summed(tokens, scores)
    times = {token: tokens.count(token) for token in sums} if len(sums) < len(tokens) else {}
    order = sorted(sums, key=sums.__getitem__, reverse=True)
    least = max(LEAST, _SHARE * max(map(abs, sums.values()), default=0.0))
    sides, other = [], sum(scores)
    for sign, ranked in ((1, order), (-1, order[::-1])):
        side: list[tuple[str, float]] = []
        room = columns
        for token in ranked[:_TOKENS]:
            if sign * sums[token] < least:
                break
            again = f" ×{times[token]}" if times.get(token, 1) > 1 else ""
            piece = one_line(token, _TOKEN) + again, sums[token]
            if room is not None:
                room -= width(_piece(*piece)) + 2
                if room < 0:
                    break
            side.append(piece)
            other -= sums[token]
        sides.append(side)
    towards, against = sides
    return _Reasons(towards, against, other, whole, float(explanation.intercept[k]))


def _piece(token: str, score: float) -> str:
    return f"{score:+.2f} {token}"


def _ranked(explanation: Explanation) -> list[int]:
    order: list[int] = (-explanation.proba).argsort(kind="stable").tolist()
    return order


def _percent(share: float) -> str:
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def as_text(explanation: Explanation) -> str:
    """Show probabilities, and the tokens that count most for and against each label.

    The numbers under a label add up to its logit.
    """
    start = explanation.text[: _WIDTH * _LINES * 4]  # enough, however much of it is white space
    more = "…" if len(explanation.text) > len(start) else ""
    lines = wrap(one_line(start) + more, _WIDTH, max_lines=_LINES, placeholder=" …")
    ranked = _ranked(explanation)
    names = [short(explanation.classes[k]) for k in ranked[:_LABELS]]
    widest = max(map(width, names))
    lines.append("")
    for name, k in zip(names, ranked[:_LABELS], strict=True):
        share = float(explanation.proba[k])
        bar = "█" * round(share * _BAR)
        lines.append(f"  {pad(name, widest)}  {_percent(share):>4}  {bar}".rstrip())
        lines += _reason_lines(explanation, k)
    if len(ranked) > _LABELS:
        rest = float(explanation.proba[ranked[_LABELS:]].sum())
        lines.append(f"  {len(ranked) - _LABELS} other labels, {_percent(rest)} together")
    return "\n".join(lines)


def _reason_lines(explanation: Explanation, k: int) -> list[str]:
    head = 13
    found = _reasons(explanation, k, _WIDTH - head)
    rest = [
        ("other tokens", found.other),
        ("post as a whole", found.whole),
        ("intercept", found.intercept),
    ]
    sides = [("for", found.towards), ("against", found.against), ("rest", rest)]
    return [
        f"    {side:<{head - 4}}" + "  ".join(_piece(*piece) for piece in pieces)
        for side, pieces in sides
        if pieces
    ]


def as_html(explanation: Explanation) -> str:
    """Show the text with its tokens shaded, once for each label; all text is escaped.

    Text has the colour of the page and shades let its background through, so that light and dark
    themes are alike; signs say what colours say.
    """
    ranked = _ranked(explanation)
    shown = ranked[:_LABELS]
    tokens = explanation.tokens[[explanation.classes[k] for k in shown]].abs().to_numpy()[:-1]
    greatest = float(tokens.max(initial=0.0)) or 1.0
    rows = "".join(_html_row(explanation, k, greatest) for k in shown)
    notes = [
        f"{_mark('speaks for', 1.0)} and {_mark('against', -1.0)} the label of the row; the fuller "
        "the colour, the more. Numbers are added to the label’s score"
    ]
    if len(ranked) > len(shown):
        rest = float(explanation.proba[ranked[_LABELS:]].sum())
        notes.append(f"{len(ranked) - _LABELS} other labels, {escaped(_percent(rest))} together")
    if len(explanation.text) > _CHARACTERS:
        notes.append(f"the first {_CHARACTERS:,} of {len(explanation.text):,} characters are shown")
    return (
        '<div style="max-width:60em;font-family:sans-serif;font-size:14px;line-height:1.7">'
        '<table style="border-collapse:collapse;table-layout:auto;width:100%;'
        f'background:transparent;font-size:inherit;color:inherit;border:0"><tbody>{rows}</tbody></table>'
        f'<div style="font-size:85%;opacity:.75;margin-top:.4em">{"<br>".join(notes)}</div></div>'
    )


def _html_row(explanation: Explanation, k: int, greatest: float) -> str:
    name, share = explanation.classes[k], float(explanation.proba[k])
    bold = "font-weight:bold;" if name == explanation.label else ""
    cell = "padding:.5em 1em .5em 0;vertical-align:top;text-align:left;border:0;"
    return (
        f'<tr style="background:transparent"><td style="{cell}{bold}white-space:nowrap" '
        f'title="{escaped(name)}"><bdi>{escaped(one_line(name, NAME * 2))}</bdi></td>'
        f'<td style="{cell}{bold}text-align:right">{escaped(_percent(share))}</td>'
        f'<td style="{cell}padding-right:0;width:100%"><div dir="auto" style="max-height:14em;'
        'overflow:auto;padding:2px 0;white-space:pre-wrap;overflow-wrap:anywhere">'
        f"{_shaded(explanation, name, greatest)}</div>{_html_reasons(explanation, k)}</td></tr>"
    )


def _shaded(explanation: Explanation, name: str, greatest: float) -> str:
    text, table = explanation.text[:_CHARACTERS], explanation.tokens
    parts, seen = [], 0
    spans = list(zip(table["start"], table["end"], table[name], strict=True))[:-1]
    for start, end, score in spans:
        if start >= len(text):
            break
        parts.append(escaped(text[seen:start]))
        parts.append(_mark(text[start:end], score / greatest, f"{score:+.2f}"))
        seen = end
    parts.append(escaped(text[seen:]))
    return "".join(parts) + ("…" if len(text) < len(explanation.text) else "")


def _html_reasons(explanation: Explanation, k: int) -> str:
    """Name the strongest tokens, and what stands on no token."""
    found = _reasons(explanation, k)
    sides = [
        (_mark(side, sign), pieces)
        for side, sign, pieces in (("for", 1.0, found.towards), ("against", -1.0, found.against))
        if pieces
    ]
    sides.append(("whole&nbsp;post", [("", found.whole)]))
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
