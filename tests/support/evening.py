"""An evening of labelled posts about a tram nobody ever planned, small and seeded."""

import numpy as np
import pandas as pd

from stancekit.labels import LABELS

SAID = {
    "supportive": ("thank you, this tram is lovely", "well done all of you", "so proud of you 💙"),
    "critical": ("this plan is wrong and dear", "no, answer the question", "a bad idea, sorry"),
    "dog-piling": ("what a clown you are", "you absolute liar", "get lost, clown 🤡"),
    "neutral": ("the tram leaves at eight", "does the tram stop here?", "timetable is out"),
}


def labelled(count=600, seed=0, *, target="ana_vale", classes=LABELS):
    """Posts with labels and probabilities, some at a target, some reposts, an hour and a half."""
    rng = np.random.default_rng(seed)
    said = dict(zip(classes, SAID.values(), strict=True))
    label = rng.choice(list(classes), count, p=[0.3, 0.25, 0.15, 0.3])
    sure = rng.uniform(0.4, 0.99, count).round(6)
    tags = rng.choice(["#SaveTheTram", "#NoTram", "#Tram"], count)
    texts = [
        f"{said[one][n % 3]} {tag} {n}"
        for n, (one, tag) in enumerate(zip(label, tags, strict=True))
    ]
    at = rng.random(count) < 0.4
    proba = {name: np.where(label == name, sure, (1 - sure) / 3).round(6) for name in classes}
    start = pd.Timestamp("2031-05-01 18:00", tz="UTC")
    return pd.DataFrame(
        {
            "id": [f"p{n}" for n in range(count)],
            "text": [
                f"@{target} {text}" if to else text for text, to in zip(texts, at, strict=True)
            ],
            "author": [f"writer{n}" for n in rng.integers(0, count // 2, count)],
            "created_at": [
                start + pd.Timedelta(seconds=int(s)) for s in np.sort(rng.integers(0, 5400, count))
            ],
            "kind": np.where(at, "reply", np.where(rng.random(count) < 0.1, "repost", "post")),
            "reply_to_author": pd.Series(np.where(at, target, None)).astype("string"),
            "label": pd.Categorical(label, categories=list(classes)),
            "confidence": sure,
            **proba,
            "reason": pd.array([pd.NA] * count, dtype="string"),
            "model": pd.Categorical(["invented@0123456789ab"] * count),
        }
    )
