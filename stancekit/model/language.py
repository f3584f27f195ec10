"""`stancekit.looks_english`, and a warning where a model meets languages it was not taught."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import LanguageWarning
from stancekit.labels import OtherLanguages
from stancekit.model.texts import as_texts
from stancekit.text.batch import batches
from stancekit.text.english import ENGLISH, OTHER, UNKNOWN, english
from stancekit.text.given import Posts, values_of

#: `classify` looks at one post in twenty, no fewer than 200 and no more than 1,000, and warns when
#: of 50 or more that can be told so many are not English.
_ONE_IN, _LEAST, _MOST = 20, 200, 1_000
_TOLD, _WARN_SHARE = 50, 0.2
#: From this share on, summaries of commands mention it.
SAY_SHARE: Final = 0.05


def looks_english(posts: Posts, *, text: str | None = None) -> pd.Series:
    """Guess which posts are in English: cheap, good for shares of thousands of posts.

    Told by frequent words and by the script; hashtags, mentions and links do not count. A post of
    two languages is English if its English words weigh more.

    Parameters
    ----------
    posts, text
        As in `stancekit.classify`.

    Returns
    -------
    Series of boolean
        With the caller's index; ``<NA>`` for a post with too few words to tell, or none.

    Raises
    ------
    InputError
        If `posts` or `text` cannot be used.

    Examples
    --------
    >>> looks_english(["This is not what we asked for", "Das ist nicht, was wir wollten", "Wow!"])
    0     True
    1    False
    2     <NA>
    dtype: boolean
    """
    values, index = values_of(posts, text)
    given = as_texts(values)
    guess = np.full(len(given), UNKNOWN, np.int8)
    guess[given.place] = _guess(given.texts)
    known = pd.arrays.BooleanArray(guess == ENGLISH, guess == UNKNOWN)
    return pd.Series(known, index=index)


def knows_english_only(about: Mapping[str, Any]) -> bool:
    """Whether a model says of itself that it was trained on English alone.

    >>> knows_english_only({"languages": ["en"]}), knows_english_only({})
    (True, False)
    """
    languages = about.get("languages")
    return isinstance(languages, (list, tuple)) and list(languages) == ["en"]


def other_languages(texts: Sequence[str]) -> OtherLanguages:
    """Look at a sample of posts, spread evenly over all."""
    size = min(len(texts), _MOST, max(_LEAST, len(texts) // _ONE_IN))
    if not size:
        return OtherLanguages()
    guess = _guess([texts[i] for i in np.linspace(0, len(texts) - 1, size).astype(np.int64)])
    return OtherLanguages(int((guess != UNKNOWN).sum()), int((guess == OTHER).sum()))


def language_sample(texts: Sequence[str], about: Mapping[str, Any]) -> OtherLanguages:
    """Look at a sample of posts, for a model that knows English only."""
    return other_languages(texts) if knows_english_only(about) else OtherLanguages()


def warn_of_languages(texts: Sequence[str], about: Mapping[str, Any]) -> None:
    """Warn, with a `LanguageWarning`, when an English model is given many other posts."""
    if len(texts) < _TOLD:
        return
    found = language_sample(texts, about)
    if found.told >= _TOLD and found.share > _WARN_SHARE:
        warnings.warn(str(found), LanguageWarning, stacklevel=4)


def _guess(texts: Sequence[str]) -> npt.NDArray[np.int8]:
    return np.concatenate([np.empty(0, np.int8), *(english(batch) for batch in batches(texts))])
