import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import FormatError, InputError
from stancekit.fairness import NamePair, Template, read_names, read_templates
from stancekit.fairness.cases import make_cases
from stancekit.fairness.expect import Expectation

SAME = Expectation("same")


def pairs(slot, *names, set_="s", held_out=False):
    return [NamePair(set_, slot, name, name.upper(), "f", held_out) for name in names]


def test_each_name_stands_in_a_template_once_and_the_shorter_list_comes_again():
    template = Template("t", ("s",), "", SAME, "{party} {tag}")
    made = make_cases([template], pairs("party", "a", "b", "c") + pairs("tag", "x", "y"))
    assert [case.left for case in made] == ["A x", "B y", "C x"]
    assert made[0].left_name == "a + x"
    assert made[0].right == "A X"


def test_held_out_names_are_not_mixed_with_others():
    template = Template("t", ("s",), "", SAME, "{party} {tag}")
    names = pairs("party", "a") + pairs("tag", "x")
    names += pairs("party", "h", held_out=True)
    assert [case.left for case in make_cases([template], names)] == ["A x"]
    names += pairs("tag", "k", held_out=True)
    made = make_cases([template], names)
    assert [(case.left, case.held_out) for case in made] == [("A x", False), ("H k", True)]


def test_a_changed_text_takes_the_names_of_either_side():
    template = Template("t", ("s",), "", Expectation("not", "x"), "{party} won", "{party} lost")
    made = make_cases([template], pairs("party", "a"))
    assert [(case.left, case.right) for case in made] == [("A won", "A lost")] * 2
    assert [case.left_name for case in made] == ["a", "A"]


@given(st.integers(1, 5), st.integers(0, 9))
def test_a_draw_takes_at_most_n_of_all_in_order(n, seed):
    template = Template("t", ("s",), "", SAME, "we like {party}")
    names = pairs("party", *"abcd")
    every = make_cases([template], names)
    drawn = make_cases([template], names, n, seed)
    assert len(drawn) == min(n, 4)
    assert drawn == [case for case in every if case in drawn]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{handle} hello", "no names fit '{handle} hello'"),
        ("{party} said {he} won", "no name for he goes with"),
        ("{surname}", "no names fit"),
    ],
)
def test_a_template_without_names_is_an_error(text, why):
    names = [NamePair("s", "party", "a", "b")]
    with pytest.raises(InputError, match=why):
        make_cases([Template("t", ("s",), "", SAME, text)], names)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["test|text"], "line 1: the columns are test, text; name them"),
        ([], "holds no header"),
        (["HEAD", "t|s||sane|{x}"], "line 2: expect is 'sane': write one of same, no new LABEL"),
        (["HEAD", "t|s||is |{x}"], "expect is 'is'"),
        (["HEAD", "t|s||same|x"], "line 2: give slots and the sets"),
        (["HEAD", "t|||same|{x}"], "give slots and the sets"),
        (["HEAD", "# note", "t|||same|x"], "line 3: has neither slots nor a changed text"),
        (["HEAD", "|s||same|{x}"], "test is empty"),
        (["HEAD", "t|s||same|{x}|y|z"], "7 cells for 6 columns"),
    ],
)
def test_a_faulty_file_of_templates_says_where(write, lines, why):
    lines = [line.replace("HEAD", "test|names|label|expect|text|changed") for line in lines]
    with pytest.raises(FormatError, match=why):
        read_templates(write("t.tsv", *lines))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("s|person|a", "line 2: right is empty"),
        ("s|person|a|b|x", "gender is 'x': write f or m, or leave it empty"),
        ("s|person|a|b||no", "held_out is 'no': write yes, or leave it empty"),
    ],
)
def test_a_faulty_file_of_names_says_where(write, line, why):
    with pytest.raises(FormatError, match=why):
        read_names(write("n.tsv", "set|slot|left|right|gender|held_out|matched", line))


def test_a_file_that_is_no_text_is_an_error(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(FormatError, match="not UTF-8"):
        read_names(path)


@pytest.mark.parametrize(
    ("rule", "left", "right", "fails"),
    [
        ("same", 0.2, 0.4, False),
        ("same", 0.2, 0.8, True),
        ("no new b", 0.2, 0.8, True),
        ("no new b", 0.7, 0.8, False),
        ("not b", 0.7, 0.8, True),
        ("not b", 0.7, 0.3, False),
        ("is b", 0.2, 0.8, False),
        ("is b", 0.2, 0.4, True),
        ("more b", 0.2, 0.3, False),
        ("more b", 0.2, 0.2, True),
        ("less b", 0.3, 0.2, False),
        ("less b", 0.2, 0.3, True),
    ],
)
def test_rules(rule, left, right, fails):
    expect = Expectation.parse(rule)
    assert str(expect) == rule
    one, two = (np.array([[1 - p, p]]) for p in (left, right))
    failed, change = expect.judge(one, two, ("a", "b"))
    assert failed.tolist() == [fails]
    assert abs(change[0]) == pytest.approx(abs(right - left))
