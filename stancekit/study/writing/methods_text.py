"""`stancekit.methods`: the paragraph on methods, of what model, labels and shares say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from stancekit.errors import ArgumentError, StancekitError
from stancekit.labels import MODEL
from stancekit.model.saved.load import load
from stancekit.model.stance_model import StanceModel
from stancekit.posts.limits import FIRST_SECOND, LAST_SECOND
from stancekit.scores.report import Report
from stancekit.show.cells import one_line
from stancekit.study.shares.population import population
from stancekit.study.shares.result import CORRECTED, Shares, between, percent
from stancekit.study.writing.bibtex import CITED, WRITTEN_OUT, entries
from stancekit.study.writing.guide import plain


@dataclass(frozen=True)
class MethodsText:
    """A paragraph on methods.

    Attributes
    ----------
    markdown : str
        The paragraph, with a list of limits.
    bibtex : str
        What it cites.
    """

    markdown: str
    bibtex: str

    @property
    def text(self) -> str:
        """The paragraph without Markdown."""
        return plain(self.markdown.replace(CITED, WRITTEN_OUT))

    def __str__(self) -> str:
        return f"{self.text}\n\n{self.bibtex}"

    def _repr_markdown_(self) -> str:
        return f"{self.markdown}\n\n```bibtex\n{self.bibtex}\n```"


def methods(
    labelled_or_model: pd.DataFrame | StanceModel | str,
    *,
    shares: Shares | None = None,
    model: StanceModel | str | None = None,
) -> MethodsText:
    """Write what a paper's section on methods needs: model, data, scores, shares, limits.

    Every number is taken from the model's manifest and report, the labels, and the shares given;
    what these do not say is said to be unknown, never guessed.

    Parameters
    ----------
    labelled_or_model : DataFrame, StanceModel or str
        Labels as `stancekit.read_labels` or `label_frame` give them, or the model alone.
    shares : Shares, optional
        Of `stancekit.estimate_shares`.
    model : StanceModel or str, optional
        What the posts were labelled with, where it cannot be loaded by the name in the labels.

    Returns
    -------
    MethodsText
        Prints as plain text with BibTeX entries; ``.markdown`` and ``.bibtex`` give each apart.

    Raises
    ------
    ArgumentError
        If the model given is not the one that the labels name.

    Examples
    --------
    >>> import stancekit
    >>> told = stancekit.methods("fast")
    >>> stancekit.load("fast").digest[:12] in told.text
    True
    """
    if isinstance(labelled_or_model, pd.DataFrame):
        named = _named(labelled_or_model)
        chosen = _the_model(named, model)
        data = list(_of_labels(labelled_or_model, named, chosen))
    else:
        chosen, data = _loaded(labelled_or_model), []
    lines = [*data]
    if chosen is not None:
        lines += [*_of_model(chosen), *_of_scores(chosen)]
    if shares is not None:
        lines += _of_shares(shares)
    limits = "\n".join(f"- {limit}" for limit in _limits(chosen, shares))
    cited = entries(corrected=shares is not None and CORRECTED in shares.whole.found)
    return MethodsText(f"{' '.join(lines)}\n\nLimits:\n\n{limits}", cited)


def _named(labelled: pd.DataFrame) -> str | None:
    if MODEL not in labelled:
        return None
    found = labelled[MODEL].dropna().astype(str).unique()
    if len(found) > 1:
        raise ArgumentError(
            f"the posts were labelled by {len(found)} models ({', '.join(found[:3])}): a paragraph "
            "is of one; take the rows of one"
        )
    return str(found[0]) if len(found) else None


def _the_model(named: str | None, given: StanceModel | str | None) -> StanceModel | None:
    """Return the model that the labels name, if it is given or can be loaded by its name."""
    name, _, digest = (named or "").rpartition("@")
    if given is not None:
        chosen = _loaded(given)
        if named and not chosen.digest.startswith(digest):
            raise ArgumentError(
                f"the posts were labelled by {named}, and the model given is "
                f"{chosen.name}@{chosen.digest[:12]}: give the one they were labelled by"
            )
        return chosen
    if not (name and digest) or Path(name).name != name:  # a table names no places to look into
        return None
    try:
        chosen = load(name)
    except StancekitError:
        return None
    return chosen if chosen.digest.startswith(digest) else None


def _loaded(given: StanceModel | str) -> StanceModel:
    return given if isinstance(given, StanceModel) else load(given)


def _of_labels(
    labelled: pd.DataFrame, named: str | None, model: StanceModel | None
) -> Iterator[str]:
    posts = population(labelled)
    written = f"We labelled {len(posts.code):,} posts"
    if "created_at" in labelled:
        times = pd.to_datetime(labelled["created_at"], utc=True, errors="coerce").dropna()
        first, last = (pd.Timestamp(end, unit="s", tz="UTC") for end in (FIRST_SECOND, LAST_SECOND))
        times = times[times.between(first, last)]
        if len(times):
            written += f" (written {times.min():%Y-%m-%d} to {times.max():%Y-%m-%d}, UTC)"
    if posts.unlabelled:
        written += f"; {posts.unlabelled:,} more have no label"
    yield f"{written}."
    if model is None:
        by = (
            f"by the model `{one_line(named)}`"
            if named
            else "by a model that the table does not name"
        )
        yield f"They were labelled {by}, whose report is not at hand here: its scores are unknown."


def _of_model(model: StanceModel) -> Iterator[str]:
    about = model.about
    versions = about.get("versions", {})
    made = f", made with stancekit {versions['stancekit']}" if "stancekit" in versions else ""
    classes = ", ".join(one_line(str(name)) for name in model.classes)
    yield (
        f"Labels were given by the stancekit model `{one_line(model.name)}` (SHA-256 digest "
        f"`{model.digest}`{made}), which gives each post one of {len(model.classes)} labels: "
        f"{classes}."
    )
    if "posts" in about:
        extra = about.get("extra_posts")
        more = f", and on {extra:,} others that it was not scored on" if extra else ""
        yield f"It was trained on {about['posts']:,} posts{more}."
    if isinstance(about.get("adapted"), Mapping):
        yield f"It was adapted with {about['adapted'].get('posts', 0):,} posts of the collection."


def _of_scores(model: StanceModel) -> Iterator[str]:
    report: Any = model.report
    if not isinstance(report, Report):
        return
    by_class = ", ".join(
        f"{one_line(str(name))} {one}"
        for name, one in zip(report.classes, report.f1, strict=True)
        if one
    )
    yield (
        f"On {report.posts:,} labelled posts ({one_line(report.how).rstrip('.')}) its macro-F1 is "
        f"{report.macro_f1} and its accuracy {report.accuracy} (95% bootstrap intervals); F1 by "
        f"label: {by_class}. The expected calibration error is {report.ece:.3f}."
    )


def _of_shares(shares: Shares) -> Iterator[str]:
    if CORRECTED not in shares.whole.found:
        yield "Shares were not corrected: no posts of the collection were checked."
        return
    told = ", ".join(
        f"{one_line(str(name))} {percent(one.share)} ({between(one)}; counted "
        f"{percent(bare.share)})"
        for name, one, bare in zip(
            shares.labels, shares.whole.found[CORRECTED], shares.whole.found["count"], strict=True
        )
    )
    yield (
        f"Shares of {shares.whole.size:,.0f} {shares.unit} were corrected with "
        f"{shares.whole.checked:,} posts checked by people, post-stratified by the label given "
        f"with a Dirichlet prior of 1/{len(shares.labels)} for each label "
        f"{CITED}; with {shares.level * 100:g}% "
        f"intervals they are: {told}."
    )
    for note in shares.notes:
        yield f"{note[0].upper()}{note[1:].rstrip('.')}."


def _limits(model: StanceModel | None, shares: Shares | None) -> Iterator[str]:
    yield (
        "A label is of one post's words, read alone; sarcasm is often missed, and no label is a "
        "ground for judging a single person."
    )
    if model is not None and model.about.get("languages") == ["en"]:
        yield "The model knows English only."
    yield "The scores hold for posts like those they were taken on; other collections differ."
    if shares is None or CORRECTED not in shares.whole.found:
        yield (
            "Counted shares of labels are biased, since mistakes do not cancel out: they are no "
            "estimate of how many posts are truly of a label."
        )
    else:
        yield "The corrected shares need a random sample of checked posts, rightly labelled."
