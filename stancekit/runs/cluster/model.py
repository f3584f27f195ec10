"""How a model reaches the workers: by name where they have it too, else as its saved files.

A worker loads it once, as `stancekit.load` does: looking at everything, running nothing of it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from stancekit.errors import RunError
from stancekit.runs.labeller import Model


def packed(model: Model, asked: Model | str | Path) -> Callable[[], Model]:
    """Make the function with which a worker gets the model.

    Parameters
    ----------
    model
        The model, loaded.
    asked
        What the user gave: a name, a folder, or the model itself.

    Returns
    -------
    callable
        Small for a model that comes with a package; else it holds the model's files. A model
        that is no `StanceModel` is sent as it is, as joblib would.
    """
    from stancekit.model.saved.load import NAMES
    from stancekit.model.stance_model import StanceModel

    if isinstance(asked, str) and asked in NAMES:
        return partial(_by_name, asked, model.digest)
    if isinstance(model, StanceModel):
        with TemporaryDirectory(prefix="stancekit-") as scratch:
            folder = model.save(Path(scratch, "model"))
            return partial(_from_files, {p.name: p.read_bytes() for p in folder.iterdir()})
    return partial(_as_it_is, model)


def _by_name(name: str, digest: str) -> Model:
    from stancekit.model import load

    model = load(name)
    if model.digest != digest:
        raise RunError(
            f"the model {name!r} of a worker ({model.digest[:12]}) is not that of this machine "
            f"({digest[:12]}). Install the same packages on both."
        )
    return model


def _from_files(files: Mapping[str, bytes]) -> Model:
    from stancekit.model import load

    with TemporaryDirectory(prefix="stancekit-") as scratch:
        for name, data in files.items():
            Path(scratch, name).write_bytes(data)
        return load(Path(scratch))


def _as_it_is(model: Model) -> Model:
    return model
