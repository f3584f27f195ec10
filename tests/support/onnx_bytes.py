"""ONNX files put together byte by byte, so that tests can make what no exporter would."""

FLOAT, INT64 = 1, 7


def varint(number: int) -> bytes:
    data = b""
    while number > 127:
        data += bytes([number & 127 | 128])
        number >>= 7
    return data + bytes([number])


def field(number: int, value: "int | bytes") -> bytes:
    """A field of a protocol buffer."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def number(name: str, value: int) -> bytes:
    """An attribute that is a whole number."""
    return field(1, name.encode()) + field(3, value) + field(20, 2)


def node(op: str, inputs: "list[str]", output: str, *attributes: bytes) -> bytes:
    ends = [field(1, name.encode()) for name in inputs] + [field(2, output.encode())]
    return b"".join([*ends, field(4, op.encode()), *(field(5, one) for one in attributes)])


def tensor(name: str, dims: "list[int]", kind: int, raw: bytes) -> bytes:
    shape = b"".join(field(1, size) for size in dims)
    return shape + field(2, kind) + field(8, name.encode()) + field(9, raw)


def network(nodes: "list[bytes]", tensors: "list[bytes]" = ()) -> bytes:
    """A network from ``input_ids`` (1, tokens) to ``logits``."""
    tokens = field(2, field(1, field(1, 1)) + field(1, field(2, b"tokens")))
    given = field(1, b"input_ids") + field(2, field(1, field(1, INT64) + tokens))
    result = field(1, b"logits") + field(2, field(1, field(1, FLOAT)))
    graph = [*(field(1, one) for one in nodes), field(2, b"g"), *(field(5, one) for one in tensors)]
    body = b"".join([*graph, field(11, given), field(12, result)])
    return field(1, 8) + field(7, body) + field(8, field(1, b"") + field(2, 17))
