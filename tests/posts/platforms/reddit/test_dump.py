"""Dumps of Reddit, however they are packed."""

import gzip

import pytest

from stancekit.errors import FormatError
from stancekit.posts import Notice, Reject, detect, read_records
from tests.support import samples_tables as samples


def read(path, **options):
    items = list(read_records(path, **options))
    return [item for item in items if isinstance(item, dict)], items


@pytest.fixture(params=["zst", "ndjson", "gz", "folder"])
def dump(request, tmp_path):
    path = tmp_path / "dump"
    if request.param == "zst":
        samples.reddit_zst(path)
    elif request.param == "ndjson":
        samples.reddit_ndjson(path)
    elif request.param == "gz":
        path.write_bytes(gzip.compress(samples.ndjson([*samples.COMMENTS, *samples.SUBMISSIONS])))
    else:
        path.mkdir()
        (path / "RC_2005-12.zst").write_bytes(
            samples.zstd.compress(samples.ndjson(samples.COMMENTS))
        )
        (path / "RS_2019-10.zst").write_bytes(
            samples.zstd.compress(samples.ndjson(samples.SUBMISSIONS))
        )
    return path


def test_dump_reads_alike_however_it_is_packed(dump):
    assert detect(dump).name == "reddit"
    records, items = read(dump)
    assert not any(isinstance(item, Reject) for item in items)
    by_id = {record["id"]: record for record in records}
    assert list(by_id) == ["t1_c1", "t1_c2", "t1_c3", "t1_c4", "t1_c5",
                           "t3_s1", "t3_s2", "t3_s3", "t3_s4"]  # fmt: skip
    assert by_id["t1_c1"]["text"] == "no tram > no town"
    assert (
        by_id["t1_c1"]["reply_to_id"] == by_id["t3_s1"]["id"] == by_id["t1_c1"]["conversation_id"]
    )
    assert by_id["t1_c1"]["author_id"] == "t2_a"
    assert by_id["t3_s1"]["text"] == "The tram & the town\n\nKeep it."
    assert by_id["t3_s2"]["urls"] == ["https://maps.example/tram"]
    assert (by_id["t3_s4"]["kind"], by_id["t3_s4"]["quoted_id"]) == ("quote", "t3_s1")
    times = [by_id[f"t1_c{n}"]["created_at"].isoformat() for n in (1, 2, 3)]
    assert times == ["2005-12-12T05:26:28+00:00", "2005-12-12T05:35:25+00:00",
                     "2005-12-12T05:40:00+00:00"]  # fmt: skip


def test_deleted_and_removed_posts_have_no_text_and_no_author(dump):
    records, items = read(dump)
    by_id = {record["id"]: record for record in records}
    gone = {key: (r["text"], r["author"], r["removed"]) for key, r in by_id.items()}
    assert gone["t1_c2"] == (None, None, "deleted")
    assert gone["t1_c4"] == (None, "bo", "removed")
    assert gone["t3_s3"] == (None, None, "removed")
    assert gone["t1_c3"] == ("u/ada is right &amp; so on", None, None)  # only the account is gone
    assert gone["t1_c5"][1:] == ("cy", "deleted")  # gone since the dump was made
    assert by_id["t1_c3"]["mentions"] == ["ada"]
    (notice,) = (item for item in items if isinstance(item, Notice))
    assert "1 deleted and 2 removed posts have no text" in notice.message


def test_lines_that_are_no_posts_are_rejects(tmp_path):
    path = tmp_path / "dump.ndjson"
    lines = samples.ndjson(samples.COMMENTS[:2]) + b'{"id": "x"}\n[1]\n{broken\n'
    path.write_bytes(lines)
    records, items = read(path, format="reddit")
    assert len(records) == 2
    assert [item.line for item in items if isinstance(item, Reject)] == [3, 4, 5]


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_truncated_dump_yields_its_start_and_says_so(tmp_path, cut):
    samples.reddit_zst(tmp_path / "whole")
    raw = (tmp_path / "whole").read_bytes()
    (tmp_path / "dump").write_bytes(raw[:-cut])
    records = []
    with pytest.raises(FormatError, match="damaged"):
        records.extend(read_records(tmp_path / "dump", "reddit"))
    (tmp_path / "dump").write_bytes(raw + b"rubbish")
    with pytest.raises(FormatError, match="damaged"):
        list(read_records(tmp_path / "dump", "reddit"))


def test_any_lines_may_come_as_zst(tmp_path):
    path = tmp_path / "posts.csv.zst"
    path.write_bytes(samples.zstd.compress(b"id,text\n7,Save the tram\n"))
    records, _ = read(path)
    assert records[0]["text"] == "Save the tram"
    assert records[0]["source_ref"] == "posts.csv:2"


def test_real_dumps(shared_data):
    folder = shared_data / "archives/reddit/pushshift"
    comments, items = read(folder / "RC_2005-12.zst")
    assert len(comments) == 1_075 and not any(isinstance(item, Reject) for item in items)
    assert sum(record["text"] is None for record in comments) == 120
    assert sum(record["author"] is None for record in comments) == 185
    assert all(record["created_at"].year == 2005 for record in comments[:1_000])
    submissions, items = read(folder / "RS_2019-10.zst")
    assert len(submissions) == 8_271 and not any(isinstance(item, Reject) for item in items)
    assert {record["kind"] for record in submissions} == {"post"}
    assert sum(record["removed"] is not None for record in submissions) == 7_151


def test_real_table_with_rows_of_the_wrong_width_is_reported_not_guessed(shared_data):
    path = shared_data / "archives/reddit/pushshift/to_csv-output-submissions.csv"
    items = list(read_records(path, text="title"))
    assert not any(isinstance(item, dict) for item in items)
    assert any("header names 10" in item.reason for item in items if isinstance(item, Reject))
