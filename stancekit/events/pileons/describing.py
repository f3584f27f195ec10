"""Episodes as rows: all that is said of each, and its hours for the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from stancekit.events.contacts import ANSWERED, QUOTED
from stancekit.events.corpus import Corpus
from stancekit.events.pileons.around import Around
from stancekit.events.pileons.correcting import Corrected, by_errors, by_probability
from stancekit.events.pileons.exposure import HOUR
from stancekit.events.pileons.finding import Episode
from stancekit.events.pileons.incoming import Incoming
from stancekit.events.pileons.levels import HOSTILE_SURGE, PILE_ON, REPEATED, tally
from stancekit.events.pileons.together import expected, pairs
from stancekit.labels import DOG_PILING, LABELS
from stancekit.scores.prevalence import Errors

#: Posts of an episode that are looked at for what is done together.
_MOST_POSTS: Final = 20_000
#: Hours before and after an episode that its picture shows, and of how long an episode at most.
_MARGIN: Final = 24
_MOST_HOURS: Final = 24 * 60

#: Columns of the frame and their dtypes.
COLUMNS: Final[dict[str, str]] = {
    "target": "string",
    "kind": "string",
    "level": "string",
    "start": "datetime64[us, UTC]",
    "end": "datetime64[us, UTC]",
    "accounts": "Int64",
    "hostile": "Int64",
    "share": "float64",
    "share_low": "float64",
    "corrected": "float64",
    "corrected_low": "float64",
    "corrected_by": "string",
    "critical_share": "float64",
    "critical_low": "float64",
    "p": "float64",
    "q": "float64",
    "supporters": "float64",
    "strangers": "float64",
    "posts": "Int64",
    "posts_per_account": "float64",
    "repeaters": "Int64",
    "replies": "float64",
    "quotes": "float64",
    "mentions": "float64",
    "amplifier": "string",
    "amplifier_reach": "Int64",
    "amplifier_post": "string",
    "coordinated": "Int64",
    "coordinated_expected": "float64",
    "target_posts_before": "float64",
    "target_posts_after": "float64",
    "evidence": "object",
    "past": "float64",
    "may_be_collection": "string",
    "missing": "string",
}


@dataclass(frozen=True, eq=False)
class Describer:
    """What rows are made from.

    Attributes
    ----------
    corpus : Corpus
    around : Around
    actions : ndarray of uint64, shape (n, 2)
        As `stancekit.events.pileons.together.actions` gives them.
    errors : Errors, optional
        Of the labels.
    target_name, other_name : callable
        Give the name of a target, and of another account, or what stands for it, by its place.
    evidence : int
        Ids of posts for each episode, at most.
    draws, seed : int
    """

    corpus: Corpus
    around: Around
    actions: npt.NDArray[np.uint64]
    errors: Errors | None
    target_name: Callable[[int], str]
    other_name: Callable[[int], str]
    evidence: int
    draws: int
    seed: int

    def row(self, one: Episode, kind: str, collection: str, lacking: list[str]) -> dict[str, Any]:
        """Describe an episode."""
        contacts = self.around.incoming.at(one.target, one.start, one.end)
        counts = tally(contacts)
        corrected, why = self._corrected(contacts, counts.share)
        hostile = np.unique(contacts.account[contacts.hostile])
        amplifier = self.around.amplifier(one)
        before, after = self.around.own_posts(one)
        past, strangers = self.around.past(one), self.around.strangers(one, hostile)
        together, by_chance = self._together(contacts)
        own = [
            "no past for this target" if np.isnan(past) else "",
            f"may be the collection: {collection}" if collection else "",
            why,
            "strangers cannot be told in the first days of a file"
            if np.isnan(strangers) and len(hostile)
            else "",
        ]
        ids = self.corpus.ids
        return {
            "target": self.target_name(one.target),
            "kind": kind or pd.NA,
            "level": one.level,
            "start": pd.Timestamp(one.start, unit="s", tz="UTC"),
            "end": pd.Timestamp(one.end, unit="s", tz="UTC"),
            "accounts": counts.accounts,
            "hostile": counts.hostile,
            "share": counts.share,
            "share_low": counts.share_low,
            "corrected": corrected.share,
            "corrected_low": corrected.low,
            "corrected_by": corrected.by or pd.NA,
            "critical_share": counts.critical_share,
            "critical_low": counts.critical_low,
            "p": one.p,
            "q": one.q,
            "supporters": counts.supportive / counts.accounts,
            "strangers": strangers,
            "posts": len(contacts),
            "posts_per_account": len(contacts) / counts.accounts,
            "repeaters": _repeaters(contacts),
            "replies": float((contacts.how == ANSWERED).mean()),
            "quotes": float((contacts.how == QUOTED).mean()),
            "mentions": float((contacts.how > QUOTED).mean()),
            "amplifier": self.other_name(amplifier.account) if amplifier else pd.NA,
            "amplifier_reach": amplifier.reach if amplifier else pd.NA,
            "amplifier_post": ids[amplifier.post].as_py() if amplifier else pd.NA,
            "coordinated": together,
            "coordinated_expected": by_chance,
            "target_posts_before": before,
            "target_posts_after": after,
            "evidence": self._evidence(contacts, one.level),
            "past": past,
            "may_be_collection": collection or pd.NA,
            "missing": "; ".join(filter(None, [*own, *lacking])) or pd.NA,
        }

    def hours(self, one: Episode) -> npt.NDArray[np.int64]:
        """Count the accounts of each hour by label, from a day before to a day after.

        Returns
        -------
        ndarray of int64, shape (k, 3)
            Hours since 1970, place of the label (-1 for none), accounts.
        """
        margin = _MARGIN * HOUR
        end = min(one.end, one.start + _MOST_HOURS * HOUR) + margin
        contacts = self.around.incoming.at(one.target, one.start - margin, end)
        cell = contacts.time // HOUR * (len(LABELS) + 1) + contacts.label + 1
        order = np.lexsort((contacts.account, cell))
        cell, account = cell[order], contacts.account[order]
        new = np.concatenate([[True], (np.diff(cell) != 0) | (np.diff(account) != 0)])
        cells, accounts = np.unique(cell[new], return_counts=True)
        hour, label = np.divmod(cells, len(LABELS) + 1)
        return np.stack([hour, label - 1, accounts], axis=1)

    def _corrected(self, contacts: Incoming, share: float) -> tuple[Corrected, str]:
        if self.errors is not None and not self.errors.why_not:
            rng = np.random.default_rng(self.seed)
            return by_errors(share, contacts.account, self.errors, rng, self.draws), ""
        proba = self.corpus.proba[contacts.post, LABELS.index(DOG_PILING)]
        found = by_probability(contacts.account, proba)
        why = f"{self.errors.why_not} for a correction" if self.errors is not None else ""
        if not found.by:
            why = f"{why or 'no errors of the labels'} and no probabilities: nothing is corrected"
        return found, why

    def _together(self, contacts: Incoming) -> tuple[int, float]:
        contacts = contacts[slice(0, _MOST_POSTS)]
        rng = np.random.default_rng(self.seed)
        what = contacts.account, contacts.time, self.actions[contacts.post]
        found = pairs(*what)
        return found, expected(*what, rng)

    def _evidence(self, contacts: Incoming, level: str) -> list[str]:
        """Ids of posts, those first that the level is of, an account one post and then more."""
        telling = contacts.hostile if level in (PILE_ON, HOSTILE_SURGE, REPEATED) else None
        if telling is None:
            telling = contacts.against if contacts.against.any() else np.ones(len(contacts), bool)
        posts, account = contacts.post[telling], contacts.account[telling]
        first = np.zeros(len(posts), bool)
        first[np.unique(account, return_index=True)[1]] = True
        order = np.argsort(~first, kind="stable")
        ids = self.corpus.ids.take(pa.array(posts[order][: self.evidence]))
        return [one for one in ids.to_pylist() if one is not None]


def _repeaters(contacts: Incoming) -> int:
    """Count the accounts with five hostile posts or more."""
    posts = np.unique(contacts.account[contacts.hostile], return_counts=True)[1]
    return int((posts >= 5).sum())


def frame_of(rows: Iterator[dict[str, Any]]) -> pd.DataFrame:
    """Make the frame, with its columns and their types also where there is no row."""
    found = list(rows)
    columns = {
        name: pd.Series([row[name] for row in found], dtype=dtype)
        for name, dtype in COLUMNS.items()
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(len(found)))
