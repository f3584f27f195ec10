"""Distil word vectors from all-MiniLM-L6-v2.

    python models/vectors/build.py DATA OUT

DATA is the folder that holds ``gold/train.tsv``, ``gold/dev.tsv`` and ``public/*.tsv.gz``. Writes
``words.txt`` and ``matrix.safetensors`` to OUT and prints their SHA-256. No label is used, and no
post of dev.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
from corpus import read_posts
from encoder import embed, word_pieces
from fit import fit, principal_axes, prior, quantise, shares
from safetensors.numpy import save_file
from terms import clean, post_terms, prose
from vocabulary import choose_terms, listed_words, seen_terms

SIZE, DIMENSIONS = 50_000, 128
LISTED = 60_000
MINIMUM = 3  # posts a term must occur in, unless it is listed
WORDS_READ = 48  # of a post; about the 64 word pieces the encoder is given
RIDGE = 1.0


def main() -> None:
    """Choose the terms, embed posts and terms, fit, write."""
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    posts = [clean(post, WORDS_READ) for post in read_posts(data)]
    terms = list(post_terms(posts))
    seen = seen_terms(posts, terms, MINIMUM)
    vocabulary = choose_terms(listed_words(word_pieces(), LISTED), seen, SIZE)
    print(f"{len(posts):,} posts, {sum(t in seen for t in vocabulary):,} terms seen in them")

    sentences = embed(list(prose(posts)), max_length=64, batch=128).astype(np.float32)
    words = embed(list(prose(vocabulary)), max_length=16, batch=512).astype(np.float32)
    sentences -= sentences.mean(0)
    axes = principal_axes(sentences, DIMENSIONS)
    target, share = sentences @ axes, shares(terms, vocabulary)
    count = np.array([seen.get(term, 0.5) for term in vocabulary], np.float32)
    start = prior(words @ axes, count / len(posts), share, target)
    vectors = fit(share, target, start, ridge=RIDGE)
    explained = 1 - ((target - share @ vectors) ** 2).sum() / (target**2).sum()
    print(f"explained: {explained:.3f} of the variance on {DIMENSIONS} axes")

    out.mkdir(parents=True, exist_ok=True)
    (out / "words.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8", newline="\n")
    save_file(quantise(vectors), out / "matrix.safetensors")
    for name in ("words.txt", "matrix.safetensors"):
        print(hashlib.sha256((out / name).read_bytes()).hexdigest(), name)


if __name__ == "__main__":
    main()
