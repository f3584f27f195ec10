"""What a run adds to a batch of posts: label, confidence, probabilities, reason, model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.errors import RunError
from stancekit.labels import (
    CONFIDENCE,
    EVIDENCE,
    LABEL,
    MODEL,
    REASON,
    REPOST,
    ClassName,
    Labels,
    OtherLanguages,
    columns,
)
from stancekit.posts.table import COLUMNS, column_of
from stancekit.runs import extracting
from stancekit.runs.filters import NO_FILTERS, Filters
from stancekit.runs.pseudonyms import Pseudonyms

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel

_TYPES: Final[Mapping[str, pa.DataType]] = {
    MODEL: pa.dictionary(pa.int8(), pa.string()),
    **{REASON: pa.string(), EVIDENCE: pa.string()},
}


@dataclass(frozen=True)
class Labelled:
    """Posts with their labels.

    Attributes
    ----------
    table
        The posts that were asked for, with the label columns last.
    left_out
        How many posts the filters left out, by reason.
    languages
        Of a sample of the texts, how many are in languages the model does not know.
    """

    table: pa.RecordBatch
    left_out: Mapping[str, int]
    languages: OtherLanguages


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
    extract
        Add what is in the posts; see `stancekit.runs.extracting`.
    filters
        Which posts to label; the others are left out.
    pseudonyms
        How to put pseudonyms for people, once the posts are labelled.
    n_jobs
        Cores the model may use; a run has processes instead.
    """

    model: StanceModel
    min_confidence: float | dict[str, float] | None = None
    label_reposts: bool = True
    explain: bool = False
    extract: bool = False
    filters: Filters = NO_FILTERS
    pseudonyms: Pseudonyms | None = None
    n_jobs: int | None = 1

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns a run adds to the posts."""
        found = extracting.schema().names if self.extract else ()
        return (*found, *columns(self.model.classes, evidence=self.explain, model=True))

    @property
    def schema(self) -> pa.Schema:
        """The same with their types: what is no word is a number."""
        types = {**_TYPES, LABEL: pa.dictionary(pa.int8(), _type_of(self.model.classes))}
        if self.extract:
            types |= dict(zip(extracting.schema().names, extracting.schema().types, strict=True))
        return pa.schema([(name, types.get(name, pa.float64())) for name in self.columns])

    @property
    def mark(self) -> str:
        """How the output names the model."""
        return f"{self.model.name}@{self.model.digest[:12]}"

    def __call__(self, posts: pa.RecordBatch) -> Labelled:
        """Leave out what is not wanted, add the label columns, put pseudonyms for people."""
        reasons = self.filters.reasons(posts)
        wanted = posts.filter(pc.is_null(reasons)) if self.filters else posts
        if self.pseudonyms is not None:
            keep = self.pseudonyms.keep
            wanted = wanted.select([n for n in wanted.schema.names if n in COLUMNS or n in keep])
        added: dict[str, pa.Array] = {}
        if self.extract:
            wanted, added = extracting.with_found(wanted)
        texts = column_of(wanted, "text")
        reposts = pc.equal(column_of(wanted, "kind"), "repost").fill_null(False)
        if not self.label_reposts:
            texts = pc.if_else(reposts, pa.scalar(None, pa.string()), texts)
        distinct = texts.dictionary_encode(null_encoding="encode")  # each text is labelled once
        found = self.model.labels_of(
            distinct.dictionary.to_pylist(),
            min_confidence=self.min_confidence,
            explain=self.explain,
            n_jobs=self.n_jobs,
            progress=False,
        )
        added |= {name: column.take(distinct.indices) for name, column in _arrays(found).items()}
        if not self.label_reposts:
            added[REASON] = pc.if_else(reposts, REPOST, added[REASON])
        marks = pa.array(np.zeros(len(wanted), "int8"))
        added[MODEL] = pa.DictionaryArray.from_arrays(marks, pa.array([self.mark]))
        table = pa.RecordBatch.from_arrays(
            [*wanted.columns, *added.values()], names=[*wanted.schema.names, *added]
        )
        if self.pseudonyms is not None:
            table = self.pseudonyms(table)
        return Labelled(table, count(reasons), found.languages)


def count(values: pa.Array) -> dict[str, int]:
    """Count each value; what is missing counts for nothing.

    >>> count(pa.array(["b", "a", None, "b"]))
    {'a': 1, 'b': 2}
    """
    counted = pc.value_counts(values.drop_null()).to_pylist()
    return dict(sorted((entry["values"], entry["counts"]) for entry in counted))


def check_classes(classes: Sequence[ClassName], taken: Sequence[str]) -> None:
    """Refuse a model whose class names would hide columns of the posts.

    Raises
    ------
    RunError
        Names the classes to rename.
    """
    reserved = {LABEL, CONFIDENCE, REASON, EVIDENCE, MODEL, *taken}
    clash = [str(name) for name in classes if str(name) in reserved]
    if clash:
        raise RunError(
            f"the model's classes {', '.join(clash)} have names of output columns. Rename them in "
            "the training labels and train again."
        )


def _arrays(found: Labels) -> dict[str, pa.Array]:
    names = list(map(str, found.classes))
    codes = pa.array(found.code.astype("int8"), mask=found.code < 0)
    arrays = {
        LABEL: pa.DictionaryArray.from_arrays(
            codes, pa.array(found.classes, _type_of(found.classes))
        ),
        CONFIDENCE: _rounded(found.confidence),
        **dict(zip(names, map(_rounded, found.proba.T), strict=True)),
        REASON: pa.array(found.reason, pa.string()),
    }
    if found.evidence is not None:
        arrays[EVIDENCE] = pa.array(found.evidence, pa.string())
    return arrays


def _type_of(classes: Sequence[ClassName]) -> pa.DataType:
    """Return the type of labels in files: a class called by a number is that number there, too."""
    return pa.string() if any(isinstance(name, str) for name in classes) else pa.int64()


def _rounded(values: np.ndarray) -> pa.Array:
    # Six decimals: more than any calibration can bear, and the same digits on every machine.
    return pa.array(np.round(values.astype("float64"), 6), pa.float64(), from_pandas=True)
