"""The quirks of X archives, each on an invented archive."""

import zipfile
from datetime import datetime, timedelta, timezone

import pytest

from stancekit.posts import Notice, Reject, read_records, to_frame
from tests.support.builders import (
    ACCOUNT,
    NOON,
    script,
    snowflake,
    tweet,
    tweets_js,
    write_folder,
    write_zip,
)


@pytest.fixture
def read(tmp_path):
    def read(files, **options):
        if isinstance(files, list):
            files = {"data/tweets.js": tweets_js(files), "data/account.js": ACCOUNT}
        items = list(read_records(write_folder(tmp_path / "archive", files), **options))
        records = [item for item in items if isinstance(item, dict)]
        return records, [item for item in items if not isinstance(item, dict)]

    return read


@pytest.mark.parametrize(
    ("name", "variable", "wrapped"),
    [
        ("tweet.js", "YTD.tweet.part0", False),
        ("data/tweet.js", "YTD.tweet.part0", True),
        ("data/tweets.js", "YTD.tweets.part0", True),
        ("twitter-2024-05/data/tweets.js", "YTD.tweets.part0", True),
    ],
)
def test_layouts_of_every_year(read, name, variable, wrapped):
    rows = [tweet("one", sequence=1), tweet("two", sequence=2)]
    text = script(variable, [{"tweet": row} if wrapped else row for row in rows])
    records, others = read({name: text, name.replace("tweets", "x")[:-8] + "account.js": ACCOUNT})
    assert [r["text"] for r in records] == ["one", "two"]
    assert {r["author"] for r in records} == {"ada"}
    assert {r["author_id"] for r in records} == {"7"}
    assert not others


def test_zip_and_folder_give_the_same(read, tmp_path):
    files = {"data/tweets.js": tweets_js([tweet("a &amp; b")]), "data/account.js": ACCOUNT}
    from_zip = list(read_records(write_zip(tmp_path / "archive.zip", files)))
    assert from_zip == read(files)[0]


def test_parts_come_in_the_order_of_their_numbers(read):
    names = ["data/tweets.js", *(f"data/tweets-part{n}.js" for n in range(1, 12))]
    files = {name: tweets_js([tweet(str(n), sequence=n)], part=n) for n, name in enumerate(names)}
    assert [r["text"] for r in read(files)[0]] == [str(n) for n in range(12)]


def test_community_posts_are_read_and_likes_and_deleted_ones_are_not(read):
    files = {
        "data/tweets.js": tweets_js([tweet("mine")]),
        "data/community-tweet.js": script("YTD.community_tweet.part0", [{"tweet": tweet("ours")}]),
        "data/like.js": script(
            "YTD.like.part0", [{"like": {"tweetId": "5", "fullText": "theirs"}}]
        ),
        "data/deleted-tweets.js": script(
            "YTD.deleted_tweets.part0", [{"tweet": tweet("gone", deleted_at="2024-05-20")}]
        ),
    }
    assert [r["text"] for r in read(files)[0]] == ["mine", "ours"]
    deleted, _ = read(files, deleted=True)
    assert deleted[-1]["text"] == "gone" and deleted[-1]["deleted_at"] == "2024-05-20"


def test_text_is_unescaped_exactly_once(read):
    (record,), _ = read([tweet("x &lt; y &amp;amp; z &amp;lt;3")])
    assert record["text"] == "x < y &amp; z &lt;3"


def test_links_x_adds_for_media_are_taken_off_and_links_are_expanded(read):
    media = [{"url": "https://t.co/pic", "expanded_url": "https://twitter.com/a/status/1/photo/1"}]
    entities = {
        "urls": [{"url": "https://t.co/web", "expanded_url": "https://example.org/tram"}],
        "hashtags": [{"text": "KeepLine7"}],
        "user_mentions": [{"screen_name": "bo", "id_str": "-1"}],
        "media": media,
    }
    (record,), _ = read(
        [tweet("look https://t.co/web https://t.co/pic", entities=entities,
               extended_entities={"media": media})]
    )  # fmt: skip
    assert record["text"] == "look https://t.co/web"
    assert record["urls"] == ["https://example.org/tram"]
    assert (record["hashtags"], record["mentions"]) == (["KeepLine7"], ["bo"])
    assert record["kind"] == "post"


def test_post_of_a_photo_only_has_no_text(read):
    media = {"media": [{"url": "https://t.co/pic"}]}
    (record,), _ = read([tweet("https://t.co/pic", entities=media)])
    assert record["text"] is None
    assert to_frame([record])["text"].isna().all()


def test_repost_is_told_by_its_first_words(read):
    records, _ = read([tweet("RT @bo: well said…", sequence=1), tweet("I RT @bo: x", sequence=2)])
    assert [r["kind"] for r in records] == ["repost", "post"]


