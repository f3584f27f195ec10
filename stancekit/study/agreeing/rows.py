"""What agreement shows of itself: lines, tables, and the posts on which annotators differ."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from stancekit.labels import ClassName
from stancekit.show.cells import one_line, short
from stancekit.show.sheet import Table
from stancekit.study.agreeing.alpha import Counts

#: Annotators, pairs and posts that are shown.
_SHOWN: Final = 12
#: Posts in the table of disagreements.
MOST: Final = 1_000


def tables(
    by_label: pd.DataFrame,
    annotators: pd.DataFrame,
    pairs: pd.DataFrame,
    disagreed: pd.DataFrame,
) -> list[Table]:
    """Lay out the frames of an `Agreement`, those that hold something."""
    shown = [Table(_labels(by_label), "Agreement by label: others gave it, too, where one did")]
    if len(annotators):
        shown.append(Table(_annotators(annotators), "Annotators"))
    if len(pairs):
        shown.append(Table(_pairs(pairs), "Pairs of annotators, the least agreed first"))
    if len(disagreed):
        shown.append(Table(_posts(disagreed), "Most disagreed on"))
    return shown


def number(value: float) -> str:
    """Write a number of at most 1 as papers do.

    >>> number(0.4013), number(-0.05), number(1.0), number(float("nan"))
    ('.401', '-.050', '1.000', '–')
    """
    if value != value:
        return "–"
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 0.9995 else f"{value:.3f}"


def between(low: float, high: float) -> str:
    """Write the ends of an interval; nothing where there is none."""
    return "" if low != low else f" [{number(low)}, {number(high)}]"


def _labels(found: pd.DataFrame) -> list[list[str]]:
    head = ["label", "annotations", "agreement", "95 % interval"]
    return [
        head,
        *(
            [short(r.label), f"{r.annotations:,}", number(r.agreement), between(r.low, r.high)]
            for r in _rows(found)
        ),
    ]


def _annotators(found: pd.DataFrame) -> list[list[str]]:
    head = ["annotator", "annotations", "shared", "agreement", "most given"]
    named = found.filter(like="share_")
    shares = named.to_numpy(float)
    body = []
    for share, row in zip(shares, _rows(found.head(_SHOWN)), strict=False):
        most = int(np.nan_to_num(share).argmax())
        name = short(named.columns[most].removeprefix("share_"))
        said = f"{name} {share[most]:.0%}" if share[most] > 0 else ""
        counts = (f"{row.annotations:,}", f"{row.shared:,}")
        body.append([short(row.annotator), *counts, number(row.agreement), said])
    return [head, *body, *_more(len(found), len(head))]


def _pairs(found: pd.DataFrame) -> list[list[str]]:
    head = ["pair", "posts", "agreement", "kappa"]
    body = [
        [f"{short(r.a)} – {short(r.b)}", f"{r.posts:,}", number(r.agreement), number(r.kappa)]
        for r in _rows(found.sort_values("kappa", kind="stable").head(_SHOWN))
    ]
    return [head, *body, *_more(len(found), len(head))]


def _posts(found: pd.DataFrame) -> list[list[str]]:
    head = ["post", "labels", "annotators"]
    return [
        head,
        *(
            [
                one_line(str(r.item_id if pd.isna(r.text) else r.text), 60),
                r.labels,
                str(r.annotators),
            ]
            for r in _rows(found.head(5))
        ),
    ]


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples())


def _more(size: int, columns: int) -> list[list[str]]:
    return [[f"and {size - _SHOWN:,} more", *[""] * (columns - 1)]] if size > _SHOWN else []


def disagreements(
    table: pd.DataFrame, judged: pd.DataFrame, counts: Counts, labels: tuple[ClassName, ...]
) -> pd.DataFrame:
    """List the posts on which annotators differ, those first on which they differ most."""
    total = counts.sum(axis=1)
    pairs = np.maximum(total * (total - 1), 1)
    differ = np.where(total >= 2, 1 - (counts * (counts - 1)).sum(axis=1) / pairs, 0.0)
    hard = np.lexsort((np.arange(len(differ)), -total, -differ))
    hard = hard[differ[hard] > 0][:MOST]
    first = judged.drop_duplicates("item").set_index("item")["row"]
    rows = table.iloc[first.reindex(hard).to_numpy()]
    gap = pd.array([pd.NA] * len(rows), dtype="string")
    return pd.DataFrame(
        {
            "item_id": rows["item_id"].to_numpy() if "item_id" in rows else gap,
            "text": rows["text"].to_numpy() if "text" in rows else gap,
            "annotators": total[hard],
            "disagreement": differ[hard],
            "labels": [_said(counts[item], labels) for item in hard],
        }
    )


def _said(counts: Counts, labels: tuple[ClassName, ...]) -> str:
    order = np.argsort(-counts, kind="stable")
    return ", ".join(f"{short(labels[k])} {counts[k]}" for k in order if counts[k])
