"""Tables as tools write them: each column of ours is the column of theirs that has it."""

import ast
import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest


@dataclass(frozen=True)
class Table:
    """A case, the kinds of its posts, and for columns of ours the way to theirs."""

    case: str
    kinds: tuple[str | None, ...]
    same: dict[str, str]
    times: tuple[str, ...] = ()
    given: dict[str, Callable[[list[dict]], list]] = field(default_factory=dict)


def python_lists(name, key=None):
    """Lists as Python writes them, of objects their `key`."""

    def read(rows):
        cells = [ast.literal_eval(row[name]) for row in rows]
        return [[one[key] if key else one for one in cell] for cell in cells]

    return read


#: Lists, in every way a cell may hold one; read as the tool writes it.
LISTS = ("mentions", "hashtags", "urls")

TABLES = (
    Table(
        "rtweet-csv/rtweet.csv",
        ("post", "repost", "reply", "repost"),
        {"text": "text", "author": "screen_name", "author_id": "user_id", "id": "status_id",
         "repost_of": "retweet_status_id", "reply_to_id": "reply_to_status_id",
         "reply_to_author": "reply_to_screen_name", "quoted_id": "quoted_status_id",
         "mentions": "mentions_screen_name"},
    ),
    Table(
        "twint-csv/twint.csv",
        ("post", "reply"),
        {"text": "tweet", "author": "username", "conversation_id": "conversation_id"},
        ("2020-05-11 23:00:00", "2020-05-11 23:01:00"),
        {"reply_to_id": lambda rows: [None, None],
         "reply_to_author": lambda rows: [None, rows[0]["username"]],
         "mentions": python_lists("mentions", "screen_name"), "hashtags": python_lists("hashtags")},
    ),
    Table(
        "snscrape-nested-user/snscrape.jsonl",
        (None, "reply"),
        {"text": "content", "author": "user.username", "author_id": "user.id",
         "reply_to_id": "inReplyToTweetId", "reply_to_author": "inReplyToUser.username",
         "quoted_id": "quotedTweet.id", "quoted_author": "quotedTweet.user.username",
         "conversation_id": "conversationId"},
        given={"mentions": lambda rows: [
            row["mentionedUsers"] and [one["username"] for one in row["mentionedUsers"]]
            for row in rows]},
    ),
    Table(
        "apify-camelcase-json/tweets.json",
        ("post", "reply", "repost"),
        {"text": "fullText", "author": "author.userName", "reply_to_id": "inReplyToId"},
        ("2023-11-24 17:49:36", "2023-11-24 17:50:36", "2023-11-24 17:51:36"),
    ),
    Table(
        "gab-nested-post/gab.ndjson",
        ("post", "post"),
        {"text": "post.body", "author": "actuser.username"},
        ("2018-10-27 10:00:00", "2018-10-27 10:01:00"),
    ),
    Table(
        "names-of-common-tools/tcat.csv",
        (None, "repost"),
        {"text": "text", "author": "from_user_name", "id": "id"},
    ),
    Table(
        "names-of-common-tools/talkwalker.csv",
        (None, None),
        {"text": "content", "author": "extra_author_attributes.short_name"},
        ("2021-11-02 10:00:00", "2021-11-02 10:01:00"),
    ),
    Table(
        "names-of-common-tools/minet.csv",
        (None, "reply"),
        {"text": "text", "reply_to_id": "to_tweetid", "reply_to_author": "to_username",
         "mentions": "mentioned_names", "hashtags": "hashtags", "urls": "links"},
    ),
    Table(
        "names-of-common-tools/scraped.csv",
        ("post", "repost"),
        {"text": "text", "author": "usernameTweet", "id": "ID"},
        ("2020-05-12 01:00:00", "2020-05-12 01:01:00"),
    ),
    Table(
        "4cat-bluesky-replies/bsky.csv",
        ("post", "reply", "quote"),
        {"text": "body", "author": "author", "reply_to_author": "replied_to_user",
         "quoted_author": "quoted_user", "hashtags": "tags", "lang": "languages"},
    ),
    Table(
        "4cat-telegram-people/telegram.csv",
        ("post", "reply", "repost"),
        {"text": "body", "author": "author_username", "author_id": "author", "id": "id"},
        given={"reply_to_author": lambda rows: [None, rows[0]["author_username"], None]},
    ),
    Table(
        "times-day-and-month-by-column/troll.csv",
        ("post", "repost", "post"),
        {"text": "content", "author": "author"},
        ("2017-10-01 19:58:00", "2017-10-13 22:43:00", "2017-10-02 08:00:00"),
    ),
    Table(
        "times-of-fourteen-digits/parler.csv",
        (None, None),
        {"text": "body", "author": "username"},
        ("2021-01-06 04:30:45", "2020-12-31 23:59:59"),
    ),
    Table(
        "times-with-zone-names/zones.csv",
        (None,) * 7,
        {"text": "text"},
        ("2023-11-13 09:30:36", "2023-07-13 08:30:36", "2009-04-07 05:19:45",
         "2020-05-11 23:00:00", "2021-01-14 20:32:05", "2020-05-11 23:00:00",
         "2021-01-06 04:30:45"),
    ),
)  # fmt: skip