def test_reply_and_quote(read):
    quote = {"urls": [{"url": "https://t.co/q", "expanded_url": "https://x.com/bo/status/99"}]}
    records, _ = read([
        tweet("@bo no", sequence=1, in_reply_to_status_id_str="98", in_reply_to_screen_name="bo"),
        tweet("see https://t.co/q", sequence=2, entities=quote),
        tweet("@gone no", sequence=3, in_reply_to_user_id="4"),
        tweet("https://t.co/q is what I mean", sequence=4, entities=quote),
    ])  # fmt: skip
    assert [r["kind"] for r in records] == ["reply", "quote", "reply", "post"]
    assert (records[0]["reply_to_id"], records[0]["reply_to_author"]) == ("98", "bo")
    assert (records[1]["quoted_id"], records[1]["quoted_author"]) == ("99", "bo")


LONG = (
    "It opened in 1926 & was cut back twice, see https://example.org/history for the whole story."
)


def notes(*texts, moment=NOON):
    made = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    core = {"hashtags": [{"text": "tram"}], "mentions": [{"screenName": "bo"}], "urls": []}
    rows = [{"noteTweet": {"createdAt": made, "core": {**core, "text": t}}} for t in texts]
    return script("YTD.note_tweet.part0", rows)


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("It opened in 1926 &amp; was cut…", LONG),
        ("It opened in 1926 &amp; was cut… https://t.co/abc", LONG),
        ("It opened in 1926 &amp; was cut back twice, see https://t.co/abc for…", LONG),
        ("@bo @cy It opened in 1926 &amp; was…", "@bo @cy " + LONG),
    ],
)
def test_long_post_gets_its_whole_text(read, cut, whole):
    files = {
        "data/tweets.js": tweets_js([tweet(cut)]),
        "data/note-tweet.js": notes("Another post of the same second", LONG),
    }
    (record,), (notice,) = read(files)
    assert record["text"] == whole
    assert (record["hashtags"], record["mentions"]) == (["tram"], ["bo"])
    assert "1 long texts belong to none" in notice.message and not notice.warning


def test_note_of_another_second_or_beginning_is_not_joined(read):
    files = {
        "data/tweets.js": tweets_js([tweet("It opened in 1926 &amp; was…"), tweet("Well, well…")]),
        "data/note-tweet.js": notes(LONG, moment=NOON + timedelta(seconds=1)),
    }
    assert [r["text"] for r in read(files)[0]] == ["It opened in 1926 & was…", "Well, well…"]


def edit(text, number, ids):
    control = {"editTweetIds": ids}
    info = {"initial": control}
    if number:
        info = {"edit": {"initialTweetId": ids[0], "editControlInitial": control}}
    return tweet(text, id_str=ids[number], edit_info=info)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_last_version_of_an_edited_post_counts(read, order):
    ids = [snowflake(sequence=n) for n in (1, 2, 3)]
    versions = [edit(f"version {n}", n, ids) for n in order]
    records, (notice,) = read([versions[0], tweet("other", sequence=9), *versions[1:]])
    assert [r["text"] for r in records] == ["other", "version 2"]
    assert "2 earlier versions" in notice.message and not notice.warning


def test_earlier_version_is_kept_when_the_last_is_not_there(read):
    ids = [snowflake(sequence=n) for n in (1, 2)]
    records, others = read([edit("version 0", 0, ids)])
    assert [r["text"] for r in records] == ["version 0"] and not others


def test_time_comes_from_the_id_to_the_millisecond(read):
    moment = datetime(2024, 5, 14, 19, 6, 7, 250_000, tzinfo=timezone.utc)
    (record,), others = read([tweet("x", moment=moment)])
    assert record["created_at"] == moment and record["time_known"] and not others


def test_stated_time_that_the_id_contradicts(read):
    (record,), (notice,) = read([tweet("x", created_at="Tue May 14 15:00:00 +0000 2024")])
    assert record["created_at"] == NOON
    assert "1 posts state a time that their id contradicts" in notice.message


def test_bogus_years_are_said_and_not_believed(read):
    bogus = "Sat Nov 09 12:14:18 +0000 1997"
    records, (notice,) = read([
        tweet("new", created_at=bogus), tweet("old", id_str="11406610783", created_at=bogus)
    ])  # fmt: skip
    assert records[0]["created_at"] == NOON
    assert "created_at" not in records[1] and records[1]["time_known"] is False
    assert notice.message.startswith("2 posts state a time before Twitter began")


def test_old_post_with_only_a_date(read):
    old = {"id_str": "11406610783", "created_at": "Thu Apr 01 00:00:00 +0000 2010"}
    (record,), _ = read([tweet("x", **old)])
    assert record["created_at"].year == 2010 and record["time_known"] is False


