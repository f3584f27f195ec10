"""Make data/sample/x-archive.zip, an invented X archive, from data/sample/posts.tsv.

    python data/make_sample.py

The same input gives the same bytes: fixed times inside the zip, and no compression, whose
output differs between zlib versions.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "sample"
OWNER = {"username": "marga_ostermoor", "accountId": "1100000000000000700"}
SECOND_PART = 120
"""Tweets from this one on stand in tweets-part1.js."""
CUT = 270
"""X cuts posts longer than 280 characters about here and keeps the whole text as a note."""
EPOCH = 1_288_834_974_657

HASHTAG = re.compile(r"(?<![\w&])#(\w+)")
MENTION = re.compile(r"(?<!\w)@(\w+)")
LINK = re.compile(r"https?://\S+")


def number_of(words: str, digits: int) -> str:
    """Return an invented number that hangs on ``words`` alone."""
    return str(int(hashlib.sha256(words.encode()).hexdigest(), 16))[:digits]


def short_link(url: str) -> str:
    """Return an invented t.co link for a URL."""
    return "https://t.co/" + hashlib.sha256(url.encode()).hexdigest()[:10]


def snowflake(moment: datetime, sequence: int) -> str:
    """Return the id that X would give a post of that moment."""
    return str((round(moment.timestamp() * 1000) - EPOCH << 22) + sequence)


def read_rows() -> list[dict[str, Any]]:
    """Read posts.tsv: a day in a comment line, then time, kind, language, addressee, text."""
    rows, day = [], ""
    for line in (HERE / "posts.tsv").read_text("utf-8").splitlines():
        if line.startswith("# "):
            day = line[2:]
            continue
        clock, kind, lang, to, text = line.split("\t")
        moment = datetime.fromisoformat(f"{day}T{clock}:00+00:00")
        moment += timedelta(seconds=len(text) % 60, milliseconds=len(rows) * 137 % 1000)
        rows.append({"moment": moment, "kind": kind, "lang": lang, "to": to, "text": text})
    return rows


def entities_of(text: str, urls: dict[str, str]) -> dict[str, Any]:
    """Find the entities of a text; places count code points, as strings, as X writes them."""

    def place(found: re.Match[str]) -> list[str]:
        return [str(found.start()), str(found.end())]

    return {
        "hashtags": [{"text": m[1], "indices": place(m)} for m in HASHTAG.finditer(text)],
        "symbols": [],
        "user_mentions": [
            {"name": m[1], "screen_name": m[1], "indices": place(m),
             "id_str": number_of(m[1], 18), "id": number_of(m[1], 18)}
            for m in MENTION.finditer(text)
        ],
        "urls": [
            {"url": m[0], "expanded_url": urls[m[0]], "display_url": urls[m[0]][8:34],
             "indices": place(m)}
            for m in LINK.finditer(text) if m[0] in urls
        ],
    }  # fmt: skip


def tweet_of(row: dict[str, Any], post_id: str, versions: list[str]) -> dict[str, Any]:
    """Write one post as X does in tweets.js."""
    text, urls = row["text"], {}
    for url in LINK.findall(text):
        urls[short_link(url)] = url
        text = text.replace(url, short_link(url))
    photo = text.endswith(" [photo]")
    text = text.removesuffix(" [photo]")
    if row["kind"] == "repost":
        text = f"RT {row['to']}: {text}"
        text = text if len(text) <= 140 else text[:139] + "…"
    if row["kind"] == "long":
        text = text[:CUT] + "…"
    text = html.escape(text, quote=False)
    tweet: dict[str, Any] = {
        "edit_info": edit_info(post_id, versions, row["moment"]),
        "retweeted": False,
        "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
        "favorite_count": number_of(post_id + "likes", 2),
        "id_str": post_id,
        "truncated": False,
        "retweet_count": number_of(post_id + "reposts", 1),
        "id": post_id,
        "created_at": row["moment"].strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "favorited": False,
        "lang": row["lang"],
    }
    if photo:
        link = short_link(post_id)
        text += " " + link
        address = f"https://twitter.com/{OWNER['username']}/status/{post_id}/photo/1"
        media = [{"url": link, "expanded_url": address, "type": "photo", "id_str": post_id}]
        tweet["extended_entities"] = {"media": media}
    tweet |= {"full_text": text, "display_text_range": ["0", str(len(text))]}
    tweet["entities"] = entities_of(text, urls)
    if photo:
        tweet["entities"]["media"] = media
    if row["kind"] == "reply":
        answered = snowflake(row["moment"] - timedelta(minutes=7, seconds=11), 5)
        tweet |= {
            "in_reply_to_status_id_str": answered,
            "in_reply_to_status_id": answered,
            "in_reply_to_user_id": number_of(row["to"][1:], 18),
            "in_reply_to_user_id_str": number_of(row["to"][1:], 18),
            "in_reply_to_screen_name": row["to"][1:],
        }
    return tweet


def edit_info(post_id: str, versions: list[str], moment: datetime) -> dict[str, Any]:
    """Say which versions of a post there are; every version says so."""
    until = (moment + timedelta(hours=1)).isoformat(timespec="milliseconds")
    control = {
        "editTweetIds": versions,
        "editableUntil": until.replace("+00:00", "Z"),
        "editsRemaining": str(6 - len(versions)),
        "isEditEligible": True,
    }
    if post_id == versions[0]:
        return {"initial": control}
    return {"edit": {"initialTweetId": versions[0], "editControlInitial": control}}


def note_of(row: dict[str, Any], post_id: str) -> dict[str, Any]:
    """Write the whole text of a long post, which X does not escape."""
    made = row["moment"].strftime("%Y-%m-%dT%H:%M:%S.000Z")
    tags = [
        {"text": m[1], "fromIndex": str(m.start()), "toIndex": str(m.end())}
        for m in HASHTAG.finditer(row["text"])
    ]
    core = {"styletags": [], "urls": [], "text": row["text"], "mentions": [], "cashtags": [],
            "hashtags": tags}  # fmt: skip
    lifecycle = {"value": "1", "name": "Active", "originalName": "Active", "annotations": {}}
    return {
        "noteTweetId": str(int(post_id) - 4_194_304),
        "updatedAt": made,
        "lifecycle": lifecycle,
        "createdAt": made,
        "core": core,
    }


def main() -> None:
    """Write the archive."""
    rows = read_rows()
    ids = [snowflake(row["moment"], number) for number, row in enumerate(rows)]
    tweets, community, notes = [], [], []
    for number, (row, post_id) in enumerate(zip(rows, ids, strict=True)):
        versions = [post_id]
        if row["kind"] == "edit":
            versions = [ids[number - 1], post_id]
        elif number + 1 < len(rows) and rows[number + 1]["kind"] == "edit":
            versions = [post_id, ids[number + 1]]
        tweet = {"tweet": tweet_of(row, post_id, versions)}
        (community if row["kind"] == "community" else tweets).append(tweet)
        if row["kind"] == "long":
            notes.append({"noteTweet": note_of(row, post_id)})
    tweets.reverse()  # the newest first, as X has them
    likes = [
        {"like": {"tweetId": number_of(words, 19), "fullText": words}}
        for words in ("Trams, what else", "A bus is only a tram that lost its way")
    ]
    account = {
        "email": "nobody@example.org",
        "createdVia": "web",
        **OWNER,
        "createdAt": "2019-02-28T09:00:00.000Z",
        "accountDisplayName": "Marga 🚋",
    }
    write_zip(
        {
            "data/account.js": ("account", 0, [{"account": account}]),
            "data/community-tweet.js": ("community_tweet", 0, community),
            "data/like.js": ("like", 0, likes),
            "data/note-tweet.js": ("note_tweet", 0, notes),
            "data/tweets.js": ("tweets", 0, tweets[:SECOND_PART]),
            "data/tweets-part1.js": ("tweets", 1, tweets[SECOND_PART:]),
        }
    )


def write_zip(files: dict[str, tuple[str, int, list[Any]]]) -> None:
    """Write the files and the manifest that counts them."""
    kinds: dict[str, Any] = {}
    scripts = {}
    for name, (kind, part, items) in files.items():
        variable = f"YTD.{kind}.part{part}"
        scripts[name] = f"window.{variable} = " + as_json(items)
        listed = {"fileName": name, "globalName": variable, "count": str(len(items))}
        key = re.sub(r"_(\w)", lambda m: m[1].upper(), kind)
        kinds.setdefault(key, {"files": []})["files"].append(listed)
    manifest = {
        "userInfo": {"accountId": OWNER["accountId"], "userName": OWNER["username"],
                     "displayName": "Marga 🚋"},
        "archiveInfo": {"sizeBytes": "0", "generationDate": "2024-07-01T08:00:00.000Z",
                        "isPartialArchive": False, "maxPartSizeBytes": "53687091200"},
        "dataTypes": kinds,
    }  # fmt: skip
    scripts["data/manifest.js"] = "window.__THAR_CONFIG = " + as_json(manifest)
    scripts["Your archive.html"] = "<!doctype html><title>Your archive</title>\n"
    with zipfile.ZipFile(HERE / "x-archive.zip", "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(scripts):
            member = zipfile.ZipInfo(name, date_time=(2024, 7, 1, 8, 0, 0))
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, scripts[name].encode())


def as_json(value: Any) -> str:
    """Write JSON as X does."""
    return json.dumps(value, ensure_ascii=False, indent=1, separators=(",", " : "))


if __name__ == "__main__":
    main()
