"""What is in a post: one segmentation, for one post or a hundred thousand."""

from stancekit.text.extract import (
    cashtags,
    emojis,
    hashtags,
    mentions,
    mentions_or_lists,
    reply_to,
    tokens,
    urls,
)
from stancekit.text.hashtag_words.splitting import split_hashtag, split_hashtags
from stancekit.text.segmentation import Kind, Segmentation, segment

__all__ = [
    "Kind",
    "Segmentation",
    "cashtags",
    "emojis",
    "hashtags",
    "mentions",
    "mentions_or_lists",
    "reply_to",
    "segment",
    "split_hashtag",
    "split_hashtags",
    "tokens",
    "urls",
]
