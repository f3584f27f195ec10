"""Names of columns that people and tools use, as data: what each is taken for.

Names stand as :func:`plain_name` writes them: lower case, ``_`` between words, camelCase parted; of
an object in a cell (``user.username`` in JSON) the way to the value, ``user_username``. The
likeliest comes first. Sources: the tools' own documentation and code, as noted.
"""

from __future__ import annotations

import re
from typing import Final

TEXT_NAMES: Final = (
    ("full_text", "text_full", "raw_content", "text"),
    ("body", "message", "content", "tweet", "tweet_text", "tweet_content", "post_text", "comment",
     "comment_text", "comment_content", "caption", "selftext", "message_text", "post_message",
     "post_content", "post_body", "status_text", "sentence", "full_content", "text_display",
     "text_original", "content_text", "contents"),
    ("hit_sentence", "opening_text", "snippet"),
    ("description", "post"),
    ("title", "headline"),
)  # fmt: skip
"""Names of the column with the words, the likeliest first; within a group two at once are a
question for the user, but for those in :data:`RANKED`.

``raw_content``: snscrape, twscrape. ``hit_sentence``, ``opening_text``: Meltwater. ``snippet``:
Brandwatch. ``text_display``: YouTube's API. ``post_body``: Gab. ``contents``: Crimson Hexagon.
"""

