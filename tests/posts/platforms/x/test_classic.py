"""The quirks of X archives of 2012 to 2018, and of their tables, each on an invented one."""

import json

import pytest

from stancekit.posts import Notice, Reject, detect, read_records
from tests.support.builders import write_folder, write_zip
from tests.support.samples_xreaders import post_id, v1_tweet

OLD = (
    "tweet_id,in_reply_to_status_id,in_reply_to_user_id,retweeted_status_id,"
    "retweeted_status_user_id,timestamp,source,text,expanded_urls"
)
NEW = (
    "tweet_id,in_reply_to_status_id,in_reply_to_user_id,timestamp,source,text,"
    "retweeted_status_id,retweeted_status_user_id,retweeted_status_timestamp,expanded_urls"
)
DETAILS = 'var user_details = {"screen_name": "ada", "id": "7", "full_name": "Ada"}'


def parted(items):
    items = list(items)
    records = [item for item in items if isinstance(item, dict)]
    return records, [item for item in items if not isinstance(item, dict)]


def script(month, rows):
    return f"Grailbird.data.tweets_{month} = \n {json.dumps(rows, indent=2)}"


def status(text, n=0, **changes):
    tweet = v1_tweet(n)
    del tweet["full_text"]
    return tweet | {"text": text, "created_at": "2024-05-14 12:00:00 +0000", **changes}


def index(**months):
    files = [
        {"file_name": f"data/js/tweets/{m[1:]}.js", "tweet_count": n} for m, n in months.items()
    ]
    return f"var tweet_index =  {json.dumps(files)}"


def test_zip_and_folder_give_the_same_months_in_order(tmp_path):
    files = {
        "data/js/tweets/2013_02.js": script("2013_02", [status("two &gt; one", 2)]),
        "data/js/tweets/2013_01.js": script("2013_01", [status("one", 1)]),
        "data/js/tweet_index.js": index(_2013_02=1, _2013_01=1),
        "data/js/user_details.js": DETAILS,
    }
    folder, path = write_folder(tmp_path / "a", files), write_zip(tmp_path / "a.zip", files)
    assert detect(folder).name == detect(path).name == "x-classic"
    records, others = parted(read_records(folder))
    assert [r["text"] for r in records] == ["one", "two > one"] and not others
    assert records[0]["author"] == "rider_1" and records[0]["id"] == post_id(1)
    assert parted(read_records(path))[0] == records


def test_repost_in_a_script_is_whole(tmp_path):
    row = status("RT @b: cut ...", retweeted_status=status("cut no more", 1))
    folder = write_folder(tmp_path / "a", {"data/js/tweets/2013_01.js": script("2013_01", [row])})
    ((record,), _) = parted(read_records(folder))
    assert (record["kind"], record["text"]) == ("repost", "cut no more")


def test_day_without_an_hour_is_told_where_the_id_holds_no_time(tmp_path):
    rows = [status("day only", id_str="11406610783", created_at="2010-04-01 00:00:00 +0000"),
            status("by its id", 3, created_at="2024-05-14 00:00:00 +0000")]  # fmt: skip
    folder = write_folder(tmp_path / "a", {"data/js/tweets/2010_04.js": script("2010_04", rows)})
    records, _ = parted(read_records(folder))
    assert [r["time_known"] for r in records] == [False, True]
    assert records[0]["created_at"].isoformat() == "2010-04-01T00:00:00+00:00"
    assert records[1]["created_at"].second == 3


def test_months_and_posts_that_the_index_counts_and_the_archive_lacks(tmp_path):
    files = {"data/js/tweets/2013_01.js": script("2013_01", [status("one")]),
             "data/js/tweet_index.js": index(_2013_01=4, _2013_02=10, _2013_03=20)}  # fmt: skip
    records, others = parted(read_records(write_folder(tmp_path / "a", files)))
    assert len(records) == 1
    assert "lists 2 months with 30 posts that are not here (2013_02, 2013_03)" in others[0].message
    assert others[1].message == "holds 1 posts, but tweet_index.js counts 4"
    assert all(isinstance(item, Notice) and item.warning for item in others)


