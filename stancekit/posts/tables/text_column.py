"""Which column of a table holds the words: by its name, or by what its cells look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from stancekit.errors import InputError
from stancekit.posts.tables.names import NAMES, RANKED, TEXT_NAMES, plain_name
from stancekit.posts.tables.values import NUMBER, is_numeric, is_object, quoted, values_of
from stancekit.posts.times import parse_time


def text_column(
    plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]], where: str
) -> str | None:
    """Return the column whose name means the words; None if none does.

    Parameters
    ----------
    plain : mapping of str to str
        From names as :func:`plain_name` writes them to the table's own.
    sample, where
        As in :func:`guess_columns`.

    Raises
    ------
    InputError
        If more than one could be meant.
    """
    for rank, group in enumerate(TEXT_NAMES):
        found = list(dict.fromkeys(plain[name] for name in group if name in plain))
        found = [name for name in found if not is_object(name, sample)]
        if rank:
            found = [name for name in found if not is_numeric(name, sample)]
        if len(found) > 1 and rank not in RANKED:
            raise InputError(
                f"{where}: more than one column could be the text: {quoted(found)}; "
                f"say which one, as in text={found[0]!r}"
            )
        if found:
            return found[0]
    return None


def text_by_cells(plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]], where: str) -> str:
    """Return the column whose cells look like posts: several words, seldom the same ones.

    Raises
    ------
    InputError
        If none does, or the table seems to have no header.
    """
    columns = list(plain.values())
    words = {name: _words(name, sample) for name in columns}
    ranked = sorted(columns, key=lambda name: -words[name])
    if looks_like_data(columns) and not _is_survey(columns):
        raise InputError(
            f"{where}: the first row looks like a post, not like the names of columns "
            f"({quoted(columns)}). If the table has no header, say so, and which column holds the "
            f"words, counted from 1: header=False, text='{columns.index(ranked[0]) + 1}'. If these "
            f"are names, say which means the words, as in text={ranked[0]!r}"
        )
    first, second = [*(words[name] for name in ranked[:2]), 0.0, 0.0][:2]
    if first >= 3 and first > 1.5 * second:
        return ranked[0]
    candidates = [n for n in ranked if not is_numeric(n, sample)] or ranked
    raise InputError(
        f"{where}: no column is called text, or anything like it; say which one holds the words, "
        f"as in text={candidates[0] if candidates else 'name'!r}. Columns: {quoted(columns)}"
    )


def _is_survey(header: Sequence[str]) -> bool:
    """Tell whether long names are questions beside a name that is known, as of surveys."""
    known = {name for names in NAMES.values() for name in names}
    numbers = any(NUMBER.fullmatch(cell) for cell in header)
    return not numbers and any(plain_name(cell) in known for cell in header)


def _words(name: str, sample: Sequence[Mapping[str, Any]]) -> float:
    """Give the mean number of words of the cells; 0 where they are no posts."""
    values = values_of(name, sample)
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values) or len(set(texts)) < 0.5 * len(texts) or not texts:
        return 0.0
    if all(parse_time(text) is not None for text in texts):
        return 0.0
    return sum(len(text.split()) + len(_UNPARTED.findall(text)) / 2 for text in texts) / len(texts)


#: Letters of scripts that put no spaces between words, which have about two of them.
_UNPARTED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")


def looks_like_data(header: Sequence[str]) -> bool:
    """Tell whether the cells of a first row are those of a post rather than names of columns.

    Examples
    --------
    >>> looks_like_data(["0", "1467810369", "is happy today"]), looks_like_data(["id", "words"])
    (True, False)
    """
    return any(NUMBER.fullmatch(cell) or len(cell.split()) > 4 for cell in header if cell.strip())
