"""Change a saved model and make every digest fit, as whoever wants to harm would."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stancekit.model.saved.format import BESIDE
from stancekit.model.saved.written import Saved


def reseal(folder: Path, change: Callable[[Any], object] | None = None, **files: bytes) -> None:
    """Write files (``model_onnx=…``), change the manifest, and put all digests right."""
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    if change is not None:
        change(manifest)
    names = list(manifest.get("files", ["weights.safetensors"]))
    data = {name: (folder / name).read_bytes() for name in names}
    digests = {name: hashlib.sha256(one).hexdigest() for name, one in data.items()}
    if "files" in manifest:
        manifest["files"] = digests
        for part in ("linear", "encoder"):
            own = manifest.get(part, {}).get("files", {})
            own.update({name: digests[name] for name in own})
    else:
        manifest["weights"] = digests["weights.safetensors"]
    settings = {key: value for key, value in manifest.items() if key not in BESIDE}
    manifest["digest"] = Saved(settings, data).digest
    (folder / "manifest.json").write_text(json.dumps(manifest))
