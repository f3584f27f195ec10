"""Make the tiny networks of the tests: ``python make.py``, with the package onnx installed.

Made once and committed, so that the tests need neither onnx nor torch. The vectors of words are
random; those of the classifier point to the label a word of `invented.MARKS` belongs to.
"""

import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

FLOAT = 1  # of onnx.TensorProto
HERE = Path(__file__).parent
SIZE = 6

sys.path.insert(0, str(HERE.parents[2]))
from tests.support.invented import FILLERS, MARKS  # noqa: E402

# words as the tokenizer splits them
WORDS = sorted(
    {word.strip("#@").lower() for words in (FILLERS, *MARKS.values()) for word in words}
    - {"https://example.org/a"}
)
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS]


def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordLevel(dict(map(reversed, enumerate(VOCABULARY))), "[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ends = [(name, VOCABULARY.index(name)) for name in ("[CLS]", "[SEP]")]
    made.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", special_tokens=ends)
    made.enable_padding(length=32)  # as all-MiniLM-L6-v2's own file says; not to be done here
    return made


def network(nodes, inputs, shape, output, texts=1, **arrays) -> bytes:
    import onnx  # here, so that the file can be looked through for doctests without it
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph(
        [helper.make_node(name, *ends, **options) for name, *ends, options in nodes],
        "tiny",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, [texts, "tokens"])
            for name in inputs
        ],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()


def classifier() -> bytes:
    """A mean of word scores, quantised over the whole tensor as a real one's activations are."""
    scores = np.random.default_rng(0).normal(size=(len(VOCABULARY), 4), scale=0.1)
    for column, words in enumerate(MARKS.values()):
        for word in words:
            scores[VOCABULARY.index(word.strip("#@").lower()), column] += 9
    return network(
        [
            ("Gather", ["scores", "input_ids"], ["found"], {}),
            ("DynamicQuantizeLinear", ["found"], ["small", "scale", "zero"], {}),
            ("DequantizeLinear", ["small", "scale", "zero"], ["rough"], {}),
            ("ReduceMean", ["rough"], ["logits"], {"axes": [1], "keepdims": 0}),
        ],
        ["input_ids"],
        [1, 4],
        "logits",
        scores=scores.astype(np.float32),
    )


def together() -> bytes:
    """The same without quantisation, for many texts of as many tokens at once."""
    scores = np.zeros((len(VOCABULARY), 4), np.float32)
    for column, words in enumerate(MARKS.values()):
        for word in words:
            scores[VOCABULARY.index(word.strip("#@").lower()), column] += 9
    return network(
        [
            ("Gather", ["scores", "input_ids"], ["found"], {}),
            ("ReduceMean", ["found"], ["logits"], {"axes": [1], "keepdims": 0}),
        ],
        ["input_ids"],
        ["texts", 4],
        "logits",
        texts="texts",
        scores=scores,
    )


def vectors() -> bytes:
    """A vector for each token, with the inputs that BERT's exports have."""
    rng = np.random.default_rng(1)
    return network(
        [
            ("Gather", ["words", "input_ids"], ["word"], {}),
            ("Gather", ["kinds", "token_type_ids"], ["kind"], {}),
            ("Add", ["word", "kind"], ["sum"], {}),
            ("Cast", ["attention_mask"], ["mask"], {"to": FLOAT}),
            ("Unsqueeze", ["mask", "last"], ["wide"], {}),
            ("Mul", ["sum", "wide"], ["last_hidden_state"], {}),
        ],
        ["input_ids", "attention_mask", "token_type_ids"],
        [1, "tokens", SIZE],
        "last_hidden_state",
        words=rng.normal(size=(len(VOCABULARY), SIZE)).astype(np.float32),
        kinds=rng.normal(size=(2, SIZE)).astype(np.float32),
        last=np.array([-1]),
    )


def main() -> None:
    tokenizer().save(str(HERE / "tokenizer.json"))
    (HERE / "classifier.onnx").write_bytes(classifier())
    (HERE / "together.onnx").write_bytes(together())
    (HERE / "vectors.onnx").write_bytes(vectors())


if __name__ == "__main__":
    main()
