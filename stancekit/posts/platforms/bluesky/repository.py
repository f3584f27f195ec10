"""An AT Protocol repository in a CAR file: which records are in it, and their addresses.

A CAR file is a header and blocks, each with its hash (https://ipld.io/specs/transport/car/);
the records hang in a Merkle search tree (https://atproto.com/specs/repository).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from typing import Any, Final

from stancekit.posts.limits import CAR_BLOCK_BYTES
from stancekit.posts.record import Reject, UnreadableError

_SHA256: Final = b"\x01\x71\x12\x20"
"""How the id of a block of DAG-CBOR begins; 32 bytes of SHA-256 follow."""


@dataclass(frozen=True)
class Tree:
    """The current state of a repository.

    Attributes
    ----------
    did : str or None
        Whose it is.
    keys : mapping of bytes to str
        From the id of a record's block to ``collection/key``.
    missing : int
        How many nodes of the tree are not in the file.
    """

    did: str | None
    keys: Mapping[bytes, str]
    missing: int


def read_header(stream: BufferedReader) -> Mapping[str, Any] | None:
    """Read the header of a CAR file; None if it is none."""
    try:
        header = _decode(_framed(stream))
    except ValueError:
        return None
    return header if isinstance(header, dict) and "roots" in header else None


def blocks(stream: BufferedReader, file: str) -> Iterator[tuple[int, tuple[bytes, Any]] | Reject]:
    """Yield ``(number, (id, value))`` for each block after the header, in constant memory.

    A block that its hash contradicts is a reject, as is the place where the file breaks off.
    """
    number = 0
    while stream.peek(1):
        number += 1
        try:
            block = _framed(stream)
        except ValueError as error:
            yield Reject(file, number, f"unreadable from block {number} on: {error}")
            return
        block_id, data = block[:36], block[36:]
        if not block_id.startswith(_SHA256):
            continue  # a picture, or a block of a kind that repositories do not use
        if hashlib.sha256(data).digest() != block_id[4:]:
            yield Reject(file, number, "a damaged block: its hash is another", repr(data[:80]))
            continue
        try:
            yield number, (block_id, _decode(data))
        except ValueError as error:
            yield Reject(file, number, f"a block that is not DAG-CBOR: {error}")


def read_tree(stream: BufferedReader, file: str) -> Tree:
    """Walk the tree of the newest commit; the stream is read to its end."""
    header = read_header(stream) or {}
    nodes: dict[bytes, Any] = {}
    commits: dict[bytes, dict[str, Any]] = {}
    for item in blocks(stream, file):
        if isinstance(item, Reject):
            continue
        block_id, value = item[1]
        if not isinstance(value, dict):
            continue
        if "e" in value:
            nodes[block_id] = value
        elif "did" in value and "data" in value:
            commits[block_id] = value
    roots = header.get("roots")
    root = roots[0] if isinstance(roots, list) and roots else None
    newest = commits.get(root) if isinstance(root, bytes) else None
    commit: dict[str, Any] = newest or next(iter(commits.values()), {})
    did = commit.get("did")
    keys, missing = _walk(nodes, commit.get("data"))
    return Tree(did if isinstance(did, str) else None, keys, missing)


def _walk(nodes: dict[bytes, Any], root: Any) -> tuple[dict[bytes, str], int]:
    keys: dict[bytes, str] = {}
    missing = 0
    waiting = [root]
    while waiting:
        node_id = waiting.pop()
        if not isinstance(node_id, bytes):
            continue
        node = nodes.pop(node_id, None)  # each node once, so that no loop can be made
        if node is None:
            missing += 1
            continue
        waiting.append(node.get("l"))
        key = b""
        for entry in node["e"] if isinstance(node["e"], list) else ():
            if not isinstance(entry, dict):
                continue
            shared, rest, value = entry.get("p"), entry.get("k"), entry.get("v")
            if isinstance(shared, int) and isinstance(rest, bytes) and isinstance(value, bytes):
                key = key[: max(shared, 0)] + rest
                keys[value] = key.decode("utf-8", "replace")
            waiting.append(entry.get("t"))
    return keys, missing


def _framed(stream: BufferedReader) -> bytes:
    """Read one length and so many bytes."""
    size = shift = 0
    while True:
        byte = stream.read(1)
        if not byte or shift > 56:
            raise UnreadableError("the file breaks off, or is no CAR file")
        size |= (byte[0] & 0x7F) << shift
        shift += 7
        if byte[0] < 0x80:
            break
    if size > CAR_BLOCK_BYTES:
        raise UnreadableError(f"a block of {size:,} bytes; at most {CAR_BLOCK_BYTES:,} are read")
    data = stream.read(size)
    if len(data) < size:
        raise UnreadableError("the file breaks off")
    return data


def _decode(data: bytes) -> Any:
    import libipld

    try:
        return libipld.decode_dag_cbor(data)
    except RecursionError:
        raise UnreadableError("nested too deeply") from None
