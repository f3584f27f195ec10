"""The download of one account."""

from stancekit.posts import detect, read_records
from tests.support import samples_tables as samples


def read(path, **options):
    items = list(read_records(path, **options))
    return [item for item in items if isinstance(item, dict)], items


def test_data_request_reads_comments_and_posts_and_leaves_addresses_out(tmp_path):
    samples.reddit_download(tmp_path / "download")
    assert detect(tmp_path / "download").name == "reddit-download"
    (first, second, post), items = read(tmp_path / "download")
    assert len(items) == 4 and "1 file that such an export" in items[3].message
    assert first["text"] == "Keep the tram.\n\nPlease."
    assert (first["reply_to_id"], first["conversation_id"]) == ("t3_s1", "t3_s1")
    assert (second["reply_to_id"], second["text"], second["removed"]) == ("t1_c9", None, "removed")
    assert (post["id"], post["text"], post["kind"]) == ("t3_s1", "The tram\n\nKeep it.", "post")
    assert post["urls"] == []
    assert first["created_at"].isoformat() == "2023-01-15T12:34:56+00:00"
    assert all("192.0.2.7" not in str(item) for item in items)
