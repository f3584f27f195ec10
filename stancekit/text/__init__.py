"""What is in a post: one segmentation, for one post or a hundred thousand."""

from stancekit.text.extract import (
    Span,
    cashtags,
    emojis,
    hashtags,
    mentions,
    spans,
    tokens,
    urls,
)
from stancekit.text.hashtag_words.splitting import split_hashtag, split_hashtags
from stancekit.text.segmentation import Kind, Segmentation, segment

__all__ = [
    "Kind",
    "Segmentation",
    "Span",
    "cashtags",
    "emojis",
    "hashtags",
    "mentions",
    "segment",
    "spans",
    "split_hashtag",
    "split_hashtags",
    "tokens",
    "urls",
]
