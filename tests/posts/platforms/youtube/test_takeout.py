"""YouTube's takeout, quirk by quirk."""

import pytest

from stancekit.posts import Reject, read_records
from tests.support.builders import write_zip
from tests.support.samples_social import YOUTUBE_DUTCH, youtube, youtube_row

FRAGMENTS = (
    '{"text":"no, "},{"mention":{"displayName":"@bo","externalChannelId":"UCb"}},{"text":" – see "}'
    ',{"text":"example.org","link":{"linkUrl":"https://example.org/a"}}'
)


@pytest.mark.parametrize("header", [None, YOUTUBE_DUTCH])
def test_youtube_comments_in_any_language(read, header):
    rows = [youtube_row(1, '{"text":"line one\\nline two"}'), youtube_row(2, FRAGMENTS, "Ug1")]
    (top, reply), others = read(youtube(rows, header) if header else youtube(rows))
    assert top["text"] == "line one\nline two" and top["author_id"].startswith("UC")
    assert (top["kind"], top["reply_to_id"]) == ("reply", "vid00000001")
    assert top["created_at"].isoformat() == "2024-05-14T12:00:00.500000+00:00"
    assert reply["text"] == "no, @bo – see example.org" and reply["mentions"] == ["bo"]
    assert reply["urls"] == ["https://example.org/a"]
    assert (reply["reply_to_id"], reply["conversation_id"]) == ("Ug1", "vid00000001")
    assert top["source_format"] == "youtube-takeout" and not others


def test_youtube_community_posts_and_plain_text(read):
    header = ("Comment ID", "Channel ID", "Comment Create Timestamp", "Price",
              "Parent Comment ID", "Post ID", "Video ID", "Comment Text")  # fmt: skip
    row = ("Ug1", "UC1", "2024-05-14 12:00:00 UTC", "0", "", "post1", "", "not JSON, but words")
    ((record,), _) = read(youtube([row], header))
    assert record["text"] == "not JSON, but words" and record["conversation_id"] == "post1"
    assert record["created_at"].hour == 12


def test_youtube_takeout_zip_with_other_tables(tmp_path):
    files = {
        "Takeout/YouTube/comments/comments.csv": youtube([youtube_row(1, '{"text":"a"}')]),
        "Takeout/YouTube/comments/comments(1).csv": youtube([youtube_row(2, '{"text":"b"}')]),
        "Takeout/YouTube/subscriptions/subscriptions.csv": "Channel Id,Channel Url,Title\na,b,c\n",
    }
    items = list(read_records(write_zip(tmp_path / "takeout.zip", files)))
    assert sorted(item["text"] for item in items[:2]) == ["a", "b"]
    assert "1 file that such an export" in items[2].message and not items[2].warning


def test_youtube_row_without_text_is_a_reject(read):
    _, (reject,) = read(youtube([youtube_row(1, "")]))
    assert isinstance(reject, Reject) and reject.line == 2


OLD = (
    '{"takeoutSegments":[{"text":"no, "},'
    '{"text":"example.org","link":{"linkUrl":"https://e.org/a"}}]}'
)
OLD_HEADER = ("Comment ID", "Channel ID", "Comment Create Timestamp", "Price", "Parent Comment ID",
              "Video ID", "Comment Text")  # fmt: skip


@pytest.mark.parametrize("header", [True, False])
def test_comments_until_june_2024_and_files_without_names_of_columns(read, header):
    rows = [youtube_row(n, OLD)[:7] for n in (1, 2)]
    content = youtube(rows, OLD_HEADER)
    records, others = read(content if header else content.partition("\n")[2])
    assert [(r["id"], r["text"]) for r in records] == [
        ("Ug1", "no, example.org"), ("Ug2", "no, example.org"),
    ]  # fmt: skip
    assert records[0]["urls"] == ["https://e.org/a"] and not others
    assert records[0]["conversation_id"] == "vid00000001"


def test_words_in_a_form_that_is_not_known_are_a_reject(read):
    rows = [youtube_row(1, '{"segments":[{"words":"no"}]}'), youtube_row(2, '{"text":"yes"}')]
    (record,), (reject,) = read(youtube(rows))
    assert record["text"] == "yes" and "not as YouTube wrote them" in reject.reason
