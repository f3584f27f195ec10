"""Tables of CrowdTangle."""

import pytest

from stancekit.posts import detect, read_records
from stancekit.posts.platforms.meta.crowdtangle import ZONES, facebook, zoned_time
from tests.support import samples_tables as samples


def read(write, path, name):
    write(path)
    assert detect(path).name == name
    items = list(read_records(path))
    return [item for item in items if isinstance(item, dict)], items


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


@pytest.mark.parametrize(
    ("url", "post_id"),
    [
        ("https://www.facebook.com/1/posts/123/?x=/y#z", "123"),
        ("https://www.facebook.com/", "www.facebook.com"),
        ("/?", "/?"),
        ("x" * 300_000 + "\n", "x" * 300_000 + "\n"),  # a pattern took hours for it
    ],
)
def test_the_id_is_the_last_part_of_any_address(url, post_id):
    take = {"url": url, "post_created": None}.get
    assert facebook(take)["id"] == post_id


@pytest.mark.parametrize("zone", ZONES)
def test_zones_are_whole_hours_from_utc(zone):
    at_utc = zoned_time("2021-03-01 10:00:00 UTC")
    shift = at_utc - zoned_time(f"2021-03-01 10:00:00 {zone}")
    assert shift.total_seconds() == ZONES[zone] * 3600
    assert zoned_time(f"2021-03-01 10:00:00 {zone}Q") is None
