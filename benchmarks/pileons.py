"""How well pile-ons are found: put into invented and real backgrounds, beside other methods.

    python benchmarks/pileons.py [DATA] [--quick]

With DATA, the folder of study data, also in replies to a politician and in a forum's threads, both
labelled by the model "fast". Seeds 101 and 102; those of decision 41 were 0 and 1.
"""

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from pile_ons import backgrounds, nothing
from pile_ons.injecting import injected
from pile_ons.measuring import matched, summary
from pile_ons.rivals import blocks, fixed, found_by, kleinberg

import stancekit

HOSTILE = ("pile-on", "hostile surge")
SEEDS = (101, 102)
#: Put into a real background at a time; more would be what is usual there.
MOST = 20


def episodes(contacts: pd.DataFrame, label: np.ndarray) -> pd.DataFrame:
    """Find episodes; starts and ends in seconds."""
    return in_seconds(stancekit.find_pileons(backgrounds.posts(contacts, label)).to_frame())


def in_seconds(found: pd.DataFrame) -> pd.DataFrame:
    """Give the ends of episodes as seconds."""
    ends = {
        end: found[end].astype("datetime64[s, UTC]").astype("int64") for end in ("start", "end")
    }
    return found.assign(target=found["target"].str.casefold(), **ends)


def months(contacts: pd.DataFrame) -> float:
    """Give the months of targets with ten accounts or more."""
    accounts = contacts.groupby("target")["author"].nunique()
    low, high = contacts["time"].quantile([0.005, 0.995])
    return float((accounts >= 10).sum() * (high - low) / 86_400 / 30)


def line(name: str, parts: list[tuple[pd.DataFrame, pd.DataFrame]], span: float) -> pd.DataFrame:
    """Print a row of the table, and give what was put in with whether it was found."""
    found = pd.concat([part for part, _ in parts], ignore_index=True)
    truth = pd.concat([part for _, part in parts], ignore_index=True)
    said = summary(found, truth, span)
    cells = [
        f"{value:.1f}" if key == "false alarms" else f"{value:.2f}" for key, value in said.items()
    ]
    print(f"| {name} | {' | '.join(cells)} |", flush=True)
    return truth


def heading(first: str) -> None:
    """Print the head of a table."""
    names = ["precision", "recall, all", "30+ hostile, share ≥ .3", "15, share ≥ .3"]
    names += ["false alarms / 1,000 target-months", "IoU", "onset error, h"]
    print(f"\n| {first} | {' | '.join(names)} |\n|---|{'---:|' * len(names)}", flush=True)


