"""Short posts made from templates: threats, contempt, counter-speech and praise, with their likes.

``templates.tsv`` and ``fillings.tsv`` were written for training, those of threats after a look at
the audit's; none of them stands in the audit (`stancekit.fairness`), which measures the same things
with other words; those of order were written without a look at it, each beside a twin of nearly the
same words that does something else, for models that read the *order* of words: to a linear one they
bring nothing. Whole templates, verbs and other fillings are *held* back from training
(``benchmarks/threats.py`` measures on them).
"""

import csv
import random
from itertools import product
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
#: Of the posts made, the share of each label.
SHARES = {"dog-piling": 0.4, "neutral": 0.2, "critical": 0.25, "supportive": 0.15}
_ENDS = (" lol", " 😂", " !!!", " smh", ", honestly")


def made_posts(
    size: int, seed: int = 0, *, held: bool = False, order: bool = False
) -> pd.DataFrame:
    """Return about so many different posts with columns text and label; fewer if templates lack.

    Those that are `held` back from training have a template or a filling that no others have. The
    templates that only the `order` of words tells apart are among them if asked for.
    """
    lot = random.Random(seed)
    slots: dict[str, list[str]] = {}
    kept: dict[str, list[str]] = {}
    for row in _rows("fillings.tsv"):
        (kept if row["part"] == "held" else slots).setdefault(row["slot"], []).append(
            row["filling"]
        )
    rows = []
    for label, share in SHARES.items():
        own = [
            row
            for row in _rows("templates.tsv")
            if row["label"] == label and (order or row["part"] != "order")
        ]
        every: set[str] = set()
        for row, _ in product(own, range(60)):
            new = row["part"] == "held" or any(f"{{{slot}}}" in row["template"] for slot in kept)
            if held and new:
                words = slots if row["part"] == "held" else {**slots, **kept}
            elif held or row["part"] == "held":
                continue
            else:
                words = slots
            every.add(_filled(row["template"], words, lot))
        chosen = lot.sample(sorted(every), min(len(every), round(size * share)))
        rows += [(_dressed(text, lot), label) for text in chosen]
    return pd.DataFrame(rows, columns=["text", "label"])


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _filled(template: str, slots: dict[str, list[str]], lot: random.Random) -> str:
    return template.format(**{slot: lot.choice(words) for slot, words in slots.items()})


def _dressed(text: str, lot: random.Random) -> str:
    """Write a post as people do: with a capital, in capitals, to somebody, with an ending."""
    chance = lot.random()
    if chance < 0.25:
        return text[0].upper() + text[1:] + lot.choice((".", "!", ""))
    if chance < 0.3:
        return text.upper()
    if chance < 0.45:
        return f"@user {text}"
    return text + lot.choice(_ENDS) if chance < 0.55 else text
