"""The quirks of X API v1.1 collections, each on invented statuses."""

import json

import pytest

from stancekit.posts import Reject, detect, read_records, to_frame
from tests.support.samples_xreaders import post_id, v1_tweet, v1_user


@pytest.fixture
def read(tmp_path):
    def read(*values):
        path = tmp_path / "statuses.jsonl"
        path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
        items = list(read_records(path, "x-api-v1"))
        records = [item for item in items if isinstance(item, dict)]
        to_frame(records)
        return records, [item for item in items if not isinstance(item, dict)]

    return read


def status(text, n=0, **changes):
    return v1_tweet(n) | {"full_text": text} | changes


def compat(text, n=0, **changes):
    """As the API answers who does not ask for tweet_mode=extended."""
    tweet = status("", n)
    del tweet["full_text"]
    return tweet | {"text": text, **changes}


def test_extended_and_compat_statuses(read):
    records, _ = read(status("long &amp; whole"), compat("short &amp; whole", 1))
    assert [r["text"] for r in records] == ["long & whole", "short & whole"]
    assert [r["author"] for r in records] == ["rider_0", "rider_1"]
    assert records[0]["author_id"] == "1000" and records[0]["id"] == post_id(0)


def test_stream_has_the_whole_text_apart(read):
    entities = {"hashtags": [{"text": "tram"}], "urls": [], "user_mentions": []}
    extended = {"full_text": "the whole of it #tram", "entities": entities}
    cut = compat("the whole o… https://t.co/a", truncated=True, extended_tweet=extended)
    (record,), others = read(cut)
    assert record["text"] == "the whole of it #tram" and record["hashtags"] == ["tram"]
    assert not others


def test_text_cut_by_the_api_is_counted(read):
    (record,), (notice,) = read(compat("the whole o… https://t.co/a", truncated=True))
    assert record["text"].startswith("the whole o…")
    assert notice.warning and "1 posts were cut by the API" in notice.message


@pytest.mark.parametrize("streamed", [False, True])
def test_repost_gets_the_words_of_its_original(read, streamed):
    whole = "a long defence of the night tram #tram"
    original = status(whole, 1)
    if streamed:
        original = compat("a long…", 1, truncated=True, extended_tweet={"full_text": whole})
    (record,), others = read(compat("RT @rider_1: a lo…", 2, retweeted_status=original))
    assert (record["kind"], record["repost_of"], record["text"]) == ("repost", post_id(1), whole)
    assert record["author"] == "rider_2" and record["mentions"] == [] and not others


def test_old_repost_without_its_original(read):
    (record,), _ = read(compat("RT @rider_1: give us back"))
    assert record["kind"] == "repost" and record["text"].startswith("RT @rider_1")


def test_quotes_with_and_without_what_they_quote(read):
    quoted = status("the plan", 1)
    whole = status("Look https://t.co/q", 5, quoted_status=quoted, quoted_status_id_str=post_id(1))
    gone = status("Look", 3, quoted_status_id_str="5", quoted_status_permalink={
        "expanded": "https://twitter.com/bo/status/5"})  # fmt: skip
    records, _ = read(whole, gone)
    assert [(r["kind"], r["quoted_id"], r["quoted_author"]) for r in records] == [
        ("quote", post_id(1), "rider_1"), ("quote", "5", "bo"),
    ]  # fmt: skip
    assert records[0]["text"] == "Look https://t.co/q"


def test_reply_that_quotes_is_a_reply(read):
    (record,), _ = read(status("yes", in_reply_to_status_id_str="5", quoted_status_id_str="6",
                               in_reply_to_screen_name="bo"))  # fmt: skip
    assert record["kind"] == "reply" and record["quoted_id"] == "6"
    assert (record["reply_to_id"], record["reply_to_author"]) == ("5", "bo")


def test_id_that_javascript_rounded(read):
    (record,), _ = read(status("x", id=1169246717864136700, id_str="1169246717864136705"))
    assert record["id"] == "1169246717864136705"


def test_messages_of_a_stream_are_counted_and_no_rejects(read):
    deleted = {"delete": {"status": {"id": 5, "id_str": "5", "user_id": 6, "user_id_str": "6"}}}
    records, others = read(deleted, status("x"), {"limit": {"track": 9}}, deleted)
    assert len(records) == 1
    assert [item.message for item in others] == [
        "left out: 2 stream messages “delete”, 1 stream messages “limit”"
    ]


def test_searches_arrays_and_streams_are_detected(tmp_path):
    path = tmp_path / "f.json"
    deleted = {"delete": {"status": {"id": 5, "id_str": "5"}}}
    rows = [status("a"), compat("b", 1)]
    for text in (
        json.dumps({"statuses": rows, "search_metadata": {"count": 2}}, indent=1),
        json.dumps(rows),
        json.dumps(rows, indent=4),
        "\n".join(map(json.dumps, [deleted, *rows])),
        "\n".join(json.dumps(row, indent=2) for row in rows),
    ):
        path.write_text(text, encoding="utf-8")
        assert detect(path).name == "x-api-v1"
        records = [item for item in read_records(path) if isinstance(item, dict)]
        assert [r["text"] for r in records] == ["a", "b"]


def test_status_that_comes_again_is_left_out(read):
    records, (notice,) = read(status("a"), status("b", 1), status("a"))
    assert len(records) == 2 and "1 posts that came again" in notice.message


@pytest.mark.parametrize("value", [5, None, [5], {"a": 1}, {"text": "no id"}, {"statuses": [3]}])
def test_values_that_are_no_statuses_are_rejects(read, value):
    records, (reject,) = read(status("a"), value)
    assert len(records) == 1 and isinstance(reject, Reject) and reject.line == 2


def test_account_without_a_name_or_of_another_shape(read):
    records, _ = read(status("a", user={"id": 5}), status("b", 1, user=[1]),
                      status("c", 2, user=v1_user(2) | {"screen_name": 4}))  # fmt: skip
    assert [(r["author_id"], r["author"]) for r in records] == [
        ("5", None), (None, None), ("1002", None),
    ]  # fmt: skip
