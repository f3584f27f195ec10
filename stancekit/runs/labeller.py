"""What a run adds to a batch of posts: label, confidence, probabilities, reason, model."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.errors import LanguageWarning, RunError
from stancekit.model.language import OtherLanguages, knows_english_only, other_languages
from stancekit.posts.table import COLUMNS
from stancekit.runs.filters import NO_FILTERS, Filters
from stancekit.runs.output.columns import column_of
from stancekit.runs.pseudonyms import Pseudonyms


class Model(Protocol):
    """What a run needs of a model."""

    @property
    def name(self) -> str:
        """What it is called in the output."""

    @property
    def digest(self) -> str:
        """Hexadecimal SHA-256 of all that decides a label."""

    @property
    def classes(self) -> Sequence[str]:
        """The labels, in the order of their columns."""

    def classify(
        self,
        posts: Sequence[str | None],
        /,
        *,
        min_confidence: float | dict[str, float] | None,
        progress: bool | None,
    ) -> pd.DataFrame:
        """Label, confidence, one probability per class, and a reason where there is no label."""


@dataclass(frozen=True)
class Labeller:
    """How to label a chunk: all a worker must be told once.

    Attributes
    ----------
    model
        The model.
    min_confidence
        Below it a post gets no label; one number, or one for each label named.
    label_reposts
        When false, reposts get no label, with the reason "repost".
    explain
        Add the column "evidence": the tokens that speak most for and against the label.
    filters
        Which posts to label; the others are left out.
    pseudonyms
        How to put pseudonyms for people, once the posts are labelled.
    n_jobs
        Cores the model may use; a run has processes instead.
    """

    model: Model
    min_confidence: float | dict[str, float] | None = None
    label_reposts: bool = True
    explain: bool = False
    filters: Filters = NO_FILTERS
    pseudonyms: Pseudonyms | None = None
    n_jobs: int = 1

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns the labels add to the posts."""
        evidence = ("evidence",) if self.explain else ()
        return ("label", "confidence", *self.model.classes, "reason", *evidence, "model")

    @property
    def mark(self) -> str:
        """How the output names the model."""
        return f"{self.model.name}@{self.model.digest[:12]}"

    def __call__(self, posts: pa.RecordBatch) -> pa.RecordBatch:
        """Leave out what is not wanted, add the label columns, put pseudonyms for people."""
        wanted = self.wanted(posts)
        if self.pseudonyms is None:
            return self._labelled(wanted)
        kept = [n for n in wanted.schema.names if n in COLUMNS or n in self.pseudonyms.keep]
        return self.pseudonyms(self._labelled(wanted.select(kept)))

    def wanted(self, posts: pa.RecordBatch) -> pa.RecordBatch:
        """Give the posts that the filters keep."""
        return posts.filter(pc.is_null(self.filters.reasons(posts))) if self.filters else posts

    def _labelled(self, posts: pa.RecordBatch) -> pa.RecordBatch:
        texts = column_of(posts, "text")
        if self.label_reposts:
            skipped = pa.array(np.zeros(len(posts), bool))
        else:
            skipped = pc.equal(column_of(posts, "kind"), "repost").fill_null(False)
        texts = pc.if_else(skipped, pa.scalar(None, pa.string()), texts)
        # a model that explains nothing need not know the argument
        asked: dict[str, Any] = {"explain": True} if self.explain else {}
        asked |= {"n_jobs": self.n_jobs} if self.n_jobs != 1 else {}
        distinct = texts.dictionary_encode(null_encoding="encode")  # each text is labelled once
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LanguageWarning)  # the summary says it, once
            found = self.model.classify(
                distinct.dictionary.to_pylist(),
                min_confidence=self.min_confidence,
                progress=False,
                **asked,
            )
        added = _label_columns(found, self.model)
        if self.explain:
            evidence = found["evidence"].astype(object)
            added["evidence"] = pa.array(evidence, pa.string(), from_pandas=True)
        added = {name: column.take(distinct.indices) for name, column in added.items()}
        added["reason"] = pc.if_else(skipped, "repost", added["reason"])
        codes = pa.array(np.zeros(len(posts), "int8"))
        added["model"] = pa.DictionaryArray.from_arrays(codes, pa.array([self.mark]))
        return pa.RecordBatch.from_arrays(
            [*posts.columns, *added.values()], names=[*posts.schema.names, *added]
        )


def languages_of(posts: pa.RecordBatch, model: Model) -> OtherLanguages:
    """Look at a sample of a batch for languages an English model does not know."""
    if not knows_english_only(getattr(model, "about", {})):
        return OtherLanguages()
    texts = [text for text in column_of(posts, "text").to_pylist() if text]
    return other_languages(texts)


def check_classes(model: Model, columns: Sequence[str]) -> None:
    """Refuse a model whose class names would hide columns of the posts.

    Raises
    ------
    RunError
        Names the classes to rename.
    """
    taken = {"label", "confidence", "reason", "evidence", "model", *columns}
    clash = [name for name in model.classes if name in taken]
    if clash:
        raise RunError(
            f"the model's classes {', '.join(clash)} have names of output columns. Rename them in "
            "the training labels and train again."
        )


def _label_columns(found: pd.DataFrame, model: Model) -> dict[str, pa.Array]:
    classes = list(model.classes)
    codes = pd.Categorical(found["label"], categories=classes).codes
    columns: dict[str, pa.Array] = {
        "label": pa.DictionaryArray.from_arrays(
            pa.array(codes, pa.int8(), mask=np.asarray(codes) < 0), pa.array(classes, pa.string())
        )
    }
    for name in ("confidence", *classes):
        # Six decimals: more than any calibration can bear, and the same digits on every machine.
        values = np.round(found[name].to_numpy(dtype="float64", na_value=np.nan), 6)
        columns[name] = pa.array(values, pa.float64(), from_pandas=True)
    reasons = found["reason"].astype(object)
    columns["reason"] = pa.array(reasons, pa.string(), from_pandas=True)
    return columns
