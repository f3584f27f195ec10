"""The quirks of X API v2 collections, each on invented pages."""

import json

import pytest

from stancekit.posts import Notice, Reject, detect, read_records, to_frame
from tests.support.builders import write_folder, write_zip
from tests.support.samples_xreaders import (
    academictwitter,
    post_id,
    v2_flat,
    v2_page,
    v2_tweet,
    v2_user,
    x_api_v2,
    x_api_v2_flat,
)


@pytest.fixture
def read(tmp_path):
    def read(*values, **options):
        path = tmp_path / "tweets.jsonl"
        path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
        items = list(read_records(path, **options))
        to_frame([item for item in items if isinstance(item, dict)])
        return parted(items)

    return read


def parted(items):
    items = list(items)
    records = [item for item in items if isinstance(item, dict)]
    return records, [item for item in items if not isinstance(item, dict)]


def page(*tweets, includes=None, **more):
    users = [v2_user(0), {"id": "7", "username": "marga_ostermoor", "name": "Marga"}]
    return {"data": list(tweets), "includes": {"users": users} | (includes or {}), **more}


def made(text, n=0, **changes):
    return {"id": post_id(n), "text": text, "author_id": "1000", "lang": "en",
            "edit_history_tweet_ids": [post_id(n)], **changes}  # fmt: skip


def without_place(record):
    return {name: value for name, value in record.items() if name != "source_ref"}


def test_pages_and_flattened_tweets_are_one(tmp_path):
    pages, flat, folder = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "c.zip"
    x_api_v2(pages, 40), x_api_v2_flat(flat, 40), academictwitter(folder, 40)
    as_pages = [without_place(r) for r in parted(read_records(pages))[0]]
    assert len(as_pages) == 40
    assert [without_place(r) for r in parted(read_records(flat))[0]] == as_pages
    assert [without_place(r) for r in parted(read_records(folder))[0]] == as_pages
    assert {r["author"] for r in as_pages} == {f"rider_{n}" for n in range(40)}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("arrange", ["one file", "one after another", "a folder", "an array"])
def test_pages_in_every_arrangement(tmp_path, indent, arrange):
    values = [v2_page(range(3)), v2_page(range(3, 6))]
    texts = [json.dumps(value, indent=indent) for value in values]
    if arrange == "one file":
        files, expected = {"page.json": texts[0]}, 3
    elif arrange == "one after another":
        files, expected = {"pages.json": "\n".join(texts)}, 6
    elif arrange == "an array":
        files, expected = {"pages.json": json.dumps(values, indent=indent)}, 6
    else:
        files, expected = {f"page{n}.json": text for n, text in enumerate(texts)}, 6
    folder = write_folder(tmp_path / "pages", files)
    path = folder if len(files) > 1 else folder / next(iter(files))
    assert detect(path).name == "x-api-v2"
    records, others = parted(read_records(path))
    assert [r["id"] for r in records] == [post_id(n) for n in range(expected)]
    assert not [item for item in others if isinstance(item, Reject)]


def test_stream_of_single_tweets_with_their_rules(read):
    streamed = page(matching_rules=[{"id": "1", "tag": "tram"}]) | {"data": made("The tram runs")}
    (record,), others = read(streamed)
    assert record["text"] == "The tram runs" and record["author"] == "rider_0" and not others


def test_repost_gets_the_words_tags_and_links_of_its_original(read):
    original = made(
        "A long defence of the night tram, for everyone who walks #tram &lt;3", 1, author_id="7",
        entities={"hashtags": [{"tag": "tram"}]},
    )  # fmt: skip
    repost = made("RT @marga_ostermoor: A long defence of the ni…", 2,
                  referenced_tweets=[{"type": "retweeted", "id": original["id"]}],
                  entities={"mentions": [{"username": "marga_ostermoor", "id": "7"}]})  # fmt: skip
    (record,), others = read(page(repost, includes={"tweets": [original]}))
    assert record["kind"] == "repost" and record["repost_of"] == original["id"]
    assert record["text"].endswith("for everyone who walks #tram <3")
    assert record["hashtags"] == ["tram"] and record["mentions"] == [] and not others


