"""Pages of X's GraphQL interface."""

import json

import pytest

from stancekit.posts import Reject, detect, read_records
from tests.support.reading import split
from tests.support.samples_documents import (
    GRAPHQL,
    graphql,
    graphql_posts,
    timeline,
    write_json,
)
from tests.support.samples_tables import graphql_tweet


@pytest.mark.parametrize("write", [graphql, graphql_posts])
def test_pages_and_posts(tmp_path, write):
    write(tmp_path / "pages.jsonl")
    assert detect(tmp_path / "pages.jsonl").name == "x-graphql"
    (post, reply), others = split(read_records(tmp_path / "pages.jsonl"))
    assert (post["text"], post["author"], post["kind"]) == ("déjà & vu", "ada", "post")
    assert (reply["kind"], reply["reply_to_id"]) == ("reply", post["id"]) and not others


@pytest.mark.parametrize("indent", [None, 1])
def test_one_printed_page_and_an_array_of_them(tmp_path, indent):
    for value in (timeline(*GRAPHQL), [timeline(*GRAPHQL)], [{"result": 1}, timeline(*GRAPHQL)]):
        (tmp_path / "a.json").write_text(json.dumps(value, indent=indent))
        records, _ = split(read_records(tmp_path / "a.json"))
        assert [r["author"] for r in records] == ["ada", "bo"]


def test_conversations_are_unrolled_and_what_comes_again_is_left_out(tmp_path):
    items = [{"item": {"itemContent": {"tweet_results": {"result": post}}}} for post in GRAPHQL]
    page = {"data": {"threaded": {"instructions": [{"entries": [
        {"content": {"__typename": "TimelineTimelineModule", "items": items}}]}]}}}  # fmt: skip
    write_json(tmp_path / "a.json", [page, timeline(*GRAPHQL)])
    records, (notice,) = split(read_records(tmp_path / "a.json"))
    assert len(records) == 2 and "2 posts that came again" in notice.message


def test_quoted_posts_are_no_rows_and_advertisements_are_counted(tmp_path):
    quote = graphql_tweet("1788000000000000003", "cy", "look",
                          quoted_status_result={"result": GRAPHQL[0]})  # fmt: skip
    write_json(tmp_path / "a.json", timeline(quote, promoted=(GRAPHQL[1],)))
    (record,), (notice,) = split(read_records(tmp_path / "a.json"))
    assert (record["kind"], record["quoted_author"]) == ("quote", "ada")
    assert "1 advertisements" in notice.message


def test_a_post_without_words_is_a_reject(tmp_path):
    bare = {key: value for key, value in GRAPHQL[0].items() if key != "legacy"}
    write_json(tmp_path / "a.json", timeline(bare, GRAPHQL[1]))
    (record,), (reject,) = split(read_records(tmp_path / "a.json"))
    assert record["author"] == "bo"
    assert isinstance(reject, Reject) and "without words in the places" in reject.reason
