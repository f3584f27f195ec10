"""Models: train, load, classify, explain, save."""

from stancekit.model.classifying import classify
from stancekit.model.explaining.explanation import Explanation
from stancekit.model.language import looks_english
from stancekit.model.saved.load import load
from stancekit.model.stance_model import StanceModel
from stancekit.model.training.pipeline import make_pipeline
from stancekit.model.training.train import train
from stancekit.scores.report import Report

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
