"""Distil word vectors from all-MiniLM-L6-v2 and write them to stancekit/features/data.

    python -m pip install -r models/vectors/requirements.txt
    python models/vectors/build.py DATA

DATA is the folder of study data; ``public/`` and ``gold/train.tsv`` are read, dev never. As in
model2vec, each term is put through the encoder alone, and the mean is taken off; frequent terms
weigh less (SIF, Arora et al. 2017). Then, as in tokenlearn, the vectors are moved by ridge
regression so that the mean over a post's terms comes near the encoder's embedding of the whole
post. The leading dimensions are kept as int8. About an hour on two cores.
"""

import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from corpus import read_posts
from encoder import embed, word_pieces
from numpy.typing import NDArray
from safetensors.numpy import save_file
from terms import emoji_name, post_terms, prose
from vocabulary import choose_terms, listed_words, seen_terms

OUT = Path(__file__).parents[2] / "stancekit" / "features" / "data"
TERMS, DIMENSIONS = 50_000, 128
LISTED, MINIMUM = 60_000, 3  # words taken from a list; posts a seen term must occur in
SIF, RIDGE, STEPS = 1e-2, 0.1, 60


def shares(posts: list[list[str]], vocabulary: list[str]) -> sp.csr_array:
    """Return the share of each term in each post, shape (posts, terms)."""
    place = {term: i for i, term in enumerate(vocabulary)}
    known = [[place[term] for term in post if term in place] for post in posts]
    indptr = np.cumsum([0, *map(len, known)])
    value = np.repeat([1 / max(1, len(post)) for post in known], [len(post) for post in known])
    column = np.fromiter((i for post in known for i in post), np.int64)
    return sp.csr_array((value.astype(np.float32), column, indptr), (len(posts), len(vocabulary)))


def moved(means: sp.csr_array, wanted: NDArray, start: NDArray) -> NDArray:
    """Move vectors so that posts' means come near their embeddings: ridge, conjugate gradients."""
    back = means.T.tocsr()
    residual = back @ (wanted - means @ start)
    step, change, direction = None, np.zeros_like(start), residual.copy()
    size = first = (residual**2).sum(0)
    for _ in range(STEPS):
        applied = back @ (means @ direction) + RIDGE * direction
        step = size / np.maximum((direction * applied).sum(0), 1e-30)
        change += step * direction
        residual -= step * applied
        size, before = (residual**2).sum(0), size
        direction = residual + size / np.maximum(before, 1e-30) * direction
        if (size / first).max() < 1e-5:
            break
    return start + change


def main() -> None:
    """Choose terms, embed, fit, write."""
    posts = read_posts(Path(sys.argv[1]))
    terms = list(post_terms(posts))
    seen = seen_terms(posts, terms, MINIMUM)
    vocabulary = choose_terms(listed_words(word_pieces(), LISTED), seen, TERMS)
    count = np.array([seen.get(term, 0.5) for term in vocabulary])
    share = count / len(posts)
    read = [term if term[0].isalnum() else emoji_name(term) for term in vocabulary]
    words = embed(read, max_length=16, batch=512).astype(np.float32)
    words -= (words * share[:, None]).sum(0) / share.sum()
    words *= (SIF / (SIF + share))[:, None]
    wanted = embed(list(prose(posts))).astype(np.float32)
    wanted -= wanted.mean(0)
    means = shares(terms, vocabulary)
    guess = means @ words
    words *= (guess * wanted).sum() / (guess**2).sum()
    vectors = moved(means, wanted, words)
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    vectors = vectors @ axes[:, ::-1][:, :DIMENSIONS]
    scale = np.maximum(np.abs(vectors).max(1), 1e-12) / 127
    matrix = np.round(vectors / scale[:, None]).astype(np.int8)
    save_file({"matrix": matrix, "scale": scale.astype(np.float32)}, OUT / "matrix.safetensors")
    (OUT / "words.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
