"""What a network and a tokenizer may ask for, and what they may be made of.

A file from a stranger is data, but operators and patterns can be a program that never ends. All
here is what encoders of the BERT and RoBERTa families are exported with, and no more.
"""

from __future__ import annotations

from typing import Final

# The network

MAX_LENGTH: Final = 8_192
"""Tokens of a post; attention takes memory with the square of them."""
MAX_NODES: Final = 20_000
"""Operators of a network; a large BERT has some thousands."""
DEEPEST_GRAPHS: Final = 50
"""Graphs within graphs."""
WORKING_BYTES: Final = 1 << 29
"""Memory that networks may work in, beside their weights; more for many cores, see below."""
WORKING_BYTES_A_CORE: Final = 1 << 27
"""The same for each core, as posts are read on threads."""
TRIAL_SECONDS: Final = 5.0
"""Time for a text of the greatest length, asked between two operators."""

#: Operators by domain: none loops, calls another network, draws by lot, or reads a file.
OPERATORS: Final = {
    "": frozenset(
        "Abs Add And ArgMax ArgMin Attention Cast CastLike Ceil Clip Concat Constant"
        " ConstantOfShape Cos CumSum DequantizeLinear Div DynamicQuantizeLinear Elu Equal Erf Exp"
        " Expand Flatten Floor Gather GatherElements GatherND Gelu Gemm Greater GreaterOrEqual"
        " HardSigmoid HardSwish Identity IsInf IsNaN LayerNormalization LeakyRelu Less LessOrEqual"
        " Log LogSoftmax MatMul MatMulInteger Max Mean Min Mish Mod Mul Neg Not Or Pad Pow"
        " QLinearMatMul QuantizeLinear RMSNormalization Range Reciprocal ReduceL2 ReduceMax"
        " ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Relu Reshape RotaryEmbedding"
        " Round ScatterElements ScatterND Selu Shape Sigmoid Sign Sin Size Slice Softmax Softplus"
        " Split Sqrt Squeeze Sub Sum Swish Tanh Tile Transpose Trilu Unsqueeze Where Xor".split()
    ),
    "com.microsoft": frozenset(
        "Attention BiasGelu BiasSoftmax BiasSplitGelu DequantizeLinear DynamicQuantizeMatMul"
        " EmbedLayerNormalization FastGelu FusedGemm FusedMatMul Gelu MatMulInteger16"
        " MatMulIntegerToFloat MatMulNBits MultiHeadAttention QAttention QEmbedLayerNormalization"
        " QLinearAdd QLinearConcat QLinearMul QLinearSoftmax QuantizeLinear QuickGelu"
        " SimplifiedLayerNormalization SkipLayerNormalization"
        " SkipSimplifiedLayerNormalization".split()
    ),
}

# The tokenizer

MAX_WORD: Final = 256
"""Characters of a word that is looked for piece by piece: the time grows with their square."""
MAX_PARTS: Final = 16
"""Steps in a sequence of steps, and pieces of a template."""

#: Kinds of each part of a ``tokenizer.json``. None has a pattern or a text of the file's own: a
#: pattern can search without end, and a replacement make a text longer without end.
PARTS: Final = {
    "normalizer": frozenset(
        "BertNormalizer Lowercase NFC NFD NFKC NFKD Strip StripAccents".split()
    ),
    "pre_tokenizer": frozenset(
        "BertPreTokenizer ByteLevel Digits Metaspace Punctuation UnicodeScripts Whitespace"
        " WhitespaceSplit".split()
    ),
    "model": frozenset(("BPE", "WordLevel", "WordPiece")),
    "post_processor": frozenset(
        ("BertProcessing", "ByteLevel", "RobertaProcessing", "TemplateProcessing")
    ),
}
#: Where each part keeps the steps of a sequence.
STEPS: Final = {
    "normalizer": "normalizers",
    "pre_tokenizer": "pretokenizers",
    "post_processor": "processors",
}
