"""Blocks of features as scikit-learn transformers of posts, that have nothing to fit."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

from stancekit.errors import InputError
from stancekit.features.block import Block
from stancekit.features.cues.block import CueBlock
from stancekit.features.ngrams import CharNgramBlock, WordNgramBlock
from stancekit.features.vectors import KnownWordBlock, WordVectorBlock
from stancekit.text.given import Posts, the_column, values_of


class BlockTransformer(TransformerMixin, BaseEstimator, Block):  # type: ignore[misc]
    """A block that is a transformer too; its parameters are those of the block."""

    def fit(self, X: Posts, y: object = None) -> BlockTransformer:  # noqa: N803
        """Check settings and posts; nothing is learnt."""
        self.check()
        check_posts(X)
        return self

    def transform(self, X: Posts) -> Any:  # noqa: N803
        """Compute the features.

        Parameters
        ----------
        X : iterable of str, Series, or DataFrame
            `n` posts; of a DataFrame the column ``text``, or the only one.

        Returns
        -------
        ndarray or CSR array of float32, shape (n, columns)
        """
        self.check()
        return self.encode_all(check_posts(X))

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        tags.requires_fit = False
        return tags


class WordNgrams(BlockTransformer, WordNgramBlock):
    """Hashed n-grams of tokens; a hashtag counts whole and as its words.

    Parameters
    ----------
    orders : tuple of int, default (1, 2)
        Lengths of the n-grams, in tokens.
    bits : int, default 20
        The table has ``2 ** bits`` columns.
    mask_names : bool, "shaped" or "everywhere", default True
        Whether all names of people, parties, places and peoples are read as one and the same
        (`stancekit.text.names`), so that labels do not hang on whom a post is about: those of a
        list; if "shaped", also words with a capital that are not common in small letters.
        If "everywhere", also names in hashtags, which are read as the phrases they are:
        ``#WeBackOstrow`` as "we back" and a name.

    Examples
    --------
    >>> X = WordNgrams(bits=12).fit_transform(["Well done @ana", "well DONE @bo"])
    >>> X.shape, int(abs(X[[0]] - X[[1]]).sum())
    ((2, 4096), 0)
    """


class CharNgrams(BlockTransformer, CharNgramBlock):
    """Hashed n-grams of characters within a post, its edges included.

    Parameters
    ----------
    orders : tuple of int, default (3, 4, 5)
        Lengths of the n-grams, in characters of the normalised stream, in which a mention or a
        link is one character.
    bits : int, default 20
        The table has ``2 ** bits`` columns.
    mask_names : bool, "shaped" or "everywhere", default True
        Whether all names of people, parties, places and peoples are read as one and the same
        (`stancekit.text.names`), so that labels do not hang on whom a post is about: those of a
        list; if "shaped", also words with a capital that are not common in small letters.
        If "everywhere", also hashtags with a name among their words.

    Examples
    --------
    >>> X = CharNgrams(orders=(3,), bits=12).fit_transform(["abd"])
    >>> round(float(X.sum()) ** 2)
    3
    """


class SentimentCues(BlockTransformer, CueBlock):
    """Turn posts into named sentiment cues, a dense matrix with a column a cue.

    Parameters
    ----------
    lexicon : Lexicon, str or Path, optional
        The terms to look for: a `Lexicon`, or a folder of lists; None is the default lexicon.

    Examples
    --------
    >>> cues = SentimentCues()
    >>> X = cues.fit_transform(["Thank you, well done!", "you are a clown"])
    >>> names = list(cues.get_feature_names_out())
    >>> X[:, names.index("support")] > 0.6
    array([ True, False])
    >>> X[:, names.index("targeted_insult")].round(2).tolist()
    [0.0, 0.5]
    """


class KnownWords(BlockTransformer, KnownWordBlock):
    """The share of each known word among those of a post.

    Parameters
    ----------
    hashes : ndarray of uint64, shape (v,)
        Hashes of the known words (`stancekit.text.normalise.hash_strings`), ascending.
    """


class WordVectors(BlockTransformer, WordVectorBlock):
    """The mean of the vectors of a post's known words.

    Parameters
    ----------
    vectors : Vectors, optional
        Words and their vectors; None is stancekit's own, distilled from all-MiniLM-L6-v2.

    Examples
    --------
    >>> X = WordVectors().fit_transform(["well done", "xqzzq"])
    >>> X.shape[0], bool(X[0].any()), bool(X[1].any())
    (2, True, False)
    """


def check_posts(posts: Any) -> list[str]:
    """Return posts as a list of str, or say which one is none.

    Parameters
    ----------
    posts : iterable of str, or table of one column
        In order; a DataFrame with a column ``text`` may have others, too.

    Raises
    ------
    InputError
        If a single str is given, or something that is not a str stands among the posts.
    """
    if isinstance(posts, (str, bytes)):
        raise InputError("one str given where a sequence of posts is wanted: put it in a list")
    if isinstance(posts, np.ndarray) and posts.ndim == 2 and posts.shape[1] == 1:
        posts = posts[:, 0]  # as scikit-learn hands a column on
    if isinstance(posts, pd.DataFrame):
        posts = the_column(posts)
    texts = values_of(posts)[0]
    for place, text in enumerate(texts):
        if not isinstance(text, str):
            raise InputError(
                f"post {place} is {type(text).__name__}, not str: {text!r}. Drop such posts, or "
                "use stancekit.classify, which leaves them without a label"
            )
    return cast(list[str], texts)
