"""Small invented exports of social platforms, and ``SAMPLES``: name -> function(path)."""

import csv
import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import libipld

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ADA = "https://tram.example/users/ada"
FOLLOWERS = f"{ADA}/followers"


# Mastodon


def note(number: int, content: str, *, to=(PUBLIC,), cc=(FOLLOWERS,), kind="Create", **changes):
    """One activity of an outbox that holds a note."""
    address = f"{ADA}/statuses/{number}"
    body = {
        "id": address,
        "type": "Note",
        "summary": None,
        "inReplyTo": None,
        "published": f"2024-05-14T12:00:{number % 60:02}Z",
        "attributedTo": ADA,
        "to": list(to),
        "cc": list(cc),
        "content": content,
        "contentMap": {"en": content},
        "tag": [],
        **changes,
    }
    return {"id": f"{address}/activity", "type": kind, "actor": ADA, "object": body}


def boost(number: int, address: str) -> dict:
    return {
        "id": f"{ADA}/statuses/{number}/activity",
        "type": "Announce",
        "actor": ADA,
        "published": "2024-05-14T13:00:00Z",
        "to": [PUBLIC],
        "cc": [FOLLOWERS],
        "object": address,
    }


def outbox(activities: list, *, twice: bool = True) -> str:
    """An outbox as Mastodon writes it: with a context, and the key of the items twice."""
    items = json.dumps(activities, ensure_ascii=False)
    empty = '"orderedItems":[],' if twice else ""
    return (
        '{"@context":["https://www.w3.org/ns/activitystreams"],"id":"outbox.json",'
        f'"type":"OrderedCollection","totalItems":{len(activities)},{empty}"orderedItems":{items}}}'
    )


ACTOR = json.dumps({"id": ADA, "type": "Person", "preferredUsername": "ada"})


