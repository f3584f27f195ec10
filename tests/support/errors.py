"""Invented collections whose true labels are known, with a labeller that errs as it is told to."""

import numpy as np
import pandas as pd

#: Of the posts truly of each label (rows), what share is given each (columns).
FOUR = np.array(
    [
        [0.70, 0.17, 0.03, 0.10],
        [0.09, 0.69, 0.10, 0.12],
        [0.03, 0.18, 0.73, 0.06],
        [0.10, 0.19, 0.04, 0.67],
    ]
)
TWO = np.array([[0.70, 0.30], [0.04, 0.96]])


def draw(rng, shares, rates, size):
    """True and given labels of so many, as codes."""
    true = rng.choice(len(shares), size, p=shares)
    given = (rng.random((size, 1)) > rates[true].cumsum(axis=1)[:, :-1]).sum(axis=1)
    return true, given


def labelled(rng, shares, rates, texts, copies=None, names=("yes", "no")):
    """Posts with the label given and, under ``true_label``, the true one.

    Each of `texts` texts stands as often as `copies` says.
    """
    true, given = draw(rng, shares, rates, texts)
    number = np.repeat(np.arange(texts), 1 if copies is None else copies)
    names = np.array(names, object)
    return pd.DataFrame(
        {
            "id": np.arange(len(number)),
            "label": pd.Categorical(names[given[number]], categories=list(names)),
            "true_label": names[true[number]],
            "number": number,
        }
    )


def zipf(rng, posts, exponent=1.8):
    """How often each text is repeated; no text is more than a twentieth of all posts."""
    copies = np.minimum(rng.zipf(exponent, posts), posts // 20)
    return copies[: int(np.searchsorted(copies.cumsum(), posts)) + 1]
