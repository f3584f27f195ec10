"""Posts in which nobody is piled on, as far as is known: invented, and two real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from stancekit.labels import LABELS

DAY = 86_400
START = 1_760_000_000 // DAY * DAY
SUPPORTIVE, CRITICAL, DOG_PILING, NEUTRAL = range(4)
#: Posts an hour, by hour of the day: busy evenings.
RHYTHM = 1 + 0.8 * np.sin((np.arange(24) - 14) / 24 * 2 * np.pi)


def frame(target, author, time, truth) -> pd.DataFrame:
    """Make a table of contacts; `truth` are places in LABELS."""
    return pd.DataFrame(
        {"target": target, "author": author, "time": np.asarray(time, np.int64), "truth": truth}
    )


def moments(rng, count: int, days: int) -> np.ndarray:
    """Draw moments with the rhythm of the day."""
    hour = rng.choice(24, count, p=RHYTHM / RHYTHM.sum())
    return START + rng.integers(0, days, count) * DAY + hour * 3600 + rng.integers(0, 3600, count)


def mixture(rng, critical: float, hostile: float) -> np.ndarray:
    """Give shares of labels where so many are critical or worse."""
    rest = 1 - critical
    return np.array([rest * 0.4, critical - hostile, hostile, rest * 0.6])


def invented(rng, targets: int = 1000, days: int = 60) -> pd.DataFrame:
    """Invent inboxes: a trickle each, bursts after own posts, and what only looks like a pile-on.

    Each target has 40 to 80 % critical accounts or worse, and 1 to 20 % dog-piling: as labelled,
    about as many as the targets of the politics file. Of twenty targets three go viral, two are
    loved, two have a stalker, and two argue with three friends.
    """
    parts = []
    for place in range(targets):
        name = f"target{place}"
        mix = mixture(rng, rng.uniform(0.4, 0.8), np.clip(rng.beta(1.5, 18), 0.01, 0.2))
        count = rng.poisson(np.exp(rng.normal(-1, 1.2)) * days)
        parts.append((name, moments(rng, count, days), mix, 0.6))
        for start in moments(rng, rng.poisson(days / 12), days):
            size = int(np.exp(rng.normal(2.2, 0.8)))
            parts.append((name, start + rng.exponential(4 * 3600, size), mix, 0.95))
        kind = rng.random()
        start = moments(rng, 1, days)[0]
        if kind < 0.15:
            size = int(np.exp(rng.uniform(np.log(100), np.log(1000))))
            parts.append((name, start + rng.gamma(2, 5 * 3600, size), mix, 0.98))
        elif kind < 0.25:
            size = int(np.exp(rng.uniform(np.log(50), np.log(500))))
            praise = np.array([0.72, 0.08, 0.04, 0.16])
            parts.append((name, start + rng.gamma(2, 5 * 3600, size), praise, 0.98))
        elif kind < 0.35:
            hostile = np.array([0, 0.2, 0.8, 0])
            parts.append((name, start + rng.uniform(0, 3 * DAY, 50), hostile, 0.0))
        elif kind < 0.45:
            joking = np.array([0.1, 0.1, 0.1, 0.7])
            parts.append((name, start + rng.uniform(0, 2 * DAY, 120), joking, -3.0))
    tables = []
    for place, (name, time, mix, new) in enumerate(parts):
        count = len(time)
        known = 1 if new == 0 else 3 if new < 0 else 15  # a stalker, friends, those who come back
        crowd = 1_000_000 + place * 20 + rng.integers(0, known, count)
        who = np.where(rng.random(count) < new, rng.integers(0, 200_000, count), crowd)
        tables.append(frame(name, who, time, rng.choice(4, count, p=mix / mix.sum())))
    found = pd.concat(tables, ignore_index=True)
    found["author"] = "u" + found["author"].astype(str)
    return found[found["time"] < START + days * DAY].reset_index(drop=True)


def given(rng, truth: np.ndarray, sensitivity: float = 0.75, false: float = 0.05) -> np.ndarray:
    """Label as a model would that finds so many of the dog-piling posts, and wrongly so many."""
    draw = rng.random(len(truth))
    other = rng.choice([CRITICAL, CRITICAL, CRITICAL, SUPPORTIVE, NEUTRAL], len(truth))
    kept = np.where(rng.random(len(truth)) < 0.8, truth, rng.choice(3, len(truth)))
    kept = np.where(kept == DOG_PILING, NEUTRAL, kept)
    hostile = np.where(draw < sensitivity, DOG_PILING, other)
    return np.where(truth == DOG_PILING, hostile, np.where(draw < false, DOG_PILING, kept))


def posts(contacts: pd.DataFrame, label: np.ndarray) -> pd.DataFrame:
    """Make a labelled table of posts of contacts."""
    return pd.DataFrame(
        {
            "id": np.arange(len(contacts)).astype(str),
            "author": contacts["author"],
            "created_at": pd.to_datetime(contacts["time"], unit="s", utc=True),
            "kind": "reply",
            "reply_to_author": contacts["target"],
            "label": np.array(LABELS, object)[label],
        }
    )


def threads(folder: Path) -> pd.DataFrame:
    """Read the forum's replies, labelled by `fast`, as contacts."""
    table = pd.read_csv(folder / "threads" / "iac_threads.csv.gz", dtype=str)
    table = table[table["parent_author"].notna()]
    return _labelled(table, table["parent_author"], table["timestamp"].astype(float))


def politics(folder: Path, every: bool = False) -> pd.DataFrame:
    """Read the replies to a politician and others, labelled by `fast`, as contacts.

    With `every`, all accounts of the reply chain are taken for targets, as tools do that count
    every mention.
    """
    table = pd.read_csv(folder / "events" / "aoc-2019-03.csv.gz", dtype=str)
    table = table[table["reply_chain"].notna() & table["time"].notna()]
    chain = table["reply_chain"].str.split(r"[ ,;]+", regex=True)
    table = table.assign(chain=chain if every else chain.str[:1]).explode("chain")
    return _labelled(table, table["chain"].str.lstrip("@"), table["time"].astype(float))


def _labelled(table, target, time) -> pd.DataFrame:
    import stancekit

    text = table["text"].fillna("")
    unique = text.drop_duplicates()
    label = pd.Series(
        stancekit.classify(list(unique), model="fast")["label"].to_numpy(), unique.to_numpy()
    )
    code = text.map(label).map({name: place for place, name in enumerate(LABELS)}).fillna(NEUTRAL)
    found = frame(
        target.str.casefold().to_numpy(), table["author"].to_numpy(), time, code.astype(int)
    )
    return found[found["target"] != found["author"].str.casefold()].reset_index(drop=True)
