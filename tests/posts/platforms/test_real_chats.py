"""Chats that nobody here wrote; read where they lie, never copied."""

import json

import pytest

from stancekit.posts import detect, read_records
from tests.support.reading import split


def read(path, **options):
    return split(read_records(path, **options))


@pytest.mark.parametrize("name", ["test_single_export.json", "test_batch_export.json"])
def test_telegram_agrees_with_chat_miner(shared_data, name):
    folder = shared_data / "archives/chat-exports/chat-miner/test/telegram"
    expected = json.loads((folder / "target.json").read_text(encoding="utf-8"))
    records, others = read(folder / name)
    assert detect(folder / name).name == "telegram" and not others
    for record, row in zip(records, expected, strict=True):
        assert record["author"] == row["author"]
        assert record["created_at"].strftime("%Y-%m-%dT%H:%M:%S") == row["timestamp"]
        assert record["text"].replace(" ", "") == row["message"].replace(" ", "")


def test_private_messages_agree_with_chat_miner(shared_data):
    folder = shared_data / "archives/chat-exports/chat-miner/test/instagram"
    expected = json.loads((folder / "target.json").read_text(encoding="utf-8"))
    records, _ = read(folder / "test_export.json", private=True)
    found = [(r["author"], r["text"]) for r in records]
    assert found == [(row["author"], row["message"]) for row in expected]


@pytest.mark.parametrize(
    "name",
    ["[mmddyy]_24hrs", "ddmmyy_24hrs", "mmddyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs"],
)
def test_whatsapp_agrees_with_chat_miner(shared_data, name):
    folder = shared_data / "archives/chat-exports/chat-miner/test/whatsapp"
    expected = json.loads((folder / "target.json").read_text(encoding="utf-8"))
    path = folder / f"test_{name}.txt"
    records, _ = read(path)
    assert detect(path).name == "whatsapp"
    for record, row in zip(reversed(records), expected, strict=True):
        assert record["author"] == row["author"]
        assert record["created_at"].strftime("%Y-%m-%dT%H:%M:%S") == row["timestamp"]
        assert record["text"].split() == row["message"].split()
