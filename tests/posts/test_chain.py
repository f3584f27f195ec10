"""Whom a post is at: answered, addressed by its writer's hand, or inherited from its thread."""

import json
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stancekit.posts import Notice, read_posts, read_records
from stancekit.posts.chain import LED, OWN, UNTOLD, WHERE_LED, Chain, opening_names, same_account

POST = "1260000000000000001"


@pytest.fixture
def read(tmp_path):
    def read(content, name="posts.csv", **options):
        path = tmp_path / name
        path.write_text(content, "utf-8")
        items = list(read_records(path, **options))
        said = [str(item) for item in items if isinstance(item, Notice) and item.detail is None]
        return [item for item in items if isinstance(item, dict)], said

    return read


def settled(how=LED, listed=None, **record):
    record = {"kind": "reply", "author": "dee", **record}
    Chain(how).settle(record, listed)
    return record


def test_names_before_the_words_are_the_threads_and_the_first_is_answered():
    record = settled(text="@ana @bo @cy no, @ed", mentions=["ana", "bo", "cy", "ed"])
    assert (record["reply_to_author"], record["inherited"]) == ("ana", ["bo", "cy"])


def test_who_is_answered_may_stand_anywhere_among_them():
    record = settled(text="@ana @bo no", mentions=["ana", "bo"], reply_to_author="Bo")
    assert (record["reply_to_author"], record["inherited"]) == ("Bo", ["ana"])


def test_a_list_of_the_platforms_own_needs_no_text():
    record = settled(UNTOLD, ["dee", "ana", "bo"], text="no")
    assert (record["reply_to_author"], record["inherited"]) == ("ana", ["bo"])
    assert settled(UNTOLD, [], text="@bo no")["inherited"] == []


@pytest.mark.parametrize("text", [".@ana @bo no", "@ana, @bo: no", "no @ana @bo", "“@ana: no” @bo"])
def test_names_put_by_hand_are_not_inherited(text):
    assert settled(text=text, reply_to_author="ana")["inherited"] == []


def test_a_reply_in_a_thread_of_ones_own_inherits_whom_the_thread_names():
    record = settled(text="@ana and so on", mentions=["ana"], reply_to_author="dee")
    assert (record["reply_to_author"], record["inherited"]) == ("dee", ["ana"])


def test_names_are_written_as_among_the_mentions():
    mentions = ["ana@noord.example", "bo@a.example", "bo@b.example"]
    record = settled(text="@ana @bo @bo no", mentions=mentions, reply_to_author=mentions[0])
    assert record["inherited"] == mentions[1:]


@pytest.mark.parametrize(
    ("how", "record", "inherited"),
    [
        (OWN, {"text": "@ana @bo no"}, []),
        (LED, {"kind": "post", "text": "@ana @bo no"}, []),
        (UNTOLD, {"kind": "repost", "text": "RT @ana: @bo no"}, []),
        (UNTOLD, {"text": "@ana @bo no"}, None),
        (UNTOLD, {"text": "no"}, None),
        (WHERE_LED, {"text": "no"}, None),
        (WHERE_LED, {"text": "@ana @bo no"}, ["bo"]),
        (LED, {"text": "no @bo"}, []),
        (LED, {"text": None, "mentions": ["bo"]}, None),
        (LED, {"text": None}, []),
        (LED, {"kind": None, "text": "@ana no", "mentions": ["ana"]}, []),
        (LED, {"kind": None, "text": "@ana no"}, None),
        (LED, {"kind": None, "text": "@ana @bo no", "mentions": ["ana", "bo"]}, None),
        (UNTOLD, {"kind": None, "text": "no @bo", "mentions": ["bo"]}, []),
        (UNTOLD, {"kind": None, "text": "no", "mentions": ["bo"]}, None),
        (UNTOLD, {"inherited": None, "text": "no"}, None),
    ],
)
def test_what_cannot_be_told_is_missing(how, record, inherited):
    assert settled(how, **record)["inherited"] == inherited


names = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=6)
hosts = st.sampled_from(["", "@a.example", "@b.example"])
accounts = st.builds("{}{}".format, names, hosts)
few = st.lists(accounts, max_size=6)


@st.composite
def records(draw):
    chain, more = draw(few), draw(few)
    people = st.none() | st.sampled_from([*chain, *more, "ana"]) | accounts
    text = " ".join([*(f"@{name}" for name in chain), "no", *(f"@{name}" for name in more)])
    record = {
        "kind": draw(st.sampled_from(["reply", "post", "quote", "repost", None])),
        "text": draw(st.sampled_from([text, "no", None])),
        "author": draw(people),
        "reply_to_author": draw(people),
        "mentions": draw(st.none() | st.permutations([*chain, *more])),
    }
    return record, draw(st.none() | st.just(chain)), chain


@given(records(), st.sampled_from([OWN, LED, WHERE_LED, UNTOLD]))
@example(({"kind": "reply", "text": "@a no", "author": "A", "mentions": ["a"]}, None, ["a"]), LED)
def test_nobody_inherited_is_answered_or_the_author_and_all_were_named(drawn, how):
    record, listed, chain = drawn
    mentions = list(record.get("mentions") or [])
    Chain(how).settle(record, listed)
    inherited = record["inherited"] or []
    for name in inherited:
        for other in (record.get("author"), record.get("reply_to_author")):
            assert other is None or not same_account(name, other)
    assert {*inherited} <= {*mentions, *chain}
    assert len({*inherited}) == len(inherited)
    if record["kind"] in ("post", "quote", "repost") and listed is None:
        assert inherited == []
    again = dict(record)
    Chain(how).settle(again)
    assert again == record


