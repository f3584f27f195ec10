"""Invented exports from X, one function a format: ``SAMPLES[name](path)`` writes one file.

``count`` says how many posts, so that the benchmark of readers can write large ones.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

EPOCH: Final = 1_288_834_974_657
NOON: Final = datetime(2024, 5, 14, 12, tzinfo=timezone.utc)
WORDS: Final = (
    "Give us back the night tram, it was the only way home from the {n} o'clock shift &amp; safe",
    "Councillor Ostermoor counted {n} passengers and calls that empty. It is not 🚋",
    "@marga_ostermoor you cut the tram, {n} of us walk now. Shame on you, déjà vu #nighttram",
    "Timetable {n} of the night tram is at https://t.co/a1b2c3d4e5",
    "@bo_lindqvist thank you for the {n} pages of minutes, they helped a lot #nighttram",
)
USERS: Final = tuple((str(1000 + n), f"rider_{n}") for n in range(97))


def moment(n: int) -> datetime:
    return NOON + timedelta(seconds=n)


def post_id(n: int) -> str:
    return str(round(moment(n).timestamp() * 1000) - EPOCH << 22)


def words(n: int) -> str:
    return WORDS[n % len(WORDS)].format(n=n)


def v1_tweet(n: int) -> dict[str, Any]:
    """One status with the parts that a reader has to pass over, too."""
    text, number = words(n), post_id(n)
    mentions = [{"screen_name": w[1:], "name": w, "id_str": "7", "id": 7, "indices": [0, len(w)]}
                for w in text.split() if w.startswith("@")]  # fmt: skip
    links = [{"url": w, "expanded_url": "https://example.org/trams", "indices": [0, 1]}
             for w in text.split() if w.startswith("https://t.co/")]  # fmt: skip
    hashtags = [{"text": w[1:], "indices": [0, 1]} for w in text.split() if w.startswith("#")]
    return {
        "created_at": moment(n).strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "id": int(number), "id_str": number, "full_text": text, "truncated": False,
        "display_text_range": [0, len(text)],
        "entities": {"hashtags": hashtags, "symbols": [], "user_mentions": mentions, "urls": links},
        "source": '<a href="https://example.org" rel="nofollow">Tram App</a>',
        "in_reply_to_status_id": None, "in_reply_to_status_id_str": None,
        "in_reply_to_user_id": None, "in_reply_to_user_id_str": None,
        "in_reply_to_screen_name": mentions[0]["screen_name"] if text.startswith("@") else None,
        "user": v1_user(n), "geo": None, "coordinates": None, "place": None, "contributors": None,
        "is_quote_status": False, "retweet_count": n % 7, "favorite_count": n % 11,
        "favorited": False, "retweeted": False, "lang": "en",
    }  # fmt: skip


def v1_user(n: int) -> dict[str, Any]:
    number, name = USERS[n % len(USERS)]
    return {
        "id": int(number), "id_str": number, "name": name.title(), "screen_name": name,
        "location": "Noordwoud", "description": "rides the night tram", "url": None,
        "protected": False, "followers_count": 12, "friends_count": 34, "listed_count": 0,
        "created_at": "Mon Nov 29 21:18:15 +0000 2010", "favourites_count": 5, "verified": False,
        "statuses_count": 678, "profile_image_url_https": "https://example.org/a.png",
    }  # fmt: skip


def v2_tweet(n: int) -> dict[str, Any]:
    """One tweet of a page; every fourth repeats the one before, cut as the API cuts it."""
    text, number = words(n), post_id(n)
    entities: dict[str, Any] = {
        "annotations": [{"start": 0, "end": 4, "probability": 0.9, "type": "Place",
                         "normalized_text": "Noordwoud"}],
        "mentions": [{"start": 0, "end": 1, "username": w[1:], "id": "7"}
                     for w in text.split() if w.startswith("@")],
        "hashtags": [{"start": 0, "end": 1, "tag": w[1:]}
                     for w in text.split() if w.startswith("#")],
        "urls": [{"start": 0, "end": 1, "url": w, "expanded_url": "https://example.org/trams",
                  "display_url": "example.org"}
                 for w in text.split() if w.startswith("https://t.co/")],
    }  # fmt: skip
    context = {"domain": {"id": "10", "name": "Thing", "description": "Named things in the world"},
               "entity": {"id": "11", "name": "Tram", "description": "Trams"}}  # fmt: skip
    tweet = {
        "author_id": USERS[n % len(USERS)][0], "context_annotations": [context] * (n % 5),
        "conversation_id": number, "created_at": moment(n).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "edit_history_tweet_ids": [number],
        "entities": {key: value for key, value in entities.items() if value}, "id": number,
        "lang": "en", "possibly_sensitive": False, "reply_settings": "everyone", "text": text,
        "public_metrics": {"retweet_count": 1, "reply_count": 0, "like_count": 3, "quote_count": 0,
                           "bookmark_count": 0, "impression_count": 99},
    }  # fmt: skip
    if n % 4 == 3:
        reposted, name = v2_tweet(n - 1), USERS[(n - 1) % len(USERS)][1]
        tweet["text"] = f"RT @{name}: {reposted['text'][:60]}…"
        tweet["referenced_tweets"] = [{"type": "retweeted", "id": reposted["id"]}]
    return tweet


def v2_user(n: int) -> dict[str, Any]:
    number, name = USERS[n % len(USERS)]
    metrics = {"followers_count": 1, "following_count": 2, "tweet_count": 3, "listed_count": 0}
    return {"id": number, "name": name.title(), "username": name, "verified": False,
            "description": "rides the night tram", "public_metrics": metrics,
            "created_at": "2010-11-29T21:18:15.000Z", "protected": False,
            "profile_image_url": "https://example.org/a.png"}  # fmt: skip


def v2_page(numbers: range) -> dict[str, Any]:
    users = [v2_user(n) for n in numbers]
    included = [v2_tweet(n - 1) for n in numbers if n % 4 == 3]
    return {
        "data": [v2_tweet(n) for n in numbers],
        "includes": {"users": list({user["id"]: user for user in users}.values()),
                     "tweets": included},
        "meta": {"newest_id": post_id(numbers[-1]), "result_count": len(numbers)},
        "__twarc": {"url": "https://api.twitter.com/2/tweets/search/all", "version": "2.14.0"},
    }  # fmt: skip


def v2_flat(n: int) -> dict[str, Any]:
    """One tweet with its author and the tweet it repeats inside, as ``twarc2 flatten`` writes."""
    tweet = v2_tweet(n) | {"author": v2_user(n), "__twarc": {"version": "2.14.0"}}
    for reference in tweet.get("referenced_tweets", ()):
        reference.update(v2_tweet(n - 1), author=v2_user(n - 1))
    return tweet


def pages(count: int, size: int = 100) -> Iterator[dict[str, Any]]:
    for start in range(0, count, size):
        yield v2_page(range(start, min(count, start + size)))


def write_lines(path: Path, values: Iterator[Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(value) + "\n" for value in values)


def x_archive(path: Path, count: int = 20) -> None:
    """Write a zip as X gives it: numbers as strings, printed with two spaces."""
    rows = []
    for n in range(count):
        tweet = json.loads(json.dumps(v1_tweet(n)), parse_int=str)
        edit = {"initial": {"editTweetIds": [tweet["id_str"]], "editsRemaining": "5",
                            "editableUntil": "2024-05-14T13:00:00.000Z"}}  # fmt: skip
        rows.append(
            {"tweet": {"edit_info": edit} | {k: v for k, v in tweet.items() if k != "user"}}
        )
    account = [{"account": {"username": "ada", "accountId": "7"}}]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, items in (("tweets", rows), ("account", account)):
            text = json.dumps(items, indent=2, ensure_ascii=False, separators=(",", " : "))
            archive.writestr(f"data/{name}.js", f"window.YTD.{name}.part0 = {text}")


def x_classic(path: Path, count: int = 20) -> None:
    """Write a zip as Twitter gave it until 2018."""
    rows = []
    for n in range(count):
        tweet = v1_tweet(n)
        tweet["text"] = tweet.pop("full_text")
        tweet["created_at"] = moment(n).strftime("%Y-%m-%d %H:%M:%S +0000")
        rows.append(tweet)
    text = json.dumps(rows, indent=2, separators=(",", " : "))
    index = [{"file_name": "data/js/tweets/2024_05.js", "tweet_count": count}]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/js/tweets/2024_05.js", f"Grailbird.data.tweets_2024_05 = \n{text}")
        archive.writestr("data/js/tweet_index.js", f"var tweet_index = {json.dumps(index)}")


def tweets_csv(path: Path, count: int = 20) -> None:
    """Write the table of a classic archive."""
    header = (
        "tweet_id,in_reply_to_status_id,in_reply_to_user_id,timestamp,source,text,"
        "retweeted_status_id,retweeted_status_user_id,retweeted_status_timestamp,expanded_urls"
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(header + "\n")
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for n in range(count):
            time = moment(n).strftime("%Y-%m-%d %H:%M:%S +0000")
            writer.writerow([post_id(n), "", "", time, "Tram App", words(n), "", "", "", ""])


def x_api_v1(path: Path, count: int = 20) -> None:
    write_lines(path, map(v1_tweet, range(count)))


def x_api_v2(path: Path, count: int = 20) -> None:
    write_lines(path, pages(count))


def x_api_v2_flat(path: Path, count: int = 20) -> None:
    write_lines(path, map(v2_flat, range(count)))


def academictwitter(path: Path, count: int = 20) -> None:
    """Write a zip of the folder that academictwitteR fills, two files a page."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in pages(count):
            last = page["data"][-1]["id"]
            archive.writestr(f"tweets/data_{last}.json", json.dumps(page["data"]))
            archive.writestr(f"tweets/users_{last}.json", json.dumps(page["includes"]))


