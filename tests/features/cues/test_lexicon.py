"""Lists of terms: read, replaced by the user's own, refused with the place of the error."""

import pickle
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from stancekit.errors import FormatError, InputError
from stancekit.features.cues.lexicon import SHIPPED, Lexicon
from stancekit.features.transformers import SentimentCues

HEADER = "term\tweight\n"


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_default_has_every_list_filled_with_its_source() -> None:
    folder = files("stancekit.features") / "lexicons"
    assert Lexicon.default().names == SHIPPED
    assert all(Lexicon.default()[name] for name in SHIPPED)
    for name in SHIPPED:
        head = (folder / f"{name}.tsv").read_text(encoding="utf-8")[:300]
        assert "# source:" in head
        assert "# licence: MIT" in head


def test_a_list_of_your_own_replaces_one_and_leaves_the_others(tmp_path: Path) -> None:
    write(tmp_path, "insult.tsv", "# mine\n" + HEADER + "nincompoop\t1\n")
    lexicon = Lexicon.load(tmp_path)
    assert lexicon["insult"] == {"nincompoop": 1.0}
    assert lexicon["slur"] == Lexicon.default()["slur"]
    by_path = SentimentCues(tmp_path).transform(["nincompoop", "idiot"])
    assert by_path[:, 0].tolist() == [0.5, 0.0]
    np.testing.assert_array_equal(
        by_path, SentimentCues(lexicon).transform(["nincompoop", "idiot"])
    )


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    cues = SentimentCues(str(tmp_path))
    write(tmp_path, "insult.tsv", HEADER + "nincompoop\t1\n")
    assert cues.transform(["ninny"])[0, 0] == 0
    write(tmp_path, "insult.tsv", HEADER + "nincompoop\t1\nninny\t1\n")
    assert cues.transform(["ninny"])[0, 0] == 0.5


def test_an_empty_list_switches_its_cue_off(tmp_path: Path) -> None:
    write(tmp_path, "insult.tsv", HEADER)
    assert SentimentCues(tmp_path).transform(["idiot"])[0, 0] == 0


def test_a_list_with_a_new_name_is_a_new_cue(tmp_path: Path) -> None:
    write(tmp_path, "tram_words.tsv", HEADER + "tram\t1\nlight rail\t2\n")
    cues = SentimentCues(tmp_path)
    column = cues.get_feature_names_out().tolist().index("tram_words")
    own = cues.transform(["a tram", "light  RAIL", "a bus"])[:, column]
    assert own.tolist() == pytest.approx([1 / 2, 2 / 3, 0])


def test_save_and_load_give_the_same_lexicon(tmp_path: Path) -> None:
    lexicon = Lexicon.from_dicts({"insult": {"ninny": 0.5}, "own": {"tram": 1.0}})
    lexicon.save(tmp_path)
    assert Lexicon.load(tmp_path) == lexicon
    assert Lexicon.load(tmp_path).digest == lexicon.digest
    assert pickle.loads(pickle.dumps(lexicon)) == lexicon


def test_the_digest_tells_lexicons_apart() -> None:
    one, other = (Lexicon.from_dicts({"insult": {"ninny": w}}) for w in (0.5, 1.0))
    assert one.digest != other.digest
    assert one != other


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("idiot\t1\n", "line 1, column 1: expected the header"),
        ("", "line 1, column 1: expected the header"),
        (HEADER + "idiot 1\n", "line 2, column 1: expected a term, one tab"),
        (HEADER + "idiot\t1\t2\n", "line 2, column 1: expected a term, one tab"),
        (HEADER + "\t1\n", "line 2, column 1: expected a term"),
        ("# note\n" + HEADER + "idiot\tone\n", "line 3, column 7: weight 'one' is not a number"),
        (HEADER + "idiot\tnan\n", "line 2, column 7: weight nan must be a finite"),
        (HEADER + "idiot\t-1\n", "line 2, column 7: weight -1 must be"),
        (HEADER + "ninny\t1\nninny\t2\n", "line 3, column 1: 'ninny' stands here twice"),
        (HEADER + "ok\t1\na b c d e\t1\n", "line 3, column 1: 'a b c d e' has 5 tokens"),
        (HEADER + "@ana\t1\n", "line 2, column 1: '@ana' is a mention or a link"),
        (b"term\tweight\n\xff\t1\n", "not UTF-8"),
    ],
)
def test_a_malformed_list_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    path = write(tmp_path, "insult.tsv", text)
    with pytest.raises(FormatError, match=message) as caught:
        Lexicon.load(tmp_path)
    assert str(path) in str(caught.value)


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(FormatError, match="no lexicon here"):
            Lexicon.load(folder)


def test_terms_that_cannot_be_looked_up_are_refused() -> None:
    with pytest.raises(InputError, match="'own': 'a b c d e' has 5 tokens"):
        Lexicon.from_dicts({"own": {"a b c d e": 1}})
    with pytest.raises(InputError, match="at most 64 lists"):
        Lexicon.from_dicts({f"own{i}": {"a": 1} for i in range(40)})
