"""The component ``stancekit``: a post's label as ``doc.cats``, all as ``doc._.stancekit``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from stancekit.errors import InputError
from stancekit.features.cues.block import CueBlock
from stancekit.labels import ClassName
from stancekit.model.saved.load import load
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
    label : str, int or None
        The label; None for an empty post, or if the component does not classify.
    proba : dict of str to float, or None
        Probability of each class, likewise; the same as in ``doc.cats``.
    """

    hashtags: list[str]
    mentions: list[str]
    links: list[str]
    emoji: list[str]
    cues: Mapping[str, float]
    label: ClassName | None = None
    proba: Mapping[str, float] | None = None


def _notes(doc: Doc) -> PostNotes | None:
    found = doc.user_data.get(_KEY)  # plain values: a Doc with them can be saved and sent
    if found is None:
        return None
    lists = {name: list(found[name]) for name in _ENTITIES}  # a DocBin gives tuples back
    return PostNotes(**{**found, **lists})


class StanceComponent:
    """Pipeline component; see `nlp`. Its state is in the pipeline's config.

    Parameters
    ----------
    classify : bool
        Whether to label posts.
    model : str
        What `stancekit.load` takes.

    Raises
    ------
    StancekitError
        If there is no such model.
    """

    def __init__(self, *, classify: bool, model: str) -> None:
        self.classify = classify
        self.model = model
        self._model = load(model) if classify else None
        self._cues = CueBlock()
        if not Doc.has_extension(_KEY):
            Doc.set_extension(_KEY, getter=_notes)

    def __reduce__(self) -> Any:
        """Let another process load the model, in place of sending it there."""
        return _component, (self.classify, self.model)

    @property
    def labels(self) -> tuple[str, ...]:
        """The keys of ``doc.cats``; none if the component does not classify."""
        return () if self._model is None else tuple(map(str, self._model.classes))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1000) -> Iterator[Doc]:
        """Annotate Docs, a batch at a time."""
        for batch in minibatch(stream, batch_size):
            texts = [doc.text for doc in batch]
            for doc, notes in zip(batch, self._notes(texts), strict=True):
                doc.user_data[_KEY] = notes
                doc.cats.update(notes.get("proba", {}))
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
        if self._model is not None:
            labels = self._model.labels_of(texts)
            for note, code, share in zip(
                notes, labels.code.tolist(), labels.proba.tolist(), strict=True
            ):
                if code >= 0:
                    note["label"] = labels.classes[code]
                    note["proba"] = dict(zip(self.labels, share, strict=True))
        return notes


def _component(classify: bool, model: str) -> StanceComponent:
    return StanceComponent(classify=classify, model=model)


@Language.factory(  # type: ignore[untyped-decorator]
    "stancekit",
    default_config={"classify": True, "model": "default"},
    assigns=["doc._.stancekit", "doc.cats"],
)
def make_component(nlp: Language, name: str, classify: bool, model: str) -> StanceComponent:
    """Make the component ``stancekit``, for ``nlp.add_pipe("stancekit")``."""
    return StanceComponent(classify=classify, model=model)


def nlp(*, classify: bool = True, model: str | Path = "default") -> Language:
    """Return a spaCy pipeline with stancekit's tokenizer and component.

    Parameters
    ----------
    classify : bool
        Whether to label posts; without, what is in them is found some times faster. Where no Docs
        are wanted, ``stancekit.classify`` and ``stancekit.extract`` are far faster.
    model : str or Path
        A model's name, or the folder of a saved one; see `stancekit.load`. "fast" for many posts.

    Returns
    -------
    spacy.language.Language
        Blank English; other components can be added. ``doc.cats`` has the probability of each
        label, ``doc._.stancekit`` the label and what is in the post; an empty post has no label.
        A long stream of posts makes spaCy's string store grow without bound: take it in parts,
        each under ``with nlp.memory_zone():``, and keep plain values, no Docs.

    Raises
    ------
    StancekitError
        If there is no such model, or it cannot be loaded.

    Examples
    --------
    >>> import stancekit
    >>> nlp = stancekit.nlp()
    >>> doc = nlp("Well done @ana 👏🏽 #NoTram, thank you")
    >>> [token.text for token in doc[:5]]
    ['Well', 'done', '@ana', '👏🏽', '#NoTram']
    >>> doc._.stancekit.label, max(doc.cats, key=doc.cats.get)
    ('supportive', 'supportive')
    >>> doc._.stancekit.hashtags, doc._.stancekit.mentions
    (['NoTram'], ['ana'])
    >>> nlp.pipe_labels["stancekit"]
    ['supportive', 'critical', 'dog-piling', 'neutral']
    """
    if not isinstance(model, (str, Path)):
        raise InputError(
            f"model is {type(model).__name__}: a pipeline's config holds text, so save the model "
            "and give its folder"
        )
    config = {"nlp": {"tokenizer": {"@tokenizers": "stancekit.tokenizer.v1"}}}
    pipeline = spacy.blank("en", config=config)
    pipeline.add_pipe("stancekit", config={"classify": classify, "model": str(model)})
    return pipeline
