"""Which columns of a table hold labels, and how: one, one an annotator, one a label, a list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from stancekit.posts.tables.cells import objects_in
from stancekit.posts.tables.names import plain_name
from stancekit.posts.tables.values import quoted, values_of
from stancekit.study.annotations.dialects import Dialect
from stancekit.study.annotations.mark import Asked, AskError, Row, words
from stancekit.study.annotations.names import (
    LABEL_WORD,
    LABELS,
    MODEL,
    NOT_LABELS,
    ONE_ANNOTATOR,
    SHORT_ANNOTATOR,
)

How = Literal["one", "wide", "one-hot", "counts", "list"]

#: Labels that a column has at most to be taken for one by its cells.
FEW: Final = 30
_ZERO_ONE: Final = frozenset(("0", "1", "True", "False", "true", "false", "TRUE", "FALSE"))
_SAID: Final = {
    "one": "label={0}",
    "wide": "one column an annotator: {0}",
    "one-hot": "one column a label: {0}",
    "counts": "one column a label, with how many gave it: {0}",
    "list": "a list of all annotators' labels in {0}",
}


@dataclass(frozen=True)
class Labels:
    """Columns of labels, and how they hold them."""

    how: How
    columns: tuple[str, ...]

    def __str__(self) -> str:
        return _SAID[self.how].format(quoted(self.columns))


def label_columns(
    names: Sequence[str],
    sample: Sequence[Row],
    asked: Asked,
    where: str,
    dialect: Dialect,
    annotator: str | None,
    used: Iterable[str],
) -> Labels | None:
    """Find the columns of labels; None if there is none.

    Raises
    ------
    AskError
        If more than one could be meant.
    """
    if len(asked.annotator) > 1:
        return Labels("wide", asked.annotator)
    if asked.label:
        how: How = "wide" if len(asked.label) > 1 else _how(asked.label[0], sample)
        return Labels(how, asked.label)
    free = [name for name in names if name not in used and values_of(name, sample)]
    plain = {name: plain_name(name) for name in free}
    if dialect.labels:
        own = [name for name in free if dialect.labels.fullmatch(plain[name])]
        return _of_tool(own, plain, sample, where)
    if dialect.others:
        free = [name for name in free if not dialect.others.fullmatch(plain[name])]
    own = [name for name in free if not MODEL.search(plain[name])]
    like = {name: cells for name in own if (cells := few_values(name, sample))}
    if annotator is None and (wide := _one_each(like, plain)):
        return Labels("wide", wide)
    hot = _one_hot(free, plain, sample)
    if hot and (hot.how == "counts" or ":::" in hot.columns[0]):
        return hot
    lists = [name for name in own if _how(name, sample) == "list"]
    named = _by_name(own, plain, sample, where)
    if named and (named in like or not lists):
        return Labels(_how(named, sample), (named,))
    if hot:
        return hot
    if len(lists) == 1:
        return Labels("list", tuple(lists))
    return _by_cells(like, plain, sample, where, annotator) if len(names) > 1 else None


def few_values(name: str, sample: Sequence[Row]) -> frozenset[str]:
    """Return the values of a column that looks like one of labels: few, short, some often."""
    held = (cell if isinstance(cell, list) else [cell] for cell in values_of(name, sample))
    cells = [words(one) or "" for cell in held for one in cell]
    found = frozenset(cell for cell in cells if cell)
    short = all(len(cell) <= 80 and len(cell.split()) <= 8 for cell in found)
    often = len(found) <= max(2, len(cells) // 2) or len(cells) < 4
    fractions = any(_FRACTION.fullmatch(cell) for cell in found)
    return found if found and short and often and len(found) <= FEW and not fractions else _NOTHING


_NOTHING: Final[frozenset[str]] = frozenset()
_FRACTION: Final = re.compile(r"-?\d*\.\d+")


def _of_tool(
    own: list[str], plain: dict[str, str], sample: Sequence[Row], where: str
) -> Labels | None:
    """Choose among the columns in which a tool writes answers."""
    sure = [name for name in own if plain[name].endswith("_label")] or own
    flags = [n for n in own if set(map(words, values_of(n, sample))) <= _ZERO_ONE]
    if len(flags) > 1 and len(flags) == len(own):
        return Labels("one-hot", tuple(flags))
    like = [name for name in sure if few_values(name, sample)] or sure
    if len(like) > 1:
        raise _asking(like, where)
    return Labels(_how(like[0], sample), (like[0],)) if like else None


def _one_each(like: dict[str, frozenset[str]], plain: dict[str, str]) -> tuple[str, ...]:
    """Find columns of one annotator each: by a word and a number, or by a number alone."""
    told = [
        n for n in like if (f := ONE_ANNOTATOR.fullmatch(plain[n])) and _is_sure(plain[n], f[1])
    ]
    if told and (len(told) > 1 or plain[told[0]][-1:].isdigit()) and _alike(told, like):
        return tuple(told)
    families: defaultdict[str, list[str]] = defaultdict(list)
    for name in like:
        families[_stem(plain[name])].append(name)
    for own in families.values():
        numbered = [name for name in own if any(c.isdigit() for c in plain[name])]
        if len(own) > 1 and len(numbered) >= len(own) - 1 and _alike(own, like):
            return tuple(own)
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for name in like:
        if (found := LABEL_WORD.search(plain[name])) and not like[name] <= _ZERO_ONE:
            ends[found[0].strip("_")].append(name)
    for own in ends.values():
        bare = any(plain[name] in ends for name in own)
        if len(own) > 1 and not bare and _alike(own, like):
            return tuple(own)
    return ()


def _is_sure(plain: str, end: str) -> bool:
    """Tell ``r1`` and ``coder_anna`` from ``reason`` and ``annotation``."""
    if end.isdigit() or (len(end) == 1 and "_" in plain):
        return True
    return "_" in plain and not SHORT_ANNOTATOR.fullmatch(plain) and not NOT_LABELS.search(plain)


def _stem(plain: str) -> str:
    """Return what the names of one family share: without numbers and single letters.

    >>> _stem("label_1_m"), _stem("label_f_12"), _stem("severity_2"), _stem("severity")
    ('label', 'label', 'severity', 'severity')
    """
    tokens = re.sub(r"\d+", "_", plain).split("_")
    return "_".join(token for token in tokens if len(token) > 1)


def _alike(names: Sequence[str], like: dict[str, frozenset[str]]) -> bool:
    """Tell whether columns hold the same labels, by and large."""
    all_of = frozenset().union(*(like[name] for name in names))
    return all(2 * len(like[name] & all_of) >= min(len(all_of), 4) for name in names) and (
        len(all_of) <= max(len(like[name]) for name in names) * 2
    )


def _one_hot(names: Sequence[str], plain: dict[str, str], sample: Sequence[Row]) -> Labels | None:
    """Find columns of which each is a label: 1 where it was given, or how often it was."""
    whole = [n for n in names if (v := values_of(n, sample)) and all(_is_count(c) for c in v)]
    if total := next((n for n in whole if plain[n] in _TOTALS), None):
        own = [n for n in whole[whole.index(total) + 1 :] if not LABEL_WORD.search(plain[n])]
        rows = [[_number(row.get(n)) for n in (total, *own)] for row in sample]
        if len(own) > 1 and rows and all(row[0] == sum(row[1:]) for row in rows):
            return Labels("counts", tuple(own))
    flags = [
        n
        for n in names
        if {words(c) for c in values_of(n, sample)} <= _ZERO_ONE
        and not NOT_LABELS.search(plain[n])
        and not re.match(r"(?:is|has|was|verified|retweet)", plain[n])
    ]
    rows = [[_number(row.get(name)) for name in flags] for row in sample]
    enough = len(flags) >= 3 or (len(flags) == 2 and all(":::" in name for name in flags))
    if enough and rows and sum(sum(row) == 1 for row in rows) >= 0.8 * len(rows):
        return Labels("one-hot", tuple(flags))
    return None


_TOTALS: Final = ("count", "n", "total", "n_annotators", "annotators", "votes", "num_annotators")


def _is_count(cell: Any) -> bool:
    said = words(cell)
    return said is not None and said.isdigit() and len(said) < 4


def _number(cell: Any) -> int:
    said = (words(cell) or "0").lower()
    return int(said) if said.isdigit() else int(said in ("true", "yes"))


def _how(name: str, sample: Sequence[Row]) -> How:
    """Tell a list of all annotators' labels in a cell from several choices of one.

    Raters give the same label, numbers come in rows; a choice is made once.
    """
    cells = [
        cell if isinstance(cell, list) else objects_in(cell) for cell in values_of(name, sample)
    ]
    lists = [[words(one) for one in cell] for cell in cells if cell is not None]
    if not lists or 5 * len(lists) < 4 * len(cells):
        return "one"
    different = {one for own in lists for one in own if one}
    again = any(len(set(own)) < len(own) for own in lists)
    return "list" if again and 0 < len(different) <= FEW else "one"


def _by_name(
    names: Sequence[str], plain: dict[str, str], sample: Sequence[Row], where: str
) -> str | None:
    for group in LABELS:
        found = [name for name in names if plain[name] in group]
        if len(found) > 1:
            raise _asking(found, where)
        if found:
            return found[0]
    speaking = [n for n in names if LABEL_WORD.search(plain[n]) and few_values(n, sample)]
    if len(speaking) > 1:
        raise _asking(speaking, where)
    return speaking[0] if speaking else None


def _by_cells(
    like: dict[str, frozenset[str]],
    plain: dict[str, str],
    sample: Sequence[Row],
    where: str,
    annotator: str | None,
) -> Labels | None:
    free = [name for name in like if not NOT_LABELS.search(plain[name])]
    flags = any(like[name] <= _ZERO_ONE for name in free)
    if len(free) > 1 and annotator is None and not flags and _alike(free, like):
        return Labels("wide", tuple(free))
    found = [name for name in free if len(like[name]) > 1]
    if not found:
        return None
    if len(found) > 1:
        raise _asking(found, where)
    return Labels(_how(found[0], sample), (found[0],))


def _asking(found: Sequence[str], where: str) -> AskError:
    return AskError(
        f"{where}: more than one column could hold the labels: {quoted(found)}; say which one, as "
        f"in label={found[0]!r}; or if each is one annotator's, name them all: "
        f"label=[{quoted(found[:2])}]"
    )
