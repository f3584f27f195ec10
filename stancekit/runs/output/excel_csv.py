"""Cells of a CSV that Excel opens by a double click as they are.

Excel takes a file for UTF-8 by the mark at its start, and parts cells and reads numbers as the
system is set: commas and points, or semicolons and decimal commas. (A first line `sep=;` would
settle the one and break the other, for Excel then reads no UTF-8.) A number of more than 15 digits
it rounds, and noughts at the start it drops, unless the cell is the formula of a text: ="0123".
"""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from stancekit.errors import ArgumentError
from stancekit.runs.output.formulas import FORMULA

#: Columns of ids: texts, also where they are digits.
IDS: Final = frozenset(
    {"id", "author_id", "reply_to_id", "quoted_id", "repost_of", "conversation_id"}
)
#: What a cell of Excel holds; a longer text spills into the next row.
CELL: Final = 32_767

_DIGITS: Final = "^[0-9]+$"
_MANGLED: Final = "^(0[0-9]+|[0-9]{16,})$"


def excel_mark(excel: object, raw: bool, ending: str) -> str:
    """Give the mark between the cells of a CSV for Excel; empty if none was asked for.

    Raises
    ------
    ArgumentError
        If there is no such CSV to be written.
    """
    if excel is False:
        return ""
    if excel is not True and excel != ";":
        raise ArgumentError(f"excel is {excel!r}: give True, False, or ';' for semicolons")
    if ending != ".csv":
        raise ArgumentError(
            f"excel=True is for .csv, and the output ends in {ending or 'nothing'}: leave it out, "
            "or end the name in .csv. What ends in .xlsx is Excel's own"
        )
    if raw:
        raise ArgumentError("raw=True and excel=True: raw texts would be run as formulas")
    return "," if excel is True else ";"


def excel_cells(column: pa.Array, ids: bool, comma: bool) -> pa.Array:
    """Write the cells of one column so that Excel leaves them as they are.

    >>> excel_cells(pa.array(["7", "someone"]), ids=True, comma=False).to_pylist()
    ['="7"', 'someone']
    >>> excel_cells(pa.array(["7", "007"]), ids=False, comma=False).to_pylist()
    ['7', '="007"']
    >>> excel_cells(pa.array([0.25, None]), ids=False, comma=True).to_pylist()
    ['0,25', None]
    """
    if pa.types.is_floating(column.type) and comma:
        return pc.replace_substring(column.cast(pa.string()), ".", ",")
    if not pa.types.is_string(column.type):
        return column
    digits = pc.match_substring_regex(column, _DIGITS if ids else _MANGLED)
    column = pc.if_else(digits, pc.binary_join_element_wise('="', column, '"', ""), column)
    long = pc.greater(pc.utf8_length(column), CELL)
    if not pc.any(long).as_py():
        return column
    cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(column, 0, CELL - 1), "…", "")
    return pc.if_else(long, cut, column)


def without_formulas(texts: pa.Array) -> pa.Array:
    """Take away what `excel_cells` put around digits.

    >>> without_formulas(pa.array(['="007"', "7"])).to_pylist()
    ['007', '7']
    """
    return pc.replace_substring_regex(texts, FORMULA, r"\1", max_replacements=1)
