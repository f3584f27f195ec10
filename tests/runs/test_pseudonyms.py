import json
import os
import stat

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import FormatError, InputError
from stancekit.posts.table import to_batch
from stancekit.runs import label_archive
from stancekit.runs.pseudonyms import Pseudonyms, read_key
from stancekit.text import mentions
from tests.support.fakes import fake_model
from tests.support.storm import write_jsonl

KEY = Pseudonyms(bytes(range(32)))
ANA = KEY.of_name("ana_vale")


def in_row(**row):
    return KEY(to_batch([row], frozenset())).to_pylist()[0]


def test_the_same_key_gives_the_same_pseudonyms_and_another_key_others():
    assert KEY.of_name("ana_vale") == Pseudonyms(bytes(range(32))).of_name("ana_vale")
    assert KEY.of_name("ana_vale") != Pseudonyms(bytes(32)).of_name("ana_vale")
    assert KEY.fingerprint != Pseudonyms(bytes(32)).fingerprint


def test_names_are_one_whatever_their_case_and_ids_are_not():
    assert KEY.of_name(" @Ana_Vale") == ANA
    assert KEY.of_id("UCab") != KEY.of_id("UCAB")
    assert KEY.of_id("ana_vale") != ANA


def test_the_key_is_not_shown():
    assert repr(KEY) == "Pseudonyms(keep=frozenset())"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@ana_vale you are right", "@NAME you are right"),
        (".@ANA_VALE, no", ".@NAME, no"),
        ("RT @ana_vale: so", "RT @NAME: so"),
        ("RT@ana_vale so", "RT@NAME so"),
        ("你好@ana_vale", "你好@NAME"),
        ("＠ana_vale", "＠NAME"),
        ("@ana_vale.", "@NAME."),
        ("ask u/ana_vale or /u/ana_vale", "ask u/NAME or /u/NAME"),
        ("https://x.com/ana_vale/status/1", "https://x.com/NAME/status/1"),
        ("https://bsky.app/profile/ana_vale", "https://bsky.app/profile/NAME"),
        ("https://tooted.example/@ana_vale/1", "https://tooted.example/@NAME/1"),
        ("https://t.me/ana_vale/7", "https://t.me/NAME/7"),
        (
            "https://tooted.example/users/ana_vale/statuses/1",
            "https://tooted.example/users/NAME/statuses/1",
        ),
        ("https://x.com/i/web/status/1", "https://x.com/i/web/status/1"),
        ("write to me@mail.example", "write to me@mail.example"),
        ("@ alone, 5 @ 3 and/or", "@ alone, 5 @ 3 and/or"),
        ("no name", "no name"),
    ],
)
def test_names_in_texts(text, expected):
    assert KEY.in_text(text) == expected.replace("NAME", ANA)


def test_a_handle_with_dots_is_one_name():
    handle = KEY.of_name("ana.bsky.example")
    assert KEY.in_text("hey @ana.bsky.example!") == f"hey @{handle}!"
    assert in_row(text="hey @ana_vale.So", mentions=["ana_vale"])["text"] == f"hey @{ANA}.So"


def test_a_short_name_is_the_full_one_that_the_post_lists():
    full = KEY.of_name("ana@tooted.example")
    row = in_row(text="@ana and @ana@tooted.example", mentions=["ana@tooted.example"])
    assert row["text"] == f"@{full} and @{full}"
    assert row["mentions"] == [full]


def test_all_columns_of_people_are_changed_and_no_other():
    row = in_row(
        id="7",
        text="hello",
        author_id="a1",
        author="ana_vale",
        reply_to_author="ANA_VALE",
        quoted_author=None,
        mentions=["ana_vale"],
        inherited=["@Ana_Vale"],
        urls=["https://x.com/ana_vale/status/9"],
        hashtags=["tram"],
        mine="kept",
    )
    assert row == {
        "id": "7",
        "text": "hello",
        "author_id": KEY.of_id("a1"),
        "author": ANA,
        "reply_to_author": ANA,
        "quoted_author": None,
        "mentions": [ANA],
        "inherited": [ANA],
        "urls": [f"https://x.com/{ANA}/status/9"],
        "hashtags": ["tram"],
        "mine": "kept",
    }


@given(st.text(st.sampled_from("ab@＠_. -:/#!é你🚋RTu\n"), max_size=40) | st.text(max_size=40))
def test_no_mention_that_the_library_knows_is_left(text):
    """Every mention left is a pseudonym."""
    for name in mentions(KEY.in_text(text)):
        bare = name.lstrip("@＠").partition("@")[0]
        assert len(bare) == 15, (text, name)
        assert bare.startswith("u"), (text, name)