def test_month_without_a_script_is_read_from_its_table(tmp_path):
    row = f'\n"{post_id(2)}","","","","","2024-05-14 12:00:02 +0000","web","from the table"\n'
    files = {"data/js/tweets/2013_01.js": script("2013_01", [status("from the script")]),
             "data/csv/2013_01.csv": OLD + row, "data/csv/2013_02.csv": OLD + row,
             "tweets.csv": NEW + "\n", "data/js/user_details.js": DETAILS}  # fmt: skip
    records, _ = parted(read_records(write_folder(tmp_path / "a", files)))
    assert [r["text"] for r in records] == ["from the script", "from the table"]
    assert records[1]["author"] == "ada" and records[1]["author_id"] == "7"


@pytest.mark.parametrize("header", [OLD, NEW])
def test_both_orders_of_columns(tmp_path, header):
    cells = {
        "tweet_id": post_id(1),
        "timestamp": "2024-05-14 12:00:01 +0000",
        "source": "web",
        "in_reply_to_status_id": "5",
        "text": '"a ""b""\n&amp; c"',
        "expanded_urls": '"https://a.example/1,https://b.example/2,https://a.example/1"',
    }
    path = tmp_path / "tweets.csv"
    row = ",".join(cells.get(name, "") for name in header.split(","))
    path.write_text(f"{header}\n{row}\n", encoding="utf-8", newline="")
    assert detect(path).name == "x-classic"
    ((record,), others) = parted(read_records(path, author="ada"))
    assert record["text"] == 'a "b"\n& c' and record["kind"] == "reply" and not others
    assert record["reply_to_id"] == "5" and record["author"] == "ada"
    assert record["urls"] == ["https://a.example/1", "https://b.example/2"]
    assert record["created_at"].isoformat() == "2024-05-14T12:00:01+00:00"


@pytest.mark.parametrize("line", ["tweet_id,a\rb", "id,tweet_id\0,text", "tweet_id,a\x85b\rc"])
def test_a_first_line_that_is_cut_by_a_stray_character_is_no_such_table(tmp_path, line):
    path = tmp_path / "tweets.csv"
    path.write_text(f"{line}\n1,2,3\n", encoding="utf-8", newline="")
    assert detect(path).name == "csv"


def test_rows_shorter_and_longer_than_the_header(tmp_path):
    start = f'"{post_id(1)}","","","","","2024-05-14 12:00:01 +0000","web","text"'
    rows = [start, start + ',"https://a.example"', start + ',"https://a.example","https://b.example"',
            '"5","torn"']  # fmt: skip
    path = tmp_path / "2012_09.csv"
    path.write_text("\n".join([OLD, *rows]), encoding="utf-8")
    records, (reject,) = parted(read_records(path))
    assert [r["urls"] for r in records] == [
        [], ["https://a.example"], ["https://a.example", "https://b.example"],
    ]  # fmt: skip
    assert isinstance(reject, Reject) and reject.line == 5 and "2 cells" in reject.reason


def test_reposts_in_a_table(tmp_path):
    rows = ['"8","","","9","10","2010-09-29 17:35:58 +0000","web","RT @b: told"',
            '"7","","","","","2010-09-29 17:35:58 +0000","web","RT @b: by hand"']  # fmt: skip
    path = tmp_path / "2010_09.csv"
    path.write_text("\n".join([OLD, *rows]), encoding="utf-8")
    records, _ = parted(read_records(path))
    assert [(r["kind"], r["repost_of"]) for r in records] == [("repost", "9"), ("repost", None)]
    assert all(record["time_known"] for record in records)


def test_ids_that_a_spreadsheet_has_rounded_are_rejects(tmp_path):
    path = tmp_path / "tweets.csv"
    path.write_text(f"{OLD}\n1.62E+17,,,,,2010-09-29 17:35:58 +0000,web,told,\n", encoding="utf-8")
    assert [item.line for item in read_records(path)] == [2]


def test_items_that_are_no_tweets_are_rejects(tmp_path):
    rows = [5, {"text": "no id"}, status("sound")]
    folder = write_folder(tmp_path / "a", {"data/js/tweets/2013_01.js": script("2013_01", rows)})
    records, others = parted(read_records(folder))
    assert len(records) == 1 and [item.line for item in others] == [1, 2]