def test_repost_of_a_deleted_post_stays_cut_and_is_counted(read):
    repost = made("RT @gone: never to be re…", referenced_tweets=[{"type": "retweeted", "id": "5"}])
    error = {"resource_type": "tweet", "parameter": "referenced_tweets.id", "resource_id": "5",
             "title": "Not Found Error"}  # fmt: skip
    (record,), (notice,) = read(page(repost, errors=[error]))
    assert record["text"] == "RT @gone: never to be re…" and record["repost_of"] == "5"
    assert notice.message.startswith("1 reposts are of posts that the file does not hold")


def test_reply_and_quote(read):
    asked = made("When does it run?", 1, author_id="7")
    reply = made("Never again", 2, in_reply_to_user_id="7", conversation_id=post_id(1),
                 referenced_tweets=[{"type": "quoted", "id": asked["id"]},
                                    {"type": "replied_to", "id": asked["id"]}])  # fmt: skip
    quote = made("This.", 3, referenced_tweets=[{"type": "quoted", "id": asked["id"]}])
    records, _ = read(page(reply, quote, includes={"tweets": [asked]}))
    assert [r["kind"] for r in records] == ["reply", "quote"]
    assert records[0]["reply_to_id"] == records[0]["quoted_id"] == asked["id"]
    assert records[0]["reply_to_author"] == records[1]["quoted_author"] == "marga_ostermoor"
    assert records[0]["conversation_id"] == post_id(1)


def test_name_of_who_is_answered_is_taken_from_the_mentions_too(read):
    reply = made("@bo yes", in_reply_to_user_id="8",
                 entities={"mentions": [{"username": "bo", "id": "8"}]})  # fmt: skip
    (record,), _ = read(page(reply))
    assert (record["kind"], record["reply_to_author"]) == ("reply", "bo")


@pytest.mark.parametrize(
    ("note", "text"),
    [("The whole of it, 5 &lt; 6 &amp;amp; so on", "The whole of it, 5 < 6 &amp; so on"),
     ("The whole of it, 5 < 6 &amp; so on", "The whole of it, 5 < 6 &amp; so on")],
)  # fmt: skip
def test_long_post_has_its_note_unescaped_only_if_it_is_escaped(read, note, text):
    long = made(
        "The whole of…", note_tweet={"text": note, "entities": {"hashtags": [{"tag": "x"}]}}
    )
    (record,), _ = read(page(long))
    assert record["text"] == text and record["hashtags"] == ["x"]


def test_note_of_the_original_is_the_text_of_a_repost(read):
    original = made("Long…", 1, note_tweet={"text": "Long and whole"})
    repost = made("RT @a: Lo…", 2, referenced_tweets=[{"type": "retweeted", "id": post_id(1)}])
    (record,), _ = read(page(repost, includes={"tweets": [original]}))
    assert record["text"] == "Long and whole"


def test_media_links_are_taken_off_and_others_are_expanded(read):
    urls = [{"url": "https://t.co/one", "expanded_url": "https://example.org/tram"},
            {"url": "https://t.co/two", "expanded_url": "https://x.com/a/status/1/photo/1",
             "media_key": "3_1"}]  # fmt: skip
    tweet = made("see https://t.co/one https://t.co/two", entities={"urls": urls})
    (record,), _ = read(page(tweet))
    assert record["text"] == "see https://t.co/one"
    assert record["urls"] == ["https://example.org/tram"]


