"""Zeeschuimer's captures."""

import pytest

from stancekit.posts import Notice, Reject, detect, read_records
from tests.support import samples_tables as samples


def read(write, path, name):
    write(path)
    assert detect(path).name == name
    items = list(read_records(path))
    return [item for item in items if isinstance(item, dict)], items


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
    assert "left out: 1 advertisements" in notice.message


def test_post_captured_twice_comes_once(tmp_path):
    samples.zeeschuimer(tmp_path / "a")
    path = tmp_path / "b"
    path.write_bytes((tmp_path / "a").read_bytes() * 2)
    items = list(read_records(path))
    assert sum(isinstance(item, dict) for item in items) == 7
    assert any("7 posts captured before" in str(item) for item in items)
