"""Numbers from tokens: blocks of features, each an ordinary scikit-learn transformer of posts."""

from stancekit.features.block import Block
from stancekit.features.cues.block import SentimentCues
from stancekit.features.cues.lexicon import Lexicon
from stancekit.features.ngrams import CharNgrams, WordNgrams
from stancekit.features.vector_file import Vectors, make_vectors, read_vectors
from stancekit.features.vectors import KnownWords, WordVectors

__all__ = [
    "Block",
    "CharNgrams",
    "KnownWords",
    "Lexicon",
    "SentimentCues",
    "Vectors",
    "WordNgrams",
    "WordVectors",
    "make_vectors",
    "read_vectors",
]
