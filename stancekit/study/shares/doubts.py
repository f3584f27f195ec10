"""What to doubt of an estimate, in sentences that stand above it."""

from __future__ import annotations

import warnings

import numpy as np

from stancekit.errors import LabelWarning
from stancekit.study.shares.quantifying import FAR
from stancekit.study.shares.result import Part
from stancekit.study.shares.sample import LEAST_CHECKED, Sample, errors_differ


def doubts(sample: Sample) -> list[str]:
    """Say of which labels given too few were checked, and what a draw of accounts cost."""
    notes, labels = [], sample.posts.labels
    given = np.bincount(sample.posts.code, minlength=len(labels))
    code = sample.posts.code[sample.checked.place]
    seen = np.bincount(code, sample.checked.times, minlength=len(labels))
    few = [
        f"{name} ({int(n)} of {total:,})"
        for name, n, total in zip(labels, seen, given, strict=True)
        if n < 5 and n < total
    ]
    if few:
        notes.append(
            f"hardly any posts were checked of those labelled {', '.join(few)}: what these truly "
            "are is mostly the prior's guess"
        )
    if sample.effect > 1:
        notes.append(
            f"posts of one account are alike: the sample is worth one {sample.effect:.1f} times "
            "smaller (design effect)"
        )
    return notes


def pooling(sample: Sample, parts: tuple[Part, ...], seed: int) -> list[str]:
    """Say which groups take the errors of all, and whether these differ between groups."""
    pooled = sum(part.pooled for part in parts)
    chance = errors_differ(sample, len(parts), seed)
    test = "" if chance is None else f" (chi-square by group within labels: p = {chance:.3f})"
    if not pooled:
        return [f"each group is corrected by its own errors{test}"]
    notes = [
        f"{pooled} of {len(parts)} groups have fewer than {LEAST_CHECKED} checked posts: their "
        f"errors are taken to be those of all groups{test}"
    ]
    if chance is not None and chance < 0.05:
        notes.append("the model errs differently between groups: check more posts of small ones")
    return notes


def far(whole: Part, alone: bool) -> list[str]:
    """Say how far to trust estimates that rest on posts from elsewhere."""
    methods = [name for name in ("ACC", "PACC", "EMQ") if name in whole.found]
    if not methods:
        return []
    notes = []
    if alone:
        notes.append(
            f"{', '.join(methods)} rest on posts from elsewhere: right only if the model errs here "
            "as it did there, which nothing in these posts can show. Check a random sample"
        )
    shares = np.array([[one.share for one in whole.found[name]] for name in methods])
    if (gap := float(np.ptp(shares, axis=0).max())) > FAR:
        message = (
            f"{', '.join(methods)} differ by up to {gap * 100:.0f} points: the model errs "
            "otherwise here than elsewhere, and none of them is to be trusted"
        )
        warnings.warn(message, LabelWarning, stacklevel=3)
        notes.append(message)
    return notes
