"""Pile-ons of known size, share and length, put into a background."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pile_ons.backgrounds import CRITICAL, DAY, DOG_PILING, NEUTRAL, SUPPORTIVE, frame

SIZES = (8, 15, 30, 80, 300)
SHARES = (0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
HOURS = (1, 6, 24, 48)


def injected(
    rng, background: pd.DataFrame, each: int = 1, most: int = 10_000
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put pile-ons of each kind on targets of their own, so many of each and so many of all.

    Returns
    -------
    contacts, truth
        The background with them; a row a pile-on: target, start, end, hostile (accounts), share,
        hours.
    """
    kinds = [(s, q, h) for s in SIZES for q in SHARES for h in HOURS] * each
    names = background["target"].value_counts()
    names = names[names < 2_000].index.to_numpy()
    begins, ends = background["time"].quantile([0.02, 0.98])
    rng.shuffle(kinds)
    kinds = kinds[:most]
    # all targets are as likely, however little they are written to: the unknown are piled on, too
    chosen = rng.choice(names, min(len(kinds), len(names) // 2), replace=False)
    parts, rows = [background], []
    for place, (target, (size, share, hours)) in enumerate(zip(chosen, kinds, strict=False)):
        start = rng.uniform(begins + 5 * DAY, ends - 3 * DAY)
        total = round(size / share)
        offset = rng.beta(1.2, 2.5, total) * hours * 3600
        truth = np.full(total, DOG_PILING)
        others = total - size
        truth[size:] = rng.choice([CRITICAL, SUPPORTIVE, NEUTRAL], others, p=[0.6, 0.2, 0.2])
        twice = rng.random(total) < 0.15
        who = np.array([f"p{place}_{n}" for n in range(total)])
        again = start + np.minimum(offset[twice] + rng.exponential(3600, twice.sum()), hours * 3600)
        parts.append(frame(target, who, start + offset, truth))
        parts.append(frame(target, who[twice], again, truth[twice]))
        hostile = start + offset[:size]
        rows.append((target, hostile.min(), hostile.max(), size, share, hours))
    columns = ["target", "start", "end", "hostile", "share", "hours"]
    return pd.concat(parts, ignore_index=True), pd.DataFrame(rows, columns=columns)
