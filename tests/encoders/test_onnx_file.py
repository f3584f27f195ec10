"""An ONNX file is looked at before anything is built of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.encoders.onnx_file import check_onnx
from stancekit.errors import ModelFormatError
from tests.support.onnx_bytes import field, varint

TINY = Path(__file__).parents[1] / "support" / "tiny"


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
        node("Loop"),
        node("Scan"),
        node("RandomNormal"),
        node("StringNormalizer"),
        node("Einsum"),
        node("MatMul", "com.microsoft"),
        node("\x1b[2J"),
    ],
)
def test_operators_that_no_encoder_needs_are_refused(found):
    with pytest.raises(ModelFormatError, match="is not one that encoders need"):
        check_onnx(model(found), "m")


def test_operators_without_end_are_refused():
    with pytest.raises(ModelFormatError, match="more than 20,000 operators"):
        check_onnx(model(*[node("Add")] * 20_001), "m")


@pytest.mark.parametrize("more", [field(25, b""), field(7, field(15, b""))])
def test_functions_and_sparse_tensors_are_refused(more):
    with pytest.raises(ModelFormatError, match=r"has a (function|sparse) in it"):
        check_onnx(model(node("Add")) + more, "m")


@pytest.mark.parametrize("dims", [field(1, 2**40), field(1, varint(2**20) * 2), field(1, 2**63)])
def test_tensors_that_claim_to_be_huge_are_refused(dims):
    with pytest.raises(ModelFormatError, match=r"a tensor of shape .* cannot be in"):
        check_onnx(model(tensors=[dims + field(9, b"few")]), "m")


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
