"""The package's own templates and names hold what the audit promises."""

import re
from collections import Counter
from importlib.resources import files

import pytest

from stancekit.fairness import camp_names, read_names, read_templates
from stancekit.fairness.cases import make_cases
from stancekit.labels import LABELS

CAMPS = ("UK", "US", "invented")


@pytest.fixture(scope="module")
def swaps():
    templates = [t for t in read_templates() if t.test == "two camps"]
    return templates, make_cases(templates, read_names())


def test_swaps_are_many_and_cover_every_label(swaps):
    templates, cases = swaps
    counts = Counter(template.label for template in templates)
    assert set(counts) == set(LABELS)
    assert min(counts.values()) >= 25
    assert len(cases) > 4_000
    assert {case.names for case in cases} == set(CAMPS)


def test_swaps_look_like_posts(swaps):
    texts = [template.text for template in swaps[0]]
    for sign in ("#", "{handle}", "🙄", "😂", "http"):
        assert any(sign in text for text in texts)


def test_the_two_texts_of_a_swap_differ_in_names_alone(swaps):
    for case in swaps[1]:
        assert case.left != case.right
        assert not re.search(r"[{}]", case.left + case.right)


def test_no_case_comes_twice(swaps):
    assert len({(case.template, case.left, case.right) for case in swaps[1]}) == len(swaps[1])


def test_no_template_is_there_twice():
    texts = [(template.text, template.changed) for template in read_templates()]
    assert len(set(texts)) == len(texts)


def test_labels_in_templates_are_labels():
    for template in read_templates():
        assert template.label in ("", *LABELS)
        assert template.expect.label in (None, *LABELS)


def test_about_half_of_the_people_are_held_out_men_and_women_alike():
    for name in ("UK", "US"):
        people = [p for p in read_names() if p.set == name and p.slot == "person"]
        split = Counter((p.gender, p.held_out) for p in people)
        assert min(split.values()) >= 4
        assert all(p.matched for p in people)
    assert all(pair.held_out for pair in read_names() if pair.set == "invented")


def test_handles_stand_in_the_order_of_their_people():
    for name in CAMPS:
        of = {
            slot: [(p.gender, p.held_out) for p in read_names() if (p.set, p.slot) == (name, slot)]
            for slot in ("person", "handle")
        }
        assert of["person"] == of["handle"]


def test_no_held_out_name_holds_a_name_that_may_be_trained_on():
    trained = set()
    for pair in camp_names():
        for side in ("left", "right"):
            trained |= {name.lower() for name in pair.fillings(side).values()}
    trained -= {"he", "she", "him", "her", "his", "man", "woman"}
    for pair in camp_names(held_out=True):
        for name in (pair.left, pair.right):
            text = name.lower()
            found = [t for t in trained if re.search(rf"(?<![\w@#-]){re.escape(t)}(?![\w-])", text)]
            assert not found, name


def test_a_name_stands_on_one_side():
    for name in CAMPS:
        pairs = [pair for pair in read_names() if pair.set == name]
        assert not {pair.left for pair in pairs} & {pair.right for pair in pairs}


def test_no_list_holds_the_unlisted_names():
    listed = set(files("stancekit.text").joinpath("data/names.txt").read_text("utf-8").split())
    people = [p for p in read_names() if p.set == "unlisted" and p.slot == "person"]
    words = {word.casefold() for p in people for word in f"{p.left} {p.right}".split()}
    assert len(people) >= 10
    assert not {name.split()[-1].casefold() for p in people for name in (p.left, p.right)} & listed
    assert len(words & listed) <= len(words) // 4  # a first name may be somebody else's, too
    assert all(p.held_out for p in people)
    assert not {p.set for p in camp_names()} & {"unlisted", "elsewhere"}


@pytest.mark.parametrize(
    "test",
    [
        "threats",
        "spelling that dodges filters",
        "counter-speech",
        "emoji",
        "reclaimed words",
    ],
)
def test_a_change_of_the_act_changes_the_text_alone(test):
    own = [template for template in read_templates() if template.test == test]
    assert len(own) >= 6
    assert all(template.changed and template.changed != template.text for template in own)
