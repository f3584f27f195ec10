"""An ONNX network that reads a text: tokenizer and network, one text at a time.

One text at a time, on one thread: dynamic quantisation scales the numbers of a whole batch
together, and padding changes sums, so in a batch a text's result would hang on its neighbours.
On posts it costs nothing either: no padding is computed. onnxruntime releases the interpreter's
lock, so that threads over texts use every core.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stancekit.encoders.onnx_file import check_onnx
from stancekit.encoders.tokens import read_tokenizer
from stancekit.errors import ModelFormatError
from stancekit.extras import extra
from stancekit.surrogates import without_surrogates

Floats = npt.NDArray[np.float32]

#: What each input of a network is filled with: token ids, or one number throughout.
_INPUTS: Final = {"input_ids": None, "attention_mask": 1, "token_type_ids": 0}


class OnnxText:
    """A network over the tokens of a text.

    Parameters
    ----------
    model : bytes
        An ONNX file with the inputs ``input_ids`` and, if it wants them, ``attention_mask`` and
        ``token_type_ids``, each (1, tokens).
    tokenizer : bytes
        A ``tokenizer.json``.
    max_length : int
        Tokens after which a text is cut off.
    where : str
        How messages call the model.

    Raises
    ------
    InputError
        If onnxruntime or tokenizers is not installed.
    ModelFormatError
        If a file is not what it should be, reads other files, or needs foreign operators.
    """

    def __init__(self, model: bytes, tokenizer: bytes, max_length: int, where: str) -> None:
        onnxruntime = extra("onnxruntime", "encoder")
        self.tokenizer = read_tokenizer(tokenizer, max_length, f"tokenizer.json of {where}")
        check_onnx(model, where)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors; warnings are about how it was exported
        options.add_session_config_entry("session.load_model_format", "ONNX")
        try:
            self.session = onnxruntime.InferenceSession(
                model, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's errors have no base of their own
            raise ModelFormatError(f"{where}: onnxruntime cannot load it: {error}") from error
        self.inputs = {given.name: _dtype(given.type) for given in self.session.get_inputs()}
        if unknown := sorted(set(self.inputs) - set(_INPUTS)):
            raise ModelFormatError(
                f"{where}: the network has the input {unknown[0]!r}; known are {', '.join(_INPUTS)}"
            )
        self.output = self.session.get_outputs()[0].name

    def __call__(self, text: str) -> Floats:
        """Return the first output for a text, without the dimension of the batch."""
        ids = self.tokenizer.encode(without_surrogates(text)).ids
        feed: dict[str, Any] = {}
        for name, dtype in self.inputs.items():
            fill = _INPUTS[name]
            value = ids if fill is None else np.full(len(ids), fill)
            feed[name] = np.asarray(value, dtype)[None]
        (result,) = self.session.run([self.output], feed)
        return np.asarray(result[0], np.float32)


def _dtype(onnx_type: str) -> Any:
    return np.int32 if onnx_type == "tensor(int32)" else np.int64
