"""Whoever trains is told what is odd about the labels."""

import warnings

import pandas as pd
import pytest

import stancekit
from stancekit.errors import InputError, LabelWarning
from stancekit.model.training.annotated import annotated
from tests.support import invented

WORDS = "bridge ferry market school garden harbour library tower museum orchestra".split()


def table(labels):
    """Posts that are no copies of each other."""
    texts = [
        f"{WORDS[row % 10]} {WORDS[row // 10 % 10]} {'yes ' * (row % 7)}number {row * 37}"
        for row in range(len(labels))
    ]
    return pd.DataFrame({"text": texts, "label": labels})


def notices(posts, **options):
    return annotated(posts, text="text", label="label", **options).notices


def test_a_tidy_table_is_passed_without_a_word():
    assert notices(table(["favor", "against"] * 60)) == ()


def test_spellings_of_one_label_are_one_class_and_named():
    posts = table(["Favor", "AGAINST ", "favor", "against", "Favor", " against", "“favor”"] * 20)
    found = annotated(posts, text="text", label="label")
    assert found.classes == ("Favor", "against")
    assert found.merged == {"favor": "Favor", "“favor”": "Favor", "AGAINST": "against"}
    (said,) = found.notices
    assert "'Favor' (40 posts) and 'favor' (20), '“favor”' (20)" in said
    assert "merge_labels=False" in said


def test_spellings_stay_apart_if_asked():
    posts = table(["S", "s", "t"] * 50)
    apart = annotated(posts, text="text", label="label", merge_labels=False)
    assert apart.classes == ("S", "s", "t")
    assert apart.merged == {}
    assert annotated(posts, text="text", label="label").classes == ("S", "t")


def test_a_categorical_of_many_spellings_keeps_its_order():
    labels = pd.Categorical(["no", "Yes", "yes", "yes"] * 30, ["yes", "Yes", "no"])
    assert annotated(table(labels), text="text", label="label").classes == ("yes", "no")


def test_slips_are_named_and_left():
    said = notices(table(["critical"] * 100 + ["neutral"] * 100 + ["crtical"] * 5))
    assert any("'crtical' (5 posts) and 'critical' (100)" in notice for notice in said)


def test_a_slip_too_rare_to_learn_is_asked_about():
    posts = table(["critical"] * 60 + ["neutral"] * 60 + ["crtical"])
    with pytest.raises(InputError, match="or is 'critical' meant"):
        notices(posts)


def test_rows_without_a_label_are_counted():
    labels = ["favor", None, "against", float("nan"), "favor", " "] * 60
    (said,) = notices(table(labels))
    assert said.startswith("180 of 360 rows have no label")
    assert "keep_default_na=False" in said


def test_a_gap_that_became_text_is_seen():
    labels = [str(label) for label in ("favor", "against", float("nan"))] * 60
    (said,) = notices(table(labels))
    assert "'nan': a gap turned into text" in said


def test_a_stance_called_none_is_a_label_as_any_other():
    found = annotated(table(["favor", "NONE", "None"] * 60), text="text", label="label")
    assert found.classes == ("NONE", "favor")


def test_a_text_under_two_labels_is_named_with_its_rows():
    posts = table(["favor", "against"] * 60)
    posts.loc[[7, 9, 30], "text"] = "The ferry  is late", "the ferry is late", "once"
    posts.loc[[12, 40], "text"] = "the FERRY is late", "once"
    posts.loc[3, "label"] = None
    said = [notice for notice in notices(posts) if "more than one label" in notice]
    assert said == [
        "1 text stands under more than one label (rows counted from 0): rows 7 ('against') and "
        "12 ('favor')"
    ]


def test_of_many_texts_under_two_labels_some_are_shown():
    posts = table(["favor", "against"] * 100)
    posts.loc[1::2, "text"] = posts.loc[::2, "text"].to_numpy()
    (said,) = notices(posts)
    assert said.startswith("100 texts stand")
    assert said.count("rows ") == 1 + 5
    assert said.endswith("and 95 more")


def test_few_posts_of_a_label_are_told_of_the_posts_that_are_scored():
    posts = table(["favor", "against"] * 30)
    (said,) = notices(posts, extra=table(["favor", "against"] * 50))
    assert "'against' (30), 'favor' (30)" in said


def test_extra_posts_are_no_reason_to_warn():
    extra = table(["favor", "against", None] * 20)
    extra["text"] = "the same"
    assert notices(table(["favor", "against"] * 60), extra=extra) == ()


def test_training_warns_counts_and_remembers():
    posts = invented.posts(60, ("no", "yes"))
    posts.loc[:9, "label"] = posts.loc[:9, "label"].str.upper()
    posts.loc[10:14, "label"] = None
    with pytest.warns(LabelWarning) as seen:
        model = stancekit.train(posts, blocks=invented.blocks(), n_jobs=1)
    told = " ".join(str(warning.message) for warning in seen)
    assert f"5 of {len(posts)} rows have no label" in told
    assert all(warning.filename == __file__ for warning in seen)
    assert model.classes == ("no", "yes")
    assert set(model.about["merged_labels"]) <= {"NO", "YES"}
    assert model.report.dropped == {"no label": 5}
    assert "no label 5" in str(model.report)


def test_what_was_said_does_not_change_what_is_learnt():
    posts = invented.posts(60, ("no", "yes"))
    shouted = posts.copy()
    shouted.loc[:5, "label"] = posts.loc[:5, "label"].str.upper()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LabelWarning)
        one, other = (
            stancekit.train(each, blocks=invented.blocks(), n_jobs=1) for each in (posts, shouted)
        )
    assert one.digest == other.digest


@pytest.mark.slow
def test_adapting_tells_of_gaps_and_of_two_labels_for_a_text(binary):
    posts = invented.posts(40, ("No", "yes "), noise=0)
    posts.loc[3, "label"] = None
    twice = [posts.index[posts["label"] == label][0] for label in ("No", "yes ")]
    posts.loc[twice, "text"] = "the same"
    with pytest.warns(LabelWarning) as seen:
        adapted = binary.adapt(posts)
    told = [str(warning.message) for warning in seen]
    assert told[0].startswith("1 of 80 rows have no label")
    assert told[1].startswith("1 text stands under more than one label")
    assert len(told) == 2
    assert all(warning.filename == __file__ for warning in seen)
    assert adapted.classes == ("no", "yes")
