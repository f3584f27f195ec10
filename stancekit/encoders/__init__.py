"""What an encoder model reads posts with: plain words, then a network in ONNX, a post at a time.

onnxruntime and tokenizers are not imported before they are used, and nothing is ever downloaded.
From post to vector: `plain`, `tokens`, `onnx_text`; `onnx_file` looks at a file before onnxruntime
gets it.
"""

from stancekit.encoders.onnx_text import OnnxText

__all__ = ["OnnxText"]
