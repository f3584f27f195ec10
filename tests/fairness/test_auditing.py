import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.errors import FormatError, InputError, ModelFormatError


@pytest.fixture(scope="module")
def default():
    return stancekit.audit("fast", n=3, progress=False)


def part(found, test, name="all"):
    table = found.summary
    return table[(table["test"] == test) & (table["part"] == name)].iloc[0]


@pytest.mark.slow
def test_a_model_that_sees_no_names_passes_every_swap(rule_model):
    fair = rule_model({"idiot": "dog-piling", "proud": "supportive", "terrible": "critical"})
    found = stancekit.audit(fair, progress=False)
    swaps = part(found, "two camps")
    assert (swaps.failures, swaps.mean_change) == (0, 0)
    assert swaps.failure_rate_low == 0 < swaps.failure_rate_high < 0.05
    assert part(found, "identity terms").failures == 0
    assert (found.sides[["difference", "shift"]] == 0).all(axis=None)


@pytest.mark.slow
def test_a_model_against_one_camp_is_found_out_and_the_side_named(rule_model):
    found = stancekit.audit(rule_model({"Meadow": "dog-piling"}), progress=False)
    assert part(found, "two camps", "invented").failures > 20
    assert part(found, "two camps", "UK").failures == 0
    sides = found.sides.set_index(["names", "label"])
    assert sides.loc[("invented", "dog-piling"), "difference_low"] > 0
    assert sides.loc[("invented", "neutral"), "difference_high"] < 0
    assert (sides.loc["US", "difference"] == 0).all()
    assert found.by_name.iloc[0].failures > 1
    assert "Meadow" in found.by_name.iloc[0].right_name


@pytest.mark.slow
def test_a_model_against_a_group_is_found_out(rule_model):
    found = stancekit.audit(rule_model({"Buddhist": "dog-piling"}), progress=False)
    assert part(found, "identity terms", "religion").failures == 26
    assert part(found, "identity terms", "sexuality").failures == 0
    assert part(found, "identity terms", "religion").shift_low > 0


@pytest.mark.slow
def test_a_group_is_not_wronged_where_its_reference_is_labelled_alike(rule_model):
    found = stancekit.audit(rule_model({"": "dog-piling"}), progress=False)
    assert part(found, "identity terms").failures == 0
    assert part(found, "quoted or reported insult").failure_rate == 1


def test_one_file_of_ones_own_is_enough(rule_model, templates, names):
    model = rule_model({"idiot": "dog-piling", "Varga": "critical", "Bravo": "supportive"})
    found = stancekit.audit(model, templates=templates, names=names, progress=False)
    assert found.summary["test"].unique().tolist() == ["swap", "insult", "plain"]
    cases = found.cases[found.cases["test"] == "swap"]
    assert cases["left"].tolist() == [
        "Nina Ostrow spoke; she left",
        "Tom Hadley spoke; he left",
        "Bravo Ostrow",
        "Bravo Hadley",
    ]
    assert cases["failed"].tolist() == [True, False, True, False]
    assert cases["change"].tolist() == pytest.approx([0.6, 0, 0.6, 0])
    assert part(found, "swap", "listed names").failure_rate == 1
    assert part(found, "swap", "held-out names").failure_rate == 0
    assert part(found, "swap").as_written == 1
    assert part(found, "insult").failures == 0
    assert part(found, "plain").failures == 1
    assert found.sides["left"].unique().tolist() == ["Harbour"]
    assert found.failures["right"].tolist()[-1] == "someone said idiot"


@pytest.mark.slow
def test_every_text_is_asked_once(rule_model):
    model = rule_model({})
    stancekit.audit(model, n=2, progress=False)
    assert len(model.asked) == len(set(model.asked))


def test_tests_about_labels_that_a_model_lacks_are_left_out_and_named(rule_model):
    found = stancekit.audit(rule_model({}, ("for", "against")), progress=False)
    assert set(found.summary["test"]) == {"two camps", "unlisted names"}
    assert {"identity terms", "praise added"} <= set(found.left_out)
    assert "left out" in str(found)
    assert found.sides["label"].unique().tolist() == ["for", "against"]
    assert np.isnan(part(found, "two camps").as_written)


