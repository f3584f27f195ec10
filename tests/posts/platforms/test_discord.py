"""Channels of Discord."""

from stancekit.posts import detect, read_records
from tests.support.reading import split
from tests.support.samples_documents import channel, discord, discord_message, write_json


def test_messages_replies_and_what_discord_says(tmp_path):
    discord(tmp_path / "a.json")
    assert detect(tmp_path / "a.json").name == "discord"
    (post, reply), (notice,) = split(read_records(tmp_path / "a.json"))
    assert (post["text"], post["author"], post["author_id"]) == ("déjà vu", "ada", "7")
    assert post["created_at"].isoformat() == "2024-05-14T12:00:00.500000+00:00"
    assert (reply["kind"], reply["reply_to_id"], reply["reply_to_author"]) == ("reply", "11", "ada")
    assert reply["mentions"] == ["ada"] and reply["conversation_id"] == "2"
    assert "1 messages of Discord itself" in notice.message


def test_forwards_are_reposts_and_direct_messages_direct(tmp_path):
    forward = discord_message(14, "", forwardedMessage={"content": "another's"})
    write_json(tmp_path / "a.json", channel(forward, kind="DirectTextChat"))
    ((record,), _) = split(read_records(tmp_path / "a.json"))
    assert (record["kind"], record["text"]) == ("repost", "another's")
    assert record["visibility"] == "direct"


def test_each_channel_of_a_folder_is_its_own(tmp_path):
    for number in (1, 2):
        whole = channel(discord_message(10 + number, "hi"))
        whole["channel"]["id"] = str(number)
        write_json(tmp_path / f"{number}.json", whole)
    records, _ = split(read_records(tmp_path))
    assert [r["conversation_id"] for r in records] == ["1", "2"]
