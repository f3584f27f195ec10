"""Downloads of platforms and captures of tools, damaged or of an earlier make."""

import json


def mended(text):
    """Meta's exports hold UTF-8 read as Latin-1."""
    return text.encode("latin-1").decode("utf-8")


def test_instagrams_comments_of_2021_are_words_not_names_of_accounts(label, cases):
    case = "instagram-comments-2021/post_comments.json"
    rows = json.loads((cases / case).read_text("utf-8"))["comments_media_comments"]
    done = label(case)
    assert done.exit_code == 0
    assert done.column("text") == [mended(row["string_list_data"][0]["value"]) for row in rows]
    assert done.column("reply_to_author") == [row["title"] for row in rows]
    assert done.column("kind") == ["reply", "reply"]
    assert done.times == ["2021-04-16 05:23:38", "2021-04-16 08:10:18"]


def test_replies_of_threads_are_told_and_to_whom(label, cases):
    case = "threads-replies/threads_and_replies.json"
    rows = json.loads((cases / case).read_text("utf-8"))["text_post_app_text_posts"]
    media = [row["media"][0] for row in rows]
    done = label(case)
    assert done.column("kind") == ["post", "reply", "reply"]
    assert done.column("reply_to_author") == [
        item["text_app_post"].get("in_reply_to_username") for item in media
    ]
    assert done.column("text") == [mended(item["title"]) for item in media]


def test_facebooks_posts_are_found_behind_300_photos(label, cases):
    done = label("facebook-photos-first")
    posts, comments = (
        json.loads((cases / "facebook-photos-first" / path).read_text("utf-8"))
        for path in ("posts/your_posts_1.json", "comments_and_reactions/comments.json")
    )
    words = [part["post"] for item in posts for part in item.get("data", ()) if "post" in part]
    words += [item["data"][0]["comment"]["comment"] for item in comments["comments_v2"]]
    assert done.exit_code == 0
    assert len(words) == 3
    assert sorted(done.column("text")) == sorted(words)
    assert sorted(done.column("kind")) == ["post", "post", "reply"]
    assert f"{len(posts) - 2} " in done.said  # those without words are counted


def test_a_tiktok_download_is_known_whatever_stands_first(label, cases):
    case = "tiktok-long-first-section/user_data_tiktok.json"
    document = json.loads((cases / case).read_text("utf-8"))
    done = label(case)
    assert done.column("source_format") == ["tiktok", "tiktok"]
    assert done.column("kind") == ["reply", "post"]
    assert done.column("text") == [
        document["Comment"]["Comments"]["CommentsList"][0]["comment"],
        document["Post"]["Posts"]["VideoList"][0]["Title"],
    ]


def test_broken_json_of_telegram_costs_no_message(label, cases):
    case = "telegram-broken-json/result.json"
    content = (cases / case).read_text("utf-8")
    whole = json.loads(content.replace("video_files/sticker (2).webm", '""'))["messages"]
    done = label(case)
    assert (done.exit_code, done.rejects) == (0, [])
    assert [one.rpartition("/")[2] for one in done.column("id")] == [str(m["id"]) for m in whole]
    assert done.column("text")[0] == whole[0]["text"]
    assert done.column("text")[1].endswith(whole[1]["text"][1])
    assert "1 item was not quite JSON" in done.said


def test_a_community_archive_is_its_owners_posts(label, cases):
    case = "community-archive-json/archive.json"
    document = json.loads((cases / case).read_text("utf-8"))
    account = document["account"][0]["account"]
    done = label(case)
    assert done.column("text") == [document["tweets"][0]["tweet"]["full_text"]]
    assert done.column("author") == [account["username"]]
    assert done.column("author_id") == [account["accountId"]]


def test_comments_in_an_info_json_are_posts(label, cases):
    case = "ytdlp-info-json/video.info.json"
    comments = json.loads((cases / case).read_text("utf-8"))["comments"]
    done = label(case)
    assert done.column("text") == [one["text"] for one in comments]
    assert done.column("id") == [one["id"] for one in comments]
    assert done.column("reply_to_id")[1] == comments[1]["parent"]


def test_posts_of_x_without_legacy_have_words_or_are_rejects(label, cases):
    case = "zeeschuimer-x-without-legacy/capture.ndjson"
    items = [json.loads(line)["data"] for line in (cases / case).read_text("utf-8").splitlines()]
    done = label(case)
    words = [(item.get("legacy") or item["details"])["full_text"] for item in items]
    assert done.column("text") == words  # those of the second, too, from where they stand now
    assert done.column("id") == [item["rest_id"] for item in items]
    link = items[2]["legacy"]["entities"]["media"][0]["expanded_url"]
    assert done.column("author")[2] == link.split("/")[3]
