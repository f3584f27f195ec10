"""Invent the Label Studio export of notebook 02: three people annotate replies about a ferry.

    python notebooks/data/make_annotations.py

The replies are those of make_ferry_replies.py, each text once. Replies of every third kind of
sentence are kept apart, and settled by the three together. They do not exist, nor do their doubts.
"""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
from make_ferry_replies import REPLIES

from stancekit.labels import LABELS

HERE = Path(__file__).parent
MOST = 600
#: How often each of the three errs.
ERRS = {"inga": 0.06, "magnus": 0.11, "sunniva": 0.16}
#: What a label is taken for, in the order of LABELS.
TAKEN_FOR = {
    "supportive": [0.0, 0.3, 0.0, 0.7],
    "critical": [0.2, 0.0, 0.3, 0.5],
    "dog-piling": [0.0, 0.9, 0.0, 0.1],
    "neutral": [0.5, 0.5, 0.0, 0.0],
}


def kind_of(text: str) -> int:
    """Return which sentence of its label a reply is."""
    for sentences in REPLIES.values():
        for place, sentence in enumerate(sentences):
            if re.match(re.sub(r"\\{\w+\\}", ".+", re.escape(sentence)), text):
                return place
    raise ValueError(text)


def annotation(who: str, label: str) -> dict:
    """Return an annotation as Label Studio exports it."""
    choice = {"type": "choices", "from_name": "stance", "value": {"choices": [label]}}
    return {"completed_by": {"email": f"{who}@example.org"}, "result": [choice]}


def main() -> None:
    """Write ferry_label_studio.json and ferry_settled.csv beside this file."""
    rng = np.random.default_rng(4)
    posts = pd.read_csv(HERE / "ferry_replies.csv")
    posts = posts.drop_duplicates("text")
    apart = posts["text"].map(kind_of) % 3 == 1
    settled = posts[apart].sample(150, random_state=1).rename(columns={"true_label": "label"})
    settled[["id", "text", "label"]].to_csv(HERE / "ferry_settled.csv", index=False)
    tasks = []
    for post in posts[~apart].sample(MOST, random_state=1).itertuples():
        annotations = []
        for who, errs in ERRS.items():
            if who == "sunniva" and rng.random() < 0.15:
                continue  # skipped
            wrong = rng.random() < errs
            label = rng.choice(LABELS, p=TAKEN_FOR[post.true_label]) if wrong else post.true_label
            annotations.append(annotation(who, str(label)))
        tasks.append({"data": {"id": post.id, "text": post.text}, "annotations": annotations})
    rows = ",\n".join(json.dumps(task, ensure_ascii=False) for task in tasks)
    (HERE / "ferry_label_studio.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
