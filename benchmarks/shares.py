"""How often the intervals of shares hold the truth, simulated and on gold posts.

    python benchmarks/shares.py [DATA] [REPEATED]

Simulated: collections whose true labels are known, labelled with known errors; a new collection and
a new random sample each time, through `stancekit.estimate_shares`. With DATA, the folder of study
data: the gold posts kept for development as the collection, labelled by the model "fast", of which
samples are drawn again and again.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

import stancekit

TWO = np.array([[0.70, 0.30], [0.04, 0.96]])
FOUR = np.array(
    [
        [0.70, 0.17, 0.03, 0.10],
        [0.09, 0.69, 0.10, 0.12],
        [0.03, 0.18, 0.73, 0.06],
        [0.10, 0.19, 0.04, 0.67],
    ]
)
MAIN = "post-stratified"
NAMES = np.array(["a", "b", "c", "d"], object)


def collection(rng, shares, rates, copies) -> pd.DataFrame:
    """Invent posts with a true label and one given, each text as often as `copies` says."""
    true = rng.choice(len(shares), len(copies), p=shares)
    given = (rng.random((len(copies), 1)) > rates[true].cumsum(axis=1)[:, :-1]).sum(axis=1)
    text = np.repeat(np.arange(len(copies)), copies)
    names = NAMES[: len(shares)]
    posts = pd.DataFrame({"id": np.arange(len(text)), "true_label": names[true[text]]})
    posts["label"] = pd.Categorical(names[given[text]], categories=list(names))
    if copies.max() > 1:
        posts["text"] = "text " + pd.Series(text).astype(str)
    return posts


def once(posts, sample, seed, **options) -> Iterator[tuple[str, str, bool, float]]:
    """Give label, method, whether the interval holds the truth, and its width."""
    hidden = posts.drop(columns="true_label")
    checked = sample[["id", "true_label"]]
    found = stancekit.estimate_shares(hidden, checked, draws=1000, seed=seed, **options)
    truth = posts["true_label"].value_counts(normalize=True)
    for place, label in enumerate(found.labels):
        share = truth.get(label, 0.0)
        for method in (MAIN, "PPI++"):
            one = found.whole.found[method][place]
            yield label, method, one.low <= share <= one.high, one.high - one.low
        q = found.whole.found["count"][place].share
        half = 1.96 * np.sqrt(q * (1 - q) / len(posts))
        yield label, "count", abs(q - share) <= half, 2 * half
        p = (checked["true_label"] == label).mean()
        half = 1.96 * np.sqrt(p * (1 - p) / len(checked))
        yield label, "sample alone", abs(p - share) <= half, 2 * half


def row(what: str, results: list[tuple[str, str, bool, float]], label: str) -> None:
    """Print one row."""
    table = pd.DataFrame(results, columns=["label", "method", "holds", "width"])
    table = table[table["label"] == label].groupby("method")[["holds", "width"]].mean()
    cells = [
        f"{table.loc[name, 'holds']:.3f} ({table.loc[name, 'width']:.3f})"
        for name in ("count", "sample alone", "PPI++", MAIN)
    ]
    print(f"| {what} | {' | '.join(cells)} |", flush=True)


def simulated(repeated: int) -> None:
    """Print the coverage in invented collections."""
    rng = np.random.default_rng(0)
    for share, n in ((0.02, 200), (0.02, 500), (0.05, 200), (0.05, 500), (0.15, 200), (0.5, 200)):
        results = []
        for seed in range(repeated):
            posts = collection(rng, [share, 1 - share], TWO, np.ones(4000, int))
            results += once(posts, posts.sample(n, random_state=seed), seed)
        row(f"two labels, {share}, n = {n}", results, "a")
    for shares, n in (((0.1, 0.66, 0.04, 0.2), 200), ((0.03, 0.45, 0.02, 0.5), 500)):
        results = []
        for seed in range(repeated):
            posts = collection(rng, shares, FOUR, np.ones(8000, int))
            results += once(posts, posts.sample(n, random_state=seed), seed)
        for place, label in enumerate(NAMES):
            row(f"four labels, {shares[place]}, n = {n}", results, label)
    for drawn in ("posts", "texts", "texts, read as posts"):
        results = []
        for seed in range(repeated // 2):
            copies = np.minimum(rng.zipf(1.8, 8000), 400)
            copies = copies[: int(np.searchsorted(copies.cumsum(), 8000)) + 1]
            posts = collection(rng, [0.1, 0.9], TWO, copies)
            whole = posts if drawn == "posts" else posts.drop_duplicates("text")
            options = {"drawn": "posts"} if "read" in drawn else {}
            results += once(posts, whole.sample(300, random_state=seed), seed, **options)
        row(f"repeated texts, 0.1, n = 300 {drawn}", results, "a")


def gold(data: Path, repeated: int) -> None:
    """Print the coverage on gold posts that the model has not learnt from."""
    read = {"sep": "\t", "dtype": str, "keep_default_na": False}
    files = [data / "gold" / name for name in ("dev.tsv", "dev-2.tsv")]
    posts = pd.concat([pd.read_csv(file, **read) for file in files], ignore_index=True)
    true = posts["label"].to_numpy(object)
    posts = posts[["text"]].join(stancekit.classify(posts["text"], model="fast"))
    posts = posts.drop(columns="text").assign(id=np.arange(len(posts)), true_label=true)
    for n in (200, 300):
        results = []
        for seed in range(repeated):
            results += once(posts, posts.sample(n, random_state=seed), seed, random=True)
        for label in stancekit.LABELS:
            share = (true == label).mean()
            row(f"{len(posts):,} gold posts, {label} {share:.3f}, n = {n}", results, label)


def main() -> None:
    """Print a table: how often the interval holds the truth (and its mean width)."""
    repeated = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    print("| true share, n | count | sample alone | PPI++ | post-stratified |")
    print("|---|---|---|---|---|", flush=True)
    simulated(repeated)
    if len(sys.argv) > 1:
        gold(Path(sys.argv[1]), repeated)


if __name__ == "__main__":
    main()
