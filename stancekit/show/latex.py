"""Rows of cells as a LaTeX table; see `stancekit.show.tables` for what rows are."""

from __future__ import annotations

from typing import Final

from stancekit.show.cells import visible
from stancekit.show.tables import Rows

_WRITTEN: Final = {
    "\\": r"\textbackslash{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "≥": r"$\geq$",
    "−": "$-$",
    "–": "--",
    "<": "$<$",
    ">": "$>$",
}


def latex_table(rows: Rows, caption: str = "") -> str:
    r"""Write a table for the package booktabs; its first column is flush left.

    Parameters
    ----------
    rows : Rows
        Texts of any kind: what LaTeX would obey is written out.
    caption : str
        Stands above the table.

    Examples
    --------
    >>> print(latex_table([["label", "posts"], ["for & against", "7"]], "By label"))
    \begin{table}
    \caption{By label}
    \begin{tabular}{lr}
    \toprule
    label & posts \\
    \midrule
    for \& against & 7 \\
    \bottomrule
    \end{tabular}
    \end{table}
    """
    head, *rest = [" & ".join(map(latex, row)) + r" \\" for row in rows]
    lines = [r"\toprule", head, r"\midrule", *rest, r"\bottomrule"]
    columns = "l" + "r" * (len(rows[0]) - 1)
    return "\n".join(
        [
            r"\begin{table}",
            *([rf"\caption{{{latex(caption)}}}"] if caption else []),
            rf"\begin{{tabular}}{{{columns}}}",
            *lines,
            r"\end{tabular}",
            r"\end{table}",
        ]
    )


def latex(text: str) -> str:
    r"""Write a text so that LaTeX shows it and obeys none of it.

    Examples
    --------
    >>> print(latex("50 % of #tag_a"))
    50 \% of \#tag\_a
    """
    return "".join(_WRITTEN.get(sign, sign) for sign in visible(text))
