"""Invented exports of Reddit, 4CAT, Zeeschuimer, CrowdTangle, YouTube Data Tools and Excel."""

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COMMENTS: Final[list[dict[str, Any]]] = [
    {"id": "c1", "author": "ada", "author_fullname": "t2_a", "body": "no tram &gt; no town",
     "created_utc": 1134365188, "parent_id": "t3_s1", "link_id": "t3_s1", "score": 4,
     "subreddit": "ostermoor", "edited": False},
    {"id": "c2", "author": "[deleted]", "body": "[deleted]", "created_utc": "1134365725",
     "parent_id": "t1_c1", "link_id": "t3_s1", "score": 0, "subreddit": "ostermoor",
     "edited": 1134365800.0},
    {"id": "c3", "author": "[deleted]", "body": "u/ada is right &amp;amp; so on",
     "created_utc": 1134366000.0, "parent_id": "t1_c1", "link_id": "t3_s1", "score": 1,
     "subreddit": "ostermoor", "edited": False},
    {"id": "c4", "author": "bo", "body": "[removed]", "created_utc": 1134366100,
     "parent_id": "t1_c3", "link_id": "t3_s1", "score": -3, "subreddit": "ostermoor"},
    {"id": "c5", "author": "cy", "body": "half an emoji \ud83d", "created_utc": 1134366200,
     "parent_id": "t1_c4", "link_id": "t3_s1", "score": 1, "subreddit": "ostermoor",
     "_meta": {"removal_type": "deleted", "was_deleted_later": True}},
]  # fmt: skip
SUBMISSIONS: Final[list[dict[str, Any]]] = [
    {"id": "s1", "author": "ada", "title": "The tram &amp; the town", "selftext": "Keep it.",
     "is_self": True, "created_utc": 1572566337, "subreddit": "ostermoor", "score": 9,
     "url": "https://www.reddit.com/r/ostermoor/comments/s1/"},
    {"id": "s2", "author": "bo", "title": "A map", "selftext": "", "is_self": False,
     "created_utc": 1572566400, "subreddit": "ostermoor", "url": "https://maps.example/tram"},
    {"id": "s3", "author": "[deleted]", "title": "Gone", "selftext": "[removed]", "is_self": True,
     "created_utc": 1572566500, "subreddit": "ostermoor", "removed_by_category": "moderator"},
    {"id": "s4", "author": "cy", "title": "Seen there", "selftext": "", "is_self": False,
     "created_utc": 1572566600, "subreddit": "ostermoor", "crosspost_parent": "t3_s1",
     "url": "https://www.reddit.com/r/ostermoor/comments/s1/"},
]  # fmt: skip


