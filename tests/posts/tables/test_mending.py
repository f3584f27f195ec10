"""Texts that a program has written in another form are read as they were meant, and counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts import Notice, read_records
from stancekit.posts.tables.mending import Mender


def broken(text):
    """UTF-8 read as Windows' Western encoding."""
    return text.encode().decode("cp1252", "ignore")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("It\u00e2\u20ac\u2122s great", "It’s great"),
        (broken("na\u00efve caf\u00e9 owners"), "na\u00efve caf\u00e9 owners"),
        ("<p>Well done, <a href='https://example.org'>@crew</a> &amp; all</p><p>Second</p>",
         "Well done, @crew & all\n\nSecond"),
        ("bread &amp; trams &lt;3", "bread & trams <3"),
        ("one<br />two", "one\ntwo"),
    ],
)  # fmt: skip
def test_forms_that_are_mended(written, meant):
    assert Mender().mend(written) == meant
    assert Mender(keep=True).mend(written) == written


@pytest.mark.parametrize(
    "text",
    ["1 < 2 & 3 > 2", "<3 you all", "Âme et âge", "café, naïve", "R&D; AT&T", "a <tram> b", "#&;"],
)
def test_what_is_meant_so_stays(text):
    mender = Mender()
    assert mender.mend(text) == text and not mender.said()


@given(st.text(st.characters(exclude_characters="<&", exclude_categories=["Cs"]), max_size=60))
def test_utf8_that_was_read_wrongly_comes_back_and_other_text_stays(text):
    mender = Mender()
    mended = mender.mend(text)
    assert mended == (text or None) or 1 in mender.counts.values()


def test_a_table_says_how_many_texts_were_mended(tmp_path):
    path = tmp_path / "posts.csv"
    rows = ["1,It\u00e2\u20ac\u2122s late", "2,plain", "3,bread &amp; trams", "4,a &gt; b"]
    path.write_text("id,text\n" + "".join(f"{row}\n" for row in rows), "utf-8")
    items = list(read_records(path))
    assert [i["text"] for i in items if isinstance(i, dict)] == [
        "It’s late", "plain", "bread & trams", "a > b",
    ]  # fmt: skip
    said = " ".join(str(i) for i in items if isinstance(i, Notice))
    assert "in 1 text broken UTF-8" in said and "in 2 texts HTML entities" in said
    kept = [i["text"] for i in read_records(path, keep_text="yes") if isinstance(i, dict)]
    assert kept == [row.split(",")[1] for row in rows]


@pytest.mark.parametrize("text", ["NA", "NaN", "null", "None"])
def test_marks_of_missing_values_are_no_words(text):
    mender = Mender()
    assert mender.mend(text) is None
    assert mender.said()[0].startswith("in 1 text a mark of a missing value")
    assert Mender(keep=True).mend(text) == text
