"""Models: train, load, classify, explain, save."""

from stancekit.model.classify import classify
from stancekit.model.explain import Explanation
from stancekit.model.language import looks_english
from stancekit.model.load import load
from stancekit.model.pipeline import make_pipeline
from stancekit.model.report import Report
from stancekit.model.stance_model import StanceModel
from stancekit.model.train import train

__all__ = [
    "Explanation",
    "Report",
    "StanceModel",
    "classify",
    "load",
    "looks_english",
    "make_pipeline",
    "train",
]
