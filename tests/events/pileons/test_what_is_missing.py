"""Files without authors, times or targets: no episode, and words that say why."""

import pandas as pd
import pytest

import stancekit
from stancekit.errors import ArgumentError, FormatError, InputError
from tests.events.pileons.inboxes import crowd, numbered, quiet

TABLE = numbered(quiet(), crowd("wren", 60, 40))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (TABLE.drop(columns="author"), "who wrote it"),
        (TABLE.drop(columns="created_at"), "when it was written"),
        (TABLE.assign(time_known=False), "only the day"),
        (TABLE.assign(created_at=TABLE["created_at"].dt.floor("D")), "only the day"),
        (TABLE.drop(columns="reply_to_author"), "say whom they are at"),
        (TABLE.assign(author="me"), "personal archive"),
        (TABLE.iloc[:0], "no posts"),
    ],
)
def test_it_says_what_is_missing_and_finds_nothing(changed, words):
    found = stancekit.find_pileons(changed)
    assert words in found.declined and words in str(found) and words in found._repr_html_()
    assert not len(found.to_frame())
    assert list(found.to_frame()) == list(stancekit.find_pileons(TABLE).to_frame())
    with pytest.raises(ArgumentError, match=r"episode 0"):
        found.plot()


def test_other_labels_are_an_error_that_says_what_to_do():
    with pytest.raises(InputError, match="label_frame"):
        stancekit.find_pileons(TABLE.assign(label="angry"))
    with pytest.raises(InputError, match="label"):
        stancekit.find_pileons(TABLE.drop(columns="label"))


def test_a_file_of_ones_own_is_told_how_to_be_read(tmp_path):
    TABLE.to_csv(tmp_path / "own.csv", index=False)
    with pytest.raises(FormatError, match=r"read it with stancekit\.read_posts"):
        stancekit.find_pileons(tmp_path / "own.csv")


def test_what_is_known_of_a_part_is_told():
    part = TABLE.copy()
    part.loc[::4, "created_at"] = pd.NaT
    part.loc[1::4, "label"] = None
    notes = " ".join(stancekit.find_pileons(part).notes)
    assert "have no time" in notes and "have no label" in notes
    mentions = TABLE.assign(mentions=[["wren"]] * len(TABLE))
    assert "the name that a text begins with" in str(stancekit.find_pileons(mentions))


@pytest.mark.parametrize(
    "wrong",
    [{"q": 0}, {"draws": 1}, {"evidence": -1}, {"targets": {"wren": "saint"}}],
)
def test_arguments_that_cannot_be(wrong):
    with pytest.raises(ArgumentError):
        stancekit.find_pileons(TABLE, **wrong)


def test_names():
    named = stancekit.find_pileons(TABLE, targets={"@Wren": "person"})
    first = named.to_frame().iloc[0]
    assert first["target"] == "wren" and first["kind"] == "person"
    hidden = stancekit.find_pileons(TABLE, pseudonyms=True)
    assert "wren" not in str(hidden) + hidden._repr_html_() + str(hidden.to_frame().to_dict())
    shown = str(named) + named._repr_html_() + repr(named)
    assert "wren's 1" not in shown and "consistent with a pile-on" in shown


def test_pseudonyms_of_a_key_stay_the_same(tmp_path):
    names = {
        stancekit.find_pileons(TABLE, pseudonyms=tmp_path / "key").to_frame()["target"][0]
        for _ in range(2)
    }
    assert len(names) == 1


def test_evidence_are_ids_of_hostile_posts_of_different_accounts():
    found = stancekit.find_pileons(TABLE, evidence=7).to_frame()
    ids = found["evidence"][0]
    posts = TABLE.set_index("id").loc[ids]
    assert len(ids) == 7 and set(posts["label"]) == {"dog-piling"} and posts["author"].is_unique


def test_the_picture():
    pytest.importorskip("matplotlib")
    found = stancekit.find_pileons(TABLE)
    axes = found.plot()
    assert "wren" in axes.get_title() and axes.get_legend() is not None
    with pytest.raises(ArgumentError):
        found.plot(episode=5)
