"""What may stand where in a report that was read from a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from stancekit.errors import FormatError
from stancekit.scores.coverage import STEPS

_INTERVAL: Final = frozenset(("value", "low", "high", "level"))
#: Past it, counts of posts and scores are none, and no longer fit where they are put.
_LARGEST: Final = 1 << 53
#: Bins of confidence, and reasons for which posts were left out: of either there are a few.
_ROWS: Final = 1_000


def check_values(data: Mapping[str, Any]) -> None:
    """Refuse a report whose values are of another type, shape or size than any report's.

    Raises
    ------
    FormatError
        Names the first that is.
    """
    k = len(data["classes"]) if isinstance(data["classes"], list | tuple) else 0
    shapes: dict[str, Callable[[Any], bool]] = {
        "how": lambda it: isinstance(it, str),
        "classes": lambda it: k > 0,
        "counts": lambda it: _rows(it, _row_of(_count, k), k),
        "macro_f1": _interval,
        "accuracy": _interval,
        "f1": lambda it: _rows(it, lambda one: one is None or _interval(one), k),
        "ece": _number,
        "bins": lambda it: _rows(it, _row_of(_number, 5), most=_ROWS),
        "tally": lambda it: _rows(
            it, lambda row: _row_of(_count, 6)(row) and _place(row, k), most=k * (STEPS + 1)
        ),
        "dropped": lambda it: (
            isinstance(it, dict) and len(it) <= _ROWS and all(map(_count, it.values()))
        ),
        "groups": lambda it: it is None or _count(it),
        "seed": _count,
    }
    for name, fits in shapes.items():
        if not fits(data[name]):
            raise FormatError(f"the report's {name} are none: make it anew")


def _count(value: Any) -> bool:
    return type(value) is int and 0 <= value < _LARGEST


def _number(value: Any) -> bool:
    return type(value) in (int, float) and (value != value or abs(value) < _LARGEST)


def _interval(value: Any) -> bool:
    if not isinstance(value, dict) or not {"value", "low", "high"} <= value.keys() <= _INTERVAL:
        return False
    ends = [one for name, one in value.items() if name not in ("low", "high") or one is not None]
    return all(map(_number, ends))


def _rows(
    value: Any, fits: Callable[[Any], bool], length: int | None = None, most: int | None = None
) -> bool:
    return (
        isinstance(value, list | tuple)
        and (most is None or len(value) <= most)
        and (length is None or len(value) == length)
        and all(map(fits, value))
    )


def _row_of(fits: Callable[[Any], bool], length: int) -> Callable[[Any], bool]:
    return lambda row: _rows(row, fits, length)


def _place(row: Any, classes: int) -> bool:
    return bool(row[0] < classes and row[1] <= STEPS)