def test_language_that_is_none(read):
    records, _ = read([tweet("🚋", lang="und"), tweet("x", lang="qme"), tweet("ja", lang="de")])
    assert [r["lang"] for r in records] == [None, None, "de"]


def manifest(partial=False, **counts):
    files = {
        kind: {"files": [{"fileName": f"data/{name}", "globalName": f"YTD.{kind}.part0",
                          "count": str(count)}]}
        for kind, (name, count) in counts.items()
    }  # fmt: skip
    info = f'{{"isPartialArchive": {str(partial).lower()}}}'
    user = '{"accountId": "7", "userName": "ada"}'
    text = str(files).replace("'", '"')
    return (
        f'window.__THAR_CONFIG = {{"userInfo": {user}, "archiveInfo": {info}, "dataTypes": {text}}}'
    )


def test_manifest_that_agrees_is_silent_and_names_the_owner(read):
    files = {
        "data/tweets.js": tweets_js([tweet("a")]),
        "data/manifest.js": manifest(tweets=("tweets.js", 1)),
    }
    (record,), others = read(files)
    assert record["author"] == "ada" and not others


def test_manifest_that_counts_more_is_a_warning_and_no_row_is_lost(read):
    files = {
        "data/tweets.js": tweets_js([tweet("a")]),
        "data/manifest.js": manifest(
            True, tweets=("tweets.js", 3), note_tweet=("note-tweet.js", 2)
        ),
    }
    records, others = read(files)
    assert len(records) == 1
    assert all(isinstance(item, Notice) and item.warning for item in others)
    assert [str(item) for item in others] == [
        "manifest.js: X calls this archive partial: some posts are not in it",
        "data/note-tweet.js: missing: manifest.js lists it with 2 items; download again",
        "data/tweets.js: holds 1 posts, but manifest.js counts 3",
    ]


def test_rows_that_are_no_tweets_are_rejects(read):
    rows = [{"tweet": tweet("a")}, "b", {"tweet": {"full_text": "no id"}}, {"tweet": tweet("c")}]
    records, rejects = read({"data/tweets.js": script("YTD.tweets.part0", rows)})
    assert [r["text"] for r in records] == ["a", "c"]
    assert [(r.line, r.reason) for r in rejects] == [
        (2, "no tweet: not a JSON object"),
        (3, "a tweet without an id"),
    ]


def test_cut_file_gives_what_stands_before_the_cut(read):
    whole = tweets_js([tweet(str(n), sequence=n) for n in range(50)])
    records, (reject,) = read({"data/tweets.js": whole[: len(whole) // 2]})
    assert 20 < len(records) < 27
    assert isinstance(reject, Reject)
    assert reject.line == len(records) + 1 and "breaks off" in reject.reason


@pytest.mark.slow
def test_memory_does_not_grow_with_the_archive(tmp_path):
    import tracemalloc

    path = tmp_path / "archive.zip"
    rows = ",".join(f'{{"tweet": {{"id_str": "{n}", "full_text": "{"x" * 250}"}}}}'
                    for n in range(30_000))  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/tweets.js", f"window.YTD.tweets.part0 = [{rows}]")
    del rows
    tracemalloc.start()
    count = sum(isinstance(item, dict) for item in read_records(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_000
    assert peak < 6 << 20  # the file has 9 MiB


def test_deleted_long_post_gets_its_text_from_the_deleted_notes(read):
    note = {"noteTweetId": "1", "createdAt": NOON.isoformat(), "core": {"text": "gone, and whole"}}
    files = {
        "data/tweets.js": tweets_js([tweet("mine", sequence=1)]),
        "data/deleted-tweets.js": script(
            "YTD.deleted_tweets.part0", [{"tweet": tweet("gone, and…", deleted_at="2024-05-20")}]
        ),
        "data/deleted-note-tweet.js": script("YTD.deleted_note_tweet.part0", [{"noteTweet": note}]),
    }
    records, others = read(files, deleted=True)
    assert [r["text"] for r in records] == ["mine", "gone, and whole"] and not others
    records, (apart, counted) = read(files)
    assert [r["text"] for r in records] == ["mine"]
    assert apart.file == "data/deleted-tweets.js" and "deleted=True" in apart.message
    assert "2 files that such an export" in counted.message and not counted.warning


def test_tweets_in_a_shape_of_another_year_are_rejects_and_photos_are_not(read):
    moved = tweet("")
    moved["details"] = {"full_text": moved.pop("full_text")}
    records, (reject,) = read([tweet("", sequence=1), moved])
    assert [record["text"] for record in records] == [None]
    assert "without words in the places" in reject.reason
