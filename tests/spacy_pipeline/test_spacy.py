"""stancekit inside spaCy: the same tokens, and Docs that can be saved, sent and composed."""

import pickle
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import DocBin

import stancekit
from stancekit import text
from stancekit.errors import InputError, ModelFormatError
from stancekit.features.transformers import SentimentCues
from stancekit.labels import LABELS
from stancekit.spacy_pipeline import PostNotes
from tests.support import invented

POST = "Well done @ana 👏🏽 #NoTram! See https://t.co/abc :)"
ANY = st.text(st.characters(exclude_categories=()), max_size=30) | st.lists(
    st.sampled_from(
        [*"aA1 \n\t\0\u00a0'’.!#@\u200b\ufe0f👍🏽\ud800\udc00日", "  ", "@ana", "a.com", ":)"]
    ),
    max_size=16,
).map("".join)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return stancekit.nlp()


def without_surrogates(post: str) -> str:
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in post)


@pytest.mark.slow
@given(posts=st.lists(ANY, max_size=4))
@settings(max_examples=150)
@example(posts=["", " ", "  ", "a ", " a", "a  ", "\n", "\ud83d\ude00"])
def test_tokens_are_those_of_the_segmentation(nlp: Language, posts: list[str]) -> None:
    with nlp.memory_zone():
        for doc, post in zip(nlp.tokenizer.pipe(posts), posts, strict=True):
            assert doc.text == without_surrogates(post)
            assert [token.text for token in doc] == text.tokens(without_surrogates(post))
            if post == without_surrogates(post):
                offsets = [(t.text, t.idx, t.idx + len(t)) for t in doc]
                assert offsets == [tuple(span)[:3] for span in text.spans(post)]


def test_a_surrogate_changes_no_offset(nlp: Language) -> None:
    post = "a \ud800b #c"
    assert [(t.idx, t.idx + len(t)) for t in nlp(post)] == [
        (span.start, span.end) for span in text.spans(post)
    ]


def test_a_doc_carries_what_is_in_the_post(nlp: Language) -> None:
    notes = nlp(POST)._.stancekit
    assert isinstance(notes, PostNotes)
    assert notes.hashtags == ["NoTram"]
    assert notes.mentions == ["ana"]
    assert notes.links == ["https://t.co/abc"]
    assert notes.emoji == ["👏🏽"]
    cues = SentimentCues()
    names = [str(name) for name in cues.get_feature_names_out()]
    assert dict(notes.cues) == dict(zip(names, cues.transform([POST])[0].tolist(), strict=True))


def test_fediverse_handles_are_mentions(nlp: Language) -> None:
    assert nlp("@bo@social.town hi")._.stancekit.mentions == ["bo@social.town"]


def test_an_empty_post(nlp: Language) -> None:
    doc = nlp("")
    assert len(doc) == 0
    assert doc._.stancekit.hashtags == []
    assert doc._.stancekit.label is None
    assert doc.cats == {}


def test_a_doc_of_another_pipeline_has_no_notes(nlp: Language) -> None:
    assert spacy.blank("en")("Well done")._.stancekit is None


def test_a_stream_gives_what_single_posts_give(nlp: Language) -> None:
    posts = [POST, "", "so bad #tram", "ok \ud800"] * 3
    alone = [nlp(post) for post in posts]
    for size in (1, 5, 1000):
        docs = list(nlp.pipe(iter(posts), batch_size=size))
        assert [doc._.stancekit for doc in docs] == [doc._.stancekit for doc in alone]
        assert [doc.text for doc in docs] == [doc.text for doc in alone]
        assert [doc.cats for doc in docs] == [doc.cats for doc in alone]


def test_two_processes(nlp: Language) -> None:
    posts = [f"post {i} #tag{i}" for i in range(8)]
    docs = list(nlp.pipe(posts, n_process=2, batch_size=2))
    assert [doc.text for doc in docs] == posts
    assert [doc._.stancekit for doc in docs] == [nlp(post)._.stancekit for post in posts]


def test_contexts_stay_with_their_posts(nlp: Language) -> None:
    pairs = [("a #b", {"id": 1}), ("c", {"id": 2})]
    found = [(doc.text, note["id"]) for doc, note in nlp.pipe(pairs, as_tuples=True)]
    assert found == [("a #b", 1), ("c", 2)]