RANKED: Final = (0, 2)
"""Groups of names of which tools write several at once, the most of the words under the first."""

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id_str", "id", "tweet_id", "post_id", "status_id", "comment_id", "message_id",
           "tweet_id_str", "document_id", "mention_id", "resource_id", "item_id", "uri", "cid",
           "imported_id", "id_oid", "beitragsnummer", "beitrags_id", "identificador", "identifiant",
           "rest_id", "tweetid", "universal_message_id", "guid"),
    "author": ("actuser_username",
               "author", "author_username", "username", "screen_name", "user_screen_name",
               "user_username", "user_handle", "handle", "author_user_name",
               "author_screen_name", "author_handle", "username_tweet", "account_username",
               "account_acct", "from_user_name", "from_user", "user",
               "extra_author_attributes_short_name", "twitter_screen_name", "x_screen_name",
               "sender_screen_name", "author_meta_name", "user_name", "influencer",
               "owner_username", "post_owner_username", "vertex_1", "account",
               "from", "sender", "author_name", "author_display_name", "full_name", "nickname",
               "user_nickname", "from_name", "benutzername", "benutzer", "nutzername", "nutzer",
               "autor", "autorin", "verfasser", "konto", "auteur", "utilisateur", "usuario",
               "autore", "utente", "gebruikersnaam", "gebruiker", "usuário",
               "użytkownik", "uživatel", "kullanıcı", "автор", "пользователь", "користувач",
               "συντάκτης", "χρήστης", "المستخدم", "الكاتب", "ユーザー名", "投稿者",
               "用户名", "用户",
               "作者", "작성자", "사용자", "screenname", "user_screenname", "name"),
    "author_id": ("actuser_id",
                  "author_id", "user_id_number_long",
                  "user_id_str", "user_id", "user_id_string", "from_user_id_str",
                  "from_user_id", "from_id", "author_rest_id", "account_id",
                  "userid", "owner_id", "post_owner_id", "author_channel_id_value",
                  "author_channel_id", "channel_id", "uid", "user_did", "author_did",
                  "extra_author_attributes_id",
                  "sender_user_id", "sender_id", "from_id_user_id", "author_meta_id", "x_author_id",
                  "twitter_author_id"),
    "created_at": ("created_at", "timestamp_utc", "created_utc", "date_utc",
                   "relationship_date_utc", "tweet_date_utc", "post_created_at",
                   "timestamp", "datetime", "date_time", "published_at", "published",
                   "publish_date", "published_date", "date", "time", "post_created",
                   "unix_timestamp", "created", "created_time", "create_time", "created_date",
                   "creation_date", "creation_time", "posted_at", "post_date", "tweet_date",
                   "tweet_created_at", "tweet_created", "date_created", "date_posted", "taken_at",
                   "sent_at",
                   "local_time", "time_parsed", "pubdate", "pub_date", "create_time_iso", "when",
                   "datum", "datum_uhrzeit", "zeit", "zeitpunkt", "zeitstempel", "erstellt_am",
                   "veröffentlicht_am", "fecha", "fecha_hora", "fecha_de_publicación", "tijd",
                   "date_de_publication", "data_de_publicação", "data_e_hora", "tarih", "дата",
                   "дата_и_время", "ημερομηνία", "التاريخ", "日時", "日付", "投稿日時",
                   "发布时间", "日期", "ts",
                   "날짜", "작성일", "submitdate", "startdate", "created_at_date",
                   "created_at_date_number_long"),
    "kind": ("kind", "tweet_type", "post_type", "sourcetweet_type", "referenced_tweet_type",
             "referenced_tweets_type", "engagement_type", "thread_entry_type", "message_type",
             "relationship", "type"),
    "reply_to_id": ("reply_to_id", "in_reply_to_status_id_str", "in_reply_to_status_id",
                    "reply_to_status_id", "in_reply_to_tweet_id", "in_reply_to_tweet_id_str",
                    "in_reply_to_id", "to_tweetid", "reply_to_tweet_id", "replied_to_id",
                    "parent_comment_id", "parent_id", "parent", "reply_to",
                    "referenced_tweets_replied_to_id", "replied_to_post", "reply_to_sid",
                    "reply_to_cid", "reply_to_msg_id", "reply_to_reply_to_msg_id",
                    "reply_to_message_id", "in_reply_to", "twitter_reply_to", "x_reply_to",
                    "to_post_uri", "parent_post_id", "parent_tweet_id"),
    "reply_to_author": ("reply_to_author", "in_reply_to_screen_name", "in_reply_to_username",
                        "reply_to_screen_name", "reply_to_username", "in_reply_to_user_username",
                        "in_reply_to_user_screen_name", "in_reply_to_user_user_name",
                        "replied_author", "replied_to_user", "replied_user", "to_username",
                        "to_user_name", "to_user", "in_reply_to_user_name", "in_reply_to",
                        "reply_to_user", "reply_to_sn", "parent_author", "vertex_2"),
    "quoted_id": ("quoted_id", "quoted_status_id_str", "quoted_status_id", "quoted_tweet_id",
                  "quoted_tweet_id_str", "quoted_tweet_rest_id", "quote_id",
                  "referenced_tweets_quoted_id", "quoted_uri", "shared_post_id", "quoted_post",
                  "quoted_status", "quoted_tweet"),
    "quoted_author": ("quoted_author", "quoted_user", "quoted_screen_name", "quoted_username",
                      "quoted_user_handle",
                      "quoted_tweet_user_username", "quoted_status_user_screen_name",
                      "quoted_tweet_author_user_name", "quoted_tweet_user_screen_name"),
    "repost_of": ("repost_of", "retweeted_status_id_str", "retweeted_status_id", "retweeted_id",
                  "retweet_status_id", "retweet_id", "retweeted_tweet_id",
                  "retweeted_tweet_id_str", "retweet_of_status_id", "retweet_of_id",
                  "referenced_tweets_retweeted_id", "retweeted_status", "retweeted_tweet",
                  "twitter_retweet_of", "x_repost_of", "retweet_of", "reblog_id"),
    "conversation_id": ("conversation_id", "conversation_id_str", "thread_id", "link_id",
                        "to_root_post_uri", "discussion_id", "video_id"),
    "mentions": ("mentions", "mentioned_users", "mentioned_names", "mentions_screen_name",
                 "user_mentions", "entities_user_mentions", "mentioned_screen_names",
                 "mentioned_profiles", "mentioned_authors", "mentions_in_tweet",
                 "mentioned_user_handles", "target_user"),
    "inherited": ("inherited",),
    "hashtags": ("hashtags", "entities_hashtags", "hash_tags", "tags", "hashtag",
                 "hashtags_in_tweet"),
    "urls": ("urls_expanded", "urls", "entities_urls", "links", "outlinks", "urls_expanded_url",
             "urls_url", "expanded_urls", "urls_in_tweet"),
    "lang": ("lang", "language", "tweet_lang", "language_code"),
    "visibility": ("visibility",),
}  # fmt: skip
"""For each column of the post table, the names taken for it, the likeliest first.

Read from the tools' own code where it is public (docs/formats.md names file and commit of each):
``mentions_screen_name``, ``reply_to_status_id``, ``retweet_status_id``: rtweet (0.7).
``raw_content``, ``user_username``, ``in_reply_to_tweet_id``, ``mentioned_users``: snscrape,
twscrape. ``to_tweetid``, ``to_username``, ``mentioned_names``, ``retweeted_id``: minet, of X;
``user_did``, ``to_post_uri``, ``quoted_uri``, ``repost_by_user_did``: of Bluesky; ``parent``,
``author_channel_id``, ``video_id``: of Reddit and YouTube. ``retweet_id``: twint, Hydrator.
``from_user_name``, ``to_user_name``, ``urls_expanded``: DMI-TCAT. ``sourcetweet_type``:
academictwitteR (``bind_tweets``, tidy). From headers in programs that read the exports:
``from_user``, ``id_str``: TAGS (its ``user_lang`` is the account's). ``vertex_1``,
``imported_id``, ``relationship_date_utc``: NodeXL. ``thread_entry_type``, ``twitter_retweet_of``,
``resource_id``: Brandwatch. ``extra_author_attributes_short_name``: Talkwalker.
``universal_message_id``, ``message_type``, ``sender_screen_name``: Sprinklr. ``author_user_name``,
``in_reply_to_id``, ``author_meta_name``: Apify. ``post_owner_username``, ``creation_time``,
``shared_post_id``: Meta Content Library. From descriptions alone: ``referenced_tweet_type``:
Communalytic. ``influencer``, ``hit_sentence``, ``document_id``: Meltwater, whose own reader comes
first. ``actuser_username``: Gab. ``reply_to_sn``, ``reply_to_sid``: twitteR. ``time_parsed``:
youtube-comment-downloader. ``from_id_user_id``, ``reply_to_msg_id``: Telethon. ``from_name``:
Facepager. ``parent_author``, ``discussion_id``: tables of the Internet Argument Corpus.
``parent_tweet_id``: twitterscraper. ``name``: Figure Eight (CrowdFlower), where it is an account.
"""

