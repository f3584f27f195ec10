"""Numbers from tokens: blocks of features, each an ordinary scikit-learn transformer of posts."""

from typing import TYPE_CHECKING

from stancekit.lazy import names_of

if TYPE_CHECKING:
    from stancekit.features.block import Block as Block
    from stancekit.features.cues.lexicon import Lexicon as Lexicon
    from stancekit.features.transformers import CharNgrams as CharNgrams
    from stancekit.features.transformers import KnownWords as KnownWords
    from stancekit.features.transformers import SentimentCues as SentimentCues
    from stancekit.features.transformers import WordNgrams as WordNgrams
    from stancekit.features.transformers import WordVectors as WordVectors
    from stancekit.features.vector_file import Vectors as Vectors
    from stancekit.features.vector_file import make_vectors as make_vectors
    from stancekit.features.vector_file import read_vectors as read_vectors

# Imported when asked for: a saved model has blocks that need no scikit-learn.
_HOMES = {
    "Block": "stancekit.features.block",
    "CharNgrams": "stancekit.features.transformers",
    "KnownWords": "stancekit.features.transformers",
    "Lexicon": "stancekit.features.cues.lexicon",
    "SentimentCues": "stancekit.features.transformers",
    "Vectors": "stancekit.features.vector_file",
    "WordNgrams": "stancekit.features.transformers",
    "WordVectors": "stancekit.features.transformers",
    "make_vectors": "stancekit.features.vector_file",
    "read_vectors": "stancekit.features.vector_file",
}
__all__ = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
