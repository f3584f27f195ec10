"""The table that twarc-csv makes, on invented rows."""

import csv

import pytest

from stancekit.errors import FormatError, InputError
from stancekit.posts import Notice, Reject, detect, read_records
from tests.support.samples_xreaders import moment, post_id, twarc_csv

FIELDS = ("id", "conversation_id", "referenced_tweets.replied_to.id",
          "referenced_tweets.retweeted.id", "referenced_tweets.quoted.id", "author_id",
          "in_reply_to_user_id", "in_reply_to_username", "quoted_username", "created_at", "text",
          "lang", "public_metrics.like_count", "entities.hashtags", "entities.mentions",
          "entities.urls", "author.username", "geo.full_name")  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def read(*rows):
        path = tmp_path / "tweets.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, FIELDS, restval="")
            writer.writeheader()
            for n, row in enumerate(rows):
                writer.writerow({"id": post_id(n), "author_id": "7", **row})
        assert detect(path).name == "twarc-csv"
        items = list(read_records(path))
        records = [item for item in items if isinstance(item, dict)]
        return records, [item for item in items if not isinstance(item, dict)]

    return read


def test_every_row_of_a_table_is_a_post(tmp_path):
    twarc_csv(tmp_path / "t.csv", 20)
    records = [item for item in read_records(tmp_path / "t.csv") if isinstance(item, dict)]
    assert [r["id"] for r in records] == [post_id(n) for n in range(20)]
    assert [r["created_at"] for r in records] == [moment(n) for n in range(20)]
    assert records[0]["author"] == "rider_0" and records[2]["mentions"] == ["marga_ostermoor"]
    assert records[2]["text"].endswith("déjà vu #nighttram") and records[0]["text"].count("&") == 1
    assert {r["public_metrics.like_count"] for r in records} == {"3"}


def test_words_as_the_table_writes_them(read):
    (record,), _ = read({"text": r"one\ntwo &lt;3", "entities.hashtags": '["tram"]',
                         "entities.mentions": '["@bo"]', "lang": "und"})  # fmt: skip
    assert record["text"] == "one\ntwo <3" and record["lang"] is None
    assert record["hashtags"] == ["tram"] and record["mentions"] == ["bo"]


@pytest.mark.parametrize("media", ["https://x.com/a/status/1/video/1", "pic.twitter.com/abc"])
def test_media_links_are_taken_off(read, media):
    links = f'["https://example.org", "{media}"]'
    (record,), _ = read({"text": "see https://t.co/a https://t.co/b", "entities.urls": links})
    assert record["text"] == "see https://t.co/a" and record["urls"] == ["https://example.org"]


def test_kinds_and_what_they_point_to(read):
    records, (notice, told) = read(
        {"text": "yes", "referenced_tweets.replied_to.id": "5", "in_reply_to_username": "bo"},
        {"text": "this", "referenced_tweets.quoted.id": "5", "quoted_username": "bo"},
        {"text": "RT @bo: this is c…", "referenced_tweets.retweeted.id": "5"},
        {"text": "@bo first", "in_reply_to_user_id": "8"},
        {"text": "mine"},
    )
    assert [r["kind"] for r in records] == ["reply", "quote", "repost", "reply", "post"]
    assert records[0]["reply_to_author"] == records[1]["quoted_author"] == "bo"
    assert records[2]["repost_of"] == "5"
    assert isinstance(notice, Notice) and notice.message.startswith("1 reposts")
    assert records[3]["reply_to_author"] == "bo" and told.message.startswith("1 reply does not say")


def test_columns_of_no_place_are_kept_in_every_row(read):
    records, _ = read({"text": "a", "geo.full_name": "Noordwoud"}, {"text": "b"})
    assert [record["geo.full_name"] for record in records] == ["Noordwoud", None]


def test_ids_that_a_spreadsheet_has_rounded_are_refused(read):
    with pytest.raises(InputError, match="rounded"):
        read({"text": "a", "id": "1.38E+18"})


def test_row_without_an_id_is_a_reject(read):
    records, (reject,) = read({"text": "a"}, {"text": "b", "id": ""})
    assert len(records) == 1 and isinstance(reject, Reject) and reject.line == 3


@pytest.mark.parametrize("column", ["text", "id", "author_id"])
def test_table_that_lacks_a_column_is_refused_by_name_and_read_as_any_table(tmp_path, column):
    twarc_csv(tmp_path / "t.csv", 3)
    header, _, rows = (tmp_path / "t.csv").read_text(encoding="utf-8").partition("\n")
    names = [name.upper() if name == column else name for name in header.rstrip("\r").split(",")]
    path = tmp_path / "other.csv"
    path.write_text(",".join(names) + "\n" + rows, encoding="utf-8")
    with pytest.raises(FormatError, match=rf"other\.csv: no table .*lacks the columns {column}\."):
        list(read_records(path, "twarc-csv"))
    assert detect(path).name == "csv"


def test_row_that_ends_before_its_text_is_a_post_without_words(tmp_path):
    header = "id,author_id,referenced_tweets.replied_to.id,text"
    path = tmp_path / "t.csv"
    path.write_text(f"{header}\n{post_id(1)},7,,no tram\n{post_id(2)},7,\n", encoding="utf-8")
    records = [item for item in read_records(path, "twarc-csv") if isinstance(item, dict)]
    assert [record["text"] for record in records] == ["no tram", None]
