"""Tables as common tools write them, a row or three of each; accounts and causes are invented."""

import json

import pytest

from stancekit.errors import InputError
from stancekit.posts import Notice, Reject, read_records

T1, T2, T3 = "1260000000000000001", "1260000000000000002", "1260000000000000003"
STATUS = f"https://twitter.com/ana/statuses/{T1}"
OWN = {"kind": None, "repost_of": None, "reply_to_id": None, "reply_to_author": None}


def case(name, content, *rows, file="posts.csv", encoding="utf-8"):
    return pytest.param(content, rows, file, encoding, id=name)


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("content", "rows", "file", "encoding"),
    [
        case(
            "rtweet, written by readr",
            "user_id,status_id,created_at,screen_name,text,reply_to_status_id,reply_to_user_id,"
            "is_quote,is_retweet,mentions_screen_name,quoted_status_id,retweet_status_id\n"
            f"5,{T1},2020-05-12 01:00:00,ana,so proud,NA,NA,FALSE,FALSE,bo cy,NA,NA\n"
            f"6,{T2},2020-05-12 01:00:00,bo,so proud,NA,NA,FALSE,TRUE,NA,NA,{T1}\n"
            f"7,{T3},2020-05-12 01:00:00,cy,no,{T1},5,TRUE,FALSE,NA,{T2},NA\n",
            {"author": "ana", "author_id": "5", "kind": "post", "mentions": ["bo", "cy"]},
            {"kind": "repost", "repost_of": T1, "mentions": None},
            {"kind": "reply", "reply_to_id": T1, "quoted_id": T2},
        ),
        case(
            "rtweet, lists as R writes them, below names of rows",
            '"","status_id","text","created_at","is_retweet","hashtags"\n'
            f'"1","{T1}","so proud",2020-05-12 01:00:00,"FALSE","c(""ferry"", ""noord"")"\n'
            f'"2","{T2}","no",2020-05-12 01:00:00,"TRUE","character(0)"\n',
            {"hashtags": ["ferry", "noord"], "kind": "post"},
            {"hashtags": [], "kind": "repost"},
        ),
        case(
            "twint: lists as Python writes them, times without a zone beside the zone",
            "id\tconversation_id\tcreated_at\tdate\ttime\ttimezone\tuser_id\tusername\tname\tplace\t"
            "tweet\tlanguage\tmentions\turls\tretweet\tquote_url\thashtags\treply_to\n"
            f"{T1}\t{T1}\t2020-05-12 03:00:00 CEST\t2020-05-12\t03:00:00\t+0200\t5\tana\tAna\t\t"
            "so proud\ten\t[{'screen_name': 'bo', 'name': 'bo o’h', 'id': '6'}]\t[]\tFalse\t\t"
            "['ferry']\t[]\n"
            f"{T2}\t{T1}\t2020-05-12 03:00:00 CEST\t2020-05-12\t03:00:00\t+0200\t6\tbo\tBo\t\t"
            "no\ten\t[]\t[]\tFalse\t\t[]\t[{'screen_name': 'ana', 'name': 'Ana', 'id': '5'}]\n",
            {"kind": "post", "author": "ana", "mentions": ["bo"], "hashtags": ["ferry"]},
            {"kind": "reply", "reply_to_author": "ana", "reply_to_id": None,
             "conversation_id": T1},
        ),
        case(
            "twitteR",
            "text,favorited,replyToSN,created,replyToSID,id,replyToUID,screenName,isRetweet\n"
            f"so proud,FALSE,NA,2020-05-12 01:00:00,NA,{T1},NA,ana,FALSE\n"
            f"no,FALSE,ana,2020-05-12 01:00:00,{T1},{T2},5,bo,FALSE\n",
            {**OWN, "kind": "post", "author": "ana"},
            {"kind": "reply", "reply_to_id": T1, "reply_to_author": "ana"},
        ),
        case(
            "academictwitteR",
            "tweet_id,user_username,text,author_id,created_at,sourcetweet_type,sourcetweet_id,"
            "in_reply_to_user_id\n"
            f"{T1},ana,so proud,5,2020-05-12T01:00:00.000Z,NA,NA,NA\n"
            f"{T2},bo,so proud,6,2020-05-12T01:00:00.000Z,retweeted,{T1},NA\n"
            f"{T3},cy,no,7,2020-05-12T01:00:00.000Z,quoted,{T1},NA\n"
            "1260000000000000004,dee,no,8,2020-05-12T01:00:00.000Z,NA,NA,5\n",
            {**OWN, "author": "ana"},
            {"kind": "repost", "repost_of": T1},
            {"kind": "quote", "quoted_id": T1},
            {"kind": "reply", "in_reply_to_user_id": "5"},
        ),
        case(
            "Communalytic",
            "id,text,author_username,created_at,referenced_tweet_type,referenced_tweet_id\n"
            f"{T1},so proud,ana,2020-05-12 01:00:00,,\n"
            f"{T2},no,bo,2020-05-12 01:00:00,replied_to,{T1}\n",
            OWN,
            {"kind": "reply", "reply_to_id": T1},
        ),
        case(
            "Hydrator",
            "created_at,hashtags,id,in_reply_to_screen_name,in_reply_to_status_id,"
            "in_reply_to_user_id,quote_id,retweet_id,retweet_screen_name,text,user_id,user_name,"
            "user_screen_name\n"
            f"Tue May 12 01:00:00 +0000 2020,ferry,{T1},,,,,,,so proud,5,Ana A,ana\n"
            f"Tue May 12 01:00:00 +0000 2020,,{T2},,,,,{T1},ana,so proud,6,Bo B,bo\n"
            f"Tue May 12 01:00:00 +0000 2020,,{T3},ana,{T1},5,,,,no,7,Cy C,cy\n",
            {**OWN, "author": "ana", "hashtags": ["ferry"]},
            {"kind": "repost", "repost_of": T1, "author": "bo"},
            {"kind": "reply", "reply_to_id": T1, "reply_to_author": "ana"},
        ),
        case(
            "TAGS: the language of an account is not that of its posts",
            "id_str,from_user,text,created_at,time,in_reply_to_screen_name,from_user_id_str,"
            "in_reply_to_status_id_str,user_lang\n"
            f"{T1},ana,so proud,Tue May 12 01:00:00 +0000 2020,12/05/2020 02:00:00,,5,,de\n"
            f"{T2},bo,no,Tue May 12 01:00:00 +0000 2020,12/05/2020 02:00:00,ana,6,{T1},de\n",
            {**OWN, "id": T1, "author": "ana", "author_id": "5", "lang": None},
            {"kind": "reply", "reply_to_id": T1, "reply_to_author": "ana"},
        ),
        case(
            "DMI-TCAT",
            "id,time,created_at,from_user_name,text,lang,to_user_name,in_reply_to_status_id,"
            "from_user_id,urls,urls_expanded,mentions,hashtags\n"
            f"{T1},1589245200,2020-05-12 01:00:00,ana,so proud,en,,,5,t.co/a; t.co/b,"
            "https://a.example; https://b.example,bo; cy,ferry; noord\n"
            f"{T2},1589245200,2020-05-12 01:00:00,bo,RT @ana: so proud,en,,,6,,,,\n",
            {**OWN, "author": "ana", "author_id": "5", "lang": "en", "mentions": ["bo", "cy"],
             "urls": ["https://a.example", "https://b.example"], "hashtags": ["ferry", "noord"]},
            {"kind": "repost"},
        ),
        case(
            "minet",
            "query,id,timestamp_utc,local_time,user_screen_name,text,to_username,to_tweetid,"
            "mentioned_names,links\n"
            f"q,{T1},1589245200,2020-05-12T03:00:00,ana,so proud,,,bo|cy,"
            "https://a.example|https://b.example\n"
            f"q,{T2},1589245200,2020-05-12T03:00:00,bo,no,ana,{T1},,\n",
            {**OWN, "mentions": ["bo", "cy"], "urls": ["https://a.example", "https://b.example"]},
            {"kind": "reply", "reply_to_id": T1, "reply_to_author": "ana"},
        ),
        case(
            "twitter-web-exporter: in_reply_to holds an id",
            "id,created_at,full_text,screen_name,name,in_reply_to,retweeted_status,quoted_status\n"
            f"{T1},2020-05-12 03:00:00 +02:00,so proud,ana,Ana,,,\n"
            f"{T2},2020-05-12 03:00:00 +02:00,no,bo,Bo,{T1},,\n"
            f"{T3},2020-05-12 03:00:00 +02:00,so proud,cy,Cy,,{T1},\n"
            f"9,2020-05-12 03:00:00 +02:00,look,cy,Cy,,,{T1}\n",
            {**OWN, "author": "ana"},
            {"kind": "reply", "reply_to_id": T1, "reply_to_author": None},
            {"kind": "repost", "repost_of": T1},
            {"kind": "quote", "quoted_id": T1},
        ),
        case(
            "Brandwatch, below its lines",
            "Report:,Bulk Mentions Download\nBrand:,Ferry\nFrom:,Mon May 11 00:00:00 UTC 2020\n\n"
            "Date,Snippet,Url,Author,Full Name,Resource Id,Thread Entry Type,Full Text,Hashtags,"
            "X Author ID,Parent,Twitter Reply to,Twitter Retweet of\n"
            "2020-05-12 01:00:00.0,so,u,@ana,Ana A,m1,post,so proud,#ferry,5,,,\n"
            f"2020-05-12 01:00:00.0,so,u,@bo,Bo B,m2,share,so proud,,6,,,{STATUS}\n"
            f"2020-05-12 01:00:00.0,so,u,@cy,Cy C,m3,reply,no,,7,,{STATUS},\n",
            {**OWN, "kind": "post", "id": "m1", "author": "ana", "hashtags": ["ferry"]},
            {"kind": "repost", "repost_of": T1, "author_id": "6"},
            {"kind": "reply", "reply_to_id": T1},
        ),
        case(
            "Meltwater, as UTF-16 with tabs",
            "Date\tHeadline\tOpening Text\tHit Sentence\tInfluencer\tTweet Id\t"
            "Twitter Screen Name\r\n"
            f'12-May-2020 01:00AM\t\tso proud\tso proud of it\tAna A\t"""{T1}"""\t@ana\r\n',
            {"text": "so proud of it", "id": T1, "author": "ana"},
            encoding="utf-16",
        ),
        case(
            "Talkwalker, with Excel's line",
            "sep=;\nurl;published;title;content;lang;extra_author_attributes.name;"
            "extra_author_attributes.short_name\n"
            "u;2020-05-12 01:00:00;;so proud; en;Ana A;ana\n",
            {"text": "so proud", "author": "ana"},
        ),
        case(
            "Sprinklr",
            "Message,SenderScreenName,SenderUserId,CreatedTime,Message Type,UniversalMessageId\n"
            f"so proud,ana,5,1589245200000,Twitter Update,TW_{T1}\n"
            f"so proud,bo,6,1589245200000,Twitter Retweet,TW_{T2}\n"
            f"no,cy,7,1589245200000,Twitter Reply,TW_{T3}\n",
            {"author": "ana", "kind": None, "Message Type": "Twitter Update", "id": f"TW_{T1}"},
            {"kind": "repost", "author_id": "6"},
            {"kind": "reply"},
        ),
        case(
            "Crimson Hexagon: the zone in a column's name",
            "GUID,Date (EST),URL,Contents,Author,Category\n"
            "g1,2020-05-11 20:00:00,u,so proud,ana,x\n",
            {"text": "so proud", "id": "g1", "author": "ana"},
        ),
        case(
            "Telethon, its objects as text",
            "id,date,message,from_id,fwd_from,reply_to\n"
            "1,2020-05-12 01:00:00+00:00,so proud,PeerUser(user_id=5),,\n"
            "2,2020-05-12 01:00:00+00:00,no,PeerUser(user_id=6),,"
            "MessageReplyHeader(reply_to_msg_id=1)\n"
            "3,2020-05-12 01:00:00+00:00,so,PeerUser(user_id=7),MessageFwdHeader(),\n",
            {**OWN, "author_id": "5"},
            {"kind": "reply", "reply_to_id": "1"},
            {"kind": "repost"},
        ),
        case(
            "Telethon, its objects as JSON",
            lines(
                {"id": 1, "date": "2020-05-12T01:00:00+00:00", "message": "so proud",
                 "from_id": {"_": "PeerUser", "user_id": 5}, "fwd_from": None, "reply_to": None},
                {"id": 2, "date": "2020-05-12T01:00:00+00:00", "message": "no",
                 "from_id": {"_": "PeerUser", "user_id": 6}, "fwd_from": None,
                 "reply_to": {"_": "MessageReplyHeader", "reply_to_msg_id": 1}},
                {"id": 3, "date": "2020-05-12T01:00:00+00:00", "message": "so",
                 "from_id": {"user_id": 7}, "fwd_from": {"date": 1}, "reply_to": None},
            ),
            {**OWN, "author_id": "5"},
            {"kind": "reply", "reply_to_id": "1", "author_id": "6"},
            {"kind": "repost"},
            file="posts.jsonl",
        ),
        case(
            "twscrape: links have a text beside the address",
            lines(
                {"id": int(T1), "id_str": T1, "date": "2020-05-12 01:00:00+00:00",
                 "user": {"id": 5, "id_str": "5", "username": "ana"}, "rawContent": "so proud",
                 "links": [{"url": "https://a.example", "text": "a.example"}],
                 "retweetedTweet": None, "inReplyToTweetId": None, "inReplyToUser": None},
                {"id": int(T2), "id_str": T2, "date": "2020-05-12 01:00:00+00:00",
                 "user": {"id": 6, "id_str": "6", "username": "bo"}, "rawContent": "so proud",
                 "links": [], "retweetedTweet": {"id": int(T1)}, "inReplyToTweetId": None,
                 "inReplyToUser": None},
            ),
            {**OWN, "author": "ana", "author_id": "5", "urls": ["https://a.example"]},
            {"kind": "repost", "repost_of": T1},
            file="posts.jsonl",
        ),
        case(
            "Apify's tweets: the text beside it is cut",
            json.dumps([
                {"type": "tweet", "id": T1, "text": "so pr…", "fullText": "so proud of it",
                 "createdAt": "Tue May 12 01:00:00 +0000 2020", "isReply": False, "isQuote": False,
                 "author": {"type": "user", "userName": "ana", "id": "5"}, "isRetweet": False},
                {"type": "tweet", "id": T2, "text": "no", "fullText": "no", "isReply": True,
                 "createdAt": "Tue May 12 01:00:00 +0000 2020", "isQuote": False,
                 "author": {"type": "user", "userName": "bo", "id": "6"}, "isRetweet": False,
                 "inReplyToId": T1, "inReplyToUsername": "ana"},
            ]),
            {**OWN, "kind": "post", "text": "so proud of it", "author": "ana"},
            {"kind": "reply", "reply_to_id": T1, "reply_to_author": "ana"},
            file="posts.json",
        ),
        case(
            "Apify's TikTok: hashtags that have names",
            json.dumps([
                {"id": "7", "text": "so proud", "createTime": 1589245200,
                 "authorMeta": {"id": "5", "name": "ana", "nickName": "Ana A"},
                 "hashtags": [{"id": "1", "name": "ferry"}], "mentions": ["@bo"]},
            ]),
            {"author": "ana", "author_id": "5", "hashtags": ["ferry"], "mentions": ["bo"]},
            file="posts.json",
        ),
        case(
            "youtube-comment-downloader: time is “2 years ago”",
            lines(
                {"cid": "Ug1", "text": "so proud", "time": "2 years ago", "author": "@ana",
                 "reply": False, "time_parsed": 1589245200.0},
                {"cid": "Ug1.2", "text": "no", "time": "1 year ago", "author": "@bo",
                 "reply": True, "time_parsed": 1589245200.0},
            ),
            {"author": "ana", "kind": "post", "time": "2 years ago"},
            {"kind": "reply"},
            file="posts.jsonl",
        ),
        case(
            "names of a home-made scraper",
            ",ID,url,date_time,text,user_id,usernameTweet,is_reply,is_retweet\n"
            f"0,{T1},u,2020-05-12 01:00:00,so proud,5,ana,False,False\n"
            f"1,{T2},u,2020-05-12 01:00:00,no,6,bo,False,True\n",
            {**OWN, "kind": "post", "id": T1, "author": "ana"},
            {"kind": "repost", "author": "bo"},
        ),
        case(
            "minet: posts of Bluesky",
            "cid,did,uri,timestamp_utc,user_did,user_handle,text,to_post_uri,to_user_did,"
            "to_root_post_uri,repost_by_user_did,quoted_uri,quoted_user_handle,quoted_status,"
            "mentioned_user_handles,hashtags\n"
            "c1,d,at://a/1,1589245200,did:plc:a,ana.example,so proud,,,,,,,,bo.example|c.example,\n"
            "c2,d,at://b/1,1589245200,did:plc:b,bo.example,no,at://a/1,did:plc:a,at://a/1,,,,,,\n"
            "c3,d,at://a/1,1589245200,did:plc:a,ana.example,so proud,,,,did:plc:c,,,,,\n"
            "c4,d,at://c/1,1589245200,did:plc:c,cy.example,look,,,,,at://a/1,ana.example,ok,,\n",
            {**OWN, "id": "at://a/1", "author": "ana.example", "author_id": "did:plc:a",
             "mentions": ["bo.example", "c.example"]},
            {"kind": "reply", "reply_to_id": "at://a/1", "conversation_id": "at://a/1"},
            {"kind": "repost"},
            {"kind": "quote", "quoted_id": "at://a/1", "quoted_author": "ana.example"},
        ),
        case(
            "minet: comments on YouTube",
            "video_id,comment_id,author_name,author_channel_id,text,like_count,published_at,"
            "updated_at,reply_count,parent_comment_id\n"
            "v1,Ug1,Ana,UC1,so proud,1,2020-05-12T01:00:00Z,2020-05-13T01:00:00Z,1,\n"
            "v1,Ug1.2,Bo,UC2,no,1,2020-05-12T01:00:00Z,2020-05-13T01:00:00Z,,Ug1\n",
            {**OWN, "id": "Ug1", "author_id": "UC1", "conversation_id": "v1"},
            {"kind": "reply", "reply_to_id": "Ug1", "author": "Bo"},
        ),
        case(
            "Meta Content Library",
            "id,creation_time,modified_time,lang,text,post_owner.id,post_owner.type,"
            "post_owner.name,post_owner.username,shared_post_id\n"
            "8,2020-05-12T01:00:00+00:00,2021-05-12,en,so proud,5,page,Ana A,ana,\n"
            "9,2020-05-12T01:00:00+00:00,2021-05-12,en,look,6,page,Bo B,bo,8\n",
            {"author": "ana", "author_id": "5", "quoted_id": None, "lang": "en"},
            {"kind": "quote", "quoted_id": "8"},
        ),
        case(
            "German headers",
            "Datum;Nutzer;Beitrag\n12.05.2020 01:00;ana;so stolz auf euch\n"
            "12.05.2020 01:00;bo;nein und nein\n",
            {"author": "ana", "text": "so stolz auf euch"},
            {"author": "bo"},
        ),
    ],
)  # fmt: skip
def test_what_tools_write_is_understood(content, rows, file, encoding, tmp_path):
    path = tmp_path / file
    path.write_text(content, encoding=encoding, newline="")
    items = list(read_records(path))
    records = [item for item in items if isinstance(item, dict)]
    assert len(records) == len(rows) == len(items) - sum(isinstance(i, Notice) for i in items)
    for record, row in zip(records, rows, strict=True):
        assert {name: record.get(name) for name in row} == row
        assert record["created_at"].isoformat() == "2020-05-12T01:00:00+00:00"