def test_post_on_two_pages_comes_once(read):
    records, (notice,) = read(page(made("a"), made("b", 1)), page(made("b", 1), made("c", 2)))
    assert [r["text"] for r in records] == ["a", "b", "c"]
    assert notice.message == "1 posts that came again are left out" and not notice.warning


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_last_version_of_an_edited_post_counts(read, order):
    history = {"edit_history_tweet_ids": [post_id(1), post_id(2)]}
    versions = [made("typoo", 1, **history), made("typo", 2, **history)]
    records, (notice,) = read(page(*(versions[n] for n in order)))
    assert [r["text"] for r in records] == ["typo"]
    assert "1 earlier versions" in notice.message


def test_version_that_came_before_its_edit_is_told(read):
    edited = made("typo", 2, edit_history_tweet_ids=[post_id(1), post_id(2)])
    records, (notice,) = read(page(made("typoo", 1)), page(edited))
    assert len(records) == 2 and notice.warning and "earlier version too" in notice.message


def test_posts_that_could_not_be_had_are_counted(read):
    gone = {"parameter": "ids", "resource_type": "tweet", "title": "Not Found Error", "value": "5"}
    records, (notice,) = read(page(made("here"), errors=[gone, gone]), {"errors": [gone]})
    assert len(records) == 1 and notice.message.startswith("3 posts that were asked for")


def test_counts_and_accounts_are_no_posts(read):
    counts = {"data": [{"start": "a", "end": "b", "tweet_count": 5}], "meta": {}}
    users = {"data": [{"id": "7", "username": "bo", "name": "Bo"}]}
    records, others = read(page(made("here")), counts, users, {"meta": {"result_count": 0}})
    assert len(records) == 1
    assert sorted(item.message.split(";")[0] for item in others) == [
        "1 accounts are no posts", "1 counts of posts over time are no posts",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    ['{"data": [', "[1]", "null", '{"a": 1}', '{"data": 5}', '{"data": [5]}',
     '{"data": [{"id": 5, "text": "x"}]}', '{"data": [{"id": "5"}]}',
     '{"data": [{"id": "5", "text": {"a": 1}}]}',
     '{"data": {"id": "5", "text": "x"}, "includes": 3}'],
)  # fmt: skip
def test_lines_that_are_no_tweets_are_rejects(tmp_path, value):
    path = tmp_path / "f.jsonl"
    path.write_text(json.dumps(page(made("sound"))) + "\n" + value + "\n", encoding="utf-8")
    records, others = parted(read_records(path))
    assert [r["text"] for r in records] == ["sound"]
    (reject,) = others
    assert isinstance(reject, Reject) and reject.line == 2 and reject.reason


def test_time_comes_from_the_id_and_before_2010_from_the_field(read):
    old = made("old", created_at="2009-05-01T10:00:00.000Z") | {"id": "1670000000"}
    new, bare = made("new", 5), made("no time") | {"id": "1670000001"}
    records, _ = read(page(old, new, bare))
    assert records[0]["created_at"].isoformat() == "2009-05-01T10:00:00+00:00"
    assert records[1]["created_at"].isoformat() == "2024-05-14T12:00:05+00:00"
    assert records[2]["created_at"] is None and not records[2]["time_known"]


def test_other_files_of_a_folder_are_named_and_left_out(tmp_path):
    texts = {"a.json": json.dumps(v2_page(range(2))), "query.txt": "tram lang:en"}
    records, (notice,) = parted(read_records(write_zip(tmp_path / "c.zip", texts)))
    assert len(records) == 2
    assert isinstance(notice, Notice) and notice.file == "query.txt"


def test_sort_order_of_keys_does_not_matter_for_detection(tmp_path):
    path = tmp_path / "f.json"
    for value in (v2_page(range(60)), v2_flat(3), v2_tweet(0)):
        path.write_text(json.dumps(value, sort_keys=True), encoding="utf-8")
        assert detect(path).name == "x-api-v2"


def test_table_of_ones_own_with_author_ids_is_not_taken_for_tweets(tmp_path):
    path = tmp_path / "f.jsonl"
    path.write_text('{"id": "1", "text": "tram", "author_id": "7", "likes": 3}\n', encoding="utf-8")
    assert detect(path).name == "jsonl"