@given(st.lists(st.text(), unique_by=str.casefold))
def test_different_ids_have_different_pseudonyms(ids):
    assert len({KEY.of_id(one) for one in ids}) == len(ids)


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "study.key"
    key = read_key(path)
    assert len(key) == 32
    assert read_key(path) == key != read_key(tmp_path / "other.key")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "secret", "0" * 63, "é" * 64])
def test_a_file_that_holds_no_key_is_refused_and_kept(tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"notes\.txt"):
        read_key(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_run_labels_the_words_as_they_were_and_writes_pseudonyms(tmp_path):
    rows = [
        {"text": f"@ana_vale no {n}", "author": f"p{n % 3}", "author_id": f"i{n % 3}"}
        for n in range(30)
    ]
    source, key, model = write_jsonl(tmp_path / "s.jsonl", rows), tmp_path / "k", fake_model()
    asked = {"model": model, "chunk_size": 7, "explain": True}
    label_archive(source, tmp_path / "plain.parquet", **asked)
    summary = label_archive(source, tmp_path / "one.parquet", pseudonymise=key, **asked)
    label_archive(source, tmp_path / "two.parquet", pseudonymise=str(key), n_jobs=2, **asked)
    plain, one = (pd.read_parquet(tmp_path / f"{name}.parquet") for name in ("plain", "one"))
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    ana = Pseudonyms(read_key(key)).of_name("ana_vale")
    assert one["text"].tolist() == [text.replace("ana_vale", ana) for text in plain["text"]]
    same = ["label", "confidence", "reason"]
    pd.testing.assert_frame_equal(one[same], plain[same])
    assert one["author"].nunique() == 3
    assert "Keep the key apart" in str(summary).replace("\n  ", " ")


def test_names_in_evidence_have_pseudonyms_too():
    assert in_row(text="a", evidence="+@ana_vale −no")["evidence"] == f"+@{ANA} −no"


SPELLINGS = [
    "@{}",
    "@\u200b{}",
    "&#64;{}",
    "%40{}",
    "u/{}",
    "/u/{}",
    "(u/{})",
    "@town.example@{}",
    "@{}@town.example",
    "https://x.com/{}/status/1",
    "HTTPS://Mobile.Twitter.com/{}",
    "https://twitter.com/#!/{}",
    "https%3A%2F%2Fx.com%2F{}%2Fstatus",
    "https://twitter.com/intent/user?screen_name={}",
    "https://www.instagram.com/{}/",
    "https://www.tiktok.com/@{}/video/1",
    "https://www.youtube.com/@{}",
    "https://t.me/s/{}",
    "https://old.reddit.com/user/{}/comments",
    "https://fb.com/{}",
    "https://www.threads.com/@{}",
    "https://www.linkedin.com/in/{}/",
    "https://nitter.example/{}",
    "https:\\/\\/x.com\\/{}",
    "https://town.example/users/{}/statuses/1",
    "@&#122;&#122;ana&#x5f;vale",
    "%2540{}",
    "&amp;#64;{}",
    "&#64{}",
    "\\u0040{}",
    "@zzana\\_vale",
    "@ｚｚａｎａ＿ｖａｌｅ",
    "@zz\u034fana_\U000e0041vale",
    "https%253A%252F%252Fx.com%252F{}",
    "https://x.com/%7A%7Aana_vale",
    "https://vxtwitter.com/{}/status/1",
    "https://instagram.com/stories/{}/12",
    "https://m.me/{}",
    "https://vk.com/{}",
    "https://www.tumblr.com/blog/view/{}",
    "https://{}.tumblr.com/post/1",
    "tg://resolve?domain={}",
    "acct:{}@town.example",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_name_that_has_a_pseudonym_in_the_text_is_in_no_other_column(spelling):
    name = "zzana_vale"
    row = in_row(
        text=spelling.format(name),
        evidence=f"+{name} −no +{spelling.format(name)}",
        urls=[spelling.format(name), f"https://other.example/{name}"],
        hashtags=[name],
        source_ref=f"messages/{name}.json:7",
        id=f"{name}-1",
        lang=name,
        mine=f"see {name}",
    )
    assert name not in str(row).casefold()


WRITTEN = [
    *("zzana_vale", "ZZANA_Vale", "zz&#97;na_vale", "zzana&lowbar;vale", "zzana%5Fvale"),
    *("zz&shy;ana_vale", "zzana&#95vale", "zzana&amp;#95;vale", "zzana%255Fvale", "zzana\\_vale"),
    *(
        "ｚｚａｎａ＿ｖａｌｅ",
        "zz\u034fana_vale",
        "zz\u3164ana_vale",
        "_zzana_vale_",
        "__zzana_vale__",
    ),
]


@pytest.mark.parametrize("written", [*WRITTEN, "zz\u200bana\u00ad_vale", "你好zzana_vale"])
def test_a_name_of_the_row_is_found_without_a_mark_in_any_spelling(written):
    row = in_row(text=f"ask {written}!", author="zzana_vale", mine=written)
    pseudonym = KEY.of_name("zzana_vale")
    assert pseudonym in row["text"]
    assert pseudonym in row["mine"]
    assert "vale" not in f"{row['text']}{row['mine']}".casefold()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Zzana Vale", "zzana\u00a0vale"),
        ("Zzana Vale", "Zzana \n vale"),
        ("zz\u00e4nne", "ZZa\u0308nne"),
        ("zza\u0308nne", "zz\u00c4nne"),
        ("zz\u0130nne", "zzi\u0307nne"),
        ("zz\u00dfnne", "ZZSSNNE"),
    ],
)
def test_names_with_blanks_and_accents_are_found_however_they_are_written(name, written):
    row = in_row(text=f"ask {written}!", author=name)
    assert row["text"] == f"ask {row['author']}!"


