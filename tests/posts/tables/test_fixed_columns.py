"""CSV whose columns a tool has fixed."""

import pytest

from stancekit.errors import FormatError
from stancekit.posts import Reject, read_records
from stancekit.posts.tables.fixed_columns import FixedTable, fixed_reader

READER = fixed_reader(
    "trams",
    "a tool for trams",
    FixedTable(
        frozenset(("id", "words")),
        lambda take: {"id": take("id"), "text": take("words"), "n": int(take("n") or 0)},
        drop=("ip",),
    ),
)


@pytest.fixture(autouse=True)
def _listed(monkeypatch):
    monkeypatch.setattr("stancekit.posts.reading.reader_named", lambda name: READER)


def test_columns_are_taken_by_their_plain_names_and_the_others_carried_through(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ID,Words,IP,Line No,lang\n1,no tram,192.0.2.1,7,\n", encoding="utf-8")
    (record,) = read_records(path, "trams")
    assert (record["id"], record["text"], record["Line No"]) == ("1", "no tram", "7")
    assert "IP" not in record and record["source_ref"] == "a.csv:2"
    assert record["source_lang"] == ""


def test_row_that_is_no_post_is_a_reject(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,words,n\n1,a,x\n2,b,3\n", encoding="utf-8")
    reject, record = read_records(path, "trams")
    assert isinstance(reject, Reject) and reject.line == 2
    assert "'x'" not in reject.reason and "'x'" in reject.raw
    assert record["n"] == 3


@pytest.mark.parametrize("text", ["id,text\n1,a\n", '{"id": 1}\n', ""])
def test_file_that_lacks_the_columns_is_refused_by_name(tmp_path, text):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.csv: no table of the format 'trams'.*words"):
        list(read_records(path, "trams"))
