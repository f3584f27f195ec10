import warnings
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import stancekit
from stancekit.errors import InputError, LanguageWarning
from stancekit.labels import OtherLanguages
from stancekit.model.language import knows_english_only, other_languages

GERMAN = "Das ist doch nicht euer Ernst, die Bahn kommt schon wieder zu spät"
ENGLISH = "This is not what the council told us last week"


@pytest.fixture
def english_model():
    model = stancekit.load("fast")
    return replace(model, about={**model.about, "languages": ["en"]})


@pytest.fixture
def silent_model():
    model = stancekit.load("fast")
    about = {name: value for name, value in model.about.items() if name != "languages"}
    return replace(model, about=about)


def test_the_callers_index_is_kept_and_what_cannot_be_told_is_missing():
    posts = pd.DataFrame({"body": [ENGLISH, None, GERMAN, "Wow!", 3]}, index=list("abcde"))
    guess = stancekit.looks_english(posts, text="body")
    assert guess.dtype == "boolean"
    assert guess.index.tolist() == list("abcde")
    assert guess.isna().tolist() == [False, True, False, True, True]
    assert guess[["a", "c"]].tolist() == [True, False]
    assert stancekit.looks_english([]).empty
    assert stancekit.looks_english(GERMAN).tolist() == [False]
    with pytest.raises(InputError, match="there is no column"):
        stancekit.looks_english(posts, text="txt")


def test_classify_warns_once_of_posts_the_model_was_not_taught(english_model):
    posts = [GERMAN] * 30 + [ENGLISH] * 70
    with pytest.warns(LanguageWarning, match=r"30% of the posts.*30 of 100") as seen:
        labels = stancekit.classify(posts, model=english_model)
    assert len(seen) == 1
    assert seen[0].filename == __file__
    pd.testing.assert_frame_equal(labels, _quietly(posts, english_model))


def _quietly(posts, model):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LanguageWarning)
        return stancekit.classify(posts, model=model)


@pytest.mark.parametrize(
    "posts",
    [
        [GERMAN] * 49,
        [GERMAN] * 20 + [ENGLISH] * 80,
        ["Wow!"] * 100 + [GERMAN] * 30,
        [None] * 100,
    ],
    ids=["too few", "no more than a fifth", "too few that can be told", "no posts"],
)
def test_few_foreign_posts_are_no_warning(english_model, posts):
    stancekit.classify(posts, model=english_model)  # a warning would be an error


def test_a_model_that_says_nothing_of_languages_does_not_warn(silent_model):
    stancekit.classify([GERMAN] * 100, model=silent_model)


@pytest.mark.parametrize("languages", [["en", "de"], ["de"], [], "en", None])
def test_only_english_alone_is_english_only(languages):
    assert not knows_english_only({"languages": languages})


def test_a_large_collection_is_sampled_over_its_whole_length():
    found = other_languages([ENGLISH] * 15_000 + [GERMAN] * 5_000)
    assert found.told == 1_000
    assert found.share == pytest.approx(0.25, abs=0.01)
    assert other_languages([]) == OtherLanguages() == OtherLanguages() + OtherLanguages()
    assert OtherLanguages(3, 1) + OtherLanguages(7, 4) == OtherLanguages(10, 5)


def test_english_study_posts_raise_few_false_alarms(shared_data):
    options = {"sep": "\t", "dtype": str, "keep_default_na": False}
    for part in ("train", "dev"):
        posts = pd.read_csv(shared_data / "gold" / f"{part}.tsv", **options)
        guess = stancekit.looks_english(posts, text="text")
        assert (guess == False).sum() < 0.01 * len(posts)  # noqa: E712 (NA is neither)
        assert guess.isna().mean() < 0.1


def test_the_sample_archives_other_languages_are_all_found():
    archive = Path(__file__).parents[2] / "data" / "sample" / "x-archive.zip"
    posts = pd.concat(stancekit.read_posts(archive), ignore_index=True)
    guess = stancekit.looks_english(posts, text="text")
    foreign = posts["lang"] != "en"
    assert foreign.sum() == 17
    assert (guess[foreign] == False).all()  # noqa: E712
    assert guess[~foreign].dropna().all()
