"""What an encoder model reads posts with: plain words, then a network in ONNX, a post at a time.

Needs the extra ``stancekit[encoder]`` (onnxruntime, tokenizers); nothing is imported before it is
used, and nothing is ever downloaded. From post to vector: `plain`, `tokens`, `onnx_text`;
`onnx_file` looks at a file before onnxruntime gets it.
"""

from stancekit.encoders.onnx_text import OnnxText

__all__ = ["OnnxText"]
