"""Invented documents: Community Archive, X's GraphQL, listRecords, yt-dlp, Discord, WhatsApp."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.support.builders import tweet
from tests.support.samples_social import DID, POST, REPOST, skeet
from tests.support.samples_tables import graphql_tweet, ndjson


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def community(*tweets: dict[str, Any], **lists: Any) -> dict[str, Any]:
    """An archive in one file; ``account`` stands after the posts if ``lists`` says so."""
    return {
        "upload-options": {"keepPrivate": False, "uploadLikes": True},
        "profile": [{"profile": {"description": {"bio": "trams"}}}],
        "account": [{"account": {"username": "ada", "accountId": "7"}}],
        "tweets": [{"tweet": item} for item in tweets],
        "community-tweet": [],
        "follower": [{"follower": {"accountId": "9"}}],
        "like": [{"like": {"tweetId": "1", "fullText": "another's words"}}],
        "note-tweet": [],
        **lists,
    }


def community_archive(path: Path) -> None:
    write_json(path, community(tweet("déjà vu &amp; tram"), tweet("RT @bo: no", sequence=1)))


def timeline(*posts: dict[str, Any], promoted: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """A page of a search: posts, a cursor, a conversation of two, and advertisements."""

    def item(post: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"itemType": "TimelineTweet", "tweet_results": {"result": post}, **more}

    entries = [{"entryId": "tweet", "content": {"itemContent": item(post)}} for post in posts]
    entries += [
        {"entryId": "promoted", "content": {"itemContent": item(post, promotedMetadata={"a": 1})}}
        for post in promoted
    ]
    entries.append({"entryId": "cursor", "content": {"cursorType": "Bottom", "value": "x"}})
    instructions = [{"type": "TimelineClearCache"}, {"type": "TimelineAddEntries",
                                                     "entries": entries}]  # fmt: skip
    return {"data": {"search_by_raw_query": {"timeline": {"instructions": instructions}}}}


GRAPHQL: Final = [
    graphql_tweet("1788000000000000001", "ada", "déjà &amp; vu"),
    graphql_tweet("1788000000000000002", "bo", "no", in_reply_to_status_id_str=
                  "1788000000000000001", in_reply_to_screen_name="ada"),
]  # fmt: skip


def graphql(path: Path) -> None:
    path.write_bytes(ndjson([timeline(*GRAPHQL), timeline()]))


def graphql_posts(path: Path) -> None:
    path.write_bytes(ndjson([{"__typename": "Tweet", **post} for post in GRAPHQL]))


RECORDS: Final = [
    {"uri": f"at://{DID}/{POST}/3k1", "cid": "c", "value": skeet("déjà vu", langs=["fr"])},
    {"uri": f"at://{DID}/{POST}/3k2", "cid": "c", "value": skeet("no", reply={
        "root": {"uri": f"at://{DID}/{POST}/3k1"}, "parent": {"uri": f"at://{DID}/{POST}/3k1"}})},
    {"uri": f"at://{DID}/{REPOST}/3k3", "cid": "c", "value": {
        "$type": REPOST, "subject": {"uri": "at://did:plc:bo/app.bsky.feed.post/3k9"},
        "createdAt": "2024-05-14T12:00:00Z"}},
    {"uri": f"at://{DID}/app.bsky.feed.like/3k4", "cid": "c", "value": {
        "$type": "app.bsky.feed.like", "createdAt": "2024-05-14T12:00:00Z"}},
]  # fmt: skip


def list_records(path: Path) -> None:
    write_json(path, {"records": RECORDS, "cursor": "3k4"})


VIDEO: Final = {
    "id": "vid00000001", "title": "The tram", "description": "A film of it", "uploader": "Noord",
    "comments": [
        {"id": "Ug1", "parent": "root", "text": "déjà vu", "author": "@ada", "author_id": "UCa",
         "timestamp": 1715688000, "like_count": 3},
        {"id": "Ug1.2", "parent": "Ug1", "text": "no", "author": "@bo", "author_id": "UCb",
         "timestamp": 1715688060, "like_count": 0},
    ],
}  # fmt: skip


def ytdlp(path: Path) -> None:
    write_json(path, VIDEO)


COMMENT_LINES: Final = [
    {"cid": "Ug1", "text": "déjà vu", "time": "2 years ago", "author": "@ada", "channel": "UCa",
     "votes": "3", "photo": "p", "heart": False, "reply": False, "time_parsed": 1715688000.0},
    {"cid": "Ug1.2", "text": "no", "time": "2 years ago", "author": "@bo", "channel": "UCb",
     "votes": "0", "photo": "p", "heart": False, "reply": True, "time_parsed": 1715688060.0},
]  # fmt: skip


def comment_lines(path: Path) -> None:
    path.write_bytes(ndjson(COMMENT_LINES))


def discord_message(number: int, content: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(number), "type": "Default", "timestamp": "2024-05-14T14:00:00.5+02:00",
        "timestampEdited": None, "content": content,
        "author": {"id": "7", "name": "ada", "nickname": "Ada of Noord", "isBot": False},
        "attachments": [], "embeds": [], "mentions": [], **changes,
    }  # fmt: skip


def channel(*messages: dict[str, Any], kind: str = "GuildTextChat") -> dict[str, Any]:
    return {
        "guild": {"id": "1", "name": "Trams", "iconUrl": ""},
        "channel": {"id": "2", "type": kind, "categoryId": "3", "name": "general", "topic": None},
        "dateRange": {"after": None, "before": None},
        "messages": list(messages),
        "messageCount": len(messages),
    }


def discord(path: Path) -> None:
    bo = {"id": "8", "name": "bo", "nickname": "Bo", "isBot": False}
    write_json(path, channel(
        discord_message(11, "déjà vu"),
        discord_message(12, "no", type="Reply", author=bo, reference={"messageId": "11"},
                        mentions=[{"id": "7", "name": "ada"}]),
        discord_message(13, "Joined the server.", type="GuildMemberJoin"),
    ))  # fmt: skip


WHATSAPP: Final = """\
\u200e[13/05/24, 22:00:01] Tram Noord: \u200eMessages and calls are end-to-end encrypted.
[14/05/24, 14:00:00] Ada: déjà vu:
two lines
[14/05/24, 14:00:30] Bo: \u200eimage omitted
[14/05/24, 14:01:00] Bo: no way
"""


def whatsapp(path: Path) -> None:
    path.write_text(WHATSAPP, encoding="utf-8")


def whatsapp_folder(path: Path) -> None:
    path.mkdir(exist_ok=True)
    whatsapp(path / "_chat.txt")


SAMPLES: Final[dict[str, Callable[..., None]]] = {
    "community-archive": community_archive,
    "x-graphql": graphql,
    "x-graphql posts": graphql_posts,
    "bluesky-posts listRecords": list_records,
    "youtube-comments": ytdlp,
    "youtube-comments lines": comment_lines,
    "discord": discord,
    "whatsapp": whatsapp_folder,
}
