"""What is found where nothing happens: p-values, false discoveries, and what must stay silent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.stats import kstest

import stancekit
from pile_ons.backgrounds import (
    CRITICAL,
    DAY,
    DOG_PILING,
    NEUTRAL,
    START,
    SUPPORTIVE,
    frame,
    moments,
    posts,
)
from stancekit.events.pileons.calibration import null_of, rates
from stancekit.events.pileons.exposure import exposure_of
from stancekit.events.pileons.scan import scan

DAYS = 60


def p_values(seed: int, targets: int = 2_000) -> tuple[np.ndarray, float, float]:
    """Give p-values of targets of 500 to 5,000 contacts, and how far from uniform they are."""
    rng = np.random.default_rng(seed)
    size = np.exp(rng.uniform(np.log(500), np.log(5_000), targets)).astype(int)
    target = np.repeat(np.arange(targets), size)
    time = moments(rng, len(target), DAYS)
    time = time[np.lexsort((time, target))]
    exposure = exposure_of(time)
    null = null_of(5_000, 10, exposure, 400, rng)
    found = scan(target, np.arange(len(target)), time, rates(size, exposure), exposure)
    p = null.p(found.best(targets), size)
    return p, *kstest(p, "uniform")


def discoveries(seed: int, files: int = 15) -> tuple[float, float]:
    """Give the share of empty files in which something is found, and the share of false findings.

    The latter where sixty of 300 targets have a burst of thirty accounts.
    """
    rng = np.random.default_rng(seed)
    alarms, wrong = [], []
    for _ in range(files):
        size = rng.integers(50, 400, 300)
        target = np.repeat([f"t{n}" for n in range(300)], size)
        who = [f"a{n}" for n in range(len(target))]
        quiet = frame(target, who, moments(rng, len(target), DAYS), NEUTRAL)
        found = _episodes(quiet)
        alarms.append(len(found) > 0)
        burst = [
            frame(f"t{n}", [f"b{n}_{k}" for k in range(30)], moments(rng, 1, 50)[0]
                  + rng.uniform(0, 6 * 3600, 30), NEUTRAL)
            for n in range(60)
        ]  # fmt: skip
        found = _episodes(pd.concat([quiet, *burst]))
        true = found["target"].str[1:].astype(int) < 60
        wrong.append(1 - true.mean() if len(found) else 0.0)
    return float(np.mean(alarms)), float(np.mean(wrong))


def _episodes(contacts: pd.DataFrame) -> pd.DataFrame:
    label = contacts["truth"].to_numpy()
    return stancekit.find_pileons(posts(contacts, label), draws=200, q=0.05).to_frame()


def controls(seed: int) -> Iterator[tuple[str, str]]:
    """Give what only looks like a pile-on, and the levels that were found for it."""
    rng = np.random.default_rng(seed)
    count = 4_000
    quiet = frame(
        rng.choice([f"t{n}" for n in range(60)], count),
        [f"a{n}" for n in rng.integers(0, 2_000, count)],
        moments(rng, count, DAYS),
        rng.choice([SUPPORTIVE, CRITICAL, DOG_PILING, NEUTRAL], count, p=[0.15, 0.5, 0.08, 0.27]),
    )
    for name, added in _lookalikes(rng):
        both = pd.concat([quiet, added], ignore_index=True)
        table = posts(both, both["truth"].to_numpy())
        table["kind"] = np.where(both.get("repost", 0) == 1, "repost", "reply")
        if "inherited" in both:
            table["inherited"] = [one if isinstance(one, list) else [] for one in both["inherited"]]
        found = stancekit.find_pileons(table).to_frame()
        found = found[found["target"] == "victim"]
        perhaps = np.where(found["may_be_collection"].isna(), "", " (may be the collection)")
        yield name, ", ".join(sorted(set(found["level"] + perhaps))) or "nothing"


def _lookalikes(rng) -> Iterator[tuple[str, pd.DataFrame]]:
    at = START + 30 * DAY

    def crowd(count: int, mix: list[float], hours: float = 8) -> pd.DataFrame:
        who = [f"c{n}" for n in range(count)]
        time = at + rng.gamma(2, hours / 2 * 3600, count)
        return frame("victim", who, time, rng.choice(4, count, p=mix))

    yield "viral praise, 600 accounts", crowd(600, [0.8, 0.06, 0.04, 0.1])
    yield "sympathy, 60 accounts", crowd(60, [0.72, 0.1, 0.05, 0.13])
    yield "breaking news, 400 accounts", crowd(400, [0.1, 0.25, 0.06, 0.59], 3)
    yield "contested policy, 500 accounts", crowd(500, [0.15, 0.6, 0.08, 0.17])
    stalker = crowd(60, [0, 0, 1, 0]).assign(author="one")
    yield "one stalker, 60 posts", stalker
    friends = [f"f{n}" for n in rng.integers(0, 4, 200)]
    yield "banter of four friends", crowd(200, [0.1, 0.1, 0.2, 0.6]).assign(author=friends)
    yield "bots, 300 reposts", crowd(300, [0, 0, 1, 0]).assign(repost=1)
    evenings = frame("victim", [f"e{n}" for n in range(1_200)], moments(rng, 1_200, DAYS),
                     rng.choice(4, 1_200, p=[0.15, 0.5, 0.12, 0.23]))  # fmt: skip
    yield "busy evenings", evenings
    inherited = crowd(300, [0, 0.3, 0.7, 0]).assign(target="other")
    yield "inherited mentions, 300", inherited.assign(inherited=[["victim"]] * 300)
    angry = [0.1, 0.5, 0.3, 0.1]
    begins = crowd(3_000, angry).assign(time=START + rng.uniform(0, DAYS * DAY, 3_000))
    yield "50 a day, 30 % hostile, from the first day on", begins
    later = crowd(1_500, angry).assign(time=at + rng.uniform(0, (DAYS - 30) * DAY, 1_500))
    yield "the same, collected from the middle on", later
