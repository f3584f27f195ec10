import json

import pytest

from stancekit.errors import InputError
from stancekit.posts import read_records
from stancekit.posts.tables.columns import guess_columns


def guess(*names, sample=(), **given):
    return dict(guess_columns(names, list(sample), where="posts.csv", given=given).fields)


def test_common_exports_are_understood():
    four_cat = ("id", "thread_id", "timestamp", "body", "author", "author_id", "replied_author")
    assert guess(*four_cat) == {
        "text": "body", "id": "id", "author": "author", "author_id": "author_id",
        "created_at": "timestamp", "reply_to_author": "replied_author",
        "conversation_id": "thread_id",
    }  # fmt: skip
    twarc = ("id", "text", "author.username", "referenced_tweets.replied_to.id", "created_at")
    assert guess(*twarc)["reply_to_id"] == "referenced_tweets.replied_to.id"
    assert guess(*twarc)["author"] == "author.username"


def test_names_are_matched_without_regard_to_case_and_spaces():
    assert guess("Tweet ID", " Full Text ", "User-Name") == {
        "text": " Full Text ", "id": "Tweet ID", "author": "User-Name",
    }  # fmt: skip


def test_text_beats_lesser_names():
    assert guess("comment", "text")["text"] == "text"
    assert guess("text", "full_text")["text"] == "full_text"
    assert guess("description", "message")["text"] == "message"


def test_two_candidates_are_a_question():
    with pytest.raises(InputError, match=r"more than one.*'body', 'comment'.*text='body'"):
        guess("id", "comment", "body")


def test_a_column_of_numbers_is_no_text():
    sample = [{"body": "hello", "comment": "3"}, {"body": "bye", "comment": "1,204"}]
    assert guess("body", "comment", sample=sample)["text"] == "body"


def test_no_candidate_lists_the_columns():
    with pytest.raises(InputError, match=r"posts.csv.*text='utterance'.*'utterance', 'speaker'"):
        guess("utterance", "speaker")


def test_what_is_given_wins():
    assert guess("text", "utterance", text="utterance") == {"text": "utterance"}
    assert guess("text", "id", "key", id="key")["id"] == "key"


def test_empty_name_means_no_such_column():
    assert guess("text", "id", id="") == {"text": "text"}


def test_given_name_that_is_not_there():
    with pytest.raises(InputError, match=r"no column 'Text' for text; there are: 'text', 'id'"):
        guess("text", "id", text="Text")


def test_kind_of_another_meaning_is_carried_through():
    columns = guess_columns(["text", "kind"], [{"text": "a", "kind": "advert"}], where="f")
    assert "kind" not in columns.fields
    assert columns.extra == ("kind",)
    assert columns.extra_name("kind") == "source_kind"


def test_flags_inside_objects_tell_the_kind_of_dumps_of_gab(tmp_path):
    rows = [
        {"id": str(n), "type": kind, "actuser": {"username": "ada"},
         "post": {"body": "no tram", "is_reply": reply}}
        for n, (kind, reply) in enumerate([("post", False), ("post", True), ("repost", False)])
    ]  # fmt: skip
    path = tmp_path / "gab.ndjson"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    records = [item for item in read_records(path) if isinstance(item, dict)]
    assert [r["kind"] for r in records] == ["post", "reply", "repost"]
    assert {(r["text"], r["author"]) for r in records} == {("no tram", "ada")}


def test_questions_of_a_survey_are_names():
    question = "What did you think when you read this post?"
    rows = [{"Timestamp": "2024-05-01", question: f"it was a shame number {n}"} for n in range(5)]
    assert guess("Timestamp", question, sample=rows) == {
        "text": question,
        "created_at": "Timestamp",
    }


def test_a_column_called_data_is_the_time_where_its_cells_are_times():
    words = {"tekst": "no tram today, what a shame"}
    times = [{**words, "tekst": f"{words['tekst']} {n}", "data": "2024-05-01"} for n in range(5)]
    assert guess("tekst", "data", sample=times)["created_at"] == "data"
    others = [{**row, "data": "set B"} for row in times]
    assert "created_at" not in guess("tekst", "data", sample=others)


def test_objects_of_mongoexport_hold_ids_and_times():
    row = {
        "_id": {"$oid": "5f00"}, "text": "no", "created_at": {"$date": "2024-05-01T12:00:00Z"},
        "user_id": {"$numberLong": "12"},
    }  # fmt: skip
    found = guess("_id", "text", "created_at", "user_id", sample=[row])
    assert (found["id"], found["created_at"]) == ("_id.$oid", "created_at.$date")
    assert found["author_id"] == "user_id.$numberLong"
