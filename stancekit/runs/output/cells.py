"""Cells of formats of text for what these have no type for: lists and times."""

import orjson
import pyarrow as pa
import pyarrow.compute as pc


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
