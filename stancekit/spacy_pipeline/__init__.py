"""stancekit in spaCy: its segmentation as a tokenizer, its findings as a pipeline component."""

from stancekit.spacy_pipeline.component import PostNotes, make_component, nlp
from stancekit.spacy_pipeline.tokenizer import SegmentTokenizer, make_tokenizer

__all__ = ["PostNotes", "SegmentTokenizer", "make_component", "make_tokenizer", "nlp"]
