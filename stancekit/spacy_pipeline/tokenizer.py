"""The segmentation as a spaCy tokenizer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stancekit.text.segmentation import Segmentation, segment

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_BATCH = 1000


class SegmentTokenizer:
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

    def pipe(self, texts: Iterable[str], batch_size: int = _BATCH) -> Iterator[Doc]:
        """Tokenize texts, a batch at a time."""
        stream = iter(texts)
        while batch := list(islice(stream, batch_size)):
            batch = [_without_surrogates(text) for text in batch]
            seg = segment(batch)
            for i, text in enumerate(batch):
                yield self._doc(seg, i, text)

    def _doc(self, seg: Segmentation, i: int, text: str) -> Doc:
        from spacy.tokens import Doc

        own = slice(seg.token_start[i], seg.token_start[i + 1])
        start = (seg.start[own] - seg.post_start[i]).tolist()
        end = (seg.end[own] - seg.post_start[i]).tolist()
        words = [text[a:b] for a, b in zip(start, end, strict=True)]
        spaces = [a < b for a, b in zip(end, [*start[1:], len(text)], strict=False)]
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return nothing: there is nothing to remember."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> SegmentTokenizer:
        """Return itself."""
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write nothing: there is nothing to remember."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> SegmentTokenizer:
        """Return itself."""
        return self

    def __reduce__(self) -> Any:
        return SegmentTokenizer, (self.vocab,)


def make_tokenizer() -> Callable[[Language], SegmentTokenizer]:
    """Make the tokenizer of a pipeline; registered as ``stancekit.tokenizer.v1``."""
    return _for


def _for(nlp: Language) -> SegmentTokenizer:
    return SegmentTokenizer(nlp.vocab)


def _without_surrogates(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
