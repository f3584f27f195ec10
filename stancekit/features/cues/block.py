"""Sentiment cues: named numbers of a post, each the sum of marks on stretches of its text.

`CueBlock` is the block of features; `cue_matrix` and `cue_spans` are the functions beneath it, for
batches that are segmented already. The cues are listed, with unit and reason, in
`stancekit.features.cues.table`. Rules for negation (three tokens, up to the end of the clause,
times -0.74) and for intensifiers (plus or minus 0.293, less with distance) are VADER's.

.. [1] C.J. Hutto & E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
   Social Media Text", ICWSM-14.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stancekit.features.block import Block, Evidence, indptr_of
from stancekit.features.cues.lexicon import Lexicon, as_lexicon
from stancekit.features.cues.marks import Marks, marks_of
from stancekit.features.cues.table import (
    COLUMN,
    CUES,
    LATER_CUES,
    LISTS,
    MEANT_VIOLENCE,
    TERMS,
    Cue,
)
from stancekit.features.cues.typography import post_values
from stancekit.text.batch import Batch
from stancekit.text.codepoints import Index
from stancekit.text.normalise import Normalised
from stancekit.text.segmentation import Segmentation

Matrix = npt.NDArray[np.float32]
Values = npt.NDArray[np.float64]

_WHOLE_POST = [COLUMN["capitals_share"], COLUMN["log_tokens"]]


@dataclass(frozen=True)
class CueSpans:
    """Where the cues of a batch come from.

    Attributes
    ----------
    post : ndarray of int64, shape (m,)
        Number of the post.
    start, end : ndarray of int64, shape (m,)
        Offsets into the text of the post, in code points.
    cue : ndarray of int64, shape (m,)
        Column of `cue_matrix`.
    value : ndarray of float64, shape (m,)
        Share of the cue; over the spans of a post and a cue they add up to the cue.
    """

    post: Index
    start: Index
    end: Index
    cue: Index
    value: Values


def cue_table(lexicon: Lexicon) -> tuple[Cue, ...]:
    """Return the cues in column order: built-in, of further lists, of two lists together."""
    later = {cue.name: cue for cue in LATER_CUES}
    own = [name for name in lexicon.names if name not in LISTS]
    listed = (
        later.get(name, Cue(name, TERMS, 1, f"terms of {name}.tsv", "your own")) for name in own
    )
    return (*CUES, *listed, *((MEANT_VIOLENCE,) if later.keys() <= set(own) else ()))


def cue_matrix(seg: Segmentation, normalised: Normalised, lexicon: Lexicon) -> Matrix:
    """Compute all cues of a segmented batch.

    Parameters
    ----------
    seg : Segmentation
        `p` posts.
    normalised : Normalised
        Of the same posts.
    lexicon : Lexicon
        Which terms count for which cue.

    Returns
    -------
    ndarray of float32, shape (p, c)
        Columns as in `cue_table`.
    """
    marks = marks_of(seg, normalised, lexicon)
    half = _halves(lexicon)
    total = _totals(marks, len(half))
    cues = total / (total + half)
    cues[:, _WHOLE_POST] = np.column_stack(post_values(marks.tokens, seg, marks.capitals))
    return cues.astype(np.float32)


def cue_spans(seg: Segmentation, normalised: Normalised, lexicon: Lexicon) -> CueSpans:
    """Attribute every cue of a segmented batch to stretches of text.

    Parameters
    ----------
    seg, normalised, lexicon
        As for `cue_matrix`.

    Returns
    -------
    CueSpans
        In order of post, start and cue. Capitals and length are attributed to the whole post.
    """
    marks = marks_of(seg, normalised, lexicon)
    half = _halves(lexicon)
    post = marks.tokens.post[marks.first]
    share = marks.value / (_totals(marks, len(half))[post, marks.cue] + half[marks.cue])
    base = seg.post_start[post]
    start = seg.start[marks.tokens.number[marks.first]] - base
    end = seg.end[marks.tokens.number[marks.first + marks.length - 1]] - base
    parts = [(post, start, end, marks.cue, share)]
    size = np.diff(seg.post_start) - 1
    for cue, value in zip(_WHOLE_POST, post_values(marks.tokens, seg, marks.capitals), strict=True):
        some = np.flatnonzero(value)
        zero, column = np.zeros_like(some), np.full(len(some), cue)
        parts.append((some, zero, size[some], column, value[some]))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.lexsort((columns[3], columns[2], columns[1], columns[0]))
    return CueSpans(*(column[order] for column in columns))


def _halves(lexicon: Lexicon) -> Values:
    # A half of 0 would divide 0 by 0; the columns it stands for are overwritten.
    return np.array([cue.half or 1.0 for cue in cue_table(lexicon)])


def _totals(marks: Marks, columns: int) -> Values:
    posts = len(marks.tokens.post_first) - 1
    cell = marks.tokens.post[marks.first] * columns + marks.cue
    sums = np.bincount(cell, weights=marks.value, minlength=posts * columns)
    return sums.astype(np.float64, copy=False).reshape(posts, columns)


def _sparse(cues: Matrix) -> sp.csr_array:
    """Leave out zeros: what `csr_array` makes of a dense matrix, without its detours."""
    some = cues != 0
    place = np.flatnonzero(some)
    columns = (place % cues.shape[1]).astype(np.int32)
    indptr = indptr_of(np.count_nonzero(some, axis=1))
    return sp.csr_array((cues.ravel()[place], columns, indptr), shape=cues.shape)


@dataclass(eq=False)
class CueBlock(Block):
    """Named sentiment cues; see `stancekit.features.SentimentCues`."""

    lexicon: Lexicon | str | Path | None = None

    standardised = True
    whole_rows = tuple(_WHOLE_POST)

    @property
    def terms(self) -> Lexicon:
        """The lexicon in use."""
        return as_lexicon(self.lexicon)

    @property
    def rows(self) -> int:
        """Number of cues."""
        return len(cue_table(self.terms))

    def check(self) -> None:
        """Refuse a lexicon that cannot be read."""
        as_lexicon(self.lexicon)

    def encode(self, batch: Batch) -> Matrix:
        """Return the cues of a batch, shape (p, c)."""
        return cue_matrix(batch.seg, batch.norm, self.terms)

    def score(self, batch: Batch, table: Matrix) -> Matrix:
        """Sum the table's rows, each times its cue."""
        # sparse, since the rows of a dense product depend on how many there are
        return np.asarray(_sparse(self.encode(batch)) @ table)

    def evidence(self, batch: Batch) -> Evidence:
        """Return every mark with its share of its cue."""
        found = cue_spans(batch.seg, batch.norm, self.terms)
        return Evidence(found.post, found.start, found.end, found.cue, found.value)

    def row_names(self, rows: Index) -> list[str]:
        """Return the names of cues."""
        names = self.get_feature_names_out()
        return [str(name) for name in names[rows]]

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """Return the names of the cues."""
        return np.array([cue.name for cue in cue_table(as_lexicon(self.lexicon))], dtype=object)
