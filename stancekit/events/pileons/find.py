"""`find_pileons`: from labelled posts to who was written at by too many, and how hostile they were.

References
----------
docs/events.md says what is looked for and how; decision 41 why with these numbers.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from stancekit.errors import ArgumentError, InputError
from stancekit.events.clock import clock_of
from stancekit.events.corpus import NO_TIME, Corpus, Gathering, counted
from stancekit.events.pileons.around import around
from stancekit.events.pileons.collection import may_be_collection
from stancekit.events.pileons.correcting import Scored, errors_of
from stancekit.events.pileons.describing import Describer, frame_of
from stancekit.events.pileons.exposure import exposure_of
from stancekit.events.pileons.finding import Found, find
from stancekit.events.pileons.incoming import incoming_of
from stancekit.events.pileons.missing import declined, lacking, still
from stancekit.events.pileons.result import PileOns
from stancekit.events.pileons.together import Hashes, actions
from stancekit.events.reading import batches_of
from stancekit.labels import LABEL, LABELS
from stancekit.runs.pseudonyms import Pseudonyms, read_key
from stancekit.scores.prevalence import Errors

if TYPE_CHECKING:
    import pandas as pd

#: What a target can be marked as.
KINDS: Final = ("person", "organisation")


def find_pileons(
    posts: pd.DataFrame | str | Path,
    *,
    targets: Mapping[str, str] | None = None,
    errors: Scored | Errors | None = None,
    q: float = 0.001,
    pseudonyms: bool | str | Path = False,
    name_amplifiers: bool = False,
    evidence: int = 20,
    draws: int = 400,
    seed: int = 0,
) -> PileOns:
    """Find who was written at by more accounts than ever, and how hostile these were.

    What counts is a reply, a quote, or a mention by the writer's own hand; never a repost, nor a
    mention that a reply inherits from its thread. Accounts are counted, each once.

    An episode is a stretch in which more distinct accounts write at a target than its own past
    predicts. It is a *surge*; a *critical storm* if at least half of the accounts are critical or
    worse; a *hostile surge* if at least a tenth, and twice as many as usual in the file, wrote a
    post labelled dog-piling; *consistent with a pile-on* if at least a quarter did. "At least" is
    the lower end of a one-sided 95 % interval. *Repeated hostility* comes from one or two accounts
    and is no pile-on.

    Parameters
    ----------
    posts
        A labelled table, as `label_frame` gives it, or the path of one that a run wrote.
    targets
        ``"person"`` or ``"organisation"`` by name of account, for those that are known to be one.
    errors
        How the labels err on posts like these: the report of `evaluate`, or `Errors`. Without,
        shares are corrected by the probabilities in the table, if there are any.
    q
        Share of the targets found that may be found by chance (Benjamini & Hochberg). Small, since
        real posts come in thicker clusters than the null's.
    pseudonyms
        Whether targets get pseudonyms, other ones at each call; or the file of a key, as
        `label_archive` takes it, with which they stay the same.
    name_amplifiers
        Whether amplifiers are named; without, they get pseudonyms, too.
    evidence
        How many ids of posts are given for each episode, at most.
    draws
        Draws of the calibration for each size of target, and of corrections.
    seed
        Of the draws.

    Returns
    -------
    PileOns
        No account is named but targets (and amplifiers, if asked). Where the file lacks authors,
        times or targets, or is one account's archive, there are no episodes, and it says why.

    Raises
    ------
    InputError
        When no post has one of the four labels.
    FormatError
        When there is no table of labels at the path.
    ArgumentError
        When an argument cannot be.

    Examples
    --------
    >>> import pandas as pd
    >>> import stancekit
    >>> start = pd.Timestamp("2026-03-01", tz="UTC")
    >>> posts = pd.DataFrame({
    ...     "id": [str(n) for n in range(100)],
    ...     "author": [f"account{n}" for n in range(100)],
    ...     "created_at": [start + pd.Timedelta(hours=8 * n) for n in range(60)]
    ...     + [start + pd.Timedelta(days=20, minutes=n) for n in range(40)],
    ...     "reply_to_author": "tilda",
    ...     "label": ["neutral"] * 60 + ["dog-piling", "critical", "dog-piling", "dog-piling"] * 10,
    ... })
    >>> found = stancekit.find_pileons(posts).to_frame()
    >>> found[["target", "level", "accounts", "hostile"]].to_dict("records")
    [{'target': 'tilda', 'level': 'pile-on', 'accounts': 40, 'hostile': 30}]
    """
    kinds = _kinds(targets or {})
    known = _errors(errors)
    if not 0 < q < 1:
        raise ArgumentError(f"q is {q!r}: give a number between 0 and 1")
    if draws < 20 or evidence < 0:
        raise ArgumentError(
            f"draws is {draws!r}, at least 20; evidence is {evidence!r}, at least 0"
        )
    corpus, done = _gathered(posts)
    counts = counted(corpus)
    incoming = incoming_of(corpus, counts)
    why = declined(corpus, incoming)
    notes = () if why else tuple(lacking(corpus, counts))
    found = Found([], 0, np.nan)
    rows, hours = [], []
    if not why:
        times = corpus.time[counts & (corpus.time != NO_TIME)]
        exposure, clock = exposure_of(times), clock_of(times)
        found = find(incoming, exposure, draws, seed, q)
        collection = may_be_collection(found.episodes, incoming, times)
        named, hidden = _namers(corpus, pseudonyms, name_amplifiers)
        describer = Describer(
            *(corpus, around(corpus, counts, incoming, exposure), done, known),
            target_name=named,
            other_name=hidden,
            evidence=evidence,
            draws=draws,
            seed=seed,
        )
        for one, words in zip(found.episodes, collection, strict=True):
            kind = kinds.get(corpus.accounts[one.target].casefold(), "")
            rows.append(describer.row(one, kind, words, [*still(clock, one), *notes]))
            hours.append(describer.hours(one))
    return PileOns(
        episodes=frame_of(iter(rows)),
        hours=tuple(hours),
        declined=why,
        notes=notes,
        tested=found.tested,
        targets=len(np.unique(incoming.target)),
        posts=len(corpus),
        usual=found.usual,
    )


def _gathered(posts: pd.DataFrame | str | Path) -> tuple[Corpus, Hashes]:
    gathering, done = Gathering(), []
    for batch in batches_of(posts):
        gathering.add(batch)
        done.append(actions(batch))
    corpus = gathering.corpus()
    if len(corpus) and (corpus.label < 0).all():
        raise InputError(
            f"no post has one of the labels {', '.join(LABELS)} in the column {LABEL!r}: "
            "label the posts with stancekit.label_frame, or rename labels of your own"
        )
    return corpus, np.concatenate(done)


def _kinds(targets: Mapping[str, str]) -> dict[str, str]:
    wrong = [name for name, kind in targets.items() if kind not in KINDS]
    if wrong:
        raise ArgumentError(
            f"target {wrong[0]!r} is {targets[wrong[0]]!r}: give {' or '.join(KINDS)}"
        )
    return {name.strip().lstrip("@").casefold(): kind for name, kind in targets.items()}


def _errors(given: Scored | Errors | None) -> Errors | None:
    return given if given is None or isinstance(given, Errors) else errors_of(given)


def _namers(
    corpus: Corpus, pseudonyms: bool | str | Path, name_amplifiers: bool
) -> tuple[Callable[[int], str], Callable[[int], str]]:
    """Give what names targets, and what names others."""
    key = read_key(Path(pseudonyms)) if isinstance(pseudonyms, (str, Path)) else None
    codes = Pseudonyms(key or secrets.token_bytes(32))

    def plain(place: int) -> str:
        return corpus.accounts[place]

    def coded(place: int) -> str:
        return codes.of_name(corpus.accounts[place])

    return coded if pseudonyms else plain, plain if name_amplifiers else coded
