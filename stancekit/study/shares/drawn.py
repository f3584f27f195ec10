"""How the checked posts were drawn: from posts, texts or accounts, and whether at random."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from stancekit.errors import InputError
from stancekit.study.shares.checked import UNCERTAIN, Checked
from stancekit.study.shares.population import Population

Floats = npt.NDArray[np.float64]
Drawn = Literal["posts", "texts", "accounts"]

DRAWS: Final = ("posts", "texts", "accounts")
#: A sample less likely than this at random was not drawn at random.
_UNLIKELY: Final = 0.001


def check_random(posts: Population, checked: Checked) -> None:
    """Refuse checked posts that were chosen, unless the probabilities are recorded.

    Within each label, the confidence of posts drawn at random ranks among that of all posts like a
    uniform number: their mean rank is .5, with a standard error of 1/√(12 n).

    Raises
    ------
    InputError
        If posts were chosen by uncertainty without probabilities, or look as if they were.
    """
    recorded = np.isfinite(checked.inclusion)
    if (checked.inclusion[recorded] <= 0).any() or (checked.inclusion[recorded] > 1).any():
        raise InputError("inclusion holds probabilities that are not above 0 and at most 1")
    if (np.array([how == UNCERTAIN for how in checked.drawn_as]) & ~recorded).any():
        raise InputError(
            "some checked posts were chosen by uncertainty, and with what probability is not "
            "recorded: keep the column inclusion of the file of suggest, or draw a random sample "
            "with suggest(for_shares=True)"
        )
    if recorded.any() or posts.proba is None:
        return
    sure = posts.proba.max(axis=1)
    ranks = np.concatenate(
        [_ranks(sure[posts.code == j], sure[_of_label(posts, checked, j)]) for j in _labels(posts)]
    )
    # a text that was drawn twice is no second observation of how surely it is labelled
    z = (ranks.mean() - 0.5) * np.sqrt(12 * len(ranks))
    from scipy.stats import norm

    if (chance := 2 * norm.sf(abs(z))) < _UNLIKELY:
        raise InputError(
            f"the checked posts are {'less' if z < 0 else 'more'} surely labelled than all posts "
            f"of their labels (mean rank {ranks.mean():.2f}, at random .50; p = {chance:.1g}): "
            "they look chosen, not drawn at random, and no share can be estimated from them. Draw "
            "a sample with suggest(for_shares=True); if it was random after all, say random=True"
        )


def drawn_from(posts: Population, checked: Checked) -> tuple[Drawn, str]:
    """Tell what was drawn at random, and say why in a sentence.

    By the likelihood of the sizes seen: a draw of posts finds a text of m copies m times as often
    as one of a single copy, a draw of texts as often. Accounts were drawn where many more pairs of
    checked posts share an account than a draw of posts brings.
    """
    if posts.account is not None and _share_accounts(posts.account, posts.account[checked.place]):
        return "accounts", (
            "many checked posts share an account: taken as a draw of accounts, with intervals as "
            "wide as that makes them (say drawn='posts' if posts were drawn)"
        )
    if any(how is not None for how in checked.drawn_as):
        named = any(how == UNCERTAIN for how in checked.drawn_as)
        return ("texts" if named else "posts"), ""  # as suggest draws them
    copies = posts.copies
    if copies.max(initial=1) == 1:
        return "posts", ""
    code = posts.code[checked.place]
    each = np.bincount(posts.code, minlength=len(posts.labels))
    texts = np.bincount(posts.code, 1 / copies, minlength=len(posts.labels))
    ratio = np.log(copies[checked.place] * texts[code] / each[code])
    if float((ratio * checked.times).sum()) >= 0:
        return "posts", ""
    return "texts", (
        "the checked posts repeat texts as rarely as a draw of different texts does: taken as one "
        "(say drawn='posts' if posts were drawn)"
    )


def design_effect(account: npt.NDArray[np.int64], residual: Floats) -> float:
    """Return how many times more the estimate varies because whole accounts were drawn, from 1.

    The sum over accounts of squared sums of residuals, over that of squared residuals (Kish 1965).

    Parameters
    ----------
    account : ndarray of int64, shape (n,)
    residual : ndarray of float64, shape (n, K)

    Examples
    --------
    >>> design_effect(np.array([0, 0, 1, 1]), np.array([[0.5], [0.5], [-0.5], [-0.5]]))
    2.0
    """
    number = np.unique(account, return_inverse=True)[1]
    sums = np.zeros((number.max() + 1, residual.shape[1]))
    np.add.at(sums, number, residual)
    apart = float((residual**2).sum())
    return max(1.0, float((sums**2).sum()) / apart) if apart > 0 else 1.0


def _share_accounts(every: npt.NDArray[np.int64], drawn: npt.NDArray[np.int64]) -> bool:
    def pairs(numbers: npt.NDArray[np.int64]) -> float:
        sizes = np.bincount(numbers).astype(np.float64)
        return float((sizes * (sizes - 1)).sum() / 2)

    n, whole = len(drawn), len(every)
    if n < 2 or whole < 2:
        return False
    expected = pairs(every) * (n * (n - 1)) / (whole * (whole - 1))
    return bool(pairs(drawn) > 2 * expected + 6 * np.sqrt(expected) + n / 10)


def _labels(posts: Population) -> range:
    return range(len(posts.labels))


def _of_label(posts: Population, checked: Checked, label: int) -> npt.NDArray[np.int64]:
    places = np.unique(checked.place)
    found: npt.NDArray[np.int64] = places[posts.code[places] == label]
    return found


def _ranks(every: Floats, drawn: Floats) -> Floats:
    """Return the share of all that is below each one drawn, ties halved."""
    if not len(drawn):
        return np.empty(0)
    order = np.sort(every)
    below = np.searchsorted(order, drawn, "left") + np.searchsorted(order, drawn, "right")
    ranks: Floats = below / (2 * len(order))
    return ranks
