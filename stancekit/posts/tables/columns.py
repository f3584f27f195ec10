"""Which column of a table is what: guessed from names people use, shown, and overridable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from stancekit.errors import InputError
from stancekit.posts.limits import COLUMNS_SAID, NESTED_COLUMNS
from stancekit.posts.table import COLUMNS
from stancekit.posts.tables.names import FLAGS, KIND_WORDS, NAMES, TEXT_NAMES, X_IDS, plain_name
from stancekit.posts.times import snowflake_time

_NUMBER: Final = re.compile(r"\s*[-+]?[\d.,]+(?:[eE][-+]?\d+)?\s*")
_WANTED: Final = {"author": "author", "created_at": "time"}
_YES: Final = frozenset(("1", "true", "yes", "y", "t"))
_NO: Final = frozenset(("0", "false", "no", "n", "f", "", "none", "nan", "na", "null"))
_FROM_ROW: Final = ("time_known", "source_format", "source_ref")


@dataclass(frozen=True)
class ColumnMap:
    """Which column of a table was taken for which column of the post table.

    Attributes
    ----------
    fields : mapping of str to str
        From the post table's column to the table's own name for it.
    extra : tuple of str
        Columns that are carried through under their own names.
    flags : mapping of str to str
        From a kind of post to the column that says yes or no to it.
    by_cells : bool
        Whether the column of the text was told by its cells, not by its name.
    day_first : bool or None
        Whether 3/4/2024 is in April, where the column of times shows it.
    time_by_id : bool
        Whether there is no column of times, and the ids are those of posts on X, which hold it.
    """

    fields: Mapping[str, str]
    extra: tuple[str, ...] = ()
    flags: Mapping[str, str] = field(default_factory=dict)
    by_cells: bool = False
    day_first: bool | None = None
    time_by_id: bool = False

    def __str__(self) -> str:
        taken = [f"{field}={name!r}" for field, name in self.fields.items()]
        if self.by_cells:
            taken[0] += " (whose cells look like posts)"
        taken += [f"kind by {name!r}" for name in self.flags.values()]
        lacking = [said for field, said in _WANTED.items() if field not in self.fields]
        if self.time_by_id:
            lacking.remove("time")
            taken.append("times are those that the ids hold")
        if lacking:
            taken[-1] += f"; none found for {' and '.join(lacking)}"
        carried = list(self.extra[:COLUMNS_SAID])
        if len(self.extra) > COLUMNS_SAID:
            carried.append(f"{len(self.extra) - COLUMNS_SAID} more")
        through = ", ".join(carried) or "none"
        return f"columns taken as {', '.join(taken)}; carried through: {through}"

    def without(self, field: str) -> ColumnMap:
        """Give the same map with a column carried through that was taken for `field`."""
        fields = {other: name for other, name in self.fields.items() if other != field}
        return replace(self, fields=fields, extra=(self.fields[field], *self.extra))

    def extra_name(self, name: str) -> str:
        """Return the name under which an extra column is carried through."""
        return f"source_{name}" if name in COLUMNS else name


def guess_columns(
    names: Sequence[str],
    sample: Sequence[Mapping[str, Any]],
    *,
    where: str,
    given: Mapping[str, str | None] | None = None,
) -> ColumnMap:
    """Guess which column is what, from the names and from the values of the first rows.

    Parameters
    ----------
    names : sequence of str
        The table's columns.
    sample : sequence of mappings
        Its first rows; a column of numbers is not taken for the text.
    where : str
        The file, for error messages.
    given : mapping, optional
        What the user said: from a column of the post table to a name in ``names``; an empty
        string says that the table has no such column; None leaves it to the guess.

    Raises
    ------
    InputError
        If no column, or more than one, can be the text, or a given name is not there.

    Examples
    --------
    >>> guess_columns(["Post ID", "Body", "likes"], [], where="posts.csv").fields
    {'text': 'Body', 'id': 'Post ID'}
    """
    stated = {field: name for field, name in (given or {}).items() if name is not None}
    every = [*names, *nested_names(sample)]
    for field_, name in stated.items():
        if name and name not in every:
            raise InputError(f"{where}: no column {name!r} for {field_}; there are: {_list(names)}")
    plain: dict[str, str] = {}
    for name in every:
        if name not in stated.values():
            plain.setdefault(plain_name(name), name)
    text = stated.get("text") or _text_column(plain, sample, where)
    by_cells = not text
    fields: dict[str, str] = {"text": text or _text_by_cells(plain, sample, where)}
    for field_, guesses in NAMES.items():
        found = (plain[g] for g in guesses if g in plain and plain[g] not in fields.values())
        guess = next((name for name in found if _fits(field_, name, sample)), None)
        chosen = stated.get(field_, guess)
        if chosen and chosen != fields["text"] and _fits(field_, chosen, sample):
            fields[field_] = chosen
    flags = {} if stated.get("kind") else _flags(plain, sample)
    taken = {*fields.values(), *flags.values(), *_FROM_ROW}
    extra = tuple(name for name in names if name not in taken)
    by_id = "created_at" not in stated and "created_at" not in fields and _is_x(fields, sample)
    return ColumnMap(fields, extra, flags, by_cells, time_by_id=by_id)


def _is_x(fields: Mapping[str, str], sample: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether ids are those of posts on X since 2010, by the column's name and most cells."""
    name = fields.get("id", "")
    ids = [str(value) for value in _values(name, sample)] if plain_name(name) in X_IDS else []
    return bool(ids) and sum(snowflake_time(one) is not None for one in ids) >= 0.5 * len(ids)


