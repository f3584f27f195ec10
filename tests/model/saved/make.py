"""Make the saved model that every later version must read: ``python make.py FOLDER [KIND]``.

Format 1 holds a linear model, format 2 a cascade of one and an encoder, format 3 a linear model
whose classes are numbers, format 4 one that reads posts and tells names by their shape,
format 5 a cascade of one that reads hashtags as phrases and an encoder that masks names: kinds
"linear", "cascade", "numbers", "reading" and "phrases".

Each format has a folder of its own, made once by the version that introduced it and never made
again; a folder made anew would only show that a version reads what it writes itself.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

import stancekit
from stancekit.features.cues.lexicon import Lexicon
from stancekit.labels import LABELS
from stancekit.model import StanceModel
from stancekit.model.cascade import CascadeModel
from stancekit.model.encoder import EncoderModel
from stancekit.model.saved.kinds import digest
from tests.support import invented

LEXICON = {
    "support": {"bravo": 1.0, "thanks": 1.0, "well done": 1.5},
    "insult": {"clown": 1.0, "liar": 1.0},
    "criticism": {"flawed": 1.0, "wrong": 0.5},
    "valence": {"wonderful": 2.5, "pathetic": -2.5},
    "negation": {"not": 1.0},
    "emoji": {"💚": 1.0, "🤡": -1.0},
    "second_person": {"you": 1.0, "your": 1.0},
    "our_own_list": {"library": 1.0},
}
POSTS = [
    "Bravo, well done! The town is proud of you 💚",
    "This plan is flawed and the budget is wrong.",
    "you CLOWN, resign!!! #ResignNow",
    "The library meeting is today, minutes on https://example.org/minutes",
    "not wonderful, @ana, but not pathetic either",
    "soooo proud\tof\nthe #TownLibrary",
    "¿Qué? 図書館 \u200d\ufe0f \ud83d \x00 👩‍👩‍👧",
    "x",
    " ",
    "",
    None,
    "the road " * 200,
]


def linear(labels: Sequence[str | int] = LABELS) -> StanceModel:
    lexicon = Lexicon.from_dicts(LEXICON)
    posts = invented.posts(30, labels, noise=0.3)
    return stancekit.train(posts, blocks=invented.blocks(10, lexicon), name="invented", n_jobs=1)


def reading(mask_names: str = "shaped") -> StanceModel:
    lexicon = Lexicon.from_dicts(LEXICON)
    blocks = invented.blocks(10, lexicon)
    for name in ("words", "characters"):
        blocks[name].set_params(mask_names=mask_names)
    posts = invented.posts(30, noise=0.3)
    return stancekit.train(posts, blocks=blocks, reading=True, name="invented", n_jobs=1)


def cascade(model: StanceModel, **settings: bool) -> StanceModel:
    tiny = Path(__file__).parents[2] / "support" / "tiny"
    network, tokenizer = (tiny / name for name in ("classifier.onnx", "tokenizer.json"))
    data = (network.read_bytes(), tokenizer.read_bytes())
    encoder = EncoderModel(model.classes, *data, 0.5, 32, plain=True, **settings)
    scorer = CascadeModel(model.linear, encoder, 0.7)
    return replace(model, scorer=scorer, digest=digest(scorer))


def main(folder: Path, kind: str = "cascade") -> None:
    made = {
        "linear": linear,
        "cascade": lambda: cascade(linear()),
        "numbers": lambda: linear((0, 1, 10)),
        "reading": reading,
        "phrases": lambda: cascade(reading("everywhere"), mask_names=True),
    }
    model = made[kind]()
    model.save(folder / "model")
    labels = model.classify(POSTS)
    expected = {
        "digest": model.digest,
        "classes": list(model.classes),
        "posts": POSTS,
        "label": [None if name != name else name for name in labels["label"].astype(object)],
        "proba": [
            None if row[0] != row[0] else row
            for row in labels[list(model.classes)].to_numpy().astype(float).tolist()
        ],
    }
    text = json.dumps(expected, indent=1)  # ASCII, for the half character among the posts
    (folder / "expected.json").write_text(text + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