def levels(found: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Give the episodes of some levels."""
    return found[found["level"].isin(names)]


def invented(seeds: tuple[int, ...]) -> None:
    """Print how all methods do in invented backgrounds, and recall by size and share."""
    rows: dict[str, list[tuple[pd.DataFrame, pd.DataFrame]]] = {}
    span = 0.0
    for seed in seeds:
        rng = np.random.default_rng(seed)
        background = backgrounds.invented(rng)
        contacts, truth = injected(rng, background, 2)
        label = backgrounds.given(rng, contacts["truth"].to_numpy())
        span += months(background)
        found = episodes(contacts, label)
        every = {
            "**pile-on**": levels(found, "pile-on"),
            "**hostile surge or pile-on**": levels(found, *HOSTILE),
            "surge of any level": levels(found, *HOSTILE, "critical storm", "surge"),
            "ten hostile posts in 24 h": found_by(fixed, contacts, label),
            "Kleinberg, hostile posts": found_by(kleinberg, contacts, label),
            "Bayesian blocks, hostile posts": found_by(blocks, contacts, label),
        }
        for name, one in every.items():
            rows.setdefault(name, []).append(matched(one, truth))
    heading("invented background")
    for name, parts in rows.items():
        line(name, parts, span)
    truth = pd.concat([part for _, part in rows["**hostile surge or pile-on**"]])
    table = truth.pivot_table(index="hostile", columns="share", values="found")
    print("\nrecall (hostile surge or pile-on) by hostile accounts and share\n", table.round(2))


def real(name: str, contacts: pd.DataFrame, seeds: tuple[int, ...], every=None) -> None:
    """Print how it does in a real background; what is found there without is no false alarm."""
    label = contacts["truth"].to_numpy()
    before = levels(episodes(contacts, label), *HOSTILE)
    print(f"{name}: without injection {before['level'].value_counts().to_dict()}", flush=True)
    parts, more, span = [], [], 0.0
    for seed in seeds:
        rng = np.random.default_rng(seed)
        both, truth = injected(rng, contacts, most=MOST)
        fresh = backgrounds.given(rng, both["truth"].to_numpy())
        label = np.where(np.arange(len(both)) < len(contacts), both["truth"], fresh)
        found, truth = matched(levels(episodes(both, label), *HOSTILE), truth)
        known = matched(found.drop(columns="right"), before)[0]["right"].to_numpy()
        parts.append((found[found["right"] | ~known], truth))
        span += months(contacts)
        if every is not None:
            whole = pd.concat([every, both[len(contacts) :]], ignore_index=True)
            label = np.concatenate([every["truth"], fresh[len(contacts) :]])
            found = levels(episodes(whole, label), *HOSTILE)
            more.append(matched(found, truth[truth.columns[:6]]))
    line(f"{name}, hostile surge or pile-on", parts, span)
    if more:
        line(f"{name}, every mention counts", more, span)


def sweeps(seed: int) -> None:
    """Print what worse labels and worse files do."""
    rng = np.random.default_rng(seed)
    background = backgrounds.invented(rng, 500)
    contacts, truth = injected(rng, background, 1)
    heading("hostile surge or pile-on, as …")
    for sensitivity, false in ((0.9, 0.02), (0.75, 0.05), (0.6, 0.05), (0.6, 0.1), (0.5, 0.02)):
        label = backgrounds.given(rng, contacts["truth"].to_numpy(), sensitivity, false)
        found = levels(episodes(contacts, label), *HOSTILE)
        name = f"labels find {sensitivity:.0%}, wrong {false:.0%}"
        line(name, [matched(found, truth)], months(background))
    label = backgrounds.given(rng, contacts["truth"].to_numpy())
    tenth = rng.random(len(contacts)) < 0.1
    gone = np.where(rng.random(len(contacts)) < 0.2, "[deleted]", contacts["author"])
    files = {
        "a sample of a tenth": (contacts[tenth], label[tenth]),
        "times by the minute": (contacts.assign(time=contacts["time"] // 60 * 60), label),
        "times by the hour": (contacts.assign(time=contacts["time"] // 3600 * 3600), label),
        "a fifth of the accounts deleted": (contacts.assign(author=gone), label),
    }
    for name, (table, given) in files.items():
        found = levels(episodes(table.reset_index(drop=True), given), *HOSTILE)
        line(name, [matched(found, truth)], months(background))
    table = backgrounds.posts(contacts, label)
    table = pd.concat([table, table.sample(frac=0.3, random_state=seed)])
    found = in_seconds(stancekit.find_pileons(table).to_frame())
    line("a third of the rows twice", [matched(levels(found, *HOSTILE), truth)], months(background))


def speed() -> None:
    """Print what a million posts take."""
    rng = np.random.default_rng(5)
    background = pd.concat([backgrounds.invented(rng, 1_000) for _ in range(6)], ignore_index=True)
    table = backgrounds.posts(background, backgrounds.given(rng, background["truth"].to_numpy()))
    table = table.iloc[:1_000_000]
    started = time.process_time()
    found = stancekit.find_pileons(table)
    took = time.process_time() - started
    print(f"\n{len(table):,} posts: {took:.1f} s of one core, {len(found.episodes):,} episodes")


def main() -> None:
    """Print everything."""
    quick = "--quick" in sys.argv
    data = next((Path(one) for one in sys.argv[1:] if not one.startswith("-")), None)
    seeds = SEEDS[:1] if quick else SEEDS
    p, distance, ks = nothing.p_values(100, 300 if quick else 2_000)
    shares = "; ".join(f"p ≤ {level}: {(p <= level).mean():.3f}" for level in (0.05, 0.01))
    print(f"{len(p):,} null targets: KS {distance:.3f}, p {ks:.2f}; {shares}", flush=True)
    alarms, wrong = nothing.discoveries(100, 4 if quick else 15)
    print(f"null files with a finding: {alarms:.3f}; false among found: {wrong:.3f}", flush=True)
    print("\n| what only looks like one | found |\n|---|---|")
    for name, found in nothing.controls(100):
        print(f"| {name} | {found} |", flush=True)
    invented(seeds)
    sweeps(seeds[0])
    if data is not None:
        heading("real background")
        many = tuple(range(101, 103 if quick else 109))
        politics = backgrounds.politics(data)
        real("politics", politics, many, backgrounds.politics(data, every=True))
        real("forum", backgrounds.threads(data), many)
    speed()


if __name__ == "__main__":
    main()
