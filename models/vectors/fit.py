"""Word vectors whose mean over a post comes close to the encoder's embedding of the post."""

from collections.abc import Iterable, Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def shares(posts: Iterable[Sequence[str]], vocabulary: Sequence[str]) -> sp.csr_array:
    """Return the share of each known term in each post, CSR, shape ``[posts, terms]``."""
    column = {term: place for place, term in enumerate(vocabulary)}
    known = [[column[term] for term in post if term in column] for post in posts]
    length = np.array([len(row) for row in known])
    indptr = np.concatenate([[0], np.cumsum(length)])
    share = np.repeat(1 / np.maximum(length, 1), length).astype(np.float32)
    columns = np.array([place for row in known for place in row], np.int32)
    return sp.csr_array((share, columns, indptr), shape=(len(known), len(vocabulary)))


def principal_axes(embeddings: Floats, dimensions: int) -> Floats:
    """Return the first principal axes of centred embeddings, each with a fixed sign."""
    axes = np.linalg.eigh((embeddings.T @ embeddings).astype(np.float64))[1][:, ::-1]
    axes = axes[:, :dimensions]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(0)[None], 0)
    return (axes * np.sign(largest)).astype(np.float32)


def prior(words: Floats, frequency: Floats, share: sp.csr_array, target: Floats) -> Floats:
    """Return the encoder's vectors of single words, centred, weighted and scaled.

    The weight is smooth inverse frequency (Arora et al. 2017); one factor for all makes their
    means over posts fit `target` best.
    """
    centre = frequency @ words / frequency.sum()
    weighted = (words - centre) * (1e-2 / (1e-2 + frequency))[:, None]
    mean = share @ weighted
    return np.asarray(weighted * ((mean * target).sum() / (mean**2).sum()), np.float32)


def fit(
    share: sp.csr_array, target: Floats, start: Floats, *, ridge: float, steps: int = 60
) -> Floats:
    """Minimise ``|share @ V - target|^2 + ridge * |V - start|^2`` by conjugate gradients.

    A term in many posts moves to where they want it; a rare one stays near `start`, a term in no
    post at `start`.
    """
    back = share.T.tocsr()
    move = np.zeros_like(start)
    residual = back @ (target - share @ start)
    direction, size = residual.copy(), (residual**2).sum(0)
    for _ in range(steps):
        image = back @ (share @ direction) + ridge * direction
        step = size / (direction * image).sum(0)
        move += step * direction
        residual -= step * image
        size, before = (residual**2).sum(0), size
        direction = residual + size / before * direction
    return start + move


def quantise(vectors: Floats) -> dict[str, NDArray[np.int8] | Floats]:
    """Return rows as int8 and the scale of each: ``matrix * scale[:, None]`` gives them back."""
    scale = np.maximum(np.abs(vectors).max(1), 1e-12).astype(np.float32) / 127
    return {"matrix": np.round(vectors / scale[:, None]).astype(np.int8), "scale": scale}