def ndjson(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def table(rows: Sequence[Mapping[str, Any]], encoding: str = "utf-8", **dialect: Any) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys(k for row in rows for k in row)), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def reddit_zst(path: Path) -> None:
    """Two frames with a window of 2 GiB, as in the dumps of the first years."""
    options = {
        zstd.CompressionParameter.window_log: 31,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    parts = (ndjson(COMMENTS), ndjson(SUBMISSIONS))
    frames = []
    for part in parts:
        compressor = zstd.ZstdCompressor(options=options)
        frames.append(compressor.compress(part) + compressor.flush())
    path.write_bytes(b"".join(frames))


def reddit_comments(path: Path, count: int = 20) -> None:
    """As many comments as asked for, with the fields that dumps have had since 2019."""
    rows = [
        {
            "id": f"c{n}", "name": f"t1_c{n}", "author": f"rider_{n % 997}",
            "author_fullname": f"t2_{n % 997}", "author_flair_text": None, "author_premium": False,
            "body": f"Line {n % 31} has run late on {n} mornings now, and the council &amp; the "
            "operator each say it is the other's to mend. Ask for the minutes, they are open.",
            "created_utc": 1556668800 + n, "retrieved_on": 1566668800 + n, "edited": False,
            "parent_id": f"t1_c{n - 1}" if n % 3 else "t3_s1", "link_id": "t3_s1", "score": n % 40,
            "subreddit": "ostermoor", "subreddit_id": "t5_2ostm", "distinguished": None,
            "gilded": 0, "gildings": {}, "controversiality": 0, "stickied": False,
            "is_submitter": n % 50 == 0, "permalink": f"/r/ostermoor/comments/s1/late/c{n}/",
            "all_awardings": [], "collapsed": False, "locked": False, "send_replies": True,
        }
        for n in range(count)
    ]  # fmt: skip
    path.write_bytes(zstd.compress(ndjson(rows)))


def reddit_ndjson(path: Path) -> None:
    path.write_bytes(ndjson([*COMMENTS, *SUBMISSIONS]))


DOWNLOADED_COMMENTS: Final = [
    {"id": "c1", "permalink": "https://www.reddit.com/r/ostermoor/comments/s1/x/c1/",
     "date": "2023-01-15 12:34:56 UTC", "ip": "192.0.2.7", "subreddit": "ostermoor",
     "gildings": "0", "link": "https://www.reddit.com/r/ostermoor/comments/s1/x/", "parent": "",
     "body": "Keep the tram.\n\nPlease.", "media": ""},
    {"id": "c2", "permalink": "https://www.reddit.com/r/ostermoor/comments/s1/x/c2/",
     "date": "2023-01-16 12:00:00 UTC", "ip": "", "subreddit": "ostermoor", "gildings": "0",
     "link": "https://www.reddit.com/r/ostermoor/comments/s1/x/", "parent": "c9",
     "body": "[removed]", "media": ""},
]  # fmt: skip
DOWNLOADED_POSTS: Final = [
    {"id": "s1", "permalink": "https://www.reddit.com/r/ostermoor/comments/s1/x/",
     "date": "2023-01-15 10:00:00 UTC", "ip": "192.0.2.7", "subreddit": "ostermoor",
     "gildings": "0", "title": "The tram", "url": "/r/ostermoor/comments/s1/x/", "body": "Keep it."}
]  # fmt: skip


def reddit_download(path: Path) -> None:
    path.mkdir(exist_ok=True)
    (path / "comments.csv").write_bytes(table(DOWNLOADED_COMMENTS))
    (path / "posts.csv").write_bytes(table(DOWNLOADED_POSTS))
    (path / "statistics.csv").write_bytes(b"statistic,value\naccount name,ada\n")


FOURCAT: Final = [
    {"id": "1788000000000000001", "thread_id": "1788000000000000001",
     "timestamp": "2024-05-07 10:00:00", "unix_timestamp": "1715076000", "body": "a &gt; b",
     "author": "ada", "author_id": "7", "is_retweet": "no", "retweeted_user": "",
     "is_quote_tweet": "no", "quoted_user": "", "is_reply": "no", "replied_user": "",
     "hashtags": "tram,noord", "urls": "https://a.example/?x=1,2,https://b.example/",
     "mentions": "bo,cy", "language_guess": "en", "like_count": "3"},
    {"id": "1788000000000000002", "thread_id": "1788000000000000001",
     "timestamp": "2024-05-07 10:01:00", "unix_timestamp": "1715076060", "body": "@ada no",
     "author": "REDACTED", "author_id": "", "is_retweet": "no", "retweeted_user": "",
     "is_quote_tweet": "no", "quoted_user": "", "is_reply": "yes", "replied_user": "ada",
     "hashtags": "", "urls": "", "mentions": "ada", "language_guess": "en", "like_count": "0"},
    {"id": "1788000000000000003", "thread_id": "1788000000000000003",
     "timestamp": "2024-05-07 10:02:00", "unix_timestamp": "1715076120",
     "body": "RT @ada: a &gt; b",
     "author": "cy", "author_id": "9", "is_retweet": "yes", "retweeted_user": "ada",
     "is_quote_tweet": "no", "quoted_user": "", "is_reply": "no", "replied_user": "",
     "hashtags": "", "urls": "", "mentions": "", "language_guess": "en", "like_count": "0"},
]  # fmt: skip


def fourcat(path: Path) -> None:
    path.write_bytes(table(FOURCAT))


FOURCAT_BLUESKY: Final = [
    {"id": "at://did:plc:aa/app.bsky.feed.post/3k1", "created_at": "2024-11-19T10:00:00+00:00",
     "thread_id": "at://did:plc:aa/app.bsky.feed.post/3k1", "author": "ada.example",
     "author_id": "did:plc:aa", "body": "keep the tram #noord &lt;3", "tags": "noord,tram",
     "quoted_post": "", "quoted_user": "", "replied_to_post": "", "replied_to_user": "",
     "mentions": "", "links": "https://a.example/,https://b.example/", "languages": "en,fr",
     "author_display_name": "Ada", "timestamp": "1732010400.0"},
    {"id": "at://did:plc:bb/app.bsky.feed.post/3k2", "created_at": "2024-11-19T10:01:00+00:00",
     "thread_id": "at://did:plc:aa/app.bsky.feed.post/3k1", "author": "bo.example",
     "author_id": "did:plc:bb", "body": "déjà vu", "tags": "", "quoted_post": "",
     "quoted_user": "", "replied_to_post": "https://bsky.app/profile/ada.example/post/3k1",
     "replied_to_user": "ada.example", "mentions": "cy.example", "links": "", "languages": "N/A",
     "author_display_name": "Bo", "timestamp": "1732010460.0"},
    {"id": "at://did:plc:cc/app.bsky.feed.post/3k3", "created_at": "2024-11-19T10:02:00+00:00",
     "thread_id": "at://did:plc:cc/app.bsky.feed.post/3k3", "author": "cy.example",
     "author_id": "did:plc:cc", "body": "look", "tags": "", "quoted_post": "DELETED",
     "quoted_user": "", "replied_to_post": "", "replied_to_user": "", "mentions": "", "links": "",
     "languages": "en", "author_display_name": "Cy", "timestamp": "1732010520.0"},
]  # fmt: skip
FOURCAT_TELEGRAM: Final = [
    {"id": "tramclub-12", "thread_id": "tramclub", "chat": "tramclub", "author": "555",
     "author_username": "ada_tg", "author_name": "Ada", "body": "keep it", "is_reply": "no",
     "reply_to": "", "timestamp": "2024-05-01 10:00:00", "unix_timestamp": "1714557600",
     "author_forwarded_from_name": "", "author_forwarded_from_username": "",
     "entities_mentioned": "cy"},
    {"id": "tramclub-13", "thread_id": "tramclub", "chat": "tramclub", "author": "556",
     "author_username": "", "author_name": "Bo", "body": "déjà vu", "is_reply": "yes",
     "reply_to": "12", "timestamp": "2024-05-01 10:01:00", "unix_timestamp": "1714557660",
     "author_forwarded_from_name": "", "author_forwarded_from_username": "",
     "entities_mentioned": ""},
    {"id": "tramclub-14", "thread_id": "tramclub", "chat": "tramclub", "author": "556",
     "author_username": "", "author_name": "Bo", "body": "no more trams", "is_reply": "no",
     "reply_to": "", "timestamp": "2024-05-01 10:02:00", "unix_timestamp": "1714557720",
     "author_forwarded_from_name": "Noord News", "author_forwarded_from_username": "noordnews",
     "entities_mentioned": ""},
]  # fmt: skip
FOURCAT_TRUTH: Final = [
    {"id": "113", "created_at": "2024-11-01T10:00:00.000Z",
     "body": '<p>Well, <a href="https://t.example/@bo" class="u-url mention">@<span>bo</span></a>'
     ' &amp; all</p><p>see <a href="https://a.example/tram">a.example/tr…</a></p>',
     "account_id": "9", "account_username": "ada", "account_display_name": "Ada",
     "mentions": "bo", "hashtags": "", "thread_id": "113", "timestamp": "2024-11-01 10:00:00"},
    {"id": "114", "created_at": "2024-11-01T10:00:00.000Z", "body": "a < b, <3 and 1 > 0",
     "account_id": "9", "account_username": "ada", "account_display_name": "Ada",
     "mentions": "", "hashtags": "tram", "thread_id": "114", "timestamp": "2024-11-01 10:00:00"},
]  # fmt: skip
FOURCAT_TIKTOK_COMMENTS: Final = [
    {"id": "c1", "thread_id": "7361", "author": "ada", "body": "keep it", "post_id": "7361",
     "timestamp": "2024-05-07 10:00:00", "is_comment_on_comment": "no", "language_guess": "en"},
    {"id": "c2", "thread_id": "c1", "author": "bo", "body": "déjà vu", "post_id": "7361",
     "timestamp": "2024-05-07 10:01:00", "is_comment_on_comment": "yes", "language_guess": "fr"},
]  # fmt: skip
FOURCAT_FACEBOOK: Final = [
    {"id": "1", "url": "https://f.example/1", "body": "keep it", "author": "ada",
     "author_name": "Ada L", "timestamp": "2024-05-07 10:00:00", "is_in_group": "no",
     "group_name": "", "unix_timestamp": "1715076000"},
]  # fmt: skip


MELTWATER: Final = [
    {"Date": "14-May-2024 02:00PM", "Headline": "", "URL": "https://x.com/ada/statuses/1788000001",
     "Opening Text": "no tram at all, déjà vu", "Hit Sentence": "no tram", "Source": "X",
     "Influencer": "@ada", "Language": "English", "Document ID": "D1", "Tweet Id": '"1788000001"',
     "Twitter Id": "7", "Twitter Screen Name": "@ada"},
    {"Date": "14-May-2024 02:01PM", "Headline": "", "URL": "https://x.com/bo/statuses/1788000002",
     "Opening Text": "", "Hit Sentence": "QT @ada: no; why?", "Source": "X",
     "Influencer": "@bo", "Language": "English", "Document ID": "D2", "Tweet Id": "",
     "Twitter Id": "8", "Twitter Screen Name": "@bo"},
    {"Date": "14-May-2024 02:02PM", "Headline": "A town and its tram", "URL": "https://n.example/1",
     "Opening Text": "Noord has", "Hit Sentence": "The tram is late.", "Source": "Noord News",
     "Influencer": "Cy West", "Language": "English", "Document ID": "D3", "Tweet Id": "",
     "Twitter Id": "", "Twitter Screen Name": ""},
]  # fmt: skip


def meltwater(path: Path) -> None:
    path.write_bytes(table(MELTWATER, "utf-16", delimiter="\t"))


def fourcat_bluesky(path: Path) -> None:
    path.write_bytes(table(FOURCAT_BLUESKY))


def fourcat_telegram(path: Path) -> None:
    path.write_bytes(table(FOURCAT_TELEGRAM))


def fourcat_truth(path: Path) -> None:
    path.write_bytes(table(FOURCAT_TRUTH))


def fourcat_tiktok_comments(path: Path) -> None:
    path.write_bytes(table(FOURCAT_TIKTOK_COMMENTS))


def fourcat_facebook(path: Path) -> None:
    path.write_bytes(table(FOURCAT_FACEBOOK))


def graphql_user(name: str, user_id: str) -> dict[str, Any]:
    account = {"screen_name": name, "name": name.title()}
    return {"user_results": {"result": {"rest_id": user_id, "legacy": account}}}


def graphql_tweet(post_id: str, name: str, text: str, **legacy: Any) -> dict[str, Any]:
    outer = {
        key: legacy.pop(key) for key in ("note_tweet", "quoted_status_result") if key in legacy
    }
    return {
        "rest_id": post_id,
        "core": graphql_user(name, f"70{len(name)}"),
        "legacy": {
            "created_at": "Tue May 07 10:00:00 +0000 2024",
            "conversation_id_str": post_id,
            "full_text": text,
            "user_id_str": f"70{len(name)}",
            "lang": "en",
            "entities": {"hashtags": [], "urls": [], "user_mentions": []},
            **legacy,
        },
        **outer,
    }


INNER: Final = graphql_tweet("1788000000000000001", "ada", "all of the words &amp; more of them")
CAPTURES: Final = [
    ("twitter.com", graphql_tweet("1788000000000000002", "bo", "RT @ada: all of the wo…",
                                  retweeted_status_result={"result": {"tweet": INNER}})),
    ("x.com", graphql_tweet("1788000000000000003", "cy", "cut…", note_tweet={
        "note_tweet_results": {"result": {"text": "a long text & whole", "entity_set": {}}}})),
    ("twitter.com", graphql_tweet("1788000000000000004", "bo", "look", quoted_status_result={
        "result": INNER})),
    ("tiktok.com", {"id": "7361", "desc": "the tram #noord", "createTime": 1715076000,
                    "author": {"uniqueId": "ada", "id": "6"},
                    "textExtra": [{"hashtagName": "noord"}]}),
    ("tiktok-comments", {"cid": "99", "aweme_id": "7361", "text": "no", "reply_id": "0",
                         "create_time": 1715076100, "user": {"unique_id": "bo", "uid": "8"}}),
    ("instagram.com", {"code": "Cxyz", "taken_at": 1715076000, "media_type": 1,
                       "caption": {"text": "Noord #tram"}, "user": {"username": "cy", "pk": 5}}),
    ("instagram.com", {"code": "Cad", "product_type": "ad", "caption": None}),
    ("threads.net", {"code": "Cthr", "taken_at": 1715076000, "caption": {"text": "so"},
                     "user": {"username": "di", "pk": "4"},
                     "text_post_app_info": {"reply_to_author": {"username": "cy"}}}),
    ("pinterest.com", {"urn": "x"}),
]  # fmt: skip


def zeeschuimer(path: Path) -> None:
    rows = [
        {"nav_index": "1:2", "item_id": str(n), "timestamp_collected": 1715080000000,
         "source_platform": platform, "source_platform_url": f"https://{platform}/", "data": data}
        for n, (platform, data) in enumerate(CAPTURES)
    ]  # fmt: skip
    path.write_bytes(ndjson(rows))


TRUTH: Final = {"id": "11", "created_at": "2024-05-07T10:00:00.000Z", "content": "a < b & <3",
         "account": {"id": "9", "acct": "ada", "url": "https://truth.example/@ada"},
         "in_reply_to_id": None, "mentions": [], "tags": [{"name": "tram"}]}  # fmt: skip
GAB: Final = {"id": "21", "i": "21", "ca": "2024-05-07T10:00:00.000Z", "c": "keep the #tram",
              "ai": "4", "author_info": {"i": "4", "un": "ada"}}  # fmt: skip
LINKEDIN: Final = {"actor": {"name": {"text": "Ada L"}, "navigationContext": {
            "actionTarget": "https://www.linkedin.com/in/ada-l?x=1"}},
        "commentary": {"text": {"text": "Keep the #tram"}},
        "updateMetadata": {"urn": "urn:li:activity:7193500000000000000"}}  # fmt: skip


def zeeschuimer_others(path: Path) -> None:
    found = [("truthsocial.com", TRUTH), ("gab.com", GAB), ("linkedin.com", LINKEDIN)]
    path.write_bytes(ndjson([{"source_platform": on, "data": post} for on, post in found]))


def fourcat_ndjson(path: Path) -> None:
    rows = [
        {**data, "__import_meta": {"source_platform": platform, "timestamp_collected": 1}}
        for platform, data in CAPTURES
    ]
    path.write_bytes(ndjson(rows))


FACEBOOK: Final = [
    {"Page Name": "Tram Noord", "User Name": "tramnoord", "Facebook Id": "100044",
     "Post Created": "2021-03-01 10:00:00 EST", "Type": "Link", "Total Interactions": "1,204",
     "Likes": "3", "URL": "https://www.facebook.com/tramnoord/posts/123", "Message": "Keep #tram 7",
     "Link": "https://news.example/tram", "Final Link": "", "Description": "a newspaper's words",
     "Overperforming Score (weighted  —  Likes 1x Shares 1x )": "1.2"},
    {"Page Name": "Tram Noord", "User Name": "", "Facebook Id": "100044",
     "Post Created": "2021-07-01 10:00:00 EDT", "Type": "Status", "Total Interactions": "0",
     "Likes": "0", "URL": "https://www.facebook.com/tramnoord/posts/124", "Message": "",
     "Link": "https://www.facebook.com/tramnoord/posts/124", "Final Link": "", "Description": "",
     "Overperforming Score (weighted  —  Likes 1x Shares 1x )": ""},
]  # fmt: skip
INSTAGRAM: Final = [
    {"Account": "Tram Noord", "User Name": "tramnoord", "Followers at Posting": "10",
     "Post Created": "2021-03-01 10:00:00 CET", "Type": "Photo", "Likes": "1", "Comments": "2",
     "URL": "https://www.instagram.com/p/Cabc/", "Link": "https://www.instagram.com/p/Cabc/",
     "Title": "", "Description": "Noord #tram"}
]  # fmt: skip


def crowdtangle(path: Path) -> None:
    path.write_bytes(table(FACEBOOK, "utf-8-sig"))


def crowdtangle_instagram(path: Path) -> None:
    path.write_bytes(table(INSTAGRAM, "utf-8-sig"))


YOUTUBE: Final = (
    "id,replyCount,likeCount,publishedAt,authorName,text,authorChannelId,authorChannelUrl,"
    "isReply,isReplyTo,isReplyToName\n"
    'Ugx1,1,2,"2024-05-07 10:00:00",@ada,"keep &lt;it&gt;, please",UCa,http://a,0,,\n'
    'Ugx1.2,,0,"2024-05-07 10:01:00",@bo,"they said \\"no"" twice",UCb,http://b,1,Ugx1,@ada\n'
)
VIDEOS: Final = [
    {"position": "1", "channelId": "UCa", "channelTitle": "Tram Noord", "videoId": "abcdefghijk",
     "publishedAt": "2024-05-07T10:00:00Z", "videoTitle": "The tram",
     "videoDescription": "A ride.", "viewCount": "9"}
]  # fmt: skip


def youtube_comments(path: Path) -> None:
    path.write_text(YOUTUBE, encoding="utf-8", newline="")


def youtube_videos(path: Path) -> None:
    path.write_bytes(table(VIDEOS))


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    rows = [["id", "text", "date"], *([f"c{n}", f"déjà vu {n}", "2024-05-01"] for n in range(20))]
    for title, cells in (sheets or {"Posts": rows}).items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(list(row))
    book.save(path)


SAMPLES: Final[dict[str, Callable[..., None]]] = {
    "reddit zst": reddit_zst,
    "reddit comments zst": reddit_comments,
    "reddit ndjson": reddit_ndjson,
    "reddit-download": reddit_download,
    "4cat": fourcat,
    "4cat bluesky": fourcat_bluesky,
    "4cat telegram": fourcat_telegram,
    "4cat truth": fourcat_truth,
    "4cat tiktok comments": fourcat_tiktok_comments,
    "4cat facebook": fourcat_facebook,
    "4cat ndjson": fourcat_ndjson,
    "zeeschuimer": zeeschuimer,
    "zeeschuimer others": zeeschuimer_others,
    "meltwater": meltwater,
    "crowdtangle": crowdtangle,
    "crowdtangle instagram": crowdtangle_instagram,
    "youtube-data-tools": youtube_comments,
    "youtube-data-tools videos": youtube_videos,
    "xlsx": workbook,
}