def test_other_accounts_that_only_begin_alike_stay():
    text = "zzana_valet, my_zzana_vale and zzana_vale1"
    assert in_row(text=text, author="zzana_vale")["text"] == text


@pytest.mark.parametrize("column", ["id", "reply_to_id", "conversation_id", "lang", "mine"])
@pytest.mark.parametrize("value", ["{}_123", "123_{}", "{}/posts/1"])
def test_a_name_of_the_row_is_in_no_id(column, value):
    row = in_row(text="a", author="zzana_vale", **{column: value.format("zzana_vale")})
    assert "zzana" not in str(row)


def test_what_of_a_did_is_its_own_is_found_too():
    row = in_row(text="ask z72i7hdynmk6r22z27h6tvur", author_id="did:plc:z72i7hdynmk6r22z27h6tvur")
    assert "z72i7h" not in str(row)


def test_short_names_are_words_in_texts_and_names_in_evidence():
    row = in_row(text="u/love, all you need is love", evidence="+love −need", author="bo")
    assert row["text"] == f"u/{KEY.of_name('love')}, all you need is love"
    assert row["evidence"] == f"+{KEY.of_name('love')} −need"


def test_ids_of_accounts_are_found_in_texts_links_and_ids_of_posts():
    did = "did:plc:z72i7hdynmk6r22z27h6tvur"
    row = in_row(
        id="100044561550831_9876",
        author_id="100044561550831",
        text=f"https://bsky.app/profile/{did}/post/3k and at://{did}/x",
        urls=["https://www.facebook.com/profile.php?id=100044561550831"],
    )
    assert "100044561550831" not in str(row)
    assert did not in str(row)
    assert row["text"].count(KEY.of_id(did)) == 2


def test_files_have_pseudonyms_and_lines_stay():
    one, two = (in_row(source_ref=f"ana/posts.json:{line}")["source_ref"] for line in (1, 2))
    assert one.removesuffix(":1") == two.removesuffix(":2")
    assert "ana" not in one


@pytest.mark.parametrize("explain", [False, True])
def test_a_broken_document_is_told_without_a_word_of_it(tmp_path, explain):
    source = tmp_path / "posts.json"
    source.write_text(
        '[{"id":"1","text":"hi","author":"zzana_vale"},\n'
        '{"id":"2","text":"@zzana_vale is bad, zzana_vale!" oops}]'
    )
    asked = {"model": fake_model(), "pseudonymise": tmp_path / "study.key", "format": "json"}
    summary = label_archive(source, tmp_path / "out.csv", **asked)
    rejects = (tmp_path / "out.csv.rejects.jsonl").read_text("utf-8")
    assert summary.rejects == 1
    assert json.loads(rejects)["line"] == 2
    assert json.loads(rejects)["reason"] == "not JSON"
    for written in (rejects, str(summary), (tmp_path / "out.csv").read_text("utf-8")):
        assert "vale" not in written
        assert "oops" not in written
    with pytest.raises(FormatError) as caught:
        label_archive(source, tmp_path / "two.csv", on_error="stop", **asked)
    assert "vale" not in str(caught.value)


