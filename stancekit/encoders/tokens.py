"""The tokenizer of an encoder: a ``tokenizer.json`` of the tokenizers library."""

from __future__ import annotations

from typing import Any

from stancekit.errors import ModelFormatError
from stancekit.extras import extra


def read_tokenizer(data: bytes, max_length: int, where: str) -> Any:
    """Build the tokenizer, without padding.

    Parameters
    ----------
    data : bytes
        The file; JSON, from which no code is run.
    max_length : int
        Tokens after which a text is cut off, special ones included.
    where : str
        How messages call the file.

    Raises
    ------
    ModelFormatError
        If the file is no tokenizer.
    """
    kind = extra("tokenizers", "encoder").Tokenizer
    try:
        tokenizer = kind.from_buffer(data)
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length)
    except Exception as error:  # the library raises Exception itself
        raise ModelFormatError(f"{where}: no tokenizer: {error}. Copy it again") from error
    return tokenizer