def source_rows(path):
    """What the case's file holds, by the standard library alone."""
    content = path.read_text("utf-8-sig")
    if path.suffix == ".json":
        return json.loads(content)
    if path.suffix in (".jsonl", ".ndjson"):
        return [json.loads(line) for line in content.splitlines()]
    lines = content.splitlines(keepends=True)
    if lines[0].startswith("sep="):
        del lines[0]
    delimiter = max("\t;,", key=lines[0].count)
    return list(csv.DictReader(lines, delimiter=delimiter))


def at(row, way):
    """The value at the end of a way, of ids without rtweet's x; None for nothing."""
    value = row
    for name in [way] if way in row else way.split("."):
        value = value and value.get(name)
    if isinstance(value, str) and value.startswith("x") and value[1:].isdigit():
        value = value[1:]
    return None if value in (None, "") else str(value)


@pytest.mark.parametrize("table", [pytest.param(one, id=one.case) for one in TABLES])
def test_columns_are_found_under_the_tools_own_names(table, label, cases):
    done = label(table.case)
    rows = source_rows(cases / table.case)
    assert (done.exit_code, done.rejects, len(done.posts)) == (0, [], len(rows))
    assert tuple(done.column("kind")) == table.kinds
    for ours, theirs in table.same.items():
        expected = [at(row, theirs) for row in rows]
        if ours in LISTS:
            expected = [one and one.replace("|", " ").split() for one in expected]
        assert done.column(ours) == expected, ours
    for ours, expected in table.given.items():
        assert done.column(ours) == expected(rows), ours
    if table.times:
        assert tuple(done.times) == table.times


def test_reposts_told_by_a_flag_count_in_no_share(label):
    said = label("rtweet-csv/rtweet.csv").said
    assert "own posts share reposts" in said
    assert "count in no share" in said


def test_a_reply_in_a_telegram_table_names_a_post_of_the_table(label):
    posts = label("4cat-telegram-people/telegram.csv").posts
    assert posts.reply_to_id[1] == posts.id[0]
    assert posts.reposted_author[2]


def test_the_order_of_day_and_month_is_said(label):
    assert "were read as month/day" in label("times-day-and-month-by-column/troll.csv").said


def test_no_time_is_found_or_that_is_said(label):
    said = label("broken-utf8-in-a-table/comments.csv").said
    assert "none found for time" in said


def test_a_nodexl_sheet_has_its_header_in_the_second_row(label, cases):
    openpyxl = pytest.importorskip("openpyxl")
    case = "nodexl-two-header-rows/nodexl.xlsx"
    sheet = openpyxl.load_workbook(cases / case).active
    _, header, *cells = sheet.iter_rows(values_only=True)
    rows = [dict(zip(header, row, strict=True)) for row in cells]
    done = label(case)
    assert done.exit_code == 0
    for ours, theirs in (("author", "Vertex 1"), ("text", "Tweet"), ("id", "Imported ID")):
        assert done.column(ours) == [row[theirs] for row in rows]
    assert done.times == [str(row["Relationship Date (UTC)"]) for row in rows]
    assert done.column("kind") == ["post", "reply"]
    assert done.column("mentions")[0] == [rows[0]["Vertex 2"]]
    assert done.column("reply_to_author") == [None, rows[1]["Vertex 2"]]


def test_a_table_without_a_header_says_how_to_read_it(label, cases):
    case = "csv-without-header/train.csv"
    refused = label(case)
    assert refused.exit_code == 1
    assert "the first row looks like a post" in refused.said
    assert "-O header=no, -O text=6" in refused.said
    done = label(case, "-O", "header=no", "-O", "text=6")
    rows = list(csv.reader((cases / case).read_text("cp1252").splitlines()))
    assert done.exit_code == 0
    assert done.column("text") == [row[5] for row in rows]


def test_markup_is_taken_out_of_a_text(label, cases):
    case = "4cat-truth-html/truth.csv"
    (row,) = source_rows(cases / case)
    done = label(case)
    (text,) = done.column("text")
    assert not set("<>").intersection(text)
    assert "&amp;" in row["body"]
    assert "& " in text
    assert "amp" not in text
    assert text.count("\n\n") == row["body"].count("</p>") - 1
    assert done.column("author") == [row["account_username"]]
    assert done.column("author_id") == [row["account_id"]]
    assert done.column("mentions") == [[row["mentions"]]]


def test_broken_utf8_is_mended_counted_and_left_if_asked(label, cases):
    case = "broken-utf8-in-a-table/comments.csv"
    rows = [row["text"] for row in source_rows(cases / case)]
    done = label(case)
    mended = [text.encode("sloppy-windows-1252").decode("utf-8") for text in rows]
    assert done.column("text") == mended
    assert mended[2] == rows[2]
    assert "in 2 texts broken UTF-8" in done.said
    assert label(case, "-O", "keep_text=yes", out="kept.csv").column("text") == rows


QUOTES = ["csv-open-quote/open.csv", "rel-csv-open-quote/posts.csv", "rel-csv-open-quote/two.csv"]


@pytest.mark.parametrize("case", QUOTES)
def test_a_quotation_mark_never_closed_costs_no_row(case, label, cases):
    done = label(case)
    rows = (cases / case).read_text("utf-8").splitlines()[1:]
    open_ = [line for line, row in enumerate(rows, 2) if row.count('"') % 2]
    assert (done.exit_code, done.rejects) == (0, [])
    assert done.column("id") == [row.split(",")[0] for row in rows]
    assert re.search(
        rf"{len(open_)} lines? (has|have) a quotation mark .*first: line {open_[0]}\)", done.said
    )
    for line in open_:
        assert done.column("text")[line - 2] in rows[line - 2]
