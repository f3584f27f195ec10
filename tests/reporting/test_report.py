"""The page: whole, escaped, without names where none are wanted, its numbers those of functions."""

import re

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.errors import ArgumentError, InputError
from stancekit.labels import LABELS
from stancekit.reporting import most_addressed, most_used, tally
from stancekit.reporting.counting.examples import Example
from stancekit.reporting.marking import marked
from stancekit.reporting.naming import Naming
from tests.support.evening import labelled
from tests.support.tables_of_page import tables_of

#: What has broken pages before.
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<svg onload=alert(1)><style>*{display:none}</style>",
    '"><img src=https://evil.example/x.png onerror=alert(1)>',
    "&lt;b&gt; &#60;script&#62; &amp;amp;",
    "\u202ereversed \u2066and kept\u2069 \u200b\u200d zero",
    "\x00\x1b[2J\x1b]52;c;x\x07 bell",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "]]><!-- --> <?php ?>",
    "aZ#@/:.,!?\u200d\ufe0f🚋👩😡é漢ßıſﷺ\u0301 \t\n0_-&%$'\"<>{}[]\\1",
)


@pytest.fixture(scope="module")
def posts():
    return labelled()


@pytest.fixture(scope="module")
def page(posts):
    return stancekit.report(posts, names=True).html()


def numbers(table, *columns):
    """The numbers of a page's table by its first column."""
    return {row[0][0]: [row[n][1] for n in columns] for row in table}


def test_every_number_is_that_of_a_function(posts, page):
    tables = tables_of(page)
    counted = tally(posts)
    shares = numbers(tables["t-shares"], 1, 2)
    assert shares == {name: [counted.labels[name], counted.shares[name]] for name in LABELS}

    frame = stancekit.timeline(posts).to_frame()
    frame = frame[frame["posts"] > 0]
    shown = tables["t-time"]
    assert [row[2][1] for row in shown] == frame["posts"].tolist()
    assert [row[0][1] for row in shown] == [one.timestamp() for one in frame["start"]]
    own = [np.nan if row[3][1] is None else row[3][1] for row in shown]
    np.testing.assert_allclose(own, frame["share"])

    for of in ("words", "hashtags", "emoji"):
        found = stancekit.distinguishing(posts, of).to_frame()
        for place, label in enumerate(LABELS):
            own = found[found["label"] == label]
            shown = tables.get(f"t-{of}-{place}", [])
            assert [row[0][0] for row in shown] == own["word"].tolist()
            values = own[["accounts", "others", "log_odds", "z"]].to_numpy(float)
            given = np.array([[cell[1] for cell in row[1:]] for row in shown], float)
            np.testing.assert_allclose(given.reshape(values.shape), values)

    for name, frame in (
        ("t-hashtags", most_used(posts).to_frame()),
        ("t-addressed", most_addressed(posts).to_frame()),
    ):
        shown = [[row[0][0], *(cell[1] for cell in row[1:])] for row in tables[name]]
        assert shown == frame.to_numpy().tolist()


def test_every_number_of_an_event_is_that_of_a_function(posts, page):
    tables = tables_of(page)
    pileons = stancekit.find_pileons(posts)
    storms = stancekit.find_storms(posts, pileons=pileons)
    frame = storms.to_frame()
    assert len(frame)
    shown = tables["t-storms"]
    assert [row[0][0] for row in shown] == [f"#{key}" for key in frame["key"]]
    for place, name in ((3, "posts"), (4, "repost_share"), (5, "accounts"), (6, "supportive")):
        np.testing.assert_allclose([row[place][1] for row in shown], frame[name])
    frame = pileons.to_frame()
    assert len(frame)
    shown = tables["t-pileons"]
    assert [row[0][0] for row in shown] == frame["target"].tolist()
    for place, name in ((4, "accounts"), (5, "hostile"), (6, "share"), (7, "share_low")):
        np.testing.assert_allclose([row[place][1] for row in shown], frame[name].astype(float))


