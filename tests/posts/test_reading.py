import warnings

import pytest

from stancekit.errors import InputError
from stancekit.posts import Reject, columns_of, read_posts, read_records
from tests.support.builders import tweet, tweets_js, write_zip


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "posts.jsonl"
    lines = [f'{{"id": {n}, "body": "post {n}"}}' for n in range(1, 26)]
    path.write_text("\n".join([*lines[:10], "{broken", *lines[10:]]))
    return path


def test_chunks_hold_chunk_size_rows_in_order(table):
    frames = list(read_posts(table, chunk_size=10, on_reject=lambda reject: None))
    assert [len(frame) for frame in frames] == [10, 10, 5]
    assert [i for frame in frames for i in frame["id"]] == [str(n) for n in range(1, 26)]


def test_chunk_size_does_not_change_dtypes(table):
    kept = {str(f.dtypes.to_dict()) for f in read_posts(table, chunk_size=3, on_reject=print)}
    assert len(kept) == 1


def test_rejects_are_handed_over(table):
    rejects = []
    list(read_posts(table, on_reject=rejects.append))
    assert [(r.file, r.line, r.raw) for r in rejects] == [("posts.jsonl", 11, "{broken")]


def test_unheard_rejects_are_warned_of(table):
    with pytest.warns(UserWarning, match=r"1 rows could not be read; the first: posts.jsonl:11"):
        list(read_posts(table))


def test_notices_warn_by_default_and_can_be_heard(tmp_path):
    manifest = 'window.__THAR_CONFIG = {"archiveInfo": {"isPartialArchive": true}, "dataTypes": {}}'
    path = write_zip(
        tmp_path / "a.zip",
        {"data/tweets.js": tweets_js([tweet("x")]), "data/manifest.js": manifest},
    )
    with pytest.warns(UserWarning, match="partial"):
        list(read_posts(path))
    heard = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        list(read_posts(path, on_notice=heard.append))
    assert [n.file for n in heard] == ["manifest.js"]


def test_guessed_columns_are_shown(table):
    columns = columns_of(table)
    assert columns.fields == {"text": "body", "id": "id"}
    assert "text='body'" in str(columns)


def test_export_has_no_guessed_columns(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"data/tweets.js": tweets_js([tweet("x")])})
    assert columns_of(path) is None


def test_errors_come_at_the_call_not_at_the_first_row(table):
    with pytest.raises(InputError, match="no option 'txt'; it has: text, id, author"):
        read_records(table, txt="body")
    with pytest.raises(InputError, match="chunk_size"):
        read_posts(table, chunk_size=0)
    with pytest.raises(InputError, match="no format is called"):
        read_records(table, "exel")


def test_stopping_early_closes_the_files(table):
    items = read_records(table)
    next(items)
    items.close()  # an open file would be a ResourceWarning, which is an error here


def test_every_record_says_where_it_comes_from(table):
    records = [item for item in read_records(table) if isinstance(item, dict)]
    assert {record["source_format"] for record in records} == {"jsonl"}
    assert [record["source_ref"] for record in records][9:11] == [
        "posts.jsonl:10",
        "posts.jsonl:12",
    ]


def test_long_raw_rows_are_cut():
    assert len(Reject("f", 1, "bad", "x" * 10_000).raw) < 600
    assert str(Reject("f", None, "bad")) == "f: bad"


@pytest.mark.parametrize("notice", ["[removed]", "N/A", "This Post is unavailable."])
def test_a_notice_in_place_of_words_is_no_text_in_any_format(tmp_path, notice):
    path = tmp_path / "posts.csv"
    path.write_text(f"id,text\n1,{notice}\n2,Not at all\n3,The tram\n")
    items = list(read_records(path))
    records = [item for item in items if isinstance(item, dict)]
    assert [record["text"] for record in records] == [None, "Not at all", "The tram"]
    assert records[0]["removed"] and "removed" not in records[1]
    assert any("1 post holds only a notice" in str(item) for item in items)