def test_no_test_at_all_for_a_models_labels_is_an_error(rule_model, write):
    own = write(
        "own.tsv", "test|names|label|expect|text|changed", "a|||is critical|bad|this is bad"
    )
    with pytest.raises(InputError, match="no test is about the model's labels, yes, no"):
        stancekit.audit(rule_model({}, ("yes", "no")), templates=own, progress=False)


class Answers:
    def __init__(self, answer):
        self.answer = answer

    def classify(self, texts):
        return self.answer(len(texts))


def labels(n, names=("yes", "no")):
    return pd.Categorical(["yes"] * n, categories=names)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda n: ["yes"] * n, "must give a DataFrame"),
        (lambda n: pd.DataFrame({"label": ["yes"] * n}), "Categorical"),
        (lambda n: pd.DataFrame({"label": labels(n), "yes": 1.0}), "probabilities of no"),
        (lambda n: pd.DataFrame({"label": labels(n, ["yes"]), "yes": 1.0}), "one label only"),
        (lambda n: pd.DataFrame({"label": labels(n), "yes": np.nan, "no": 0.0}), "no probabil"),
        (lambda n: pd.DataFrame({"label": labels(n), "yes": "x", "no": 0.0}), "cannot be used"),
        (lambda n: pd.DataFrame({"label": labels(3), "yes": 1.0, "no": 0.0}), "3 rows for"),
    ],
)
def test_what_is_no_label_table_is_refused(answer, why):
    with pytest.raises(InputError, match=why):
        stancekit.audit(Answers(answer), progress=False)


@pytest.mark.parametrize(
    ("options", "error", "why"),
    [
        ({"model": 3}, InputError, "model is int: give a StanceModel"),
        ({"model": "nowhere"}, ModelFormatError, "no model here"),
        ({"n": 0}, InputError, "n is 0"),
        ({"n": 1.5}, InputError, "n is 1.5"),
        ({"seed": -1}, InputError, "seed is -1"),
        ({"templates": "no.tsv"}, FormatError, "no.tsv: cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused(options, error, why):
    with pytest.raises(error, match=why):
        stancekit.audit(**options, progress=False)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_audit(default):
    again = stancekit.audit(stancekit.load("fast"), n=3, progress=False)
    pd.testing.assert_frame_equal(again.cases, default.cases)
    pd.testing.assert_frame_equal(again.summary, default.summary)
    other = stancekit.audit("fast", n=3, seed=1, progress=False)
    assert other.cases["left"].tolist() != default.cases["left"].tolist()


def test_labels_and_probabilities_are_the_models(default):
    some = default.failures.head(50)
    table = stancekit.classify(some["right"].tolist(), model="fast")
    assert some["right_label"].tolist() == table["label"].tolist()
    assert np.allclose(some["p_right_critical"], table["critical"])


def test_failures_and_summary_count_alike(default):
    whole = default.summary[default.summary["part"] == "all"]
    assert whole["failures"].sum() == len(default.failures)
    assert whole["cases"].sum() == len(default.cases)
    inside = default.summary["failure_rate"].between(
        default.summary["failure_rate_low"], default.summary["failure_rate_high"]
    )
    assert inside.all()
    assert set(default.summary["kind"]) == {"invariance", "direction"}


def test_an_audit_is_frozen(default):
    with pytest.raises(dataclasses.FrozenInstanceError):
        default.seed = 2


def test_it_becomes_json_and_markdown(default):
    data = json.loads(json.dumps(default.to_dict(), allow_nan=False))
    assert data["model"] == "fast"
    assert data["digest"] == stancekit.load("fast").digest
    assert len(data["summary"]) == len(default.summary)
    assert data["sides"][0]["label"] == "supportive"
    lines = default.to_markdown().splitlines()
    assert {line.replace("\\|", "").count("|") for line in lines} == {8}
    assert any(line.startswith("| – UK |") for line in lines)


def test_the_terminal_table_fits(default):
    text = str(default)
    assert max(map(len, text.splitlines())) <= 100
    for test in default.summary["test"].unique():
        assert test in text