def test_with_checked_posts_shares_are_corrected(posts):
    sample = posts.sample(200, random_state=1)[["id", "label"]]
    sample = sample.rename(columns={"label": "true_label"}).astype(str)
    found = stancekit.report(posts, checked=sample)
    expected = stancekit.estimate_shares(posts, sample)
    own = expected.to_frame()
    own = own[own["group"].isna() & (own["method"] == "post-stratified")]
    shown = numbers(tables_of(found.html())["t-shares"], 3, 4)
    assert shown == {row.label: [row.share, row.low] for row in own.itertuples()}
    assert found.timeline.error.how.startswith("with the errors found in 200 checked posts")
    assert found.timeline.to_frame()["corrected"].notna().any()
    given = stancekit.report(posts, shares=expected)
    assert tables_of(given.html())["t-shares"] == tables_of(found.html())["t-shares"]
    assert stancekit.methods(posts[["label", "created_at", "model"]], shares=expected).text == (
        found.methods.text
    )
    with pytest.raises(ArgumentError, match="not both"):
        stancekit.report(posts, checked=sample, shares=expected)


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_a_file_gives_the_same_page_as_the_table(tmp_path, ending):
    from tests.support.fakes import fake_model

    posts = labelled(300).drop(columns=[*LABELS, "label", "confidence", "reason", "model"])
    posts.to_csv(tmp_path / "posts.csv", index=False)
    file = tmp_path / f"labels{ending}"
    stancekit.label_archive(
        tmp_path / "posts.csv", file, model=fake_model(), progress=False, n_jobs=1
    )
    frame = stancekit.read_labels(file)
    assert stancekit.report(file).html() == stancekit.report(frame).html()


def test_what_posts_bring_along_is_shown_and_not_obeyed():
    posts = labelled(len(HOSTILE) * 40)
    hostile = [HOSTILE[n % len(HOSTILE)] for n in range(len(posts))]
    posts["text"] = [f"{text} {n}" for n, text in enumerate(hostile)]
    posts["author"] = [f"{text}{n % 50}" for n, text in enumerate(hostile)]
    posts["reply_to_author"] = hostile
    posts["model"] = "<script>alert(2)</script>@0"
    posts["reason"] = posts["reason"].mask(posts.index < 9, HOSTILE[1])
    posts["label"] = posts["label"].mask(posts.index < 9)
    posts["evidence"] = "+" + posts["text"].str[:9]
    for names in (False, True):
        page = stancekit.report(posts, title=HOSTILE[0], names=names, examples=50).html()
        assert page.count("<script>") == 1
        assert page.count("</script>") == 1
        assert page.count("<style>") == 1
        assert not re.search(r"<(img|iframe|object|embed|a href=.[^#]|[^>]*\son\w+=)", page)
        assert "onload=alert" not in re.sub(r"&lt;.*?&gt;", "", page)
        assert not {"\x00", "\x1b", "\x07", "\u202e"} & set(page)
        assert tables_of(page)
        assert ("{{ 7*7 }}" in page) == names  # else it is the name of an account


def test_neither_names_nor_ids_are_on_the_page_unless_asked_for(posts, page):
    bare = stancekit.report(posts, examples=50)
    hidden = bare.html()
    for told in ("ana_vale", "writer1", ">p1<"):
        assert told not in hidden
    assert "account 1" in hidden
    assert bare.accounts["ana_vale"] == "account 1"
    assert "ana_vale" in page


def test_without_texts_there_is_none_of_any_post(posts):
    page = stancekit.report(posts, text=False, names=True).html()
    assert 'id="examples"' not in page
    words = [" ".join(text.split()[1:4]) for text in posts["text"]]
    assert not [one for one in words if one in page]


def test_a_page_is_small_whatever_there_is(posts):
    many = labelled(5_000, seed=3)
    few = len(stancekit.report(posts).html())
    assert len(stancekit.report(many).html()) < 2 * few + 100_000


def test_it_says_what_a_table_lacks():
    found = stancekit.report(pd.DataFrame({"label": ["critical"] * 3 + [None]}))
    assert not found.distinguishing
    assert found.pileons.declined
    page = found.html()
    for part in ("Not looked for", "the model that labelled is not at hand", "No storm was found"):
        assert part in page
    for gone in ("time", "words", "used", "examples"):
        assert f'id="{gone}"' not in page


