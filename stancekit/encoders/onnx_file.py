"""Look at an ONNX file before anything is built from it: no other files, no foreign operators.

An ONNX file is a protocol buffer; the few message types on the way to tensors and operators are
walked here, field by field, without building any of them.

References
----------
ONNX, onnx.proto (field numbers); Protocol Buffers, Encoding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from stancekit.errors import ModelFormatError

#: Operators whose code is in onnxruntime itself.
DOMAINS: Final = ("", "ai.onnx", "com.microsoft")
#: Of those, what stands for compiled code or a file beside the model.
FOREIGN: Final = ("EPContext", "PythonOp", "PythonOpGrad")

_DEEPEST: Final = 50

#: The message types: which of their fields hold which message type.
_MESSAGES: Final[Mapping[str, Mapping[int, str]]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "function": {7: "node", 11: "attribute"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {},
}
_OP_TYPE, _DOMAIN = 4, 7  # of a node
_EXTERNAL_DATA, _DATA_LOCATION = 13, 14  # of a tensor


def check_onnx(data: bytes, where: str) -> None:
    """Refuse a model that reads other files or needs operators of others.

    Parameters
    ----------
    data : bytes
        The file.
    where : str
        How messages call it.

    Raises
    ------
    ModelFormatError
        If it does, or is no ONNX model.
    """
    try:
        seen = _walk("model", memoryview(data), where, 0)
    except (ValueError, IndexError) as error:
        raise ModelFormatError(f"{where}: no ONNX model: {error}. Export it again") from error
    if 7 not in seen:
        raise ModelFormatError(f"{where}: no ONNX model: no graph in it. Export it again")


def _walk(message: str, data: memoryview, where: str, depth: int) -> set[int]:
    if depth > _DEEPEST:
        raise ValueError("graphs within graphs without end")
    inside, names, seen = _MESSAGES[message], {_OP_TYPE: "", _DOMAIN: ""}, set()
    for number, value in _fields(data):
        seen.add(number)
        if message == "tensor" and (number == _EXTERNAL_DATA or (number, value) == _ELSEWHERE):
            raise ModelFormatError(
                f"{where}: keeps numbers in another file: save it as one file without external data"
            )
        if not isinstance(value, memoryview):
            continue
        if number in inside:
            _walk(inside[number], value, where, depth + 1)
        elif message == "node" and number in names:
            names[number] = bytes(value).decode("utf-8")
    if names[_DOMAIN] not in DOMAINS or names[_OP_TYPE] in FOREIGN:
        raise ModelFormatError(
            f"{where}: operator {names[_OP_TYPE]!r} of {names[_DOMAIN]!r} is not one of "
            "onnxruntime's own: export the model with standard operators"
        )
    return seen


_ELSEWHERE: Final = (_DATA_LOCATION, 1)


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield number and value of every field of a message."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        wire = key & 7
        if wire == 0:
            value: int | memoryview
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if wire == 2:
            size, at = _varint(data, at)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
        else:
            raise ValueError(f"wire type {wire} at byte {at}")
        if at + size > len(data):
            raise ValueError("truncated")
        yield key >> 3, data[at : at + size]
        at += size


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at += 1
        if byte < 128:
            return value, at
        shift += 7
        if shift > 63:
            raise ValueError(f"a number without end at byte {at}")
