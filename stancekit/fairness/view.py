"""An Audit as text, HTML and Markdown, from the same rows of cells."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from stancekit.fairness.summary import ALL
from stancekit.show.cells import short
from stancekit.show.tables import html_table, markdown_table, text_table

if TYPE_CHECKING:
    from stancekit.fairness.result import Audit

_NONE: Final = "–"
_TESTS: Final = "What fails, by test"
_SIDES: Final = "Does one camp get a label more often? The same texts, names swapped"


def as_text(audit: Audit) -> str:
    """Show the audit in aligned columns."""
    parts = [*_headline(audit), "", _TESTS, text_table(_test_rows(audit.summary, "  "))]
    if len(audit.sides):
        parts += ["", _SIDES, text_table(_side_rows(audit.sides))]
    return "\n".join(parts)


def as_html(audit: Audit) -> str:
    """Show the audit in tables that take their colours from the page, light or dark."""
    first, *rest = _headline(audit)
    lines = "".join(f"<div>{escape(line)}</div>" for line in rest)
    tables = html_table(_test_rows(audit.summary, "\N{EM SPACE}"), _TESTS)
    if len(audit.sides):
        tables += html_table(_side_rows(audit.sides), _SIDES)
    return (
        '<div style="color:inherit;background:transparent;line-height:1.5;max-width:100%">'
        f"<strong>{escape(first)}</strong>{lines}{tables}</div>"
    )


def as_markdown(audit: Audit) -> str:
    """Show each test, and each set of names of tests that swap camps, in a Markdown table."""
    camps = set(audit.sides["names"])
    summary = audit.summary
    wanted = (summary["part"] == ALL) | summary["part"].isin(camps) | _held_out(summary)
    return markdown_table(_test_rows(summary[wanted], "– "))


def _held_out(summary: pd.DataFrame) -> pd.Series[bool]:
    return summary["part"].str.endswith(" names")


def _headline(audit: Audit) -> list[str]:
    name = short(audit.model) + (f"@{audit.digest[:12]}" if audit.digest else "")
    templates = audit.cases["template"].nunique()
    lines = [
        f"Audit of {name}: {len(audit.cases):,} cases from {templates:,} templates",
        "A case fails when the label changes that should stay, or does not go where it should.",
        f"95% intervals draw whole templates (seed {audit.seed}); Δp is the change of probability.",
    ]
    if audit.left_out:
        tests = ", ".join(f"{short(test)} {n:,}" for test, n in audit.left_out.items())
        lines.append(f"left out, for the model has no such label: {tests}")
    return lines


def _test_rows(summary: pd.DataFrame, indent: str) -> list[list[str]]:
    rows = [["test", "cases", "failed", "rate", "95% interval", "mean |Δp|", "95th pct. |Δp|"]]
    for row in summary.to_dict("records"):
        name = short(row["test"]) if row["part"] == ALL else f"{indent}{short(row['part'])}"
        rows.append(
            [
                name,
                f"{row['cases']:,}",
                f"{row['failures']:,}",
                _percent(row["failure_rate"]),
                _ends(row, "failure_rate"),
                _small(row["mean_change"]),
                _small(row["p95_change"]),
            ]
        )
    return rows


def _side_rows(sides: pd.DataFrame) -> list[list[str]]:
    rows = [["names", "label", "left", "right", "right − left", "95% interval", "mean Δp"]]
    for row in sides.to_dict("records"):
        camps = f": {short(row['left'])} – {short(row['right'])}" if row["left"] else ""
        rows.append(
            [
                f"{short(row['names'])}{camps}",
                short(row["label"]),
                _percent(row["left_share"]),
                _percent(row["right_share"]),
                _percent(row["difference"], "+"),
                _ends(row, "difference", "+"),
                _small(row["shift"], "+"),
            ]
        )
    return rows


def _percent(share: float, sign: str = "") -> str:
    return f"{round(share * 100, 1) + 0.0:{sign}.1f}%"


def _small(value: float, sign: str = "") -> str:
    return f"{round(value, 3) + 0.0:{sign}.3f}".replace("0.", ".", 1)


def _ends(row: dict[Any, Any], name: str, sign: str = "") -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(low):
        return _NONE
    return f"{_percent(low, sign)} to {_percent(high, sign)}"
