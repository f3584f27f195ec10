"""The loop that makes records of items, and counts what is rightly no post."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from stancekit.posts.limits import KINDS_SAID, REJECT_CHARACTERS
from stancekit.posts.record import (
    NotAPostError,
    Notice,
    Reject,
    UnreadableError,
    parts_of,
    records_from,
)


def record_of(value):
    if value == "ad":
        raise NotAPostError("advertisements")
    if value == "bad":
        raise UnreadableError("no post")
    return {"text": value}


items = st.lists(st.sampled_from(["ad", "bad", "a", "b"]) | st.just(Reject("f", 1, "broken")))


@given(items)
def test_every_item_is_a_record_a_reject_or_counted(values):
    numbered = [v if isinstance(v, Reject) else (n, v) for n, v in enumerate(values, 1)]
    left_out = Counter()
    found = list(records_from(numbered, "f", record_of, left_out))
    assert len(found) + left_out.total() == len(values)
    assert left_out.total() == values.count("ad")
    texts = [(item["source_ref"], item["text"]) for item in found if isinstance(item, dict)]
    assert texts == [(f"f:{n}", v) for n, v in enumerate(values, 1) if v in ("a", "b")]


def test_what_is_left_out_is_said_at_the_end_of_the_file():
    *records, notice = records_from(enumerate(["ad", "a", "ad"], 1), "f", record_of)
    assert len(records) == 1
    assert notice == Notice("f", "left out: 2 advertisements", warning=False)


def test_kinds_that_a_file_names_itself_do_not_fill_a_notice():
    def other(value):
        raise NotAPostError(f"events of kind {value}")

    (notice,) = records_from(((n, n) for n in range(1000)), "f", other)
    assert notice.message.count("events") == KINDS_SAID and notice.message.endswith(", …")


def test_value_too_deep_to_be_written_is_a_reject_all_the_same():
    deep = []
    for _ in range(3000):
        deep = [deep]

    def refuse(value):
        raise UnreadableError("no post")

    (reject,) = records_from([(1, deep)], "f", refuse)
    assert reject.reason == "no post" and len(reject.raw) <= REJECT_CHARACTERS + 1


def test_reasons_quote_nothing_of_the_source():
    (reject,) = records_from([(1, "Ada")], "f", lambda value: {"id": int(value)})
    assert "Ada" not in reject.reason and reject.raw == "Ada"


def test_parts_come_under_the_number_of_what_holds_them():
    broken = Reject("f", 2, "broken")
    assert list(parts_of([(1, "ab"), broken, (3, "")], list)) == [(1, "a"), (1, "b"), broken]
