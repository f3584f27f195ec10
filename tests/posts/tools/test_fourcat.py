"""Tables of 4CAT."""

from stancekit.posts import Notice, detect, read_records
from tests.support import samples_tables as samples


def read(write, path, name):
    write(path)
    assert detect(path).name == name
    items = list(read_records(path))
    return [item for item in items if isinstance(item, dict)], items


def test_4cat_csv(tmp_path):
    (post, reply, repost), _ = read(samples.fourcat, tmp_path / "a", "4cat")
    assert (post["id"], post["text"], post["kind"]) == ("1788000000000000001", "a > b", "post")
    assert post["hashtags"] == ["tram", "noord"] and post["mentions"] == ["bo", "cy"]
    assert post["urls"] == ["https://a.example/?x=1,2", "https://b.example/"]
    assert post["created_at"].isoformat() == "2024-05-07T10:00:00+00:00"
    assert post["like_count"] == "3"
    assert (reply["kind"], reply["reply_to_author"]) == ("reply", "ada")
    assert reply["author"] is None  # REDACTED is nobody
    assert reply["conversation_id"] == post["id"]
    assert repost["kind"] == "repost"


def test_4cat_forum_rows_have_their_subject_before_the_body(tmp_path):
    rows = [
        {"id": "s1", "thread_id": "s1", "timestamp": "2024-05-07 10:00:00", "subject": "The tram",
         "body": "Keep it.", "author": "ada"},
        {"id": "c1", "thread_id": "s1", "timestamp": "2024-05-07 10:00:00", "subject": "",
         "body": "[removed]", "author": "[deleted]"},
    ]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_bytes(samples.table(rows))
    post, gone = read_records(path)
    assert post["text"] == "The tram\n\nKeep it."
    assert (gone["text"], gone["author"], gone["removed"]) == (None, None, "removed")


def test_4cat_ids_rounded_by_a_spreadsheet_are_none_and_that_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(samples.table([row | {"id": "1.788E+18"} for row in samples.FOURCAT]))
    items = list(read_records(path))
    assert [r.get("id") for r in items if isinstance(r, dict)] == [None] * 3
    assert any("rounded the ids" in str(item) for item in items if isinstance(item, Notice))
