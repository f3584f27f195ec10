"""Posts nobody wrote, with a signal that can be learnt, and small blocks of features for them."""

import numpy as np
import pandas as pd

from stancekit.features.transformers import CharNgrams, SentimentCues, WordNgrams, WordVectors
from stancekit.features.vector_file import make_vectors
from stancekit.labels import LABELS

MARKS = {
    "supportive": ["bravo", "thanks", "proud", "brave", "wonderful", "grateful", "💚", "#WithYou"],
    "critical": ["wrong", "flawed", "disagree", "mistaken", "costly", "unfair", "#BadPlan"],
    "dog-piling": ["clown", "liar", "disgrace", "resign", "pathetic", "coward", "🤡", "#ResignNow"],
    "neutral": ["today", "meeting", "weather", "report", "bus", "minutes", "📅", "#Agenda"],
}
MARKERS = [word for words in MARKS.values() for word in words]
FILLERS = [
    *("the", "council", "library", "road", "plan", "vote", "week", "people", "town", "street"),
    *("mayor", "@ana", "@bo", "park", "school", "bridge", "budget", "market", "river", "shop"),
    *("https://example.org/a", "on", "of", "and", "with", "for", "after"),
]


def posts(per_label=60, labels=LABELS, seed=0, noise=0.15):
    """Labelled posts; `noise` is how often a telling word is another label's."""
    rng = np.random.default_rng(seed)
    marks = dict(zip(labels, list(MARKS.values())[: len(labels)], strict=True))
    rows = []
    for label in labels:
        for _ in range(per_label):
            source = labels[rng.integers(len(labels))] if rng.random() < noise else label
            words = [*rng.choice(FILLERS, rng.integers(4, 9)), *rng.choice(marks[source], 2)]
            rng.shuffle(words)
            rows.append((" ".join(words), label))
    frame = pd.DataFrame(rows, columns=["text", "label"])
    return frame.sample(frac=1, random_state=seed).reset_index(drop=True)


def vectors(size=6, seed=0):
    words = [word for word in (*FILLERS, *MARKERS) if word.isalpha()]
    matrix = np.random.default_rng(seed).normal(size=(len(words), size))
    return make_vectors(words, matrix.astype(np.float32))


def blocks(bits=14, lexicon=None):
    return {
        "words": WordNgrams(bits=bits),
        "characters": CharNgrams(bits=bits),
        "cues": SentimentCues(lexicon),
        "vectors": WordVectors(vectors()),
    }


def few_blocks():
    """Where only the training around them is of interest."""
    return {"words": WordNgrams((1,), bits=10)}
