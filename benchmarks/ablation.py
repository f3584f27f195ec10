"""What each step of the recipe of `fast` brings to sources never met: ``python ablation.py DATA``.

DATA holds ``gold``, ``public`` and ``unlabelled``. The recipe is fitted with each step left out, at
one strength and without cross-validation, on 30,000 unlabelled posts.
Whole sources are kept from all of it, gold, public and unlabelled; each row is scored on their
gold posts by domain, and on the dev posts (model-annotated). The difference is paired, on all the
sources left out, with its 95 % bootstrap interval. Then what `stancekit.audit` finds, and threats
of templates that training never met.
"""

import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp

import stancekit
from stancekit.features.block import Block
from stancekit.features.ngrams import Masking
from stancekit.labels import LABELS
from stancekit.model.linear import LinearModel
from stancekit.model.training.design import Design, default_blocks, design
from stancekit.model.training.fit import class_weights, fit_path
from stancekit.scores import metrics
from stancekit.scores.comparing import paired
from stancekit.text.duplicates import canonical_texts
from stancekit.text.reading.read import read_all

for folder in ("fast", "templates"):
    sys.path.insert(0, str(Path(__file__).parents[1] / "models" / folder))
from build import TEMPLATE_WEIGHT, TEMPLATES, gold, softly, taught  # noqa: E402
from made import made_posts  # noqa: E402
from reading import Named  # noqa: E402

#: Sources left out, by domain.
UNSEEN = {
    "political": ("climate_activism", "hs_brexit", "sentimp_uk", "iac"),
    "everyday": ("semeval_2013_2017", "covid_2020b", "multipico", "isarcasm", "airlines_2015"),
    "storms": ("celebrity_replies_2020", "youtube_seungri", "youtube_public_figures"),
}
STRENGTHS, SOFT = (0.3, 1.0), 30_000
TESTS = ("two camps", "unlisted names", "quoted or reported insult", "threats")
VIOLENCE = ("intent", "violence", "meant_violence")


@dataclass(frozen=True)
class Way:
    """One way to make the model.

    Attributes
    ----------
    left : frozenset of str
        Kinds of posts not learnt from.
    masking : bool or str
        How n-grams tell names.
    reading : bool
        Whether posts are read first.
    blocks : tuple of str
    cues_left : tuple of str
        Cues not used.
    """

    left: frozenset[str] = frozenset()
    masking: Masking = "everywhere"
    reading: bool = True
    blocks: tuple[str, ...] = ("words", "characters", "cues")
    cues_left: tuple[str, ...] = ()


WAYS = {
    "the recipe": Way(),
    "names not masked": Way(masking=False),
    "names by list": Way(masking=True),
    "names by list and shape": Way(masking="shaped"),
    "posts as written, not read": Way(reading=False),
    "without templates": Way(frozenset({"templates"})),
    "without unlabelled posts": Way(frozenset({"unlabelled"})),
    "without the second round": Way(frozenset({"second round"})),
    "without cues of meant violence": Way(cues_left=VIOLENCE),
    "without the public posts that teachers labelled": Way(frozenset({"public"})),
    "without cues": Way(blocks=("words", "characters")),
    "without character n-grams": Way(blocks=("words", "cues")),
}


def fitted(posts: pd.DataFrame, way: Way) -> LinearModel:
    """Fit a model on posts with columns text, label and weight."""
    blocks: dict[str, Block] = {name: default_blocks()[name] for name in way.blocks}
    for name in ("words", "characters"):
        if name in blocks:
            blocks[name].set_params(mask_names=way.masking)
    texts = posts["text"].tolist()
    made = _without(design(read_all(texts) if way.reading else texts, blocks), way.cues_left)
    y = metrics.class_codes(posts["label"], LABELS)
    weight = posts["weight"].to_numpy() * class_weights(y, len(LABELS))
    *_, found = fit_path(made.matrix, y, weight, STRENGTHS)
    intercept = found.intercept.astype(np.float32)
    return LinearModel(LABELS, made.blocks, made.tables(found.weights), intercept, 1.0, way.reading)


