"""The arrays that label tables are made of say what the tables say."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError, LanguageWarning
from stancekit.labels import (
    CONFIDENCE,
    EVIDENCE,
    LABEL,
    REASON,
    RESERVED,
    Labels,
    OtherLanguages,
    columns,
)
from tests.support import invented

SOMETHING = st.one_of(
    st.lists(st.sampled_from([*invented.FILLERS, *invented.MARKERS, "not", "you"]), max_size=9).map(
        " ".join
    ),
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.sampled_from([None, 3, np.nan, b"bytes", "", " \n"]),
)


@settings(max_examples=40)
@given(
    st.lists(SOMETHING, max_size=12),
    st.one_of(st.none(), st.floats(0, 1), st.just({"critical": 0.6})),
    st.booleans(),
)
def test_labels_are_the_columns_of_the_table(model, posts, least, explain):
    found = model.labels_of(posts, min_confidence=least, explain=explain)
    table = model.classify(posts, min_confidence=least, explain=explain)
    assert len(found) == len(table) == len(posts)
    assert list(table) == list(columns(found.classes, evidence=explain))
    assert found.classes == tuple(table[LABEL].cat.categories)
    assert (found.code == table[LABEL].cat.codes).all()
    np.testing.assert_array_equal(found.confidence, table[CONFIDENCE])
    np.testing.assert_array_equal(found.proba, table[list(found.classes)])
    for column, values in ((REASON, found.reason), (EVIDENCE, found.evidence)):
        if column in table:
            assert table[column].astype(object).where(table[column].notna(), None).tolist() == (
                values.tolist()
            )
    assert (found.evidence is not None) == explain


@settings(max_examples=40)
@given(st.lists(SOMETHING, max_size=12))
def test_a_label_or_a_reason_never_both(model, posts):
    found = model.labels_of(posts, min_confidence=0.5)
    assert [why is None for why in found.reason] == (found.code >= 0).tolist()
    known = ~np.isnan(found.confidence)
    assert (found.confidence[known] == found.proba[known].max(axis=1)).all()
    assert np.isnan(found.proba[~known]).all()


def test_types_and_shapes_do_not_hang_on_the_posts(model):
    for posts in ([], [None], ["bravo"], ("bravo", None)):
        found = model.labels_of(posts, explain=True)
        assert found.code.dtype == np.int64
        assert found.confidence.dtype == found.proba.dtype == np.float32
        assert found.reason.dtype == found.evidence.dtype == object
        assert found.proba.shape == (len(posts), len(model.classes))


def test_a_sample_is_told_and_no_warning_given():
    import stancekit

    german = ["Das ist nicht das, was wir wollten"] * 60
    model = stancekit.load("fast")
    found = model.labels_of(german)  # a warning would be an error
    assert found.languages == OtherLanguages(60, 60)
    with pytest.warns(LanguageWarning, match="60 of 60"):
        model.classify(german)


def test_a_frame_has_the_index_it_is_given():
    found = Labels(
        ("no", "yes"),
        np.array([1, -1]),
        np.array([0.75, np.nan], np.float32),
        np.array([[0.25, 0.75], [np.nan, np.nan]], np.float32),
        np.array([None, "missing"], object),
    )
    index = pd.Index([7, 3], name="post")
    assert found.to_frame(index).index.equals(index)
    assert found.to_frame().index.equals(pd.RangeIndex(2))
    assert found.to_frame()[LABEL].tolist() == ["yes", np.nan]


def test_every_column_but_the_classes_is_reserved():
    assert set(columns([], evidence=True, model=True)) <= set(RESERVED)


@pytest.mark.parametrize("texts", ["bravo", b"bravo", pd.DataFrame({"text": ["bravo"]})])
def test_what_is_no_sequence_of_posts_is_refused(model, texts):
    with pytest.raises(InputError, match="give a list or tuple"):
        model.labels_of(texts)