HOLDERS: Final = frozenset(
    ("tweet", "post", "status", "data", "_source", "node", "item", "doc", "properties", "comment")
)
"""Objects that tools put each post into; Elasticsearch: ``_source``, GeoJSON: ``properties``,
Lemmy: ``comment`` and ``post``."""

HOURS: Final = (
    "time", "hour", "time_of_day", "clock_time", "post_time", "tweet_time", "uhrzeit", "zeit",
    "hora", "heure", "ora", "orario", "tijd", "tijdstip", "czas", "godzina", "saat", "klokkeslett",
    "tid", "klockslag", "время", "час", "時刻", "時間", "时间",
)  # fmt: skip
"""Names of a column that holds the hour of a post where another one holds its day."""

X_IDS: Final = frozenset(
    ("tweet_id", "tweet_id_str", "tweetid", "status_id", "status_id_str", "id_str")
)
"""Names of ids that are those of posts on X."""

CHAINS: Final = ("reply_chain", "reply_to_users", "replying_to", "in_reply_to_users", "reply_to")
"""Names of a column that lists all accounts a reply goes to, the one answered first.

``reply_to``: twint, where it holds lists. ``reply_to_users``: twitterscraper. ``reply_chain``: the
study's own table of replies.
"""

FLAGS: Final[dict[str, tuple[str, ...]]] = {
    "repost": ("is_retweet", "is_repost", "is_reblog", "is_rt", "retweet", "is_a_retweet",
               "is_retweeted_by_author", "repost", "is_forward"),
    "reply": ("is_reply", "is_a_reply", "is_reply_to", "is_comment", "in_reply", "reply",
              "post_is_reply"),
    "quote": ("is_quote", "is_quote_status", "is_quote_tweet", "is_quoted", "is_a_quote",
              "post_is_quote"),
}  # fmt: skip
"""For a kind of post, columns that say yes or no to it; the first kind that is said holds."""