def test_labels_of_ones_own_have_a_page_without_events():
    own = labelled(classes=("for", "against", "both", "none"))
    found = stancekit.report(own)
    assert found.pileons is None
    assert found.storms is None
    assert "of the four labels only" in found.html()
    assert set(found.tally.labels) == {"for", "against", "both", "none"}


@pytest.mark.parametrize(
    "table", [pd.DataFrame({"text": ["a"]}), pd.DataFrame({"label": pd.array([None], "string")})]
)
def test_a_table_without_labels_is_refused(table):
    with pytest.raises(InputError, match="label"):
        stancekit.report(table)


def test_it_is_written_whole_and_replaces_what_is_there(posts, tmp_path):
    file = tmp_path / "new" / "page.html"
    found = stancekit.report(posts, file)
    assert file.read_text("utf-8") == found.html()
    found.write(file)
    assert [one.name for one in file.parent.iterdir()] == ["page.html"]
    assert "https://" not in re.sub(r"<pre>.*?</pre>", "", found.html(), flags=re.S)


def test_the_same_seed_gives_the_same_page(posts):
    one, other = (stancekit.report(posts, seed=2, names=True) for _ in range(2))
    assert one.html() == other.html()
    assert stancekit.report(posts, seed=2).html() != stancekit.report(posts, seed=3).html()


def test_evidence_is_marked_where_it_stands_alone():
    text = "Liar, liar! The liars <lie>."
    assert marked(Example("dog-piling", 0.9, text, ("liar", "<lie>"))) == (
        "<mark>Liar</mark>, <mark>liar</mark>! The liars <mark>&lt;lie&gt;</mark>."
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@ana_vale you are right", "@NAME you are right"),
        (".@ANA_VALE, no", ".@NAME, no"),
        ("RT@ana_vale so", "RT@NAME so"),
        ("\u4f60\u597d@ana_vale", "\u4f60\u597d@NAME"),
        ("ask u/ana_vale or ana_vale", "ask u/NAME or NAME"),
        ("https://x.com/ana_vale/status/1", "https://x.com/NAME/status/1"),
        ("ana&#95;vale and ana%5Fvale", "NAME and NAME"),
        ("@ana\u200b_vale", "@NAME"),
        ("see x.com/bo_1 and @bo_1", "see x.com/somebody and @somebody"),
        ("write to me@mail.example", "write to me@mail.example"),
        ("the trams of the town", "the trams of the town"),
    ],
)
def test_names_are_put_out_of_texts(text, shown):
    naming = Naming(known=["Ana_Vale", "trams"])
    assert naming.text(text) == shown.replace("NAME", "account_1")
    assert Naming(names=True).text(text) == text


def test_the_policy_lets_nothing_in(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1].replace(
        "&#x27;", "'"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert " style=" not in page


def test_a_hashtag_that_is_a_name_is_called_as_the_account_is(posts):
    table = posts.copy()
    target = "Zana_Vale7"
    table["reply_to_author"] = target
    table["hashtags"] = [[target, "zana_vale7", "day"]] * len(table)
    table["text"] = [f"#{target} zana_vale7 you clown {n}" for n in range(len(table))]
    found = stancekit.report(table)
    assert "zana" not in found.html().lower()
    assert "zana" not in str(found.storms).lower() and "zana" not in str(found.hashtags).lower()
    assert "zana_vale7" in stancekit.report(table, names=True).html().lower()


def test_a_table_names_no_folder_that_is_looked_into(posts, tmp_path, monkeypatch):
    asked = []
    for module in ("stancekit.reporting.making", "stancekit.study.writing.methods_text"):
        monkeypatch.setattr(f"{module}.load", lambda name: asked.append(name) or 1 / 0)
    found = stancekit.report(posts.assign(model=f"{tmp_path}/model@0123456789ab"))
    assert asked == [] and any("not at hand" in why for why in found.missing)