def test_ids_that_are_addresses_have_pseudonyms_that_still_join():
    address = "at://did:plc:ana/app.bsky.feed.post/1"
    post, reply = in_row(id=address), in_row(id="7", reply_to_id=address)
    assert post["id"] == reply["reply_to_id"] != address
    assert "ana" not in post["id"]
    assert reply["id"] == "7"


def test_nobody_is_named_by_other_columns_or_by_the_rows_of_rejects(tmp_path):
    source = tmp_path / "posts.jsonl"
    rows = [{"text": "so @ana_vale", "nick": "Ana Vale", "mood": "fine"}] * 3
    write_jsonl(source, rows)
    with source.open("a", encoding="utf-8") as file:
        file.write('{"text": "broken, @ana_vale\n')
    asked = {"model": fake_model(), "pseudonymise": tmp_path / "study.key"}
    summary = label_archive(source, tmp_path / "out.csv", **asked)
    written = [path.read_text("utf-8") for path in tmp_path.glob("out.csv*")]
    assert summary.rejects == 1
    assert len(written) == 2
    assert not [text for text in written if "ana" in text.casefold()]
    label_archive(source, tmp_path / "own.csv", select=["text", "mood"], **asked)
    assert pd.read_csv(tmp_path / "own.csv").mood.tolist() == ["fine"] * 3


@pytest.mark.parametrize("place", ["folder/key", "out", "out.rejects.jsonl"])
def test_a_key_in_the_source_or_the_output_is_refused(tmp_path, model, place):
    folder = tmp_path / "folder"
    folder.mkdir()
    source = write_jsonl(folder / "s.jsonl", [{"text": "a"}])
    with pytest.raises(InputError, match="Keep the key of pseudonyms elsewhere"):
        label_archive(
            folder if place.startswith("folder") else source,
            tmp_path / "out",
            model=model,
            format="jsonl",
            pseudonymise=tmp_path / place,
        )
    assert not (tmp_path / place).exists()


def test_a_key_is_read_of_a_file_alone(tmp_path, model):
    source = write_jsonl(tmp_path / "s.jsonl", [{"text": "a"}])
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", 200 << 30)
    for key in (tmp_path / "pipe", tmp_path / "large", "/dev/zero"):
        with pytest.raises(InputError, match=r"regular file|no key"):
            label_archive(source, tmp_path / "out.csv", model=model, pseudonymise=key)


def test_no_notice_quotes_a_cell(tmp_path, model):
    rows = [{"text": f"a {n}", "created_at": f"2031-05-01T10:{n:02d}:00Z"} for n in range(30)]
    rows[7]["created_at"] = "zana_vale, at noon"
    source = write_jsonl(tmp_path / "s.jsonl", rows)
    how = {"model": model, "progress": False, "n_jobs": 1}
    plain = label_archive(source, tmp_path / "plain.csv", **how)
    assert "'zana_vale, at noon'" in " ".join(plain.notices)
    bare = label_archive(source, tmp_path / "bare.csv", pseudonymise=tmp_path / "key", **how)
    assert "such as …" in " ".join(bare.notices) and "zana" not in " ".join(bare.notices)


def test_no_notice_names_a_type_of_record_that_anybody_may_make_up(tmp_path, model):
    def event(collection, done="create"):
        commit = {"collection": collection, "operation": done, "rkey": "3kabcdefghijk"}
        commit["record"] = {
            "$type": collection,
            "text": "bravo",
            "createdAt": "2031-05-01T10:00:00Z",
        }
        return {
            "did": "did:plc:zana",
            "kind": "commit",
            "time_us": 1_935_309_600_000_000,
            "commit": commit,
        }

    rows = [
        event("app.bsky.feed.post"),
        event("app.bsky.feed.like"),
        event("com.example.zana_vale"),
        event("app.bsky.feed.post", "zana_vale"),
    ]
    source = write_jsonl(tmp_path / "jetstream.jsonl", rows)
    key, out = tmp_path / "key", tmp_path / "out.csv"
    how = {"model": model, "progress": False, "n_jobs": 1, "format": "bluesky-jetstream"}
    said = " ".join(label_archive(source, out, pseudonymise=key, **how).notices)
    assert "zana" not in said and "app.bsky.feed.like" in said
    assert "types that are not Bluesky's" in said
