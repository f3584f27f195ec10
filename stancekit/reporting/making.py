"""`stancekit.report`: from a labelled table to one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow as pa

from stancekit.errors import ArgumentError, InputError, StancekitError
from stancekit.events.corpus import Corpus, Gathering
from stancekit.labels import LABEL, LABELS, MODEL
from stancekit.model.saved.load import as_model, load
from stancekit.model.stance_model import StanceModel
from stancekit.posts.table import column_of
from stancekit.reporting.card import Trust, facts, trust_of
from stancekit.reporting.counting.addressed import Addressed, addressed_in
from stancekit.reporting.counting.examples import Example, Sampling
from stancekit.reporting.counting.model_error import (
    ModelError,
    error_of_checked,
    error_of_report,
)
from stancekit.reporting.counting.tally import Tally, Tallying
from stancekit.reporting.counting.timeline import Timeline, Timing
from stancekit.reporting.counting.words import KINDS, Distinguishing, MostUsed, Of, Wording
from stancekit.reporting.episodes import Writers
from stancekit.reporting.happening import happened
from stancekit.reporting.overview import Overview
from stancekit.reporting.walking import Posts, Seen, walk
from stancekit.scores.report import Report
from stancekit.study.shares.estimating import estimate_shares
from stancekit.study.shares.result import Shares
from stancekit.study.writing.methods_text import MethodsText, methods

if TYPE_CHECKING:
    from stancekit.study.shares.checked import Checked
    from stancekit.study.shares.population import Population

_TITLE: Final = "Posts and what they do"


def report(
    posts: Posts,
    output: str | Path | None = None,
    *,
    title: str | None = None,
    checked: pd.DataFrame | None = None,
    shares: Shares | None = None,
    model: StanceModel | str | Path | None = None,
    names: bool = False,
    text: bool = True,
    examples: int = 20,
    seed: int = 0,
) -> Overview:
    """Look at labelled posts, and write what is to be seen on one page.

    The page is a single HTML file that fetches nothing: what was labelled and what was left out,
    shares of the labels, labels along the time, storms and pile-ons, what tells the labels apart,
    examples, what the model's card warns of, and the paragraph on methods. Every number on it is
    in the value that is returned, and is that of a function of its own.

    Parameters
    ----------
    posts : DataFrame, str or Path
        A labelled table, as `stancekit.label_frame` gives it, or the path of one that a run
        wrote: a path is read piece by piece, in memory that grows little with the posts.
    output : str or Path, optional
        Where to write the page; what is there is replaced.
    title : str, optional
    checked : DataFrame, optional
        A random sample with true labels, as `stancekit.estimate_shares` takes it: shares are
        corrected with it. The table is then read whole.
    shares : Shares, optional
        Corrected shares that were estimated before, in the place of `checked`.
    model : StanceModel, str or Path, optional
        What the posts were labelled with, where it cannot be loaded by the name in the table.
    names : bool
        Whether accounts are called by their names. Without, they are numbered, the most addressed
        first, and names in examples are taken out where a mark tells them.
    text : bool
        Whether examples are shown; without, no post is on the page.
    examples : int
        Of each label, 50 at most.
    seed : int
        Of the draw of examples.

    Returns
    -------
    Overview
        Its ``write(path)`` writes the page, ``html()`` gives it; its parts are values to print,
        draw and take numbers from.

    Raises
    ------
    InputError
        When the table has no labels or no posts.
    ArgumentError
        When `model` is not the one that the table names.

    Examples
    --------
    >>> import pandas as pd, stancekit
    >>> posts = pd.DataFrame({"text": ["Thank you", "no"], "label": ["supportive", "critical"]})
    >>> found = stancekit.report(posts)
    >>> found.tally.shares["supportive"], found.html()[:15]
    (0.5, '<!doctype html>')
    """
    if checked is not None and shares is not None:
        raise ArgumentError("give checked posts, or the shares estimated with them, not both")
    seen = _seen(posts, examples if text else 0, seed)
    tally = seen.tally
    missing: list[str] = []
    known = _the_model(tally, model, missing)
    error = None
    if checked is not None:
        whole = _whole(posts)
        shares = estimate_shares(whole, checked)
        error = _error_of(whole, checked, tuple(tally.labels))
    elif known is not None and _scored(known, tally):
        error = error_of_report(known.report, list(tally.shares.values()))
    if seen.writers is None:
        missing.append(
            "storms, pile-ons and whom posts are at are told of the four labels only, and these "
            f"posts have others: {', '.join(tally.labels)}"
        )
    events = happened(posts, seen.writers, seen.addressed, names=names, text=text)
    found = Overview(
        title=_TITLE if title is None else title,
        tally=tally,
        timeline=replace(seen.timeline, error=error),
        shares=shares,
        storms=events.storms,
        pileons=events.pileons,
        episodes=events.episodes,
        distinguishing={
            of: replace(one, table=events.naming.words(one.table))
            for of, one in seen.distinguishing.items()
        },
        hashtags=seen.hashtags
        and replace(seen.hashtags, table=events.naming.words(seen.hashtags.table)),
        addressed=events.addressed,
        examples=tuple(events.naming.example(one) for one in seen.examples),
        methods=_methods(seen.outline, shares, known, missing),
        model={} if known is None else facts(known),
        trust=Trust() if known is None else trust_of(known),
        accounts=events.naming.shown,
        missing=tuple(missing),
    )
    if output is not None:
        found.write(output)
    return found


@dataclass(frozen=True, eq=False)
class _Seen:
    """What one walk over the posts gives; what was held to count it is gone."""

    tally: Tally
    timeline: Timeline
    distinguishing: Mapping[Of, Distinguishing]
    hashtags: MostUsed | None
    examples: Sequence[Example]
    outline: pd.DataFrame
    addressed: Addressed | None
    writers: Writers | None


def _seen(posts: Posts, examples: int, seed: int) -> _Seen:
    tallying, timing, wording = Tallying(), Timing(), Wording()
    sampling, gathering, outline = Sampling(examples, seed), Events(), Outline()
    walk(posts, (tallying, timing, wording, sampling, gathering, outline))
    tally = tallying.found()
    if not tally.labelled:
        raise InputError("no post has a label: label the posts first, and report on that table")
    corpus = gathering.corpus(tuple(tally.labels))
    return _Seen(
        tally=tally,
        timeline=timing.found(),
        distinguishing={of: wording.distinguishing(of) for of in KINDS} if wording.seen else {},
        hashtags=wording.most_used("hashtags") if wording.seen else None,
        examples=sampling.found(),
        outline=outline.frame(),
        addressed=None if corpus is None else addressed_in(corpus),
        writers=None if corpus is None else Writers.of(corpus),
    )


class Events:
    """Gathers what events are made of."""

    def __init__(self) -> None:
        self._gathering, self._posts = Gathering(), 0

    def add(self, seen: Seen) -> None:
        """Take in some posts."""
        self._gathering.add(seen.batch)
        self._posts += len(seen)

    def corpus(self, classes: tuple[str, ...]) -> Corpus | None:
        """Give them, if the labels are the four that events know."""
        return self._gathering.corpus() if self._posts and set(classes) == set(LABELS) else None


class Outline:
    """Keeps what the paragraph on methods is written from: labels, models, times."""

    def __init__(self) -> None:
        self._parts: list[pa.Table] = []
        self._classes: tuple[str, ...] = ()

    def add(self, seen: Seen) -> None:
        """Take in some posts."""
        self._classes = seen.classes
        batch = seen.batch
        columns = {
            LABEL: batch.column(LABEL).cast(pa.string()).dictionary_encode(),
            "created_at": column_of(batch, "created_at").cast(pa.timestamp("us", "UTC")),
            MODEL: column_of(batch, MODEL).cast(pa.string()).dictionary_encode(),
        }
        self._parts.append(pa.table(columns))

    def frame(self) -> pd.DataFrame:
        """Give them as a table; columns that are empty are left out."""
        frame: pd.DataFrame = pa.concat_tables(self._parts).unify_dictionaries().to_pandas()
        known = frame[LABEL].where(frame[LABEL].isin(self._classes))
        frame[LABEL] = pd.Categorical(known, categories=list(self._classes))
        kept = [name for name in frame if name == LABEL or frame[name].notna().any()]
        return frame[kept]


def _the_model(
    tally: Tally, given: StanceModel | str | Path | None, missing: list[str]
) -> StanceModel | None:
    """Return the model that labelled, if it is given, or can be loaded by the name it has."""
    if given is not None:
        return as_model(given)
    for named in tally.models:
        name, _, digest = named.rpartition("@")
        if name and digest and Path(name).name == name:  # a table names no places to look into
            try:
                found = load(name)
            except StancekitError:
                continue
            if found.digest.startswith(digest) and len(tally.models) == 1:
                return found
    missing.append(
        "the posts were labelled by several models: what each is worth is not said here"
        if len(tally.models) > 1
        else "the model that labelled is not at hand, so that its scores and warnings are not said "
        "here: give it as model (--model)"
    )
    return None


def _scored(model: StanceModel, tally: Tally) -> bool:
    """Whether a model was scored on posts of the same labels."""
    report = model.report
    return isinstance(report, Report) and tuple(map(str, report.classes)) == tuple(tally.labels)


def _whole(posts: Posts) -> pd.DataFrame:
    from stancekit.runs.output.read_back import read_labels

    return read_labels(posts) if isinstance(posts, (str, Path)) else posts


def _error_of(
    whole: pd.DataFrame, checked: pd.DataFrame, classes: tuple[str, ...]
) -> ModelError | None:
    from stancekit.study.shares.checked import checked_posts
    from stancekit.study.shares.population import population

    posts: Population = population(whole)
    if tuple(map(str, posts.labels)) != classes:
        return None
    found: Checked = checked_posts(posts, whole, checked)
    given = posts.code[found.place].repeat(found.times)
    return error_of_checked(given.tolist(), found.truth.repeat(found.times).tolist(), len(classes))


def _methods(
    outline: pd.DataFrame, shares: Shares | None, model: StanceModel | None, missing: list[str]
) -> MethodsText | None:
    try:
        return methods(outline, shares=shares, model=model)
    except InputError as error:
        missing.append(f"no paragraph on methods: {error}")
        return None
