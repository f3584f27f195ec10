"""An ONNX file is looked at before anything is built of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.encoders.onnx_file import check_onnx
from stancekit.errors import ModelFormatError

TINY = Path(__file__).parents[1] / "support" / "tiny"


def varint(number):
    data = b""
    while number > 127:
        data += bytes([number & 127 | 128])
        number >>= 7
    return data + bytes([number])


def field(number, value):
    """A field of a protocol buffer."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def node(op_type, domain="", *attributes):
    parts = [field(4, op_type.encode()), field(7, domain.encode())]
    return b"".join([*parts, *(field(5, attribute) for attribute in attributes)])


def model(*nodes, tensors=(), **more):
    graph = b"".join([field(1, n) for n in nodes] + [field(5, tensor) for tensor in tensors])
    return field(1, 8) + field(7, graph) + b"".join(more.values())


ELSEWHERE = field(13, field(1, b"location") + field(2, b"/etc/passwd"))


@pytest.mark.parametrize("name", ["classifier.onnx", "vectors.onnx"])
def test_a_plain_model_passes(name):
    check_onnx((TINY / name).read_bytes(), name)


def test_operators_of_onnxruntime_pass():
    check_onnx(model(node("MatMul"), node("MatMulIntegerToFloat", "com.microsoft")), "m")


@pytest.mark.parametrize(
    "data",
    [
        model(tensors=[ELSEWHERE]),
        model(tensors=[field(14, 1)]),
        model(node("Constant", "", field(5, ELSEWHERE))),
        model(node("If", "", field(6, field(5, ELSEWHERE)))),
        model(node("If", "", field(11, field(1, node("Constant", "", field(10, ELSEWHERE)))))),
        model(function=field(25, field(7, node("Constant", "", field(5, ELSEWHERE))))),
        model(more=field(7, field(15, field(1, ELSEWHERE)))),
        model(training=field(20, field(1, field(5, ELSEWHERE)))),
    ],
)
def test_numbers_in_another_file_are_refused_wherever_they_are(data):
    with pytest.raises(ModelFormatError, match=r"m: keeps numbers in another file: save it as one"):
        check_onnx(data, "m")


@pytest.mark.parametrize(
    "found",
    [
        node("Anything", "org.example"),
        node("EPContext", "com.microsoft"),
        node("If", "", field(6, field(1, node("Shell", "org.example")))),
    ],
)
def test_foreign_operators_are_refused(found):
    with pytest.raises(ModelFormatError, match="is not one of onnxruntime's own"):
        check_onnx(model(found), "m")


def test_graphs_without_end_are_refused():
    inner = node("If")
    for _ in range(100):
        inner = node("If", "", field(6, field(1, inner)))
    with pytest.raises(ModelFormatError, match="without end"):
        check_onnx(model(inner), "m")


@pytest.mark.parametrize("data", [b"", b"\x08\x08", b"<html>", b"\xff" * 30, field(7, b"\x0a\xff")])
def test_what_is_no_model_is_refused(data):
    with pytest.raises(ModelFormatError, match="m: no ONNX model"):
        check_onnx(data, "m")


@given(st.binary(max_size=60), st.integers(0, 1200))
def test_damage_is_refused_or_looked_over_but_never_crashes(junk, at):
    whole = (TINY / "classifier.onnx").read_bytes()
    try:
        check_onnx(whole[:at] + junk + whole[at + len(junk) :], "m")
    except ModelFormatError as error:
        assert str(error).startswith("m: ")
