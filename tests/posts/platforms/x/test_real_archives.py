"""Archives that nobody here wrote; read where they lie, never copied."""

import json
from collections import Counter

from stancekit.posts import Notice, Reject, read_records
from tests.support.builders import write_zip


def rows_of(path):
    text = path.read_text(encoding="utf-8")
    return [row["tweet"] for row in json.loads(text[text.index("[") :])]


def test_every_row_of_a_real_archive_is_accounted_for(shared_data):
    folder = next((shared_data / "archives/twitter-archive").glob("modern-2024*"))
    rows = {row["id_str"]: row for row in rows_of(folder / "data/tweets.js")}
    items = list(read_records(folder))
    records = [item for item in items if isinstance(item, dict)]
    assert not any(isinstance(item, Reject) for item in items)
    left_out = rows.keys() - {record["id"] for record in records}
    for post_id in left_out:  # only earlier versions of edited posts
        assert max(rows[post_id]["edit_info"]["initial"]["editTweetIds"], key=int) != post_id
    assert len(records) + len(left_out) == len(rows) == 300
    notices = [str(item) for item in items if isinstance(item, Notice)]
    assert "data/tweets.js: holds 300 posts, but manifest.js counts 1,223" in notices
    assert any(f"{len(left_out)} earlier versions" in notice for notice in notices)


def test_no_long_post_of_a_real_archive_stays_cut(shared_data):
    folder = next((shared_data / "archives/twitter-archive").glob("modern-2024*"))
    records = [item for item in read_records(folder) if isinstance(item, dict)]
    cut = [r for r in records if r["kind"] != "repost" and (r["text"] or "").rstrip().endswith("…")]
    assert not cut
    assert sum(len(r["text"] or "") > 285 for r in records) > 20
    assert Counter(r["kind"] for r in records)["repost"] == 5
    assert all(r["created_at"].year >= 2006 for r in records)
    assert len({r["author_id"] for r in records}) == 1


def test_real_archive_reads_alike_from_a_zip(shared_data, tmp_path):
    folder = next((shared_data / "archives/twitter-archive").glob("modern-2024*"))
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.js")}
    path = write_zip(tmp_path / "download.zip", files)
    from_folder = [item for item in read_records(folder) if isinstance(item, dict)]
    assert [item for item in read_records(path) if isinstance(item, dict)] == from_folder
