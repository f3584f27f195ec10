"""Explain what any scorer says: exactly where its scores are sums, else by leaving words out.

Where a cascade's linear model decided alone, its own reasons are the reasons, and they are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.labels import EVIDENCE
from stancekit.model.cascade import CascadeModel
from stancekit.model.explaining.contributions import by_leaving_out, check_post, explain_exactly
from stancekit.model.explaining.evidence import in_short, short_reasons
from stancekit.model.explaining.explanation import Explanation
from stancekit.model.explaining.leaving_out import leave_out
from stancekit.model.linear import LinearModel
from stancekit.model.scorer import Scorer
from stancekit.model.spread import Work, spread
from stancekit.model.texts import Texts
from stancekit.text.codepoints import Index, Mask

#: Of posts that are read some dozen times each.
_WORK: Final = Work(most=32, backend="threading", many=32, costly=True)


def explain(scorer: Scorer, text: str) -> Explanation:
    """Explain one post; see `StanceModel.explain`."""
    check_post(text)
    if isinstance(scorer, LinearModel):
        return explain_exactly(scorer, text)
    beside = explain_exactly(scorer.linear, text) if isinstance(scorer, CascadeModel) else None
    if beside is not None and not _asked(scorer, [text])[0]:
        return beside
    (found,) = leave_out(_careful(scorer).proba, [text])
    return by_leaving_out(scorer.classes, text, found, beside)


def _asked(scorer: Scorer, texts: Sequence[str]) -> Mask:
    """Which posts an encoder is asked about."""
    if isinstance(scorer, CascadeModel):
        return scorer.unsure(scorer.linear.proba(texts))
    return np.ones(len(texts), np.bool_)


def _careful(scorer: Scorer) -> Scorer:
    """Return what always asks the encoder: a word less must not change who answers."""
    return replace(scorer, threshold=1.0) if isinstance(scorer, CascadeModel) else scorer


def evidence_of(
    scorer: Scorer,
    given: Texts,
    code: Index,
    n_jobs: int | None = None,
    progress: bool | None = None,
) -> npt.NDArray[np.object_]:
    """Name, for each post, what speaks most for and against its label.

    Parameters
    ----------
    scorer : LinearModel, EncoderModel or CascadeModel
    given : Texts
        `n` posts.
    code : ndarray of int64, shape (n,)
        The column of each post's label, -1 where it has none.
    n_jobs, progress
        As in `stancekit.classify`.

    Returns
    -------
    ndarray of object, shape (n,)
        As `Explanation.evidence` has it: empty where no token says anything; None where there is
        no label.

    Raises
    ------
    InputError
        If one of the labels is called "evidence".
    """
    if EVIDENCE in scorer.classes:
        raise InputError(
            f'explain adds a column "{EVIDENCE}", and one of the labels is called so: rename it '
            "in the training labels and train again"
        )
    place = given.place[code[given.place] >= 0]
    of_place = dict(zip(given.place.tolist(), given.texts, strict=True))
    texts = [of_place[one] for one in place.tolist()]
    codes = dict(zip(texts, code[place].tolist(), strict=True))  # copies are read once
    parts = spread(
        partial(_in_short, scorer),
        list(codes),
        np.array(list(codes.values()), np.int64),
        work=scorer.work if isinstance(scorer, LinearModel) else _WORK,
        n_jobs=n_jobs,
        progress=progress,
        doing="explaining",
    )
    short = dict(zip(codes, chain.from_iterable(parts), strict=True))
    evidence = np.full(len(given), None, object)
    evidence[place] = [short[text] for text in texts]
    return evidence


def _in_short(scorer: Scorer, texts: Sequence[str], code: Index) -> list[str]:
    """Name the reasons of one or more posts."""
    if isinstance(scorer, LinearModel):
        return short_reasons(scorer, texts, code)
    asked = _asked(scorer, texts)
    if isinstance(scorer, CascadeModel) and not asked.all():
        found = np.empty(len(texts), object)
        for of, rows in ((scorer.linear, np.flatnonzero(~asked)), (scorer, np.flatnonzero(asked))):
            if len(rows):
                found[rows] = _in_short(of, [texts[i] for i in rows.tolist()], code[rows])
        return list(found)
    left = leave_out(_careful(scorer).proba, texts)
    return [
        in_short([text[a:b] for a, b in one.spans], one.lost[:, k].tolist())
        for text, one, k in zip(texts, left, code.tolist(), strict=True)
    ]
