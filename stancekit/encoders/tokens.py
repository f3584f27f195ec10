"""The tokenizer of an encoder: a ``tokenizer.json`` of the tokenizers library."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from stancekit.encoders.limits import MAX_LENGTH, MAX_PARTS, MAX_WORD, PARTS, STEPS
from stancekit.errors import ModelFormatError


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
    from tokenizers import Tokenizer  # when the first post needs it, and not before

    if not 3 <= max_length <= MAX_LENGTH:
        raise ModelFormatError(f"{where}: {max_length} tokens of a text, not 3 to {MAX_LENGTH:,}")
    try:
        found = json.loads(data)
        checked = {**found, **dict.fromkeys(_UNUSED)}
        for problem in _problems(checked):
            raise ModelFormatError(f"{where}: {problem}. Use one of a BERT or RoBERTa model")
        with no_panics():
            tokenizer = Tokenizer.from_buffer(json.dumps(checked).encode())
            tokenizer.enable_truncation(max_length)
    except ModelFormatError:
        raise
    except Exception as error:  # the library raises Exception itself
        raise ModelFormatError(f"{where}: no tokenizer: {error}. Copy it again") from error
    return tokenizer


@contextmanager
def no_panics() -> Iterator[None]:
    """Make a panic of Rust, which is no `Exception`, an error like others.

    Raises
    ------
    ValueError
        In place of the panic.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # whose class pyo3 does not give
            raise
        raise ValueError(str(error)) from error


#: What of a tokenizer is not used here, and so not read: texts are cut as the model says, and
#: never padded, and tokens are not turned into texts again.
_UNUSED: Final = ("truncation", "padding", "decoder")


def _problems(tokenizer: Mapping[str, Any]) -> Iterator[str]:
    """Say what of a tokenizer is not known to end soon, and in few tokens."""
    for name, kinds in PARTS.items():
        for part in _steps(name, tokenizer.get(name)):
            if part is None or not isinstance(part.get("type"), str) or part["type"] not in kinds:
                kind = part and part.get("type")
                yield f"a {name} of the kind {kind!r} is none of {', '.join(sorted(kinds))}"
            elif isinstance(part.get("single"), list) and len(part["single"]) > MAX_PARTS:
                yield f"a template of {len(part['single'])} pieces, more than {MAX_PARTS}"
            elif part["type"] == "TemplateProcessing" and not _is_whole(part):
                yield "a template with a token that it does not know"
    model = tokenizer["model"]
    longest = model.get("max_input_chars_per_word", MAX_WORD)
    if type(longest) is not int or longest > MAX_WORD:
        yield f"words of {longest!r} characters, more than {MAX_WORD}"
    if model.get("dropout"):
        yield "it drops tokens by lot"


def _is_whole(template: Mapping[str, Any]) -> bool:
    """Tell whether a template knows the tokens it puts in; the library panics if not."""
    named = [piece["SpecialToken"]["id"] for piece in template["single"] if "SpecialToken" in piece]
    return set(named) <= set(template["special_tokens"])


def _steps(name: str, part: Any) -> list[Any]:
    """Give a part, or the steps that it is a sequence of; the model must be there."""
    if part is None and name != "model":
        return []
    if isinstance(part, dict) and part.get("type") == "Sequence" and name in STEPS:
        steps = part[STEPS[name]]
        if not isinstance(steps, list) or len(steps) > MAX_PARTS:
            raise ValueError(f"{name}: more than {MAX_PARTS} steps")
        return [step if isinstance(step, dict) else None for step in steps]
    return [part if isinstance(part, dict) else None]
