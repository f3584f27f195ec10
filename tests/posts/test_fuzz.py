"""Damaged input of every kind: rows, rejects or a StancekitError, and nothing else."""

import io
import json
import tarfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import StancekitError
from stancekit.posts import Notice, Reject, formats, read_posts, read_records
from tests.support.builders import ACCOUNT, snowflake, tweet, tweets_js, write_zip
from tests.support.samples_xreaders import SAMPLES

ROWS = [{"id": str(n), "text": f"déjà vu {n} 🚋", "created_at": "2024-05-01"} for n in range(20)]
EDITED = {"edit_info": {"initial": {"editTweetIds": [snowflake(sequence=1), snowflake()]}}}
SCRIPT = tweets_js([tweet("one é", sequence=1, **EDITED), tweet("RT @a: x"), tweet("cut…")])


def wholes(folder):
    """One sound export of each kind."""
    files = {"data/tweets.js": SCRIPT, "data/account.js": ACCOUNT}
    table = "id,text,created_at\n" + "".join(f"{','.join(r.values())}\n" for r in ROWS)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    parquet = io.BytesIO()
    pd.DataFrame(ROWS).to_parquet(parquet)
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as archive:
        member = tarfile.TarInfo("posts.jsonl")
        member.size = len(lines.encode())
        archive.addfile(member, io.BytesIO(lines.encode()))
    for name, write in SAMPLES.items():
        write(folder / name.replace(" ", "-"), count=6)
    return {
        **{name: (folder / name.replace(" ", "-")).read_bytes() for name in SAMPLES},
        "zip": write_zip(folder / "whole.zip", files).read_bytes(),
        "script": SCRIPT.encode(),
        "csv": table.encode(),
        "csv-utf16": table.encode("utf-16"),
        "jsonl": lines.encode(),
        "json": json.dumps(ROWS).encode(),
        "parquet": parquet.getvalue(),
        "tar": tar.getvalue(),
    }


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    return folder / "export", wholes(folder)


def read_all(path, **options):
    heard = []
    try:
        for frame in read_posts(path, on_reject=heard.append, on_notice=heard.append, **options):
            assert len(frame)
    except StancekitError as error:
        assert str(error)
    assert all(isinstance(item, Reject | Notice) for item in heard)


KINDS = ("zip", "script", "csv", "csv-utf16", "jsonl", "json", "parquet", "tar", *SAMPLES)
quick = settings(max_examples=40)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@quick
@given(data=st.data())
def test_truncated(exports, kind, data):
    path, wholes = exports
    whole = wholes[kind]
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    read_all(path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@quick
@given(data=st.data())
def test_flipped_bits(exports, kind, data):
    path, wholes = exports
    raw = bytearray(wholes[kind])
    for place in data.draw(st.lists(st.integers(0, len(raw) * 8 - 1), min_size=1, max_size=20)):
        raw[place // 8] ^= 1 << place % 8
    path.write_bytes(raw)
    read_all(path)


@pytest.mark.slow
@pytest.mark.parametrize("reader", [reader.name for reader in formats()])
@quick
@given(raw=st.binary(max_size=300))
def test_any_bytes_taken_for_any_format(exports, reader, raw):
    path, _ = exports
    path.write_bytes(raw)
    read_all(path, format=reader)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1252", "mac-roman", "koi8-r"])
@quick
@given(text=st.text(max_size=60))
def test_odd_encodings(exports, encoding, text):
    path, _ = exports
    rows = f"id,text\n1,{text}\n2,Трамвай, déjà\n"
    path.write_bytes(rows.encode(encoding, "replace"))
    read_all(path)
    read_all(path, format="csv")


scalar = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
anything = st.recursive(
    scalar,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = ("id_str", "id", "full_text", "text", "created_at", "entities", "extended_entities",
          "user", "edit_info", "retweeted_status", "lang", "in_reply_to_status_id", "data",
          "includes", "referenced_tweets", "extended_tweet", "quoted_status", "note_tweet",
          "author_id", "author", "edit_history_tweet_ids", "errors", "statuses")  # fmt: skip
KEYS = ("urls", "media", "hashtags", "user_mentions", "initial", "editTweetIds", "text", "url",
        "id", "username", "users", "tweets", "type", "mentions", "screen_name")  # fmt: skip
inside = anything | st.dictionaries(
    st.sampled_from(KEYS), anything | st.lists(anything, max_size=2)
)
TWEETS = {"x-archive": "window.YTD.tweets.part0 = ", "x-classic": "Grailbird.data.tweets_2013_01 =",
          "x-api-v1": "", "x-api-v2": ""}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("reader", TWEETS)
@settings(max_examples=100)
@given(
    rows=st.lists(
        st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, inside)) | anything, max_size=4
    )
)
def test_tweets_with_anything_anywhere(exports, reader, rows):
    path = exports[0].with_suffix(".js")
    path.write_text(TWEETS[reader] + json.dumps(rows), encoding="utf-8")
    read_all(path, format=reader)
    items = list(read_records(path, reader))
    if reader == "x-archive":
        assert sum(not isinstance(item, Notice) for item in items) <= len(rows) + 1
