"""An ONNX network that reads texts: tokenizer and network, on one thread, without padding.

Padding changes sums, and dynamic quantisation scales the numbers of a whole batch together: a
text's result would hang on its neighbours. So texts go one at a time, or, through a network that
says it keeps its rows apart, with others of as many tokens. onnxruntime releases the interpreter's
lock, so that threads over texts use every core.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from threading import Timer
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.encoders.limits import WORKING_BYTES, WORKING_BYTES_A_CORE
from stancekit.encoders.onnx_file import check_onnx
from stancekit.encoders.tokens import no_panics, read_tokenizer
from stancekit.errors import ModelFormatError
from stancekit.show.cells import visible
from stancekit.surrogates import without_surrogates

Floats = npt.NDArray[np.float32]

#: What each input of a network is filled with: token ids, or one number throughout.
_INPUTS: Final = {"input_ids": None, "attention_mask": 1, "token_type_ids": 0}


_ENTRIES: Final = {
    "session.load_model_format": "ONNX",
    "session.use_env_allocators": "1",  # those of `bound_memory`
    "session.use_device_allocator_for_initializers": "1",  # weights are bounded by their file
}


#: Fused operators that take longer than their parts (onnxruntime 1.32 on x86-64, by a fifth).
_SLOW: Final = ("SkipLayerNormFusion", "BiasGeluFusion")
#: Tokens that are given to a network at once: more do not fit the cache.
_TOKENS_AT_ONCE: Final = 512


class OnnxText:
    """A network over the tokens of a text.

    Parameters
    ----------
    model : bytes
        An ONNX file with the inputs ``input_ids`` and, if it wants them, ``attention_mask`` and
        ``token_type_ids``, each (1, tokens), or (b, tokens) if it takes several texts at once.
    tokenizer : bytes
        A ``tokenizer.json``.
    max_length : int
        Tokens after which a text is cut off.
    where : str
        How messages call the model.

    Raises
    ------
    ModelFormatError
        If a file is not what it should be, or asks for what encoders have no use for.
    """

    def __init__(self, model: bytes, tokenizer: bytes, max_length: int, where: str) -> None:
        import onnxruntime  # when the first post needs it, and not before

        self.where, self.max_length = where, max_length
        self.tokenizer = read_tokenizer(tokenizer, max_length, f"tokenizer.json of {where}")
        check_onnx(model, where)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4  # errors come as exceptions, too
        for entry, value in _ENTRIES.items():
            options.add_session_config_entry(entry, value)
        bound_memory()
        try:
            # Constants are worked out by the bounded memory when it runs, not when it is loaded.
            self.session = onnxruntime.InferenceSession(
                model,
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["ConstantFolding", *_SLOW],
            )
        except Exception as error:  # onnxruntime's errors have no base of their own
            raise ModelFormatError(
                f"{where}: onnxruntime cannot load it: {visible(str(error))}"
            ) from error
        self.inputs = {given.name: _dtype(given.type) for given in self.session.get_inputs()}
        if unknown := sorted(set(self.inputs) - set(_INPUTS)):
            raise ModelFormatError(
                f"{where}: the network has the input {unknown[0]!r}; known are {', '.join(_INPUTS)}"
            )
        self.output = self.session.get_outputs()[0].name

    def __call__(self, text: str, seconds: float | None = None) -> Floats:
        """Return the first output for a text, without the dimension of the batch.

        Parameters
        ----------
        text
            Any text.
        seconds
            Time after which the network is stopped, at its next operator; None for none.

        Raises
        ------
        ModelFormatError
            If the network fails on it: it was made for other tokens, or wants too much memory.
        """
        with self._refusing():
            return np.asarray(self._run([self._tokens(text)], seconds)[0], np.float32)

    def many(self, texts: Sequence[str], *, together: bool) -> Floats:
        """Return the first output for each of one or more texts.

        Parameters
        ----------
        texts : sequence of str
        together : bool
            Whether texts of as many tokens are given to the network at once; no row of its output
            may depend on another then.

        Raises
        ------
        ModelFormatError
            As when called.
        """
        with self._refusing():
            tokens = [self._tokens(text) for text in texts]
            found: list[Floats] = [np.zeros(0, np.float32)] * len(texts)
            for rows in _alike(tokens, _TOKENS_AT_ONCE if together else 0):
                output = self._run([tokens[row] for row in rows], None)
                for row, own in zip(rows, output, strict=True):
                    found[row] = own
            return np.asarray(np.stack(found), np.float32)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # onnxruntime's errors have no base of their own
            raise ModelFormatError(
                f"{self.where}: does not run on a text: {visible(str(error))}"
            ) from error

    def _tokens(self, text: str) -> list[int]:
        with no_panics():
            ids: list[int] = self.tokenizer.encode(without_surrogates(text)).ids
        if len(ids) > self.max_length:
            raise ValueError(f"{len(ids)} tokens, more than {self.max_length}")
        return ids

    def _run(self, tokens: Sequence[Sequence[int]], seconds: float | None) -> Any:
        feed: dict[str, Any] = {}
        for name, dtype in self.inputs.items():
            fill = _INPUTS[name]
            given = np.asarray(tokens, dtype)
            feed[name] = given if fill is None else np.full_like(given, fill)
        options = None
        if seconds is not None:
            import onnxruntime

            options = onnxruntime.RunOptions()
            timer = Timer(seconds, setattr, (options, "terminate", True))
            timer.start()
        try:
            (result,) = self.session.run([self.output], feed, options)
        finally:
            if seconds is not None:
                timer.cancel()
        return result


def _alike(tokens: Sequence[Sequence[int]], most: int) -> Iterator[list[int]]:
    """Yield the numbers of texts of as many tokens, up to so many tokens, or one text."""
    order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
    for size, group in groupby(order, key=lambda row: len(tokens[row])):
        rows, step = list(group), max(1, most // max(1, size))
        for begin in range(0, len(rows), step):
            yield rows[begin : begin + step]


@lru_cache(maxsize=1)
def bound_memory() -> None:
    """Bound, once a process, the memory in which all networks work."""
    import onnxruntime

    most = max(WORKING_BYTES, WORKING_BYTES_A_CORE * (os.cpu_count() or 1))
    place = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg({"max_mem": most}))


def _dtype(onnx_type: str) -> Any:
    return np.int32 if onnx_type == "tensor(int32)" else np.int64
