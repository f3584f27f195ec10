r"""Cells of a CSV that a spreadsheet shows and does not run.

A spreadsheet takes a cell for a formula that begins with ``=``, ``+`` or ``-``, in some languages
with their fullwidth forms; their other forms count here, too, and blanks of all kinds before them.
A TAB or line end at the start opens the way for one, and ``@`` before a call (``@SUM(1)``) is Lotus
1-2-3's sign of one (CWE-1236; OWASP, "CSV Injection"). Such a cell gets a leading apostrophe. Plain
numbers stay as they are, and so do handles, with which every reply begins. So that nothing is lost,
a cell that already begins with apostrophes and such a start gets one more; `restore_cells` takes
exactly one away.
"""

from typing import Any, Final, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

# Arrow's patterns (RE2) and Python's must find the same, so that what is put is taken away:
# `\s` and `\w` mean less in RE2, and so what they stand for is written out.
_BLANKS: Final = (
    "[\\x00-\\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]*"
)
_WORD: Final = "0-9A-Za-z_.\x80-\U0010ffff"
_OPERATORS: Final = r"\-+*/^&=<>"
#: What follows ``@`` in a formula and not in a post: no name, a call, or a sum with one.
_AFTER_AT: Final = f"(?:[^{_WORD}]|[{_WORD}]+ *(?:[(|]|[{_OPERATORS}].*[(|!]|[:!][^ ].*[(|!0-9]))"
_START: Final = f"(?:[\t\r\n]|{_BLANKS}(?:[=+\\-＝＋－﹦﹢﹣⁼⁺⁻]|[@＠﹫]{_AFTER_AT}))"
_RISKY: Final = f"(?s)^'*{_START}"
_ESCAPED: Final = f"(?s)^'('*{_START})"
#: Digits that Excel is to leave alone; see `stancekit.runs.output.excel_csv`.
FORMULA: Final = '^="([0-9]+)"$'
_NUMBER: Final = r"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"

Pandas = TypeVar("Pandas", bound=Any)


def escape_cells(texts: pa.Array) -> pa.Array:
    r"""Put an apostrophe before every text that a spreadsheet would run.

    >>> escape_cells(pa.array(["=1+1", "@SUM(1)", "@ana no", "-0.5", "fine"])).to_pylist()
    ["'=1+1", "'@SUM(1)", '@ana no', '-0.5', 'fine']
    """
    risky = pc.match_substring_regex(texts, _RISKY)
    if not pc.any(risky).as_py():
        return texts
    risky = pc.and_not(risky, pc.match_substring_regex(texts, _NUMBER))
    # if_else takes a null mask for a null result, which is what a missing text should stay.
    return pc.if_else(risky, pc.binary_join_element_wise("'", texts, ""), texts)


def restored(texts: pa.Array) -> pa.Array:
    r"""Take away what `escape_cells` put.

    >>> restored(pa.array(["'=1+1", "'tis", "@ana no"])).to_pylist()
    ['=1+1', "'tis", '@ana no']
    """
    return pc.replace_substring_regex(texts, _ESCAPED, r"\1", max_replacements=1)


def restore_cells(table: Pandas) -> Pandas:
    """Undo what `label_archive` puts around risky cells and names of a CSV, for Excel or not.

    Parameters
    ----------
    table
        A Series or DataFrame as pandas read it from the CSV. It is not changed. `read_labels`
        gives types, too.

    Returns
    -------
    Series or DataFrame
        The same with every text as it was in the archive.

    Examples
    --------
    >>> import pandas as pd
    >>> restore_cells(pd.Series(["'=1+1", "fine", None])).tolist()[:2]
    ['=1+1', 'fine']
    """
    mended: Pandas = table.replace({FORMULA: r"\1", _ESCAPED: r"\1"}, regex=True)
    if hasattr(mended, "columns"):
        mended.columns = [
            restored(pa.array([name]))[0].as_py() if isinstance(name, str) else name
            for name in mended.columns
        ]
    return mended
