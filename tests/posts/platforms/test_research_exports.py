"""4CAT, Zeeschuimer, CrowdTangle and YouTube Data Tools."""

import pytest

from stancekit.errors import InputError
from stancekit.posts import Notice, Reject, detect, read_records
from stancekit.posts.platforms.meta.crowdtangle import ZONES, zoned_time
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


def test_4cat_ids_rounded_by_a_spreadsheet_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(samples.table([row | {"id": "1.788E+18"} for row in samples.FOURCAT]))
    with pytest.raises(InputError, match=r"rounded.*format='csv', id=''"):
        list(read_records(path))
    assert len([r for r in read_records(path, "csv", id="") if isinstance(r, dict)]) == 3


@pytest.mark.parametrize("write, name", [(samples.zeeschuimer, 0), (samples.fourcat_ndjson, 1)])
def test_captures(tmp_path, write, name):
    records, items = read(write, tmp_path / "a", "zeeschuimer")
    repost, note, quote, video, comment, photo, thread = records
    assert (repost["kind"], repost["text"]) == ("repost", "all of the words & more of them")
    assert repost["repost_of"] == "1788000000000000001"
    assert note["text"] == "a long text & whole"
    assert (quote["kind"], quote["quoted_author"]) == ("quote", "ada")
    assert quote["quoted_id"] == "1788000000000000001"
    assert (quote["author"], quote["author_id"]) == ("bo", "702")
    assert video["hashtags"] == ["noord"] and video["author"] == "ada"
    assert (comment["reply_to_id"], comment["conversation_id"]) == ("7361", "7361")
    assert (photo["id"], photo["author_id"], photo["hashtags"]) == ("Cxyz", "5", ["tram"])
    assert (thread["kind"], thread["reply_to_author"]) == ("reply", "cy")
    assert all(record["created_at"].year == 2024 for record in records)
    (reject,) = (item for item in items if isinstance(item, Reject))
    assert reject.line == 9 and "linkedin.com" in reject.reason and "4CAT" in reject.reason
    (notice,) = (item for item in items if isinstance(item, Notice))
    assert "1 advertisements left out" in notice.message


def test_post_captured_twice_comes_once(tmp_path):
    samples.zeeschuimer(tmp_path / "a")
    path = tmp_path / "b"
    path.write_bytes((tmp_path / "a").read_bytes() * 2)
    items = list(read_records(path))
    assert sum(isinstance(item, dict) for item in items) == 7
    assert any("7 posts captured before" in str(item) for item in items)


def test_crowdtangle_facebook(tmp_path):
    (post, empty), _ = read(samples.crowdtangle, tmp_path / "a", "crowdtangle")
    assert post["text"] == "Keep #tram 7"  # not the words of what it links to
    assert post["Description"] == "a newspaper's words"
    assert (post["id"], post["author"], post["author_id"]) == ("123", "tramnoord", "100044")
    assert post["created_at"].isoformat() == "2021-03-01T15:00:00+00:00"
    assert post["urls"] == ["https://news.example/tram"]
    assert empty["created_at"].isoformat() == "2021-07-01T14:00:00+00:00"
    assert (empty["text"], empty["urls"], empty["author"]) == (None, [], "Tram Noord")


def test_crowdtangle_instagram(tmp_path):
    ((post,), _) = read(samples.crowdtangle_instagram, tmp_path / "a", "crowdtangle")
    assert (post["id"], post["text"], post["hashtags"]) == ("Cabc", "Noord #tram", ["tram"])
    assert post["created_at"].isoformat() == "2021-03-01T09:00:00+00:00"


@pytest.mark.parametrize("zone", ZONES)
def test_zones_are_whole_hours_from_utc(zone):
    at_utc = zoned_time("2021-03-01 10:00:00 UTC")
    shift = at_utc - zoned_time(f"2021-03-01 10:00:00 {zone}")
    assert shift.total_seconds() == ZONES[zone] * 3600
    assert zoned_time(f"2021-03-01 10:00:00 {zone}Q") is None


def test_youtube_comments(tmp_path):
    (first, second), items = read(samples.youtube_comments, tmp_path / "a", "youtube-data-tools")
    assert len(items) == 2
    assert first["text"] == "keep &lt;it&gt;, please"  # the tool asks for plain text
    assert (second["reply_to_id"], second["reply_to_author"]) == ("Ugx1", "@ada")
    assert second["text"] == 'they said \\"no" twice'  # as PHP leaves it
    assert second["author_id"] == "UCb" and second["likeCount"] == "0"


def test_youtube_videos(tmp_path):
    ((video,), _) = read(samples.youtube_videos, tmp_path / "a", "youtube-data-tools")
    assert (video["id"], video["text"]) == ("abcdefghijk", "The tram\n\nA ride.")
    assert (video["author"], video["author_id"]) == ("Tram Noord", "UCa")
