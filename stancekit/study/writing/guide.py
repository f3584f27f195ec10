"""`stancekit.codebook`: what the labels mean, with the hard cases settled."""

from __future__ import annotations

import re
from importlib import resources

_ROW = re.compile(r"^\| *([^|]+?) *\| *(.+?) *\|$")


def codebook(*, markdown: bool = False) -> str:
    """Return the codebook: the four labels, the rules in order, the hard cases.

    Parameters
    ----------
    markdown : bool
        Whether to keep its Markdown; else it is plain text.

    Returns
    -------
    str

    Examples
    --------
    >>> import stancekit
    >>> print(stancekit.codebook().splitlines()[0])
    Codebook: what a post does
    """
    page = resources.files("stancekit.study.writing").joinpath("data", "codebook.md")
    written = page.read_text("utf-8")
    return written if markdown else plain(written)


def plain(written: str) -> str:
    r"""Take a page's Markdown off.

    Examples
    --------
    >>> print(plain("## One **two**\n\n| a | b |\n|---|---|\n| c | `d` |"))
    One two
    <BLANKLINE>
    a: b
    c: d
    """
    lines = []
    for line in written.split("\n"):
        if line.startswith("|---"):
            continue
        line = re.sub(r"^#+ ", "", line)
        if row := _ROW.match(line):
            line = f"{row[1]}: {row[2]}"
        lines.append(re.sub(r"\*\*|`", "", line))
    return "\n".join(lines)
