"""Models that label by rules one can read, so that what an audit must find is known."""

import numpy as np
import pandas as pd
import pytest

from stancekit.labels import LABELS


class RuleModel:
    """Labels by the first rule whose word is in the text; the rest is the last class."""

    def __init__(self, rules, classes=LABELS):
        self.rules, self.classes, self.asked = rules, classes, []

    def classify(self, texts):
        self.asked += texts
        code = [self._code(text) for text in texts]
        sure = np.full((len(texts), len(self.classes)), 0.1)
        sure[np.arange(len(texts)), code] = 1 - 0.1 * (len(self.classes) - 1)
        label = pd.Categorical.from_codes(code, categories=pd.Index(self.classes))
        table = {name: sure[:, i] for i, name in enumerate(self.classes)}
        return pd.DataFrame({"label": label, **table})

    def _code(self, text):
        for word, label in self.rules.items():
            if word in text:
                return self.classes.index(label)
        return len(self.classes) - 1


@pytest.fixture
def rule_model():
    return RuleModel


@pytest.fixture
def write(tmp_path):
    """Write rows as a file of templates or names."""

    def to_file(name, *lines):
        path = tmp_path / name
        path.write_text("\n".join(line.replace("|", "\t") for line in lines), encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def names(write):
    return write(
        "names.tsv",
        "# invented",
        "set|slot|left|right|gender|held_out|matched",
        "town|camp|Harbour|Meadow",
        "town|person|Nina Ostrow|Lena Varga|f",
        "town|person|Tom Hadley|Ben Corwin|m|yes|age",
    )


@pytest.fixture
def templates(write):
    return write(
        "templates.tsv",
        "test|names|label|expect|text|changed",
        "swap|town|neutral|same|{person} spoke; {he} left",
        "swap|town|supportive|same|Bravo {surname}",
        "insult|town||is dog-piling|{person} is wrong|{person} is wrong, the idiot",
        "plain|||not dog-piling|idiot|someone said idiot",
    )
