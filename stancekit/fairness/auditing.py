"""`stancekit.audit`: whether a model labels the act, whoever stands in the post."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stancekit.errors import ArgumentError, InputError
from stancekit.fairness.cases import make_cases
from stancekit.fairness.names import NamePair, read_names
from stancekit.fairness.result import Audit
from stancekit.fairness.score import Classifier, judge
from stancekit.fairness.summary import compare_sides, summarise
from stancekit.fairness.templates import read_templates
from stancekit.model.saved.load import load


def audit(
    model: Classifier | str | Path = "default",
    *,
    seed: int = 0,
    n: int | None = None,
    templates: str | Path | None = None,
    names: str | Path | None = None,
    progress: bool | None = None,
) -> Audit:
    """Test whether a model labels what a post does, whoever stands in it.

    Texts are made from templates and changed in what should not count (the names of two political
    camps, groups of people, spelling), or in what should (negation, an insult added); the labels of
    both texts are compared. After CheckList (Ribeiro et al. 2020, ACL, "Beyond Accuracy").

    The texts are made up, so failure rates compare models; they do not say how often real posts
    get a wrong label.

    Parameters
    ----------
    model : StanceModel, str, Path, or object with ``classify``
        "default", "fast", "accurate", a model, the folder of a saved one, or anything whose
        ``classify(texts)`` gives a DataFrame with a Categorical ``label`` and a probability column
        for each category. Tests about a label that the model does not have are left out.
    seed : int
        Of the bootstrap, and of the draw where `n` is given.
    n : int, optional
        At most so many cases of a template in each set of names; all if not given.
    templates, names : str or Path, optional
        Files of your own instead of the package's; see `stancekit.fairness.read_templates` and
        `stancekit.fairness.read_names`.
    progress : bool, optional
        True, False, or None for a bar where one is seen.

    Returns
    -------
    Audit

    Raises
    ------
    InputError
        If the model or an option cannot be used.
    FormatError
        If a file of templates or names cannot be used.
    ModelFormatError
        If the model cannot be loaded.

    Examples
    --------
    >>> found = audit(n=2, progress=False)
    >>> found.summary[["test", "part", "kind"]].iloc[1].tolist()
    ['two camps', 'UK', 'invariance']
    >>> bool(found.failures["failed"].all())
    True
    """
    if n is not None and (isinstance(n, bool) or not isinstance(n, int) or n < 1):
        raise ArgumentError(f"n is {n!r}: give the most cases a template may make, 1 or more")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ArgumentError(f"seed is {seed!r}: give a whole number from 0")
    chosen: Classifier = load(model) if isinstance(model, (str, Path)) else model
    texts, pairs = read_templates(templates), read_names(names)
    cases, classes, left_out = judge(texts, make_cases(texts, pairs, n, seed), chosen, progress)
    if not len(cases):
        raise InputError(
            f"no test is about the model's labels, {', '.join(classes)}: give templates of your own"
        )
    return Audit(
        model=str(getattr(chosen, "name", type(chosen).__name__)),
        digest=str(getattr(chosen, "digest", "")),
        seed=seed,
        cases=cases,
        summary=summarise(cases, seed),
        sides=compare_sides(cases, classes, _camps(pairs), seed),
        left_out=left_out,
    )


def _camps(pairs: Sequence[NamePair]) -> dict[str, tuple[str, str]]:
    """What either side of a set is called: its first {camp}."""
    camps: dict[str, tuple[str, str]] = {}
    for pair in pairs:
        if pair.slot == "camp":
            camps.setdefault(pair.set, (pair.left, pair.right))
    return camps