def nested_names(sample: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name the values of objects in cells by the way to them.

    Examples
    --------
    >>> nested_names([{"id": 7, "user": {"name": "Ada", "place": {"id": 1}}}])
    ['user.name', 'user.place.id']
    """
    found: dict[str, None] = {}
    for row in sample:
        for name, value in row.items():
            if isinstance(value, dict):
                found.update(dict.fromkeys(_within(name, value, 2)))
        if len(found) > NESTED_COLUMNS:
            break
    return list(found)[:NESTED_COLUMNS]


def _within(name: str, holder: Mapping[str, Any], deeper: int) -> Iterator[str]:
    for key, value in holder.items():
        if isinstance(value, dict):
            if deeper > 1:
                yield from _within(f"{name}.{key}", value, deeper - 1)
        elif isinstance(key, str):
            yield f"{name}.{key}"


def value_at(row: Mapping[str, Any], name: str) -> Any:
    """Return the value of a column, or the one inside an object that a dotted name leads to.

    Examples
    --------
    >>> value_at({"user": {"name": "Ada"}}, "user.name"), value_at({"user": None}, "user.name")
    ('Ada', None)
    """
    if name in row:
        return row[name]
    value: Any = row
    for key in name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def flag_of(value: Any) -> bool | None:
    """Read a yes or a no; None for anything else.

    Examples
    --------
    >>> flag_of("TRUE"), flag_of(0), flag_of("maybe")
    (True, False, None)
    """
    said = str(value if value is not None else "").strip().lower().removesuffix(".0")
    return True if said in _YES else False if said in _NO else None


def is_yes(value: str | bool, option: str, where: str) -> bool:
    """Read an option that is a yes or a no.

    Raises
    ------
    InputError
        If it is neither.
    """
    said = flag_of(value)
    if said is None:
        raise InputError(f"{where}: {option} is {value!r}: give yes or no")
    return said


def _flags(plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    found = {}
    for kind, guesses in FLAGS.items():
        for name in (plain[guess] for guess in guesses if guess in plain):
            if all(flag_of(value) is not None for value in _values(name, sample)):
                found[kind] = name
                break
    return found


def _text_column(
    plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]], where: str
) -> str | None:
    for rank, group in enumerate(TEXT_NAMES):
        found = [plain[name] for name in group if name in plain]
        found = [name for name in found if not _is_object(name, sample)]
        if rank:
            found = [name for name in found if not _is_numeric(name, sample)]
        if len(found) > 1 and rank:
            raise InputError(
                f"{where}: more than one column could be the text: {_list(found)}; "
                f"say which one, as in text={found[0]!r}"
            )
        if found:
            return found[0]
    return None


def _text_by_cells(
    plain: Mapping[str, str], sample: Sequence[Mapping[str, Any]], where: str
) -> str:
    """Take the column whose cells look like posts: several words, seldom the same ones."""
    columns = list(plain.values())
    if looks_like_data(columns):
        raise InputError(
            f"{where}: the first row looks like a post, not like the names of columns "
            f"({_list(columns)}). If the table has no header, say so, and which column holds the "
            "words, counted from 1: header='no', text='2'"
        )
    words = {name: _words(name, sample) for name in columns}
    ranked = sorted(columns, key=lambda name: -words[name])
    first, second = [*(words[name] for name in ranked[:2]), 0.0, 0.0][:2]
    if first >= 3 and first > 1.5 * second:
        return ranked[0]
    candidates = [n for n in ranked if not _is_numeric(n, sample)] or ranked
    raise InputError(
        f"{where}: no column is called text, or anything like it; say which one holds the words, "
        f"as in text={candidates[0] if candidates else 'name'!r}. Columns: {_list(columns)}"
    )


def _words(name: str, sample: Sequence[Mapping[str, Any]]) -> float:
    """Give the mean number of words of the cells; 0 where they are no posts."""
    values = _values(name, sample)
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values) or len(set(texts)) < 0.5 * len(texts) or not texts:
        return 0.0
    return sum(len(text.split()) for text in texts) / len(texts)


def looks_like_data(header: Sequence[str]) -> bool:
    """Tell whether the cells of a first row are those of a post rather than names of columns.

    Examples
    --------
    >>> looks_like_data(["0", "1467810369", "is happy today"]), looks_like_data(["id", "words"])
    (True, False)
    """
    return any(_NUMBER.fullmatch(cell) or len(cell.split()) > 6 for cell in header if cell.strip())


def _is_numeric(name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    values = _values(name, sample)
    return bool(values) and all(_NUMBER.fullmatch(str(value)) for value in values)


def _is_object(name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    return any(isinstance(value, (dict, list)) for value in _values(name, sample))


def _fits(field: str, name: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the first rows bear a guess out: a user's own ``kind`` may mean anything."""
    values = _values(name, sample)
    if field == "kind":
        return all(isinstance(v, str) and plain_name(v) in KIND_WORDS for v in values)
    if field in {"mentions", "hashtags", "urls"}:
        return not _is_numeric(name, sample) and not any(isinstance(v, dict) for v in values)
    return not any(isinstance(value, (dict, list)) for value in values)


def _values(name: str, sample: Sequence[Mapping[str, Any]]) -> list[Any]:
    found = (value_at(row, name) for row in sample)
    return [value for value in found if value not in (None, "")]


def _list(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(map(repr, shown[:40])) + (" …" if len(shown) > 40 else "")
