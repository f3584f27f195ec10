"""Tables with the columns that common tools write; accounts and causes are invented."""

import json

import pytest

from stancekit.posts import Notice, read_records
from stancekit.posts.tables.names import FLAGS, KIND_WORDS, NAMES, TEXT_NAMES, plain_name
from tests.support.samples_tables import workbook

TWEET = "1260000000000000001"


@pytest.fixture
def read(tmp_path):
    def read(content, name="posts.csv", **options):
        path = tmp_path / name
        if callable(content):
            content(path)
        else:
            path.write_text(content, encoding="utf-8")
        items = list(read_records(path, **options))
        said = [str(item) for item in items if isinstance(item, Notice)]
        return [item for item in items if isinstance(item, dict)], said

    return read


def test_names_are_written_as_plain_names():
    groups = (*TEXT_NAMES, *NAMES.values(), *FLAGS.values(), tuple(KIND_WORDS))
    assert all(plain_name(name) == name for names in groups for name in names)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("createdAt", "created_at"),
        ("inReplyToTweetId", "in_reply_to_tweet_id"),
        ("usernameTweet", "username_tweet"),
        ("ID", "id"),
        ("tweetID", "tweet_id"),
        ("Full Text", "full_text"),
        ("HTMLText", "html_text"),
        ("user.screen_name", "user_screen_name"),
    ],
)
def test_words_in_camel_case_are_parted(name, plain):
    assert plain_name(name) == plain


def test_reposts_are_told_by_a_flag_and_never_count_as_own_posts(read):
    rows = "7,ana,no tram,TRUE,FALSE\n8,bo,ok,0,1\n9,cy,so,no,no\n"
    records, said = read("tweet_id,author,text,isRetweet,is_reply\n" + rows)
    assert [r["kind"] for r in records] == ["repost", "reply", "post"]
    assert "isRetweet" not in records[0] and "kind by 'isRetweet'" in said[0]


def test_a_column_that_is_no_flag_is_carried_through(read):
    records, _ = read("id,text,retweet\n1,no tram,17\n2,peace,3\n")
    assert records[0]["retweet"] == "17" and "kind" not in records[0]


def test_words_for_kinds_are_understood_and_others_carried_through(read):
    records, _ = read("id,text,type\n1,a,Retweet\n2,b,original\n3,c,quoted\n4,d,replied_to\n")
    assert [r["kind"] for r in records] == ["repost", "post", "quote", "reply"]
    records, _ = read("id,text,type\n1,a,photo\n")
    assert records[0]["type"] == "photo"


def test_a_flag_says_more_than_a_word_that_is_always_the_same(read):
    rows = [{"type": "tweet", "id": str(n), "text": "no tram", "isRetweet": n == 2} for n in (1, 2)]
    records, _ = read(json.dumps(rows), "posts.json")
    assert [r["kind"] for r in records] == ["post", "repost"]


def test_authors_replies_and_quotes_that_are_objects(read):
    rows = [
        {"id": 5, "date": "2024-05-01T10:00:00Z", "rawContent": "no tram",
         "user": {"username": "ana", "id": 70}, "inReplyToTweetId": None, "inReplyToUser": None,
         "quotedTweet": None, "mentionedUsers": [{"username": "bo"}]},
        {"id": 6, "date": "2024-05-01T11:00:00Z", "rawContent": "shame",
         "user": {"username": "bo", "id": 71}, "inReplyToTweetId": 5,
         "inReplyToUser": {"username": "ana", "id": 70},
         "quotedTweet": {"id": 4, "user": {"username": "cy"}}, "mentionedUsers": None},
    ]  # fmt: skip
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    records, _ = read(lines, "posts.jsonl")
    first, second = records
    assert (first["author"], first["author_id"], first["mentions"]) == ("ana", "70", ["bo"])
    assert (second["reply_to_id"], second["reply_to_author"]) == ("5", "ana")
    assert (second["quoted_id"], second["quoted_author"], second["kind"]) == ("4", "cy", "reply")
    assert "kind" not in first


def test_an_object_is_never_the_text(read):
    row = {"id": "1", "post": {"body": "what a clown", "user": {"username": "ana"}}}
    records, said = read(json.dumps(row) + "\n", "posts.jsonl")
    assert records[0]["text"] == "what a clown" and "text='post.body'" in said[0]


def test_lists_as_python_writes_them(read):
    rows = (
        "id\ttweet\tusername\tmentions\treply_to\thashtags\n"
        f"{TWEET}\thello\tana\t[{{'screen_name': 'bo', 'name': 'bo o’hara'}}]\t[]\t['tram', 'no']\n"
        "8\tno\tbo\t[]\t[{'screen_name': 'ana', 'id': '55'}]\t[]\n"
    )
    (first, second), _ = read(rows)
    assert (first["mentions"], first["hashtags"]) == (["bo"], ["tram", "no"])
    assert "reply_to_author" not in first and "kind" not in first
    assert (second["reply_to_author"], second["kind"]) == ("ana", "reply")
    assert "reply_to_id" not in second


def test_ids_with_the_x_of_rtweet(read):
    (row,), _ = read(f"status_id,text,retweet_status_id,user_id\nx{TWEET},no tram,x9,x55\n")
    assert (row["id"], row["author_id"], row["repost_of"]) == (TWEET, "55", "9")
    assert row["kind"] == "repost"


def test_two_rows_of_headings_and_mentions_that_are_no_replies(read):
    def write(path):
        rows = [
            ["", None, "Visual Properties", None, "Other Columns", None],
            ["Vertex 1", "Vertex 2", "Relationship", "Tweet", "Imported ID",
             "Relationship Date (UTC)"],
            ["ana", "bo", "Mentions", "@bo no tram", TWEET, "2024-05-01 10:00:00"],
            ["cy", "bo", "Replies to", "@bo shame", "8", "2024-05-01 10:01:00"],
            ["cy", "cy", "Tweet", "alone", "9", "2024-05-01 10:02:00"],
        ]  # fmt: skip
        workbook(path, {"Edges": rows})

    (mention, reply, own), _ = read(write, "edges.xlsx")
    assert (mention["author"], mention["mentions"], mention["kind"]) == ("ana", ["bo"], "post")
    assert (reply["reply_to_author"], reply["kind"]) == ("bo", "reply")
    assert "reply_to_author" not in own and own["kind"] == "post"


def test_what_was_not_found_is_said(read):
    _, said = read("id,text\n1,no tram\n")
    assert "none found for author and time" in said[0]
    names = ",".join(f"c{n}" for n in range(80))
    _, said = read(f"text,{names}\nno tram{',1' * 80}\n")
    assert said[0].endswith("c7, 72 more")


def test_so_it_is_in_scripts_that_put_no_spaces_between_words(read):
    rows = "月曜日,花子,本当に誇りに思います\n火曜日,太郎,ひどい話だと思います\n"
    records, _ = read("曜日,ユーザー名,ほんぶん\n" + rows)
    assert [r["author"] for r in records] == ["花子", "太郎"]
    assert records[0]["text"] == "本当に誇りに思います"


def test_a_column_whose_cells_look_like_posts_is_the_text_in_any_language(read):
    rows = "Nummer;Konto;Beitrag\n1;ana;kein Tram, kein Frieden heute\n2;bo;ihr habt alle recht\n"
    records, said = read(rows)
    assert records[1]["text"] == "ihr habt alle recht"
    assert "'Beitrag' (whose cells look like posts)" in said[0]
