"""From annotations to a number in a paper: read them, agree, train, evaluate, say how many."""

from typing import TYPE_CHECKING

from stancekit.lazy import names_of

if TYPE_CHECKING:
    from stancekit.study.agreeing.agreement import agreement as agreement
    from stancekit.study.agreeing.result import Agreement as Agreement
    from stancekit.study.annotations.read import read_annotations as read_annotations
    from stancekit.study.annotations.write import write_annotations as write_annotations
    from stancekit.study.evaluating.evaluate import evaluate as evaluate
    from stancekit.study.evaluating.result import Evaluation as Evaluation
    from stancekit.study.learning.curve import learning_curve as learning_curve
    from stancekit.study.learning.result import LearningCurve as LearningCurve
    from stancekit.study.shares.estimating import estimate_shares as estimate_shares
    from stancekit.study.shares.result import Shares as Shares
    from stancekit.study.suggesting.suggest_posts import suggest as suggest
    from stancekit.study.writing.guide import codebook as codebook
    from stancekit.study.writing.methods_text import MethodsText as MethodsText
    from stancekit.study.writing.methods_text import methods as methods

# Imported when asked for: who reads annotations needs no model.
_HOMES: dict[str, str] = {
    "Agreement": "stancekit.study.agreeing.result",
    "Evaluation": "stancekit.study.evaluating.result",
    "LearningCurve": "stancekit.study.learning.result",
    "MethodsText": "stancekit.study.writing.methods_text",
    "Shares": "stancekit.study.shares.result",
    "agreement": "stancekit.study.agreeing.agreement",
    "codebook": "stancekit.study.writing.guide",
    "estimate_shares": "stancekit.study.shares.estimating",
    "evaluate": "stancekit.study.evaluating.evaluate",
    "learning_curve": "stancekit.study.learning.curve",
    "methods": "stancekit.study.writing.methods_text",
    "read_annotations": "stancekit.study.annotations.read",
    "write_annotations": "stancekit.study.annotations.write",
    "suggest": "stancekit.study.suggesting.suggest_posts",
}
__all__: list[str] = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
