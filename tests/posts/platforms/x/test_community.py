"""An X archive in one JSON file."""

import json

import pytest

from stancekit.posts import Notice, Reject, detect, read_records
from tests.support.builders import tweet
from tests.support.reading import split
from tests.support.samples_documents import community, community_archive, write_json


def test_posts_are_the_owners_and_likes_are_not(tmp_path):
    community_archive(tmp_path / "archive.json")
    assert detect(tmp_path / "archive.json").name == "community-archive"
    (post, repost), others = split(read_records(tmp_path / "archive.json"))
    assert (post["text"], post["author"], post["author_id"]) == ("déjà vu & tram", "ada", "7")
    assert (post["kind"], repost["kind"]) == ("post", "repost") and not others


@pytest.mark.parametrize("last", ["account", "note-tweet"])
def test_account_and_notes_may_stand_after_the_posts(tmp_path, last):
    note = {"noteTweet": {"createdAt": "2024-05-14T12:00:00.000Z", "core": {
        "text": "long and whole", "urls": [], "mentions": [], "hashtags": []}}}  # fmt: skip
    whole = community(tweet("long and…"), **{"note-tweet": [note]})
    whole[last] = whole.pop(last)
    write_json(tmp_path / "a.json", whole)
    ((record,), _) = split(read_records(tmp_path / "a.json"))
    assert (record["text"], record["author"]) == ("long and whole", "ada")


def test_only_the_last_of_an_edited_post_and_rejects_of_none(tmp_path):
    edit = {"edit_info": {"initial": {"editTweetIds": ["18", "19"]}}}
    first, second = tweet("one", id_str="18", **edit), tweet("two", id_str="19", **edit)
    tweets = [{"tweet": first}, {"tweet": second}, "no tweet", {"tweet": {"full_text": "no id"}}]
    write_json(tmp_path / "a.json", community(tweets=tweets))
    (record,), others = split(read_records(tmp_path / "a.json"))
    assert record["text"] == "two"
    assert sum(isinstance(item, Reject) for item in others) == 2
    assert any("1 earlier versions" in str(item) for item in others if isinstance(item, Notice))


def test_a_file_cut_off_says_so(tmp_path):
    text = json.dumps(community(*(tweet(f"n {n}", sequence=n) for n in range(9))))
    (tmp_path / "a.json").write_text(text[: text.index("n 5")])
    records, others = split(read_records(tmp_path / "a.json", "community-archive"))
    assert len(records) == 5 and any(isinstance(item, Reject) for item in others)
