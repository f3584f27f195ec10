"""What adapting a model to an archive it never met brings, by archive and number of labels.

    python benchmarks/adapt.py DATA

The model is the recipe of `fast` without the sources that ``ablation.py`` leaves out, these are the
archives; one comes once more in small letters and without punctuation, and so do the dev posts, of
whose sources it has learnt. Of each, some posts are drawn at random and adapted to; macro-F1 is of
the rest, at most 600, as the model was and as it is, mean of several draws with its standard error.
Model-annotated.
"""

import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from ablation import Way, fitted, learnt
from build import gold  # ablation.py says where it stands

import stancekit
from stancekit.model.saved.kinds import digest
from stancekit.scores.metrics import class_codes, confusion, macro_f1

DRAWS, REST, FEWEST = 8, 600, 300
LABELLED = (50, 100, 200)


def archives(data: Path, unseen: list[pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return labelled posts by archive."""
    found = {
        str(source): posts
        for source, posts in pd.concat(unseen).groupby("source", sort=False)
        if len(posts) >= FEWEST
    }
    storm = found["celebrity_replies_2020"]
    stripped = [
        " ".join(re.sub(r"[^\w\s@#']", " ", text.lower()).split()) for text in storm["text"]
    ]
    found["celebrity_replies_2020, stripped"] = storm.assign(text=stripped)
    found["political (dev)"] = gold(data, "dev")
    return found | {f"{part} (dev)": posts for part, posts in gold(data, "dev-2").groupby("part")}


def scored(model: stancekit.StanceModel, posts: pd.DataFrame) -> float:
    """Macro-F1 on posts."""
    y, guess = (
        class_codes(labels, model.classes)
        for labels in (posts["label"], model.classify(posts, text="text")["label"].astype(str))
    )
    return float(macro_f1(confusion(y, guess, len(model.classes))))


def main() -> None:
    """Adapt, score, print a row for each archive."""
    data = Path(sys.argv[1])
    posts, unseen = learnt(data)
    linear = fitted(pd.concat(posts.values())[["text", "label", "weight"]], Way())
    model = replace(stancekit.load("fast"), scorer=linear, digest=digest(linear), seen=None)
    print("| archive | labels | before | after | gain ± s.e. | nothing moved |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, own in archives(data, list(unseen.values())).items():
        for size in LABELLED:
            rng = np.random.default_rng(size)
            before, after, still = [], [], 0
            for draw in range(DRAWS):
                order = rng.permutation(len(own))
                known, rest = own.iloc[order[:size]], own.iloc[order[size : size + REST]]
                adapted = model.adapt(known[["text", "label"]], seed=draw)
                still += adapted.digest == model.digest
                before.append(scored(model, rest))
                after.append(scored(adapted, rest))
            gain = np.subtract(after, before)
            print(
                f"| {name} | {size} | {np.mean(before):.3f} | {np.mean(after):.3f} "
                f"| {gain.mean():+.3f} ± {gain.std(ddof=1) / np.sqrt(DRAWS):.3f} "
                f"| {still} of {DRAWS} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
