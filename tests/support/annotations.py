"""An invented source, its annotations, and its texts in whatever shape a test wants."""

from pathlib import Path

import pandas as pd
from identity import post_id

SOURCE = "tramline"
TEXTS = {
    "9007199254740993101": "Proud of our drivers & all who walked",
    "9007199254740993102": "@depot The timetable is a mess, fix it",
    "9007199254740993103": "“Late again” says Ines. What a clown",
    "9007199254740993104": "Line 4 runs every ten minutes from Monday",
}
LABELS = ("supportive", "critical", "dog-piling", "neutral")
IDS = {ref: post_id(SOURCE, text) for ref, text in TEXTS.items()}


def write_annotations(folder: Path) -> Path:
    """Write the annotations of the four posts, the last one in dev."""
    table = pd.DataFrame(
        {
            "id": list(IDS.values()),
            "part": ["train", "train", "train", "dev"],
            "source": SOURCE,
            "ref": list(TEXTS),
            "label": LABELS,
            "confidence": [3, 2, 1, 3],
            "label_a": ["", "", "", "neutral"],
            "label_b": ["", "", "", "neutral"],
        }
    )
    path = folder / "annotations.csv"
    table.to_csv(path, index=False)
    return path
