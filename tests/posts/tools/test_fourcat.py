"""Tables of 4CAT."""

from stancekit.posts import Notice, detect, read_records
from tests.support import samples_tables as samples


def read(write, path, name):
    write(path)
    assert detect(path).name == name
    items = list(read_records(path))
    return [item for item in items if isinstance(item, dict)], items


def test_4cat_csv(tmp_path):
    (post, reply, repost), _ = read(samples.fourcat, tmp_path / "a", "4cat")
    assert (post["id"], post["text"], post["kind"]) == ("1788000000000000001", "a > b", "post")
    assert post["hashtags"] == ["tram", "noord"] and post["mentions"] == ["bo", "cy"]
    assert post["urls"] == ["https://a.example/?x=1,2", "https://b.example/"]
    assert post["created_at"].isoformat() == "2024-05-07T10:00:00+00:00"
    assert post["like_count"] == "3"
    assert (reply["kind"], reply["reply_to_author"]) == ("reply", "ada")
    assert reply["author"] is None  # REDACTED is nobody
    assert reply["conversation_id"] == post["id"]
    assert repost["kind"] == "repost"


def test_4cat_forum_rows_have_their_subject_before_the_body(tmp_path):
    rows = [
        {"id": "s1", "thread_id": "s1", "timestamp": "2024-05-07 10:00:00", "subject": "The tram",
         "body": "Keep it.", "author": "ada"},
        {"id": "c1", "thread_id": "s1", "timestamp": "2024-05-07 10:00:00", "subject": "",
         "body": "[removed]", "author": "[deleted]"},
    ]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_bytes(samples.table(rows))
    post, gone = read_records(path)
    assert post["text"] == "The tram\n\nKeep it."
    assert (gone["text"], gone["author"], gone["removed"]) == (None, None, "removed")


def test_4cat_ids_rounded_by_a_spreadsheet_are_none_and_that_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(samples.table([row | {"id": "1.788E+18"} for row in samples.FOURCAT]))
    items = list(read_records(path))
    assert [r.get("id") for r in items if isinstance(r, dict)] == [None] * 3
    assert any("rounded the ids" in str(item) for item in items if isinstance(item, Notice))


def test_4cat_bluesky(tmp_path):
    (post, reply, quote), _ = read(samples.fourcat_bluesky, tmp_path / "a", "4cat")
    assert (post["kind"], post["hashtags"], post["lang"]) == ("post", ["noord", "tram"], "en")
    assert post["urls"] == ["https://a.example/", "https://b.example/"]
    assert post["created_at"].isoformat() == "2024-11-19T10:00:00+00:00"
    assert (reply["kind"], reply["reply_to_author"]) == ("reply", "ada.example")
    assert reply["reply_to_id"] == post["id"] and reply["lang"] is None
    assert (quote["kind"], quote["quoted_id"]) == ("quote", None)
    assert quote["author_display_name"] == "Cy"


def test_4cat_telegram_names_people_and_forwards(tmp_path):
    (post, reply, forward), _ = read(samples.fourcat_telegram, tmp_path / "a", "4cat")
    assert (post["author"], post["author_id"], post["author_name"]) == ("ada_tg", "555", "Ada")
    assert (reply["author"], reply["author_id"]) == ("Bo", "556")
    assert (reply["kind"], reply["reply_to_id"]) == ("reply", post["id"])
    assert reply["reply_to_author"] == "ada_tg"
    assert (forward["kind"], forward["reposted_author"]) == ("repost", "noordnews")


def test_4cat_truth_social_html_is_read_as_words(tmp_path):
    (post, plain), _ = read(samples.fourcat_truth, tmp_path / "a", "4cat")
    assert post["text"] == "Well, @bo & all\n\nsee https://a.example/tram"
    assert (post["author"], post["author_id"], post["mentions"]) == ("ada", "9", ["bo"])
    assert post["urls"] == ["https://a.example/tram"]
    assert plain["text"] == "a < b, <3 and 1 > 0"


def test_4cat_tiktok_comments_are_replies(tmp_path):
    (comment, answer), _ = read(samples.fourcat_tiktok_comments, tmp_path / "a", "4cat")
    assert (comment["kind"], comment["reply_to_id"]) == ("reply", "7361")
    assert (answer["reply_to_id"], answer["reply_to_author"]) == ("c1", "ada")
    assert comment["conversation_id"] == answer["conversation_id"] == "7361"


def test_4cat_facebook_has_no_thread(tmp_path):
    (post,), _ = read(samples.fourcat_facebook, tmp_path / "a", "4cat")
    assert (post["author"], post["author_name"], post["kind"]) == ("ada", "Ada L", "post")


def test_4cat_reddit_names_the_parent_by_its_full_name(tmp_path):
    rows = [
        {"id": "s1", "thread_id": "s1", "timestamp": "1715076000", "subject": "The tram",
         "body": "", "author": "ada", "parent": ""},
        {"id": "c1", "thread_id": "s1", "timestamp": "1715076000", "subject": "",
         "body": "no", "author": "bo", "parent": "t3_s1"},
        {"id": "c2", "thread_id": "s1", "timestamp": "1715076000", "subject": "", "author": "cy",
         "body": "[ Removed by Reddit in response to a copyright notice. ]", "parent": "t1_c1"},
    ]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_bytes(samples.table(rows))
    post, reply, gone = read_records(path)
    assert (post["text"], post["kind"]) == ("The tram", "post")
    assert (reply["reply_to_id"], reply["reply_to_author"]) == ("s1", "ada")
    assert (gone["text"], gone["removed"], gone["reply_to_author"]) == (None, "removed", "bo")


def test_4cat_boards_answer_the_first_post_or_the_one_they_name(tmp_path):
    common = {"timestamp": "2024-05-07 10:00:00", "author": "Anonymous", "country_code": ""}
    rows = [
        {"id": "101", "thread_id": "101", "subject": "The tram", "body": "Keep it", **common},
        {"id": "102", "thread_id": "101", "subject": "", "body": "no", **common},
        {"id": "103", "thread_id": "101", "subject": "", "body": ">>102 yes", **common},
    ]
    path = tmp_path / "a.csv"
    path.write_bytes(samples.table(rows))
    records = list(read_records(path))
    assert [(r["kind"], r["reply_to_id"]) for r in records] == [
        ("post", None), ("reply", "101"), ("reply", "102"),
    ]  # fmt: skip
    assert [r["author"] for r in records] == [None] * 3
