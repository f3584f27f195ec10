"""Tables drawn with characters: those of Markdown, and what the shells of databases print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_RULE: Final = re.compile(r"^[ \t]*(?:[|+][ \t]*)?:?-{2,}:?[ \t]*(?:[|+][-:| +]*)?$", re.MULTILINE)
_BAR: Final = re.compile(r"(?<!\\)\|")


def without_rules(text: str) -> str:
    r"""Take out the rules between the lines of a table; the lines stay where they are.

    Examples
    --------
    >>> without_rules("| id | text |\n|----|:-----|\n| 1 | no tram |\n")
    '| id | text |\n\n| 1 | no tram |\n'
    """
    return _RULE.sub("", text) if "--" in text and "|" in text else text


def undrawn(lines: Iterable[str]) -> Iterator[str]:
    r"""Write the lines of a drawn table as delimited text, with bars between cells.

    A bar inside a cell is written ``\|`` there.

    Examples
    --------
    >>> list(undrawn(["| id | text |\n", "|---|---|\n", "| 1 | no \\| yes |\n"]))
    ['"id"|"text"\n', '\n', '"1"|"no | yes"\n']
    """
    for line in lines:
        row = line.strip()
        if _RULE.fullmatch(row):
            row = ""
        elif row.startswith("|"):
            row = row.removeprefix("|").removesuffix("|")
        cells = [cell.strip().replace(r"\|", "|").replace('"', '""') for cell in _BAR.split(row)]
        yield "|".join(f'"{cell}"' for cell in cells) + "\n" if row else "\n"