def _without(made: Design, cues: tuple[str, ...]) -> Design:
    """Put nought for some cues: what always is nought gets no weight."""
    if not cues:
        return made
    names = made.blocks["cues"].get_feature_names_out()[made.columns["cues"].kept]
    used = np.ones(made.matrix.shape[1])
    used[-len(names) :] = ~np.isin(names, cues)  # the cues are the last block
    assert used.sum() == len(used) - len(cues)
    return replace(made, matrix=sp.csr_array(made.matrix @ sp.diags_array(used, dtype=np.float32)))


def learnt(data: Path) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Return what is learnt from, by kind, and the posts of the sources left out, by domain."""
    out = {source for sources in UNSEEN.values() for source in sources}
    rounds = pd.concat([gold(data, "train"), gold(data, "train-2")], keys=["first", "second"])
    unseen = {name: rounds[rounds["source"].isin(part)] for name, part in UNSEEN.items()}
    kinds = {
        "first round": rounds.loc["first"],
        "second round": rounds.loc["second"],
        "public": taught(data),
        "unlabelled": softly(data),
        "templates": made_posts(TEMPLATES).assign(weight=TEMPLATE_WEIGHT, source="templates"),
    }
    kinds = {name: posts[~posts["source"].isin(out)] for name, posts in kinds.items()}
    kinds["unlabelled"] = kinds["unlabelled"].iloc[:SOFT]
    scored = set(canonical_texts(pd.concat(unseen.values())["text"].tolist()))
    return {
        name: posts[[text not in scored for text in canonical_texts(posts["text"].tolist())]]
        for name, posts in kinds.items()
    }, unseen


def rows(
    posts: Mapping[str, pd.DataFrame],
    unseen: Mapping[str, pd.DataFrame],
    dev: Mapping[str, pd.DataFrame],
) -> Iterator[str]:
    """Fit each way, and tell of each."""
    left_out = pd.concat(unseen.values())
    truth = metrics.class_codes(left_out["label"], LABELS)
    threats = made_posts(1_200, 1, held=True)
    base = None
    for name, way in WAYS.items():
        begin = time.process_time()
        parts = [part for kind, part in posts.items() if kind not in way.left]
        linear = fitted(pd.concat(parts)[["text", "label", "weight"]], way)
        given = linear.proba(left_out["text"].tolist()).argmax(axis=1)
        base = given if base is None else base
        scores = [_f1(part, linear) for part in (*unseen.values(), *dev.values())]
        values, draws, *_ = paired(truth, [base, given], len(LABELS))
        gain = metrics.percentile_interval(values[0, 1] - values[0, 0], draws[0, 1] - draws[0, 0])
        found = stancekit.audit(Named(name, linear), progress=False).summary
        failing = found[found["part"] == "all"].set_index("test")["failure_rate"]
        hostile = (threats["label"] == "dog-piling").to_numpy()
        said = linear.proba(threats["text"].tolist()).argmax(axis=1) == LABELS.index("dog-piling")
        cells = [
            *scores,
            "" if way == Way() else _signed(gain),
            *(f"{failing[test]:.1%}" for test in TESTS),
            f"{said[hostile].mean():.0%}, {said[~hostile].mean():.0%}",
        ]
        yield f"| {name} | {' | '.join(cells)} |"
        print(f"{name}: {time.process_time() - begin:.0f} s", file=sys.stderr, flush=True)


def _f1(posts: pd.DataFrame, linear: LinearModel) -> str:
    y = metrics.class_codes(posts["label"], LABELS)
    given = linear.proba(posts["text"].tolist()).argmax(axis=1)
    return str(metrics.bootstrap_interval(y, given))


def _signed(gain: metrics.Interval) -> str:
    return f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"


def main() -> None:
    """Print the table."""
    data = Path(sys.argv[1])
    posts, unseen = learnt(data)
    dev = {"political": gold(data, "dev"), **dict(tuple(gold(data, "dev-2").groupby("part")))}
    counts = ", ".join(f"{kind} {len(part):,}" for kind, part in posts.items())
    print(f"Learnt from: {counts}.", end="\n\n")
    heads = [
        *(f"{name} ({len(part):,})" for name, part in unseen.items()),
        *(f"dev, {name} ({len(part)})" for name, part in dev.items()),
        "all unseen, less the recipe",
        *TESTS,
        "own threats: found, taken for",
    ]
    print(f"| | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}", flush=True)
    for row in rows(posts, unseen, dev):
        print(row, flush=True)


if __name__ == "__main__":
    main()
