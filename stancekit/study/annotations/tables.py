"""Tables of annotations, of any shape, as marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, Final

import pyarrow as pa

from stancekit.errors import InputError
from stancekit.posts.tables.cells import is_missing, objects_in
from stancekit.posts.tables.mending import Mender
from stancekit.posts.tables.names import plain_name
from stancekit.posts.tables.values import quoted, value_at
from stancekit.posts.times import parse_time
from stancekit.runs.output.formulas import restored
from stancekit.study.annotations.dialects import OURS, dialect_of, named
from stancekit.study.annotations.mark import Asked, Mark, Numbered, Part, Row, each, words
from stancekit.study.annotations.plan import Plan, plan_of

#: Rows looked at before columns are chosen.
SAMPLED: Final = 1_000
#: Different cells of labels that are remembered as they were read.
REMEMBERED: Final = 1_000
NO_LABELS: Final = "no column holds labels"


def read_table(rows: Iterable[Any], part: Part, asked: Asked) -> None:
    """Read one table into a part; one without labels gives its texts.

    Raises
    ------
    InputError
        If more than one column could hold the labels; if there are neither labels nor texts.
    """
    held = each(rows, part)
    first = list(islice(held, SAMPLED))
    if not first:
        raise InputError(f"{part.name}: there are no rows in it")
    sample = [row for _, row in first]
    names = list(dict.fromkeys(chain.from_iterable(sample)))
    new = named(names, sample)
    if new:
        names = [new.get(name, name) for name in names]
        sample = [_renamed(row, new) for row in sample]
    dialect = dialect_of(names)
    plan = plan_of(names, sample, asked, part.name, dialect)
    part.format = str(plan)
    rest = chain(first, held)
    table = ((n, _renamed(row, new)) for n, row in rest) if new else rest
    if plan.labels is None:
        _texts(table, plan, part, names)
        return
    part.by_row = plan.annotator is None
    _marks(table, plan, part, asked)


def _renamed(row: Row, new: dict[str, str]) -> Row:
    return {new.get(name, name): cell for name, cell in row.items()}


def _texts(table: Iterator[Numbered], plan: Plan, part: Part, names: list[str]) -> None:
    if plan.item is None or plan.text is None:
        raise InputError(
            f"{part.name}: {NO_LABELS}; say which one does, as in label={names[-1]!r}. Columns: "
            f"{quoted(names)}"
        )
    for _, row in table:
        key, text = words(row.get(plan.item)), words(row.get(plan.text))
        if key and text:
            part.texts[key] = text


def _marks(table: Iterator[Numbered], plan: Plan, part: Part, asked: Asked) -> None:
    """Turn rows into marks; it runs once a row, so it does little."""
    assert plan.labels is not None
    ours = plan.dialect.name == OURS
    mender, marks, given = Mender(keep=ours), part.marks, _GIVEN[plan.labels.how]
    if ours and not part.typed:
        table = ((number, restored_row(row)) for number, row in table)
    judged = [] if asked.keep_all else [*plan.dialect.left_out_by]
    plain = {plain_name(n): n for n in plan_names(plan)} if judged else {}
    columns = plan.labels.columns
    missing = "rows without a label"
    if plan.labels.how == "one" and "." not in columns[0]:
        given = _remembered(columns[0])
    for number, row in table:
        if judged:
            plain = plain if len(plain) >= len(row) else {plain_name(n): n for n in row}
            own = {name: row.get(plain[name]) for name in judged if name in plain}
            if why := plan.dialect.left_out(own):
                part.left_out[why] += 1
                continue
        ref = f"{part.name}:{number}"
        item = words(value_at(row, plan.item)) if plan.item else None
        text = mender.mend(_text(value_at(row, plan.text))) if plan.text else None
        who = words(row.get(plan.annotator)) if plan.annotator else None
        when = parse_time(row.get(plan.time)) if plan.time else None
        before = len(marks)
        for label, name in given(row, columns, plan.annotator):
            place = f"{ref}/{name[1:]}" if name and name[0] == NAMELESS else ref
            marks.append(Mark(item, text, name or who, label, when, place))
        if len(marks) == before:
            if any('"start' in str(row.get(name)) for name in columns):
                part.spans += 1
            else:
                part.left_out[missing] += 1


def restored_row(row: Row) -> Row:
    """Undo what `stancekit.write_annotations` puts before cells that a spreadsheet would run."""
    risky = {n: c for n, c in row.items() if type(c) is str and c[:1] == "'"}
    if not risky:
        return row
    cells = restored(pa.array(risky.values(), pa.string())).to_pylist()
    return {**row, **dict(zip(risky, cells, strict=True))}


def _text(cell: Any) -> str | None:
    return (cell if cell.strip() else None) if type(cell) is str else words(cell)


def plan_names(plan: Plan) -> list[str]:
    """Name the columns that a plan uses."""
    return [name for name in (plan.item, plan.text, plan.annotator, plan.time) if name]


def _one(row: Row, columns: tuple[str, ...], annotator: str | None) -> Iterator[Any]:
    cell = value_at(row, columns[0])
    for label in choices(cell):
        yield label, None


def _remembered(column: str) -> Callable[..., list[Any]]:
    """Make a `_one` that reads each of few different cells once, however many rows have it."""
    known: dict[str, list[Any]] = {}

    def give(row: Row, columns: tuple[str, ...], annotator: str | None) -> list[Any]:
        cell = row.get(column)
        if type(cell) is not str:
            return list(_one(row, columns, annotator))
        found = known.get(cell)
        if found is None:
            found = [(label, None) for label in choices(cell)]
            if len(known) < REMEMBERED:
                known[cell] = found
        return found

    return give


def _wide(row: Row, columns: tuple[str, ...], annotator: str | None) -> Iterator[Any]:
    for name in columns:
        for label in choices(row.get(name)):
            yield label, name


def _one_hot(row: Row, columns: tuple[str, ...], annotator: str | None) -> Iterator[Any]:
    for name in columns:
        if (words(row.get(name)) or "0").lower() in ("1", "true"):
            yield name.rpartition(":::")[2].rpartition(".")[2], None  # Potato, MTurk


def _counts(row: Row, columns: tuple[str, ...], annotator: str | None) -> Iterator[Any]:
    place = 0
    for name in columns:
        for _ in range(int(words(row.get(name)) or 0)):
            place += 1
            yield name, f"{NAMELESS}{place}"


def _list(row: Row, columns: tuple[str, ...], annotator: str | None) -> Iterator[Any]:
    cell = row.get(columns[0])
    names = row.get(annotator) if annotator else None
    people = names if isinstance(names, list) else objects_in(names) or []
    for place, one in enumerate(cell if isinstance(cell, list) else objects_in(cell) or ()):
        if label := words(one):
            own = words(people[place]) if place < len(people) else None
            yield label, own or f"{NAMELESS}{place + 1}"


NAMELESS: Final = "\0"
"""Begins the name of an annotator of whom only the place in a row is known."""

_GIVEN: Final[Mapping[str, Callable[..., Iterable[Any]]]] = {
    "one": _one,
    "wide": _wide,
    "one-hot": _one_hot,
    "counts": _counts,
    "list": _list,
}


def choices(cell: Any) -> list[str]:
    """Return the labels in a cell: one, or several written as JSON or Python writes lists.

    >>> choices("for"), choices('["for", "unsure"]'), choices('{"choices": ["for"]}'), choices(1.0)
    (['for'], ['for', 'unsure'], ['for'], ['1'])
    """
    if cell is None or (not isinstance(cell, (list, dict)) and is_missing(cell)):
        return []
    if isinstance(cell, str) and cell[:1] in ("[", "{"):
        cell = _parsed(cell)
    if isinstance(cell, dict):
        if "start" in cell or "start_offset" in cell:  # of a part of the text
            return []
        held = next((cell[key] for key in _HELD if key in cell), None)
        if held is None:  # {"sentiment": {"label": "for"}}, {"for": true, "against": false}
            flags = [str(key) for key, value in cell.items() if value in (True, "1", "true")]
            held = flags or next((v for v in cell.values() if isinstance(v, dict)), None)
        return choices(held)
    if isinstance(cell, list):
        return [label for one in cell for label in choices(one)]
    label = words(cell)
    return [] if label is None else [label]


_HELD: Final = ("choices", "label", "labels", "rating", "taxonomy", "value")


def _parsed(cell: str) -> Any:
    import orjson

    try:
        return orjson.loads(cell)
    except orjson.JSONDecodeError:
        found = objects_in(cell)
        return cell if found is None else found