def test_a_saved_pipeline_loads(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    assert loaded.pipe_names == ["stancekit"]
    same = spacy.blank("en", config=nlp.config).from_bytes(nlp.to_bytes())
    for other in (loaded, same, pickle.loads(pickle.dumps(nlp))):
        assert [t.text for t in other(POST)] == text.tokens(POST)
        assert other(POST)._.stancekit == nlp(POST)._.stancekit


def test_the_component_can_be_added_to_any_pipeline() -> None:
    pipeline = spacy.blank("de")
    pipeline.add_pipe("stancekit")
    doc = pipeline("Gut gemacht @ana! #KeineTram")
    assert doc._.stancekit.hashtags == ["KeineTram"]


def test_it_composes_with_a_sentencizer_and_a_matcher() -> None:
    pipeline = stancekit.nlp()
    pipeline.add_pipe("sentencizer", first=True)
    doc = pipeline("Well done @ana! Shame on you, #NoTram.")
    assert [sent.text for sent in doc.sents] == ["Well done @ana!", "Shame on you, #NoTram."]
    matcher = Matcher(pipeline.vocab)
    matcher.add("mention", [[{"TEXT": {"REGEX": "^@"}}]])
    matcher.add("shame", [[{"LOWER": "shame"}, {"LOWER": "on"}, {}]])
    assert {doc[a:b].text for _, a, b in matcher(doc)} == {"@ana", "Shame on you"}
    assert pipeline.analyze_pipes()["problems"] == {"sentencizer": [], "stancekit": []}


def test_two_pipelines_at_once(nlp: Language) -> None:
    other = stancekit.nlp()
    first, second = nlp("a #b"), other("c #d")
    assert first._.stancekit.hashtags == ["b"]
    assert second._.stancekit.hashtags == ["d"]


def test_a_memory_zone_keeps_the_strings_few() -> None:
    pipeline = stancekit.nlp()
    pipeline("warm up")
    before = len(pipeline.vocab.strings)
    for part in range(3):
        with pipeline.memory_zone():
            posts = [f"word{part}x{i} #tag{part}x{i}" for i in range(50)]
            found = [doc._.stancekit.hashtags for doc in pipeline.pipe(posts)]
        assert found == [[f"tag{part}x{i}"] for i in range(50)]
    assert len(pipeline.vocab.strings) == before


def test_docs_can_be_stored_with_their_notes(nlp: Language) -> None:
    docs = [nlp(POST), nlp("plain")]
    stored = DocBin(docs=docs, store_user_data=True).to_bytes()
    back = list(DocBin().from_bytes(stored).get_docs(spacy.blank("en").vocab))
    assert [doc.text for doc in back] == [doc.text for doc in docs]
    assert [doc._.stancekit for doc in back] == [doc._.stancekit for doc in docs]
    assert pickle.loads(pickle.dumps(docs[0]))._.stancekit == docs[0]._.stancekit


def test_labels_are_those_of_classify(nlp: Language) -> None:
    posts = ["Well done @ana!", "", "This plan is flawed."]
    docs = list(nlp.pipe(posts))
    expected = stancekit.classify(posts)
    for doc, (_, row) in zip(docs, expected.iterrows(), strict=True):
        notes = doc._.stancekit
        assert notes.label == (row["label"] if isinstance(row["label"], str) else None)
        assert (notes.proba or {}) == doc.cats
        if notes.label is not None:
            assert doc.cats == pytest.approx({name: row[name] for name in LABELS})
            assert max(doc.cats, key=doc.cats.__getitem__) == notes.label
    assert docs[1]._.stancekit.label is None
    assert tuple(nlp.get_pipe("stancekit").labels) == LABELS
    assert nlp.pipe_labels["stancekit"] == list(LABELS)


def test_it_need_not_label() -> None:
    pipeline = stancekit.nlp(classify=False)
    doc = pipeline(POST)
    assert doc._.stancekit.hashtags == ["NoTram"]
    assert doc._.stancekit.label is None
    assert doc._.stancekit.proba is None
    assert doc.cats == {}
    assert pipeline.pipe_labels["stancekit"] == []


def test_a_component_given_a_model_labels_by_it(binary: Any, tmp_path: Path) -> None:
    folder = binary.save(tmp_path / "model")
    pipeline = spacy.blank("en")
    component = pipeline.add_pipe("stancekit", config={"model": str(folder)})
    assert component.labels == binary.classes
    pipeline.to_disk(tmp_path / "pipeline")
    for each in (pipeline, stancekit.nlp(model=folder), spacy.load(tmp_path / "pipeline")):
        doc = each("bravo and thanks")
        assert set(doc.cats) == set(binary.classes)
        assert doc._.stancekit.label == binary.classify("bravo and thanks").label[0]


@pytest.mark.slow
def test_labels_that_are_numbers_have_text_for_keys(tmp_path: Path) -> None:
    posts = invented.posts(40, (0, 1))
    model = stancekit.train(posts, blocks=invented.few_blocks(), n_jobs=1)
    pipeline = stancekit.nlp(model=model.save(tmp_path / "model"))
    docs = [pipeline("bravo and thanks")]
    assert docs[0]._.stancekit.label == 0
    assert set(docs[0].cats) == {"0", "1"}
    stored = DocBin(docs=docs, store_user_data=True).to_bytes()
    back = next(iter(DocBin().from_bytes(stored).get_docs(spacy.blank("en").vocab)))
    assert back._.stancekit == docs[0]._.stancekit


def test_cats_of_other_components_stay(nlp: Language) -> None:
    doc = nlp.make_doc("well done")
    doc.cats["sport"] = 0.25
    assert nlp.get_pipe("stancekit")(doc).cats["sport"] == 0.25


def test_an_unknown_model_fails_when_the_pipeline_is_made(tmp_path: Path) -> None:
    for make in (
        lambda: stancekit.nlp(model="no-such-model"),
        lambda: stancekit.nlp(model=tmp_path),
        lambda: spacy.blank("en").add_pipe("stancekit", config={"model": "no-such-model"}),
    ):
        with pytest.raises(ModelFormatError, match="no model here"):
            make()
    with pytest.raises(InputError, match="save the model and give its folder"):
        stancekit.nlp(model=stancekit.load())


def test_lists_are_no_mentions_here_either() -> None:
    doc = stancekit.nlp()("@ana and @ana/friends")
    assert doc._.stancekit.mentions == text.mentions("@ana and @ana/friends") == ["ana"]


def test_the_model_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from stancekit.spacy_pipeline import component

    loaded, load = [], component.load
    monkeypatch.setattr(component, "load", lambda name: loaded.append(name) or load(name))
    pipeline = stancekit.nlp()
    assert [pipeline(post)._.stancekit.label is not None for post in ("well done", "shame")]
    assert loaded == ["default"]
