"""Label posts as supportive, critical, dog-piling or neutral.

>>> import stancekit
>>> stancekit.classify("Thank you, that was brave").label[0]
'supportive'
"""

from typing import TYPE_CHECKING

from stancekit.lazy import names_of
from stancekit.version import __version__ as __version__

if TYPE_CHECKING:
    from stancekit.events import find_pileons as find_pileons
    from stancekit.events import find_storms as find_storms
    from stancekit.fairness.auditing import audit as audit
    from stancekit.features.extraction import extract as extract
    from stancekit.labels import LABELS as LABELS
    from stancekit.model.classifying import classify as classify
    from stancekit.model.language import looks_english as looks_english
    from stancekit.model.saved.load import load as load
    from stancekit.model.stance_model import StanceModel as StanceModel
    from stancekit.model.training.pipeline import make_pipeline as make_pipeline
    from stancekit.model.training.train import train as train
    from stancekit.posts import read_posts as read_posts
    from stancekit.reporting import distinguishing as distinguishing
    from stancekit.reporting import report as report
    from stancekit.reporting import timeline as timeline
    from stancekit.runs import label_archive as label_archive
    from stancekit.runs import label_frame as label_frame
    from stancekit.runs import label_on_cluster as label_on_cluster
    from stancekit.runs import read_labels as read_labels
    from stancekit.spacy_pipeline import nlp as nlp
    from stancekit.study import agreement as agreement
    from stancekit.study import codebook as codebook
    from stancekit.study import estimate_shares as estimate_shares
    from stancekit.study import evaluate as evaluate
    from stancekit.study import learning_curve as learning_curve
    from stancekit.study import methods as methods
    from stancekit.study import read_annotations as read_annotations
    from stancekit.study import suggest as suggest
    from stancekit.study import write_annotations as write_annotations

# Public names and their homes: imported when asked for, so that `import stancekit` costs nothing.
_HOMES = {
    "LABELS": "stancekit.labels",
    "StanceModel": "stancekit.model",
    "agreement": "stancekit.study",
    "audit": "stancekit.fairness",
    "classify": "stancekit.model",
    "codebook": "stancekit.study",
    "distinguishing": "stancekit.reporting",
    "estimate_shares": "stancekit.study",
    "evaluate": "stancekit.study",
    "extract": "stancekit.features.extraction",
    "find_pileons": "stancekit.events",
    "find_storms": "stancekit.events",
    "label_archive": "stancekit.runs",
    "label_frame": "stancekit.runs",
    "label_on_cluster": "stancekit.runs",
    "learning_curve": "stancekit.study",
    "load": "stancekit.model",
    "looks_english": "stancekit.model",
    "make_pipeline": "stancekit.model",
    "methods": "stancekit.study",
    "nlp": "stancekit.spacy_pipeline",
    "read_annotations": "stancekit.study",
    "read_labels": "stancekit.runs",
    "read_posts": "stancekit.posts",
    "report": "stancekit.reporting",
    "suggest": "stancekit.study",
    "timeline": "stancekit.reporting",
    "train": "stancekit.model",
    "write_annotations": "stancekit.study",
}
__all__ = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