FILLED: Final[dict[str, tuple[str, ...]]] = {
    "repost": ("fwd_from", "forward_from", "forwarded_from", "retweeted_status", "retweeted_tweet",
               "reblog", "retweet_screen_name", "retweeted_screen_name", "retweeted_user",
               "retweeted_username", "retweet_user_id", "retweeted_user_id",
               "repost_by_user_did", "repost_by_user_handle"),
    "reply": ("in_reply_to_user_id", "in_reply_to_user_id_str", "in_reply_to_account_id",
              "reply_to_user_id", "reply_to_uid", "replied_to_user_id", "in_reply_to_user",
              "to_user_did"),
    "quote": ("quoted_status", "quoted_tweet", "quoted_user_id"),
}  # fmt: skip
"""For a kind of post, columns that hold something in posts of that kind alone."""

LINKED: Final = ("sourcetweet_id", "referenced_tweet_id", "referenced_tweets_id")
"""Names of the id of the post that one reposts, answers or quotes: which, its kind says."""

KIND_WORDS: Final = {
    "post": "post", "tweet": "post", "original": "post", "original_tweet": "post",
    "tweets": "post", "status": "post", "toot": "post", "original_post": "post",
    "retweet": "repost", "repost": "repost", "rt": "repost", "retweeted": "repost",
    "reblog": "repost", "share": "repost", "boost": "repost",
    "reply": "reply", "replied_to": "reply", "comment": "reply", "replies_to": "reply",
    "reply_to": "reply", "mentions_in_reply": "reply",
    "quote": "quote", "quoted": "quote", "quote_tweet": "quote", "qt": "quote",
    "retweet_with_comment": "quote", "mention": "post", "mentions": "post",
    "mentions_in_retweet": "repost", "quote_retweet": "quote", "forward": "repost",
    "forwarded": "repost", "shared": "repost",
}  # fmt: skip
"""Kinds of post as tools write them (as :func:`plain_name` does), and what they are here."""

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"[\W_]+")


def plain_name(name: object) -> str:
    """Write a column's name the way the lists above do: lower case, ``_`` between words.

    Examples
    --------
    >>> plain_name("inReplyToTweetId"), plain_name("Full Text"), plain_name("user.username")
    ('in_reply_to_tweet_id', 'full_text', 'user_username')
    >>> plain_name("ID"), plain_name("URLs"), plain_name("entities/hashtags/0/text")
    ('id', 'urls', 'entities_hashtags_0_text')
    """
    words = _HUMP.sub("_", str(name).strip().replace("URLs", "Urls").replace("IDs", "Ids"))
    return _OTHER.sub("_", words).strip("_").lower()


_PLATFORM: Final = re.compile(r"^(?:twitter|x|facebook|instagram|youtube)_(?=\w)")


def kind_of(word: object) -> str | None:
    """Tell the kind of post that a tool's word means; None if it means none.

    Examples
    --------
    >>> kind_of("Twitter Retweet"), kind_of("replied_to"), kind_of("photo")
    ('repost', 'reply', None)
    """
    plain = plain_name(word)
    return KIND_WORDS.get(plain) or KIND_WORDS.get(_PLATFORM.sub("", plain))
