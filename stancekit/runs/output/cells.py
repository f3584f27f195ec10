"""Cells of a CSV that a spreadsheet shows and does not run.

A reply begins with ``@`` and a spreadsheet takes a cell that begins with ``=``, ``+``, ``-``,
``@``, TAB or CR for a formula (CWE-1236; OWASP, "CSV Injection"). Such a cell gets a leading
apostrophe. Plain numbers stay as they are. So that nothing is lost, a cell that already begins
with apostrophes and such a character gets one more; `restore_cells` takes exactly one away.
"""

from typing import Any, Final, TypeVar

import orjson
import pyarrow as pa
import pyarrow.compute as pc

_RISKY: Final = r"^'*[=+\-@\t\r]"
_NUMBER: Final = r"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_ESCAPED: Final = r"^'('*[=+\-@\t\r])"

Pandas = TypeVar("Pandas", bound=Any)


def escape_cells(texts: pa.Array) -> pa.Array:
    r"""Put an apostrophe before every text that a spreadsheet would run.

    >>> escape_cells(pa.array(["@ana no", "=1+1", "-0.5", "fine"])).to_pylist()
    ["'@ana no", "'=1+1", '-0.5', 'fine']
    """
    risky = pc.match_substring_regex(texts, _RISKY)
    if not pc.any(risky).as_py():
        return texts
    risky = pc.and_not(risky, pc.match_substring_regex(texts, _NUMBER))
    # if_else takes a null mask for a null result, which is what a missing text should stay.
    return pc.if_else(risky, pc.binary_join_element_wise("'", texts, ""), texts)


def restore_cells(table: Pandas) -> Pandas:
    """Undo the apostrophes `label_archive` puts before risky cells of a CSV.

    Parameters
    ----------
    table
        A Series or DataFrame as pandas read it from the CSV. It is not changed.

    Returns
    -------
    Series or DataFrame
        The same with every text as it was in the archive.

    Examples
    --------
    >>> import pandas as pd
    >>> restore_cells(pd.Series(["'@ana no", "fine", None])).tolist()[:2]
    ['@ana no', 'fine']
    """
    restored: Pandas = table.replace(_ESCAPED, r"\1", regex=True)
    return restored


def json_cells(lists: pa.ListArray) -> pa.Array:
    """Write each list of strings as JSON text: ``["ana","bo"]``; a missing list stays missing."""
    lists = pc.if_else(pc.is_valid(lists), lists, pa.scalar(None, lists.type))
    words = lists.flatten().dictionary_encode()
    quoted = pa.array([orjson.dumps(word).decode() for word in words.dictionary.to_pylist()])
    quoted = quoted.cast(pa.string()).take(words.indices).fill_null("null")
    lengths = pc.list_value_length(lists).fill_null(0)
    offsets = pa.concat_arrays([pa.array([0], pa.int64()), pc.cumulative_sum(lengths.cast("i8"))])
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets.cast(pa.int32()), quoted), ",")
    cells = pc.binary_join_element_wise("[", joined, "]", "")
    return pc.if_else(pc.is_valid(lists), cells, pa.scalar(None, pa.string()))


def time_cells(times: pa.Array) -> pa.Array:
    """Write times as ISO 8601 in UTC, all alike: ``2024-11-09T12:14:18.000000Z``.

    With a fraction here and none there, ``pandas.read_csv(parse_dates=…)`` would give up.
    """
    texts = times.cast(pa.timestamp("us")).cast(pa.string())
    texts = pc.replace_substring(texts, " ", "T", max_replacements=1)
    return pc.binary_join_element_wise(texts, "Z", "")
