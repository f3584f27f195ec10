"""What is counted of labelled posts, and adds up: by chunk, by piece, by run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stancekit.labels import LABEL, REASON, OtherLanguages
from stancekit.posts.table import column_of
from stancekit.runs.labeller import Labelled, count


@dataclass(frozen=True)
class Counts:
    """Counts of posts.

    Attributes
    ----------
    rows, reposts
        Posts in the output, and how many of them are reposts.
    labels, repost_labels
        How many posts, and how many reposts among them, got each label.
    reasons
        How many posts got no label, by reason.
    left_out
        How many posts the filters left out, by reason; `rows` does not count them.
    told, other
        Of a sample of texts, how many's language can be told, and how many do not look English;
        0 for a model that is not known to know English only.
    authors
        Up to two author ids: enough to see whether a source has one author.
    """

    rows: int = 0
    reposts: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)
    repost_labels: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    told: int = 0
    other: int = 0
    authors: Sequence[str] = ()

    @property
    def read(self) -> int:
        """Posts that were read, in the output or left out."""
        return self.rows + sum(self.left_out.values())

    @property
    def languages(self) -> OtherLanguages:
        """What the sample says of languages."""
        return OtherLanguages(self.told, self.other)

    def __add__(self, more: Counts) -> Counts:
        pairs = ((f.name, getattr(self, f.name), getattr(more, f.name)) for f in fields(self))
        return Counts(**{name: _sum(one, other) for name, one, other in pairs})


def counts_of(labelled: Labelled) -> Counts:
    """Count what a labelled chunk holds."""
    table = labelled.table
    labels = table.column(LABEL).cast(pa.string())
    reposts = pc.equal(column_of(table, "kind"), "repost").fill_null(False)
    authors = pc.coalesce(column_of(table, "author_id"), column_of(table, "author"))
    return Counts(
        rows=table.num_rows,
        reposts=pc.sum(reposts).as_py() or 0,
        labels=count(labels),
        repost_labels=count(labels.filter(reposts)),
        reasons=count(table.column(REASON).filter(pc.is_null(labels))),
        left_out=labelled.left_out,
        told=labelled.languages.told,
        other=labelled.languages.other,
        authors=sorted(pc.unique(authors.drop_null()).to_pylist()[:2]),
    )


def _sum(one: Any, other: Any) -> Any:
    if isinstance(one, Mapping):
        return dict(Counter(one) + Counter(other))
    return one + other if isinstance(one, int) else sorted({*one, *other})[:2]
