"""An encoder with mean pooling and a linear head for each task, and the loop that trains it."""

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import nn
from tqdm.auto import tqdm
from transformers import AutoModel

MAX_TOKENS = 128
OTHER_FORM = 0.15
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
#: Half precision, where the processor has it: emulated it is ten times slower than single.
HALF = DEVICE == "cuda" or torch.cpu._is_avx512_bf16_supported()
Ids = list[list[int]]


class Classifier(nn.Module):
    """A pretrained encoder, mean pooling over its tokens, and linear heads.

    Without `dropout` inside the encoder two processor cores train it 1.3 times as fast.
    """

    def __init__(
        self, folder: Path, classes: int, tasks: Sequence[int] = (), *, dropout: float = 0.1
    ) -> None:
        super().__init__()
        dropouts = dict.fromkeys(("hidden_dropout_prob", "attention_probs_dropout_prob"), dropout)
        self.bert = AutoModel.from_pretrained(folder, local_files_only=True, **dropouts)
        size = self.bert.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(size, classes)
        self.tasks = nn.ModuleList([nn.Linear(size, labels) for labels in tasks])

    def pooled(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Mean of the last layer over a post's tokens, shape (posts, size)."""
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask[:, :, None].to(hidden.dtype)
        return self.dropout((hidden * weight).sum(1) / weight.sum(1))


def tokenise(folder: Path, texts: list[str]) -> Ids:
    """Token ids of each post, cut at `MAX_TOKENS`."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return [encoded.ids for encoded in tokenizer.encode_batch(texts)]


def by_length(posts: Ids, size: int, rng: np.random.Generator) -> list[npt.NDArray[np.int64]]:
    """Batches of posts about as long as one another, in random order."""
    length = np.array([len(ids) for ids in posts]) * rng.uniform(0.85, 1.15, len(posts))
    order = np.argsort(length)
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    return [batches[i] for i in rng.permutation(len(batches))]


def padded(posts: Ids, rows: npt.NDArray[np.int64], pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask of some posts, shape (rows, longest)."""
    ids = [torch.tensor(posts[i]) for i in rows]
    mask = [torch.ones(len(post), dtype=torch.long) for post in ids]
    pads = ((ids, pad), (mask, 0))
    made = [nn.utils.rnn.pad_sequence(x, True, value).to(DEVICE) for x, value in pads]
    return made[0], made[1]


Loss = Callable[[Classifier, torch.Tensor, torch.Tensor], torch.Tensor]


def fit(
    model: Classifier,
    posts: Ids,
    loss: Loss,
    *,
    epochs: int,
    rate: float,
    batch: int,
    seed: int,
    instead: Ids | None = None,
) -> None:
    """Train with AdamW: 6 % warm-up, then linear decay; heads at a rate of .001.

    Where `instead` has the same posts in another form, one of seven is shown in that.
    """
    rng = np.random.default_rng(seed)
    parts = [("bert.", rate), ("", 1e-3)]
    groups: list[dict[str, Any]] = [{"params": [], "lr": lr} for _, lr in parts]
    learnt = [item for item in model.named_parameters() if item[1].requires_grad]
    for name, parameter in learnt:
        groups[0 if name.startswith("bert.") else 1]["params"].append(parameter)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * math.ceil(len(posts) / batch)
    warm = 0.06 * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: (step + 1) / warm if step < warm else (steps - step) / steps
    )
    every = [*posts, *(instead or ())]
    model.train()
    for rows in tqdm(_epochs(posts, batch, rng, epochs), total=steps, unit=" batches"):
        shown = rows
        if instead is not None:
            shown = np.where(rng.random(len(rows)) < OTHER_FORM, rows + len(posts), rows)
        with torch.autocast(DEVICE, torch.bfloat16, enabled=HALF):
            pooled = model.pooled(*padded(every, shown, model.bert.config.pad_token_id))
        found = loss(model, pooled.float(), torch.from_numpy(rows).to(DEVICE))
        optimiser.zero_grad()
        found.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()


def _epochs(
    posts: Ids, batch: int, rng: np.random.Generator, epochs: int
) -> Iterator[npt.NDArray[np.int64]]:
    for _ in range(epochs):
        yield from by_length(posts, batch, rng)


@torch.no_grad()
def probabilities(model: Classifier, posts: Ids, batch: int = 256) -> npt.NDArray[np.float64]:
    """Probability of each class, shape (posts, classes)."""
    model.eval()
    order = np.argsort([len(ids) for ids in posts], kind="stable")
    found = np.empty((len(posts), model.head.out_features))
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        with torch.autocast(DEVICE, torch.bfloat16, enabled=HALF):
            logits = model.head(model.pooled(*padded(posts, rows, model.bert.config.pad_token_id)))
        found[rows] = logits.float().softmax(1).cpu().numpy()
    return found
