"""Whether a text names a time of the day or an evening, as those do that call for a storm."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stancekit.posts.table import column_of

_CLOCK: Final = "|".join(
    (
        r"\b(?:[01]?\d|2[0-3])[:h][0-5]\d\b",
        r"\b(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?(?:am|pm|a\.m|p\.m)\b",
        r"\b(?:1[0-2]|0?[1-9])\s?o['’]?clock\b",
        r"\b(?:[01]?\d|2[0-3])\s?(?:uhr|heures|horas)\b",
        r"\bat (?:noon|midnight|1[0-2]|[1-9])\b",
        r"\b(?:tonight|tomorrow|this evening)\b",
    )
)


def times_named(batch: pa.RecordBatch) -> npt.NDArray[np.bool_]:
    """Give for each post whether its text names a time.

    Examples
    --------
    >>> texts = ["All out at 8pm #x", "Tonight: #x", "#x costs 8 pounds", None]
    >>> times_named(pa.RecordBatch.from_pydict({"text": texts})).tolist()
    [True, True, False, False]
    """
    found = pc.match_substring_regex(column_of(batch, "text"), _CLOCK, ignore_case=True)
    named: npt.NDArray[np.bool_] = found.fill_null(False).to_numpy(zero_copy_only=False)
    return named
