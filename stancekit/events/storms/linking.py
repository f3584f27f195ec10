"""Which pile-ons a storm goes with: its posts address the target while it is piled on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from stancekit.errors import InputError
from stancekit.events.storms.looking import Collection, Found, addressed
from stancekit.events.storms.storm import PileOn, Storm

_COLUMNS: Final = ("target", "level", "start", "end")


def linked(
    storms: Sequence[Storm], found: Sequence[Found], there: Collection, pileons: Any
) -> list[Storm]:
    """Tell storms which pile-ons they go with.

    Parameters
    ----------
    pileons
        A result with `to_frame`, or a frame, with columns ``target``, ``level``, ``start`` and
        ``end``; None for none.

    Raises
    ------
    InputError
        When it is no such thing.
    """
    if pileons is None:
        return list(storms)
    frame = pileons.to_frame() if hasattr(pileons, "to_frame") else pileons
    if not isinstance(frame, pd.DataFrame) or not set(_COLUMNS) <= set(frame.columns):
        raise InputError(
            f"pileons is {type(pileons).__name__}: give what stancekit.find_pileons found, or a "
            f"frame with the columns {', '.join(_COLUMNS)}"
        )
    rows = [
        (str(row.target), str(row.level), _utc(row.start), _utc(row.end))
        for row in frame[list(_COLUMNS)].itertuples(index=False)
    ]
    return [
        replace(storm, pileons=_of(storm, one, there, rows))
        for storm, one in zip(storms, found, strict=True)
    ]


def _of(
    storm: Storm,
    found: Found,
    there: Collection,
    rows: list[tuple[str, str, pd.Timestamp, pd.Timestamp]],
) -> tuple[PileOn, ...]:
    meanwhile = [row for row in rows if row[2] <= storm.end and row[3] >= storm.start]
    if not meanwhile:
        return ()
    target, accounts = addressed(found.posts, there)
    names = (there.corpus.accounts[at].casefold() for at in target.tolist())
    by_name = dict(zip(names, accounts.tolist(), strict=True))
    return tuple(
        PileOn(*row, by_name[name])
        for row in meanwhile
        if (name := row[0].lstrip("@").casefold()) in by_name
    )


def _utc(moment: Any) -> pd.Timestamp:
    stamp = pd.Timestamp(moment)
    return stamp.tz_localize("UTC") if stamp.tz is None else stamp.tz_convert("UTC")
