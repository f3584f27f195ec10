"""What is in a post: one segmentation, for one post or a hundred thousand.

The way from texts to tokens, each step on those before it:

1. `codepoints`: a batch as one array of code points, and what each of them can be.
2. `links` (with `link_grammar` on `link_patterns`), `entities`, `emoticons`, `emoji`: where that
   stands which is one token whatever signs are in it.
3. `segmentation`: every token and its kind; `extract` gives them as strings.
4. `hashing`, `normalise`, `names`: a hash for each token, the same however it is written.
5. `batch`: posts cut into batches that have been through all this.
6. `reading`: what is read otherwise than typed, for models that want it.

On top, `english` guesses a language, `hash_table` looks tokens up, and `hashtag_words` parts what
is written without spaces.
"""

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