@given(st.text("@ab. ,:\n", max_size=40))
def test_opening_names_are_the_words_that_a_text_opens_with(text):
    found = opening_names(text)
    assert text.split()[: len(found)] == [f"@{name}" for name in found]


def test_a_reader_that_can_tell_sets_the_column_in_every_row(read):
    rows = [
        {"id": "7", "full_text": "@ana @bo no @cy", "in_reply_to_screen_name": "ana"},
        {"id": "8", "full_text": "@ana no"},
    ]
    for row in rows:
        named = [word[1:] for word in row["full_text"].split() if word[0] == "@"]
        marks = [{"screen_name": n, "indices": [row["full_text"].index(n) - 1, 9]} for n in named]
        row |= {"id_str": row["id"], "user": {"screen_name": "dee", "id_str": "5"}}
        row |= {"entities": {"user_mentions": marks}, "in_reply_to_status_id_str": None}
    rows[0]["display_text_range"] = [9, 15]
    records, _ = read(json.dumps(rows), "statuses.json")
    assert [r["inherited"] for r in records] == [["bo"], []]
    rows[0]["display_text_range"] = [5, 15]  # @bo is shown: the writer put it there
    records, _ = read(json.dumps(rows), "statuses.json")
    assert [r["inherited"] for r in records] == [[], []]
    assert records[0]["mentions"] == ["ana", "bo", "cy"]


def test_names_of_nobody_are_missing_wherever_they_stand(read):
    rows = "ana,[deleted],no\n[deleted],ana,no\n[removed],[ deleted ],no\ndeleted,None,no\n"
    records, said = read("author,reply_to_author,text\n" + rows)
    people = [(record["author"], record.get("reply_to_author")) for record in records]
    assert people == [("ana", None), (None, "ana"), (None, None), ("deleted", None)]
    assert any("2 posts are by accounts that are gone" in line for line in said)


def test_a_table_that_lists_whom_replies_go_to(read):
    rows = "post,dee,,keep the ferry\nreply,ana,dee,no\nreply,bo,ana dee,no\nreply,dee,,so\n"
    records, _ = read("kind,author,reply_chain,text\n" + rows)
    at = [(record.get("reply_to_author"), record["inherited"]) for record in records]
    assert at == [(None, []), ("dee", []), ("ana", ["dee"]), (None, [])]
    assert not any("reply_chain" in record for record in records)


def test_lists_of_objects_as_twint_and_twitterscraper_write_them(read):
    to = "[{'screen_name': 'ana', 'id': '1'}, {'screen_name': 'bo', 'id': '2'}]"
    table = f"id\ttweet\tusername\tmentions\treply_to\n7\tno\tdee\t[]\t{to}\n8\tso\tdee\t[]\t[]\n"
    (reply, post), _ = read(table)
    assert (reply["kind"], reply["reply_to_author"], reply["inherited"]) == ("reply", "ana", ["bo"])
    assert post["inherited"] == [] and "reply_to_author" not in post
    to = [{"screen_name": "ana", "user_id": "1"}, {"screen_name": "bo", "user_id": "2"}]
    row = {"tweet_id": POST, "username": "dee", "text": "no", "is_reply_to": True}
    row |= {"parent_tweet_id": "9", "reply_to_users": to}
    (reply,), _ = read(json.dumps(row) + "\n", "posts.jsonl")
    assert (reply["reply_to_id"], reply["reply_to_author"]) == ("9", "ana")
    assert (reply["kind"], reply["inherited"]) == ("reply", ["bo"])


def test_replies_of_a_table_are_asked_whether_they_open_with_names(read):
    header = "author,in_reply_to_screen_name,mentions,text\n"
    shown = "dee,ana,ana bo,@ana @bo no\ndee,dee,bo,and so on\ndee,ana,ana,@ana so\n"
    records, _ = read(header + shown)
    assert [record["inherited"] for record in records] == [["bo"], [], []]
    cut = "dee,ana,ana bo,no\ndee,ana,ana,no\ndee,bo,ana bo,@ana no\n"
    records, _ = read(header + cut)
    assert [record["inherited"] for record in records] == [None] * 3


def test_who_is_gone_is_answered_by_nobody(read):
    header = "id,author,kind,reply_chain,text\n"
    rows = "1,ana,reply,[deleted],no\n2,ana,reply,[deleted] bo,no\n3,ana,reply,bo [deleted] cy,no\n"
    records, _ = read(header + rows)
    assert [record.get("reply_to_author") for record in records] == [None, None, "bo"]
    assert [record["inherited"] for record in records] == [[], ["bo"], ["cy"]]


def test_threads_of_a_forum_cannot_tell(read):
    rows = "4,1,ana,,,save the ferry\n4,2,bo,1,ana,so proud of you\n"
    header = "discussion_id,post_id,author,parent_post_id,parent_author,text\n"
    (first, reply), _ = read(header + rows)
    assert (reply["reply_to_id"], reply["reply_to_author"]) == ("1", "ana")
    assert reply["conversation_id"] == "4" and reply["inherited"] is None
    assert first["inherited"] is None


def test_a_column_of_ones_own_called_inherited_is_carried_through(read):
    (record,), _ = read("text,inherited\nno tram,yes\n")
    assert record["source_inherited"] == "yes"


def test_what_was_written_is_read_as_it_was(read, tmp_path):
    rows = '7,no,reply,"[""bo""]"\n8,no,reply,\n9,no,reply,[]\n'
    records, _ = read("id,text,kind,inherited\n" + rows)
    assert [record["inherited"] for record in records] == [["bo"], None, []]
    posts = next(read_posts(tmp_path / "posts.csv"))
    assert posts["inherited"].tolist()[0] == ["bo"] and posts["inherited"].isna()[1]
    assert list(posts.columns)[list(posts.columns).index("mentions") + 1] == "inherited"
