"""What stands near a term: negations, intensifiers, and whoever it may be aimed at."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stancekit.features.cues.table import LIST
from stancekit.features.cues.terms import Hits, Tokens
from stancekit.text.codepoints import Codes, Index, Mask
from stancekit.text.segmentation import Kind, Segmentation

#: Tokens before a term in which a negation or an intensifier reaches it (VADER), and how much an
#: intensifier counts at each distance.
REACH = (1.0, 0.95, 0.9)
#: Tokens within which "you" or a mention makes an insult aimed at it; a copula stands before it.
NEAR, COPULA_NEAR = 4, 3
#: Tokens before a term in which an intent makes it meant, and a negation denies that.
MEANT, DENIED = 4, 6

_CLAUSE_END = np.array([ord(c) for c in ".,;:!?…—–"], np.uint32)


@dataclass(frozen=True)
class Roles:
    """Per token: whether it negates, ends a clause, and by how much it intensifies."""

    negates: Mask
    breaks: Mask
    boost: npt.NDArray[np.float64]


def roles_of(tokens: Tokens, seg: Segmentation, hits: Hits) -> Roles:
    """Say which tokens negate, intensify or end a clause."""
    size = len(tokens.number)
    negates, breaks = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    boost = np.zeros(size)
    negates[_last(hits, "negation")] = True
    breaks[_last(hits, "clause_break")] = True
    sign = np.flatnonzero(tokens.kind == Kind.PUNCTUATION)
    code: Codes = seg.codes[seg.start[tokens.number[sign]]]
    breaks[sign] = np.isin(code, _CLAUSE_END)
    chosen = hits.list == LIST["intensifier"]
    boost[_last(hits, "intensifier")] = hits.weight[chosen]
    return Roles(negates, breaks, boost)


def _last(hits: Hits, name: str) -> Index:
    chosen = hits.list == LIST[name]
    last: Index = hits.first[chosen] + hits.length[chosen] - 1
    return last


def in_scope(first: Index, tokens: Tokens, roles: Roles) -> tuple[Mask, npt.NDArray[np.float64]]:
    """Say for terms that begin at `first` whether they are negated, and the sum of boosts."""
    negated, boost = np.zeros(len(first), np.bool_), np.zeros(len(first))
    begin = tokens.post_first[tokens.post[first]]
    reaches = np.ones(len(first), np.bool_)
    for distance, strength in enumerate(REACH, start=1):
        reaches &= first - distance >= begin
        at = np.maximum(first - distance, 0)
        reaches &= ~roles.breaks[at]
        negated |= reaches & roles.negates[at]
        boost += np.where(reaches, roles.boost[at] * strength, 0.0)
    return negated, boost


def meant(first: Index, tokens: Tokens, intends: Mask, roles: Roles) -> Mask:
    """Say which terms that begin at `first` are intended, wished or demanded, and not negated.

    One that `intends` is at most `MEANT` tokens before in the clause, and no negation stands in it
    within `DENIED`.
    """
    begin = tokens.post_first[tokens.post[first]]
    reaches = np.ones(len(first), np.bool_)
    is_meant, denied = np.zeros_like(reaches), np.zeros_like(reaches)
    for distance in range(1, DENIED + 1):
        reaches &= first - distance >= begin
        at = np.maximum(first - distance, 0)
        reaches &= ~roles.breaks[at]
        denied |= reaches & roles.negates[at]
        if distance <= MEANT:
            is_meant |= reaches & intends[at]
    return is_meant & ~denied


def person_count(tokens: Tokens, hits: Hits) -> tuple[Index, Index]:
    """Count, up to each token, whom one can aim at, and copulas; one longer than the tokens."""
    person = tokens.kind == Kind.MENTION
    person[hits.first[hits.list == LIST["second_person"]]] = True
    copula = np.zeros(len(person), np.bool_)
    copula[_last(hits, "copula")] = True
    counts = np.zeros((2, len(person) + 1), np.int64)
    np.cumsum(person, out=counts[0, 1:])
    np.cumsum(copula, out=counts[1, 1:])
    return counts[0], counts[1]


def near_person(
    tokens: Tokens, hits: Hits, chosen: Index, counts: tuple[Index, Index], *, copula: bool
) -> Mask:
    """Say which of the chosen hits stand near "you" or a mention, or right behind a copula."""
    first, end = hits.first[chosen], hits.first[chosen] + hits.length[chosen]
    post = tokens.post[first]
    begin, stop = tokens.post_first[post], tokens.post_first[post + 1]
    person, copulas = counts
    low, high = np.maximum(first - NEAR, begin), np.minimum(end + NEAR, stop)
    near: Mask = person[high] > person[low]
    if copula:
        near |= copulas[first] > copulas[np.maximum(first - COPULA_NEAR, begin)]
    return near
