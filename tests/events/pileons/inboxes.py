"""Invented inboxes: what people who do not exist were written, by nobody."""

import numpy as np
import pandas as pd

START = pd.Timestamp("2026-03-01", tz="UTC")
SHARES = {"supportive": 0.15, "critical": 0.5, "dog-piling": 0.06, "neutral": 0.29}


def posts(target, author, days, label, **more):
    """A table of replies; `days` since the start."""
    count = len(days)
    return pd.DataFrame(
        {
            "author": author,
            "created_at": START + pd.to_timedelta(np.asarray(days) * 86_400, unit="s").round("s"),
            "kind": "reply",
            "reply_to_author": target,
            "label": label,
            **more,
        },
        index=range(count),
    )


def numbered(*parts):
    """Put tables together and number the posts."""
    table = pd.concat(parts, ignore_index=True)
    return table.assign(id=[f"post{n}" for n in range(len(table))])


def quiet(seed=0, targets=12, each=60, days=40):
    """A trickle at some targets, half of it critical."""
    rng = np.random.default_rng(seed)
    count = targets * each
    return posts(
        [f"town{n % targets}" for n in range(count)],
        [f"reader{n}" for n in rng.integers(0, 400, count)],
        rng.uniform(0, days, count),
        rng.choice(list(SHARES), count, p=list(SHARES.values())),
    )


def crowd(target, accounts, hostile, day=30.0, hours=5.0, label="critical", seed=1):
    """So many accounts at once, so many of them hostile."""
    rng = np.random.default_rng(seed)
    labels = np.array(["dog-piling"] * hostile + [label] * (accounts - hostile), object)
    return posts(
        target,
        [f"{target}'s {n}" for n in range(accounts)],
        np.sort(day + rng.uniform(0, hours / 24, accounts)),
        rng.permutation(labels),
    )


def levels(found, target=None):
    """The levels found, by target."""
    frame = found.to_frame()
    if target is not None:
        frame = frame[frame["target"] == target]
    return frame["level"].tolist()
