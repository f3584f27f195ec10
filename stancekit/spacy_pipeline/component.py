"""The component ``stancekit``: what is in a post, and its label, as ``doc._.stancekit``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from stancekit.features.cues.block import CueBlock
from stancekit.labels import LABEL
from stancekit.model.saved.load import load
from stancekit.model.stance_model import StanceModel
from stancekit.text.batch import read_batch
from stancekit.text.extract import names_in
from stancekit.text.segmentation import Kind

_KEY = "stancekit"
_ENTITIES = {
    "hashtags": Kind.HASHTAG,
    "mentions": Kind.MENTION,
    "links": Kind.LINK,
    "emoji": Kind.EMOJI,
}


@dataclass(frozen=True)
class PostNotes:
    """What stancekit found in a post.

    Attributes
    ----------
    hashtags, mentions, links, emoji : list of str
        In order; hashtags and mentions without their sign.
    cues : dict of str to float
        Sentiment cues by name; see `stancekit.features.SentimentCues`.
    label : str or None
        The label, if the component was asked to classify; None for an empty post.
    proba : dict of str to float, or None
        Probability of each class, likewise.
    """

    hashtags: list[str]
    mentions: list[str]
    links: list[str]
    emoji: list[str]
    cues: Mapping[str, float]
    label: str | None = None
    proba: Mapping[str, float] | None = None


def _notes(doc: Doc) -> PostNotes | None:
    found = doc.user_data.get(_KEY)  # plain values: a Doc with them can be saved and sent
    if found is None:
        return None
    lists = {name: list(found[name]) for name in _ENTITIES}  # a DocBin gives tuples back
    return PostNotes(**{**found, **lists})


class StanceComponent:
    """Pipeline component; see `nlp`. It has no state of its own: the pipeline's config says all.

    Parameters
    ----------
    classify : bool
        Whether to label posts.
    model : str
        "default" or the folder of a saved model.
    """

    def __init__(self, *, classify: bool, model: str) -> None:
        self.classify = classify
        self.model = model
        if not Doc.has_extension(_KEY):
            Doc.set_extension(_KEY, getter=_notes)

    @cached_property
    def _model(self) -> StanceModel:
        return load(self.model)

    @cached_property
    def _cues(self) -> CueBlock:
        return CueBlock()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1000) -> Iterator[Doc]:
        """Annotate Docs, a batch at a time."""
        for batch in minibatch(stream, batch_size):
            texts = [doc.text for doc in batch]
            for doc, notes in zip(batch, self._notes(texts), strict=True):
                doc.user_data[_KEY] = notes
            yield from batch

    def _notes(self, texts: list[str]) -> list[dict[str, Any]]:
        batch = read_batch(texts)
        names = [str(name) for name in self._cues.get_feature_names_out()]
        values = self._cues.encode(batch).tolist()
        found: dict[str, list[Any]] = {
            key: names_in(batch.seg, texts, kind) for key, kind in _ENTITIES.items()
        }
        found["cues"] = [dict(zip(names, row, strict=True)) for row in values]
        notes = [dict(zip(found, each, strict=True)) for each in zip(*found.values(), strict=True)]
        if self.classify:
            labels = self._model.classify(texts)
            classes = list(labels[LABEL].cat.categories)
            shares = labels[classes].to_numpy(float).tolist()
            for note, label, share in zip(notes, labels[LABEL], shares, strict=True):
                known = isinstance(label, str)
                note["label"] = label if known else None
                note["proba"] = dict(zip(classes, share, strict=True)) if known else None
        return notes


@Language.factory(  # type: ignore[untyped-decorator]
    "stancekit",
    default_config={"classify": False, "model": "default"},
    assigns=["doc._.stancekit"],
)
def make_component(nlp: Language, name: str, classify: bool, model: str) -> StanceComponent:
    """Make the component ``stancekit``, for ``nlp.add_pipe("stancekit")``."""
    return StanceComponent(classify=classify, model=model)


def nlp(*, classify: bool = False, model: str = "default") -> Language:
    """Return a spaCy pipeline with stancekit's tokenizer and component.

    Parameters
    ----------
    classify : bool
        Whether to label posts too; ``stancekit.classify`` is far faster where no Docs are wanted.
    model : str
        "default" or the folder of a saved model.

    Returns
    -------
    spacy.language.Language
        Blank English; other components can be added. A long stream of posts makes spaCy's string
        store grow without bound: take it in parts, each under ``with nlp.memory_zone():``, and
        keep plain values, no Docs.

    Examples
    --------
    >>> import stancekit
    >>> doc = stancekit.nlp()("Well done @ana 👏🏽 #NoTram")
    >>> [token.text for token in doc]
    ['Well', 'done', '@ana', '👏🏽', '#NoTram']
    >>> doc._.stancekit.hashtags, doc._.stancekit.mentions
    (['NoTram'], ['ana'])
    """
    config = {"nlp": {"tokenizer": {"@tokenizers": "stancekit.tokenizer.v1"}}}
    pipeline = spacy.blank("en", config=config)
    pipeline.add_pipe("stancekit", config={"classify": classify, "model": model})
    return pipeline
