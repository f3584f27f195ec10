"""The models that come with stancekit: one linear model, one encoder, and three ways to ask them.

What is measured of ``default`` and ``accurate``, the encoder's manifest says: under ``tiers`` the
threshold, share, digest and report of each, and under ``fast`` the digest of the linear model that
they were measured with.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from stancekit.errors import ModelFormatError, StancekitError
from stancekit.model.cascade import CascadeModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.saved.checks import MISFITS
from stancekit.model.saved.format import MANIFEST
from stancekit.model.saved.names import FAST
from stancekit.model.saved.read import read_model
from stancekit.model.seen import Seen
from stancekit.model.stance_model import StanceModel
from stancekit.scores.report import Report

#: What is said of the encoder and of what it is put together with alike.
_KEPT: Final = ("languages", "extra_posts", "seed", "posts", "posts_per_label", "versions")


@cache
def tier(name: str) -> StanceModel:
    """Load one of the `TIERS` once: it cannot change.

    Raises
    ------
    ModelFormatError
        If the files of the package do not belong together.
    """
    with as_file(files("stancekit.model") / "shipped") as folder:
        if name == FAST:
            return read_model(folder / FAST, links=True)
        return together(tier(FAST), _encoder(folder / "encoder"), name, folder / "encoder")


@lru_cache(maxsize=1)
def _encoder(folder: Path) -> StanceModel:
    return read_model(folder, links=True, trial=False)


def together(quick: StanceModel, careful: StanceModel, name: str, folder: Path) -> StanceModel:
    """Put linear model and encoder together as the encoder's manifest says under a name.

    Raises
    ------
    ModelFormatError
        If it was measured with another linear model, or says nothing of the name.
    """
    try:
        if not isinstance(careful.scorer, EncoderModel):
            raise ModelFormatError(f"the model {careful.name!r} is no encoder")
        measured_with, chosen = careful.about[FAST], careful.about["tiers"][name]
        scorer = CascadeModel(
            quick.linear, careful.scorer, chosen["threshold"], chosen.get("share", 1.0)
        )
        digest, report = str(chosen["digest"]), Report.from_dict(chosen["report"])
    except (*MISFITS, StancekitError) as error:
        raise ModelFormatError(
            f"{folder / MANIFEST}: says not how to use it as {name!r}: {error!r}. Install "
            "stancekit again, or build the encoder again: models/encoder/README.md"
        ) from error
    if measured_with != quick.digest:
        raise ModelFormatError(
            f"{folder / MANIFEST}: was measured with another model {FAST!r} than this one "
            f"({quick.digest[:12]}): install stancekit again, or build the encoder again: "
            "models/encoder/README.md"
        )
    about = {
        **{key: careful.about[key] for key in _KEPT if key in careful.about},
        "linear": quick.digest,
        "encoder": careful.digest,
        "notes": _notes(scorer, careful),
    }
    seen = Seen.of_all([quick.seen, careful.seen])
    return StanceModel(name, digest, scorer, report, about, seen)


def _notes(scorer: CascadeModel, careful: StanceModel) -> str:
    """Say what decides where; the threshold 1 asks the encoder everywhere."""
    mixed = (
        f"the encoder's log-probabilities, weighing {scorer.share:g}, and those of `{FAST}`"
        if scorer.share < 1
        else "the encoder alone"
    )
    said = (
        f"The model `{FAST}` decides where its confidence is {scorer.threshold} or more, {mixed} "
        f"elsewhere; see the cards of `{FAST}` and `accurate`."
        if scorer.threshold < 1
        else f"What decides is {mixed}; see the card of `{FAST}`."
    )
    said += " What was chosen was chosen on the posts that the scores above are of."
    notes: Any = careful.about.get("notes", "")
    return said if scorer.threshold < 1 else f"{said}\n\n{notes}"