def write_tar(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def status(number: int, content: str, **changes: Any) -> dict:
    """One status of Mastodon's REST API."""
    return {
        "id": str(number),
        "created_at": "2024-05-14T12:00:00.000Z",
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "spoiler_text": "",
        "visibility": "public",
        "language": "en",
        "content": content,
        "reblog": None,
        "account": {"id": "1", "acct": "ada", "url": "https://tram.example/@ada"},
        "mentions": [],
        "tags": [],
        **changes,
    }


# Bluesky

DID = "did:plc:ada"
POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"


def skeet(text: str, **changes: Any) -> dict:
    return {"$type": POST, "text": text, "createdAt": "2024-05-14T12:00:00.12345678Z", **changes}


def event(key: str, record: dict | None, *, operation="create", collection=POST, **changes) -> dict:
    """One event of the Jetstream."""
    commit = {"rev": "r", "operation": operation, "collection": collection, "rkey": key}
    if record is not None:
        commit["record"] = record
    envelope = {"did": DID, "time_us": 1715688005000000, "kind": "commit", "commit": commit}
    return envelope | changes


def view(key: str, text: str, **changes: Any) -> dict:
    """One post as the API shows it."""
    return {
        "uri": f"at://{DID}/{POST}/{key}",
        "cid": "c",
        "author": {"did": DID, "handle": "ada.example"},
        "record": skeet(text),
        "indexedAt": "2024-05-14T12:00:05.000Z",
        **changes,
    }


def _block(value: Any) -> tuple[bytes, bytes]:
    data = libipld.encode_dag_cbor(value)
    return b"\x01\x71\x12\x20" + hashlib.sha256(data).digest(), data


def _framed(data: bytes) -> bytes:
    size, head = len(data), b""
    while size >= 0x80:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + data


def car(
    records: dict[str, dict], loose: tuple[dict, ...] = (), *, lose_node: bool = False
) -> bytes:
    """A repository: the keys in a tree of two nodes, prefixes shared, and ``loose`` in none."""
    keys = sorted(records)
    blocks = {key: _block(records[key]) for key in keys}

    def node(names: list[str], right: bytes | None) -> tuple[bytes, bytes]:
        entries, before = [], b""
        for name in names:
            key = name.encode()
            shared = next(
                (n for n, (a, b) in enumerate(zip(before, key, strict=False)) if a != b),
                min(len(before), len(key)),
            )
            entries.append({"p": shared, "k": key[shared:], "v": blocks[name][0], "t": None})
            before = key
        if entries:
            entries[-1]["t"] = right
        return _block({"l": None, "e": entries})

    half = len(keys) // 2 or 1
    lower = node(keys[half:], None)
    upper = node(keys[:half], lower[0] if keys[half:] else None)
    commit = _block({"did": DID, "version": 3, "data": upper[0], "rev": "r", "sig": b"s"})
    nodes = [upper] if lose_node or not keys[half:] else [upper, lower]
    written = [commit, *nodes, *blocks.values(), *map(_block, loose)]
    header = libipld.encode_dag_cbor({"roots": [commit[0]], "version": 1})
    return _framed(header) + b"".join(_framed(block_id + data) for block_id, data in written)


# Telegram


def message(number: int, text: Any, **changes: Any) -> dict:
    return {
        "id": number,
        "type": "message",
        "date": "2024-05-14T14:00:00",
        "date_unixtime": "1715688000",
        "from": "Ada",
        "from_id": "user7",
        "text": text,
        **changes,
    }


def chat(name: str, number: int, kind: str, messages: list[dict]) -> dict:
    return {"name": name, "type": kind, "id": number, "messages": messages}


# Meta


def broken(value: Any) -> str:
    """JSON as Meta writes it: each byte of UTF-8 as an escaped character."""
    whole = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(c if c < "\x80" else "".join(f"\\u00{b:02x}" for b in c.encode()) for c in whole)


def facebook_comment(text: str, **changes: Any) -> dict:
    return {
        "timestamp": 1715688000,
        "title": "Ada Lind commented on Bo Berg's post.",
        "data": [{"comment": {"timestamp": 1715688000, "comment": text, "author": "Ada Lind"}}],
        **changes,
    }


def instagram_comment(text: str, labels=("Comment", "Media Owner", "Time")) -> dict:
    words, owner, time = labels
    fields = {words: {"value": text}, owner: {"value": "bo"}, time: {"timestamp": 1715688000}}
    return {"media_list_data": [{"uri": ""}], "string_map_data": fields}


def caption(text: str, **changes: Any) -> dict:
    picture = {"uri": "media/posts/1.jpg", "creation_timestamp": 1715688000, "title": text}
    return {"media": [picture | changes]}


# Google and TikTok

YOUTUBE = (
    "Comment ID", "Channel ID", "Comment Create Timestamp", "Price", "Parent Comment ID",
    "Video ID", "Comment Text", "Top-Level Comment ID",
)  # fmt: skip
YOUTUBE_DUTCH = (
    "Reactie-ID", "Kanaal-ID", "Tijdstempel voor maken van reactie", "Prijs",
    "Reactie-ID van bovenliggende reactie", "Video-ID", "Reactietekst", "Bovenste reactie",
)  # fmt: skip


def youtube(rows: list[tuple[str, ...]], header: tuple[str, ...] = YOUTUBE) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()


def youtube_row(number: int, cell: str, parent: str = "") -> tuple[str, ...]:
    channel = "UC" + "a" * 22
    return (
        f"Ug{number}", channel, "2024-05-14T12:00:00.5+00:00", "0", parent, "vid00000001", cell,
        parent,
    )  # fmt: skip


def tiktok(comments: Any, *, new: bool = False, videos: Any = None) -> str:
    if new:
        return json.dumps({
            "Profile And Settings": {"Profile Info": {"ProfileMap": {"userName": "ada"}}},
            "Your Activity": {"Searches": {"SearchList": None}},
            "Comment": {"Comments": {"App": "TikTok", "CommentsList": comments}},
            "Post": {"Posts": {"VideoList": videos}},
        })  # fmt: skip
    return json.dumps({
        "Activity": {"Favorite Effects": {"FavoriteEffectsList": None}},
        "Comment": {"Comments": {"CommentsList": comments}},
        "Profile": {"Profile Information": {"ProfileMap": {"userName": "ada"}}},
        "Video": {"Videos": {"VideoList": videos}},
    })  # fmt: skip


def _mastodon_outbox(path: Path) -> None:
    body = outbox(
        [note(1, "<p>déjà vu &amp; tram 🚋</p>"), boost(2, "https://x.example/users/b/1")]
    )
    write_tar(path, {"outbox.json": body, "actor.json": ACTOR})


def _json(value: Any):
    return lambda path: path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _text(text: str):
    return lambda path: path.write_text(text, encoding="utf-8")


_EVENTS = [event(f"3k{n}", skeet(f"déjà vu {n} 🚋")) for n in range(5)]
_RECORDS = {f"{POST}/3k{n}": skeet(f"déjà vu {n} 🚋") for n in range(6)}

SAMPLES = {
    "mastodon-outbox": _mastodon_outbox,
    "mastodon-statuses": _json([status(n, f"<p>déjà vu {n} 🚋<br>&lt;</p>") for n in range(5)]),
    "bluesky-car": lambda path: path.write_bytes(car(_RECORDS, (skeet("gone"),))),
    "bluesky-jetstream": _text("".join(json.dumps(e) + "\n" for e in _EVENTS)),
    "bluesky-posts": _json({"posts": [view(f"3k{n}", f"déjà vu {n} 🚋") for n in range(5)]}),
    "telegram": _json(
        chat("Tram", 9, "public_channel", [message(n, f"déjà {n}") for n in range(5)])
    ),
    "facebook": _text(
        broken({"comments_v2": [facebook_comment(f"déjà vu {n}") for n in range(5)]})
    ),
    "instagram": _text(broken([instagram_comment(f"déjà vu {n} 🚋") for n in range(5)])),
    "threads": _text(
        broken({"text_post_app_text_posts": [caption(f"déjà {n}") for n in range(5)]})
    ),
    "youtube-takeout": _text(
        youtube([youtube_row(n, json.dumps({"text": f"déjà {n}"})) for n in range(5)])
    ),
    "tiktok": _text(tiktok([{"date": "2024-05-14 12:00:00", "comment": "déjà vu 🚋"}])),
}
"""One sound export of each format."""
