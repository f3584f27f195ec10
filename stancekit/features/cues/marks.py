"""The marks that the cues of a batch are sums of: which tokens, which cue, how much."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stancekit.features.cues.lexicon import MOST_LISTS, Lexicon
from stancekit.features.cues.scope import (
    Roles,
    in_scope,
    meant,
    near_person,
    person_count,
    roles_of,
)
from stancekit.features.cues.table import COLUMN, CUES, LIST, LIST_CUES, LISTS
from stancekit.features.cues.terms import Hits, Tokens, find_terms, term_index, visible_tokens
from stancekit.features.cues.typography import capitals, typographic_marks
from stancekit.text.codepoints import Index
from stancekit.text.normalise import Normalised
from stancekit.text.segmentation import Segmentation

Values = npt.NDArray[np.float64]
Mark = tuple[Index, Index, Index, Values]


@dataclass(frozen=True)
class Marks:
    """Marks of a batch.

    Attributes
    ----------
    tokens : Tokens
        What `first` counts in.
    first, length : ndarray of int64, shape (m,)
        The tokens marked.
    cue : ndarray of int64, shape (m,)
        Column of the cue.
    value : ndarray of float64, shape (m,)
        What the mark adds to the sum, above 0.
    capitals : ndarray of int64, one for each token
        Number of capital letters.
    """

    tokens: Tokens
    first: Index
    length: Index
    cue: Index
    value: Values
    capitals: Index


def marks_of(seg: Segmentation, normalised: Normalised, lexicon: Lexicon) -> Marks:
    """Find every mark but those of a post as a whole."""
    tokens = visible_tokens(seg)
    capital = capitals(tokens, seg)
    hits = find_terms(tokens, normalised, term_index(lexicon))
    roles = roles_of(tokens, seg, hits)
    parts = [
        _list_marks(hits),
        *_scoped_marks(tokens, hits, roles),
        *_hostile_marks(tokens, hits),
    ]
    if "violence" in lexicon.names and "intent" in lexicon.names:
        parts.append(_violence_marks(tokens, hits, roles, lexicon.names))
    parts += [
        (at, np.ones_like(at), np.full(len(at), COLUMN[name]), value)
        for name, at, value in typographic_marks(tokens, seg, capital)
    ]
    first, length, cue, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Marks(tokens, first, length, cue, value, capital)


def _list_marks(hits: Hits) -> Mark:
    """Mark the terms of the lists that are cues, the user's own lists after the built-in ones."""
    to_column = np.full(MOST_LISTS, -1)
    to_column[: len(LIST_CUES)] = np.arange(len(LIST_CUES))
    to_column[len(LISTS) :] = np.arange(len(CUES), len(CUES) + MOST_LISTS - len(LISTS))
    column = to_column[hits.list]
    chosen = np.flatnonzero((column >= 0) & (hits.weight > 0))
    return hits.first[chosen], hits.length[chosen], column[chosen], hits.weight[chosen]


def _scoped_marks(tokens: Tokens, hits: Hits, roles: Roles) -> list[Mark]:
    chosen = np.flatnonzero((hits.list == LIST["valence"]) | (hits.list == LIST["support"]))
    first, weight = hits.first[chosen], hits.weight[chosen]
    is_support = hits.list[chosen] == LIST["support"]
    negated, boost = in_scope(first, tokens, roles)
    size = np.maximum(np.abs(weight) + boost * (weight != 0), 0)
    valence = np.sign(weight) * size * np.where(negated, -0.74, 1.0)
    emoji = hits.list == LIST["emoji"]
    return [
        _mark(hits, chosen[keep], name, value[keep])
        for name, keep, value in (
            ("positive_words", ~is_support & (valence > 0), valence),
            ("negative_words", ~is_support & (valence < 0), -valence),
            ("support", is_support & ~negated, weight),
            ("support_withheld", is_support & negated, weight),
        )
    ] + [
        _mark(hits, at, name, np.abs(hits.weight[at]))
        for name, at in (
            ("positive_emoji", np.flatnonzero(emoji & (hits.weight > 0))),
            ("negative_emoji", np.flatnonzero(emoji & (hits.weight < 0))),
        )
    ]


def _hostile_marks(tokens: Tokens, hits: Hits) -> list[Mark]:
    """Insults aimed at somebody, and swearing aimed at nobody."""
    persons = person_count(tokens, hits)
    named = (LIST["insult"], LIST["slur"], LIST["dehumanising"])
    insult = np.flatnonzero(np.isin(hits.list, named))
    aimed = near_person(tokens, hits, insult, persons, copula=True)
    swear = np.flatnonzero(hits.list == LIST["profanity"])
    loose = ~near_person(tokens, hits, swear, persons, copula=False)
    return [
        _mark(hits, at, name, hits.weight[at])
        for name, at in (
            ("targeted_insult", insult[aimed]),
            ("loose_profanity", swear[loose]),
        )
    ]


def _violence_marks(tokens: Tokens, hits: Hits, roles: Roles, names: tuple[str, ...]) -> Mark:
    """Violence that is meant: the last cue of all."""
    intends = np.zeros(len(tokens.number), np.bool_)
    chosen = hits.list == names.index("intent")
    intends[hits.first[chosen] + hits.length[chosen] - 1] = True
    at = np.flatnonzero(hits.list == names.index("violence"))
    at = at[meant(hits.first[at], tokens, intends, roles)]
    column = len(CUES) + len(names) - len(LISTS)
    return hits.first[at], hits.length[at], np.full(len(at), column), hits.weight[at]


def _mark(hits: Hits, at: Index, name: str, value: Values) -> Mark:
    return hits.first[at], hits.length[at], np.full(len(at), COLUMN[name]), value
