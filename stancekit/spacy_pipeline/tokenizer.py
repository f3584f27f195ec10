"""The segmentation as a spaCy tokenizer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, minibatch
from spacy.vocab import Vocab

from stancekit.text.segmentation import segment

_SURROGATE = re.compile("[\ud800-\udfff]")


class SegmentTokenizer(DummyTokenizer):  # type: ignore[misc]
    """Tokenizer whose tokens are those of `stancekit.text.tokens`.

    A lone surrogate, which spaCy's strings cannot hold, becomes U+FFFD; nothing else changes, so
    ``doc.text`` is the text and offsets agree.

    Parameters
    ----------
    vocab : spacy.vocab.Vocab
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize one text."""
        return next(self.pipe([text]))

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Tokenize texts, a batch at a time."""
        for batch in minibatch(texts, batch_size):
            whole = [_SURROGATE.sub("\ufffd", text) for text in batch]
            seg = segment(whole)
            for i, text in enumerate(whole):
                own = slice(seg.token_start[i], seg.token_start[i + 1])
                start = (seg.start[own] - seg.post_start[i]).tolist()
                end = (seg.end[own] - seg.post_start[i]).tolist()
                words = [text[a:b] for a, b in zip(start, end, strict=True)]
                spaces = [a < b for a, b in zip(end, [*start[1:], len(text)], strict=False)]
                yield Doc(self.vocab, words=words, spaces=spaces)


def make_tokenizer() -> Callable[[Language], SegmentTokenizer]:
    """Make the tokenizer of a pipeline; registered as ``stancekit.tokenizer.v1``."""
    return _for


def _for(nlp: Language) -> SegmentTokenizer:
    return SegmentTokenizer(nlp.vocab)