def test_words_for_kinds_that_nobody_knows_stay_in_their_column(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("id,text,tweet_type\n1,a,retweet\n2,b,poll\n", encoding="utf-8")
    first, second = (item for item in read_records(path) if isinstance(item, dict))
    assert first["kind"] == "repost" and "kind" not in second
    assert second["tweet_type"] == "poll"


def test_no_time_is_promised_by_ids_that_were_rounded(tmp_path):
    path = tmp_path / "posts.csv"
    rows = "".join(f"57030{n}133677760000,so proud\n" for n in range(4))
    path.write_text("tweet_id,text\n" + rows, encoding="utf-8")
    items = list(read_records(path))
    assert "none found for author and time" in str(items[0]) and "ids hold" not in str(items[0])
    assert not any(item.get("time_known") for item in items if isinstance(item, dict))


def test_accounts_in_a_column_of_answers_are_no_ids(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("id,text,reply_to,in_reply_to\n1,a,,\n2,b,@ana,ana\n", encoding="utf-8")
    _, second = (item for item in read_records(path) if isinstance(item, dict))
    assert "reply_to_id" not in second
    assert (second["reply_to_author"], second["kind"]) == ("ana", "reply")


def test_a_list_late_in_a_column_of_kinds_is_carried_through(tmp_path):
    path = tmp_path / "posts.jsonl"
    rows = [{"id": str(n), "text": "no tram", "tweet_type": "retweet"} for n in range(300)]
    rows += [{"id": "300", "text": "so proud", "tweet_type": ["a", {"b": 1}]}]
    path.write_text(lines(*rows), encoding="utf-8")
    records = [item for item in read_records(path) if isinstance(item, dict)]
    assert len(records) == 301 and records[-1]["tweet_type"] == ["a", {"b": 1}]


def test_how_many_replies_a_post_has_does_not_make_it_one(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("id,text,reply\n1,no tram,0\n2,so proud,1\n", encoding="utf-8")
    records = [item for item in read_records(path) if isinstance(item, dict)]
    assert [record["reply"] for record in records] == ["0", "1"]
    assert not any("kind" in record for record in records)


@pytest.mark.parametrize("holder", ["tweet", "_source"])
def test_posts_inside_one_object_a_line(tmp_path, holder):
    path = tmp_path / "posts.jsonl"
    post = {"id": "7", "body": "so proud", "created_at": "Tue May 12 01:00:00 +0000 2020",
            "user": {"screen_name": "ana"}}  # fmt: skip
    path.write_text(lines({holder: post}), encoding="utf-8")
    (record,) = (item for item in read_records(path) if isinstance(item, dict))
    assert (record["id"], record["text"], record["author"]) == ("7", "so proud", "ana")
    assert record["time_known"]


def test_an_object_among_texts_is_a_reject(tmp_path):
    path = tmp_path / "posts.jsonl"
    rows = [{"key": 1, "body": "a b"}, {"key": 2, "body": 5}, {"key": 3, "body": {"a": "b"}}]
    path.write_text(lines(*rows, {"key": 4}), encoding="utf-8")
    items = list(read_records(path))
    assert [item["text"] for item in items if isinstance(item, dict)] == ["a b", "5", None]
    assert [item.line for item in items if isinstance(item, Reject)] == [3]


def test_times_are_no_posts_however_many_words_they_have(tmp_path):
    path = tmp_path / "posts.jsonl"
    rows = [{"what": f"Tue May {n} 01:00:00 +0000 2020", "n": n} for n in (12, 13)]
    path.write_text(lines(*rows), encoding="utf-8")
    with pytest.raises(InputError, match="no column is called text"):
        list(read_records(path))


def test_who_reposts_is_the_author_of_a_repost_in_dumps_of_gab(tmp_path):
    path = tmp_path / "gab.ndjson"
    row = {"id": "1", "type": "repost", "actuser": {"id": 6, "username": "bo"},
           "post": {"id": 9, "body": "so proud", "user": {"id": 5, "username": "ana"}}}  # fmt: skip
    path.write_text(lines(row), encoding="utf-8")
    (record,) = (item for item in read_records(path) if isinstance(item, dict))
    assert (record["author"], record["author_id"], record["kind"]) == ("bo", "6", "repost")
