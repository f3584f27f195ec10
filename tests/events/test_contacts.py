"""Whom posts are at: answered, quoted and addressed count, inherited mentions do not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.events.contacts import ADDRESSED, ANSWERED, INHERITED, QUOTED
from stancekit.events.corpus import NO_TIME, corpus_of
from stancekit.events.reading import batches_of

NAMES = st.sampled_from(["ada", "bo", "Cyn", "dee", None])


def corpus(*rows, **columns):
    posts = pd.DataFrame([{"label": "neutral", **row} for row in rows], **columns)
    return corpus_of(batches_of(posts))


def told(found):
    contacts = found.contacts
    return [
        (int(post), found.accounts[target], int(how))
        for post, target, how in zip(contacts.post, contacts.target, contacts.how, strict=True)
    ]


def test_what_weighs():
    found = corpus(
        {
            "author": "ada",
            "reply_to_author": "bo",
            "mentions": ["bo", "cyn", "dee"],
            "inherited": ["cyn"],
            "quoted_author": "eve",
        }
    )
    assert set(told(found)) == {
        (0, "bo", ANSWERED),
        (0, "eve", QUOTED),
        (0, "dee", ADDRESSED),
        (0, "cyn", INHERITED),
    }
    assert "cyn" not in {found.accounts[one] for one in found.contacts.direct.target}


def test_without_the_chain_only_the_first_name_of_the_text_is_addressed():
    found = corpus({"author": "ada", "text": "@bo @cyn no", "mentions": ["bo", "cyn"]})
    assert told(found) == [(0, "bo", ADDRESSED), (0, "cyn", INHERITED)]
    assert found.chain_known == 0


def test_the_writer_of_a_post_answered_by_its_id_is_its_target():
    found = corpus(
        {"id": "1", "author": "ada"},
        {"id": "2", "author": "bo", "reply_to_id": "1"},
        {"id": "3", "author": "cyn", "quoted_id": "2"},
    )
    assert told(found) == [(1, "ada", ANSWERED), (2, "bo", QUOTED)]


def test_an_id_and_the_name_it_goes_with_are_one_account():
    found = corpus(
        {"author": "ada", "author_id": "did:1"}, {"author": "bo", "reply_to_author": "did:1"}
    )
    assert told(found) == [(1, "ada", ANSWERED)]


def test_reposts_and_oneself_are_no_contacts():
    found = corpus(
        {"author": "ada", "kind": "repost", "mentions": ["bo"], "inherited": []},
        {"author": "ada", "kind": "reply", "reply_to_author": "ADA"},
    )
    assert told(found) == []


def test_times_that_are_days_are_none():
    found = corpus(
        {"created_at": pd.Timestamp("2026-01-02 03:04:05Z"), "time_known": True},
        {"created_at": pd.Timestamp("2026-01-02", tz="UTC"), "time_known": False},
        {"created_at": None},
    )
    assert found.time.tolist() == [1767323045, NO_TIME, NO_TIME]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "author": NAMES,
                "reply_to_author": NAMES,
                "mentions": st.lists(NAMES, max_size=3),
                "inherited": st.lists(NAMES, max_size=3) | st.none(),
            }
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(1, 4),
)
def test_batches_do_not_matter_and_no_contact_is_doubled(rows, size):
    posts = pd.DataFrame([{"label": "critical", **row} for row in rows])
    whole = corpus_of(batches_of(posts))
    cut = corpus_of(
        batch for start in range(0, len(posts), size)
        for batch in batches_of(posts.iloc[start : start + size])
    )  # fmt: skip
    assert sorted(told(whole)) == sorted(told(cut))
    pairs = [(post, target) for post, target, _ in told(whole)]
    assert len(set(pairs)) == len(pairs)
    assert all(rows[post]["author"] != target for post, target in pairs)


def test_a_table_without_labels_is_told_what_to_do():
    with pytest.raises(InputError, match="label_frame"):
        list(batches_of(pd.DataFrame({"text": ["a"]})))


def test_mentions_are_read_from_the_text_where_nothing_else_tells_them():
    rows = [
        {"author": "ada", "text": "@bo and .@cyn, ask@dee.org", "inherited": ["bo"]},
        {"author": "ada", "text": "no @bo", "inherited": None},
    ]
    assert set(told(corpus(*rows))) == {(0, "bo", INHERITED), (0, "cyn", ADDRESSED)}


def test_deleted_accounts_are_nobody():
    found = corpus({"author": "[deleted]", "reply_to_author": "bo"},
                   {"author": "ada", "reply_to_author": "[Deleted]"})  # fmt: skip
    assert found.author.tolist()[0] == -1
    assert told(found) == [(0, "bo", ANSWERED)]
