"""Encoders from folders of others: sentence-transformers, model2vec, ONNX; never their code.

Needs the extra ``stancekit[encoder]`` (onnxruntime, tokenizers); nothing is imported before it is
used, and nothing is ever downloaded.
"""

from stancekit.encoders.onnx_text import OnnxText
from stancekit.encoders.read import Encoder, read_encoder

__all__ = ["Encoder", "OnnxText", "read_encoder"]