def twarc_csv(path: Path, count: int = 20) -> None:
    fields = ("id", "conversation_id", "referenced_tweets.replied_to.id",
              "referenced_tweets.retweeted.id", "referenced_tweets.quoted.id", "author_id",
              "in_reply_to_user_id", "in_reply_to_username", "quoted_username", "created_at",
              "text", "lang", "public_metrics.like_count", "entities.hashtags", "entities.mentions",
              "entities.urls", "author.username")  # fmt: skip
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, fields, restval="", extrasaction="ignore")
    writer.writeheader()
    for n in range(count):
        tweet = v2_tweet(n)
        lists = {f"entities.{key}": json.dumps(value) for key, value in tweet["entities"].items()}
        reference = tweet.get("referenced_tweets", [{}])[0].get("id", "")
        name = USERS[n % len(USERS)][1]
        writer.writerow({**tweet, **lists, "referenced_tweets.retweeted.id": reference,
                         "public_metrics.like_count": "3", "author.username": name})  # fmt: skip
    path.write_text(sheet.getvalue(), encoding="utf-8", newline="")


SAMPLES: Final[dict[str, Callable[..., None]]] = {
    "x-archive": x_archive,
    "x-classic": x_classic,
    "x-classic tweets.csv": tweets_csv,
    "x-api-v1": x_api_v1,
    "x-api-v2": x_api_v2,
    "x-api-v2 flat": x_api_v2_flat,
    "x-api-v2 folder": academictwitter,
    "twarc-csv": twarc_csv,
}
