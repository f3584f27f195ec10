"""Models: train, load, classify, explain, save."""

from typing import TYPE_CHECKING

from stancekit.lazy import names_of

if TYPE_CHECKING:
    from stancekit.model.classifying import classify as classify
    from stancekit.model.explaining.explanation import Explanation as Explanation
    from stancekit.model.language import looks_english as looks_english
    from stancekit.model.saved.load import load as load
    from stancekit.model.stance_model import StanceModel as StanceModel
    from stancekit.model.training.pipeline import make_pipeline as make_pipeline
    from stancekit.model.training.train import train as train
    from stancekit.scores.report import Report as Report

# Imported when asked for: who labels does not train.
_HOMES = {
    "Explanation": "stancekit.model.explaining.explanation",
    "Report": "stancekit.scores.report",
    "StanceModel": "stancekit.model.stance_model",
    "classify": "stancekit.model.classifying",
    "load": "stancekit.model.saved.load",
    "looks_english": "stancekit.model.language",
    "make_pipeline": "stancekit.model.training.pipeline",
    "train": "stancekit.model.training.train",
}
__all__ = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
