"""Look at an ONNX file before anything is built from it: what it is made of, and what it claims.

An ONNX file is a protocol buffer; the few message types on the way to tensors and operators are
walked here, field by field, without building any of them.

References
----------
ONNX, onnx.proto (field numbers); Protocol Buffers, Encoding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import prod
from typing import Final

from stancekit.encoders.limits import DEEPEST_GRAPHS, MAX_NODES, OPERATORS
from stancekit.errors import ModelFormatError

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
_DIMS, _EXTERNAL_DATA, _DATA_LOCATION = 1, 13, 14  # of a tensor
_ELSEWHERE: Final = (_DATA_LOCATION, 1)


def check_onnx(data: bytes, where: str) -> None:
    """Refuse a model that encoders have no use for.

    Its operators must be known to end and to read no files (`stancekit.encoders.limits`), and its
    tensors no larger than the bytes that hold them.

    Parameters
    ----------
    data : bytes
        The file.
    where : str
        How messages call it.

    Raises
    ------
    ModelFormatError
        If it is no such model, or no ONNX model.
    """
    try:
        seen = _Walk(where).walk("model", memoryview(data), 0)
    except (ValueError, IndexError) as error:
        raise ModelFormatError(f"{where}: no ONNX model: {error}. Export it again") from error
    if 7 not in seen:
        raise ModelFormatError(f"{where}: no ONNX model: no graph in it. Export it again")


class _Walk:
    """One way through a file, counting what must not be too many."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._met: Counter[str] = Counter()

    def walk(self, message: str, data: memoryview, depth: int) -> set[int]:
        """Look at a message and all in it; give the numbers of its fields."""
        if depth > DEEPEST_GRAPHS:
            raise ValueError("graphs within graphs without end")
        self._met[message] += 1
        inside, names, seen = _MESSAGES[message], {_OP_TYPE: "", _DOMAIN: ""}, set()
        for number, value in _fields(data):
            seen.add(number)
            if message == "tensor" and (number == _EXTERNAL_DATA or (number, value) == _ELSEWHERE):
                raise self._refusal(
                    "keeps numbers in another file: save it as one file without external data"
                )
            if not isinstance(value, memoryview):
                continue
            if number in inside:
                self.walk(inside[number], value, depth + 1)
            elif message == "node" and number in names:
                names[number] = bytes(value).decode("utf-8")
        if message == "tensor":
            self._check_size(data)
        elif message == "node":
            self._check_operator(names[_OP_TYPE], names[_DOMAIN])
        elif message in ("sparse", "function"):
            raise self._refusal(f"has a {message} in it: export it without")
        return seen

    def _check_operator(self, name: str, domain: str) -> None:
        known = OPERATORS.get("" if domain == "ai.onnx" else domain, frozenset())
        if name not in known:
            raise self._refusal(
                f"operator {name!r} of {domain!r} is not one that encoders need: export the model "
                "with standard operators"
            )
        if self._met["node"] > MAX_NODES:
            raise self._refusal(f"has more than {MAX_NODES:,} operators: export it with fewer")

    def _check_size(self, data: memoryview) -> None:
        dims: list[int] = []
        for number, value in _fields(data):
            if number == _DIMS:
                dims += [value] if isinstance(value, int) else _numbers(value)
        if prod(dims) > 2 * len(data):  # the smallest numbers, of 4 bits, come two in a byte
            raise self._refusal(
                f"a tensor of shape {dims} cannot be in {len(data)} bytes: export it again"
            )

    def _refusal(self, why: str) -> ModelFormatError:
        return ModelFormatError(f"{self._where}: {why}")


def _numbers(data: memoryview) -> list[int]:
    at, found = 0, []
    while at < len(data):
        number, at = _varint(data, at)
        found.append(number)
    return found


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
