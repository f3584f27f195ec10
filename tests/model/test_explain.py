"""An explanation adds up exactly, points into the text, and can be shown to anyone."""

import re
from html.parser import HTMLParser

import invented
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.errors import InputError
from stancekit.features.batch import read_batch

PIECES = ["not", "YOU", "soooo", "!!!", "👩\u200d👩\u200d👧", "\ud83d", "\n\n"]
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.lists(st.sampled_from([*invented.FILLERS, *invented.MARKERS, *PIECES]), max_size=15).map(
        " ".join
    ),
    st.sampled_from(
        ["", " ", "\n\t", "🤡", "\ud800", "\x00", "bravo", "#WithYou", "\u202eabc\u202c"]
    ),
)


def adds_up(model, text):
    found = model.explain(text)
    classes = list(model.classes)
    logits = model.linear.batch_logits(read_batch([text]))[0]
    total = found.contributions[classes].sum().to_numpy() + found.intercept
    scale = found.contributions[classes].abs().sum().to_numpy() + 1
    assert (np.abs(total - found.logits) <= 1e-12 * scale).all()
    assert (np.abs(found.logits - logits) <= 1e-5 * scale).all()
    tokens = found.tokens[classes].sum().to_numpy() + found.intercept
    assert (np.abs(tokens - found.logits) <= 1e-9 * scale).all()
    return found


@given(TEXT)
@settings(max_examples=80, deadline=None)
def test_contributions_and_tokens_add_up_to_the_logits(model, text):
    found = adds_up(model, text)
    assert found.proba.sum() == pytest.approx(1)
    assert found.proba == pytest.approx(model.linear.proba([text])[0], abs=1e-4)


@given(TEXT)
@settings(max_examples=30, deadline=None)
def test_so_they_do_for_two_labels(binary, text):
    found = adds_up(binary, text)
    assert found.logits.sum() == pytest.approx(0, abs=1e-2)
    assert found.label == binary.classes[int(found.logits.argmax())]


@given(TEXT)
@settings(max_examples=80, deadline=None)
def test_offsets_point_into_the_text_as_given(model, text):
    found = model.explain(text)
    rows = found.contributions
    assert ((rows["start"] >= 0) & (rows["start"] <= rows["end"])).all()
    assert (rows["end"] <= len(text)).all()
    assert set(rows["block"]) <= {"words", "characters", "cues", "vectors"}
    cues = set(model.linear.blocks["cues"].get_feature_names_out())
    for start, end, block, feature in rows[["start", "end", "block", "feature"]].itertuples(
        index=False
    ):
        if block == "cues":
            assert feature in cues
        else:
            assert feature == text[start:end]
    tokens = found.tokens
    *spans, whole = zip(tokens["token"], tokens["start"], tokens["end"], strict=True)
    assert whole == ("(whole post)", 0, len(text))
    assert all(token == text[start:end] for token, start, end in spans)
    assert all(not token.isspace() for token, _, _ in spans)
    assert [token for token, _, _ in spans] == (
        [token for token in stancekit.text.tokens(text) if not token.isspace()]
    )


def test_columns_and_rows(model):
    found = model.explain("bravo, the mayor is NOT a clown 🤡")
    assert list(found.contributions.columns) == ["start", "end", "block", "feature", *model.classes]
    assert list(found.tokens.columns) == ["token", "start", "end", *model.classes]
    assert set(found.contributions["block"]) == {"words", "characters", "cues", "vectors"}
    assert found.contributions[list(model.classes)].any(axis=1).all()
    assert found.contributions["start"].dtype == found.tokens["start"].dtype == np.int64


def test_what_tells_is_where_it_stands(model):
    tokens = model.explain("the road and the clown and the bus").tokens.set_index("token")
    assert tokens.loc["clown", "dog-piling"] == tokens["dog-piling"].max()
    assert tokens.loc["bus", "neutral"] == tokens["neutral"].max()
    assert (tokens.loc["and", "dog-piling"] < tokens.loc["clown", "dog-piling"]).all()


@pytest.mark.parametrize("text", ["clown", "🤡", "#ResignNow"])
def test_a_post_of_one_token_is_explained_by_it(model, text):
    tokens = model.explain(text).tokens
    assert tokens["token"].tolist() == [text, "(whole post)"]
    assert tokens.loc[0, "dog-piling"] > 0
    assert not tokens.loc[1, list(model.classes)].any()


def test_an_ngram_as_long_as_the_post_is_of_its_tokens(model):
    pairs = (" ".join(post.split()[:2]) for post in invented.posts()["text"])
    for pair in pairs:
        found = model.explain(pair)
        covers = found.contributions.query(f"start == 0 and end == {len(pair)}")
        if "words" in set(covers["block"]):
            break
    assert "words" in set(covers["block"])
    whole = covers.query("block == 'cues'")
    classes = list(model.classes)
    assert found.tokens.iloc[-1][classes].to_numpy(float) == pytest.approx(
        whole[classes].sum().to_numpy()
    )


@pytest.mark.parametrize("text", [None, 3, ["bravo"], b"bravo", float("nan")])
def test_only_one_str_is_explained(model, text):
    with pytest.raises(InputError, match="give one post as a str"):
        model.explain(text)


# As text.


def lines_of(found):
    return str(found).splitlines()


def test_text_shows_labels_by_probability_and_reasons(model):
    found = model.explain("you clown, resign and take the bus")
    shown = str(found)
    assert shown.startswith("you clown, resign and take the bus\n")
    order = [
        name for line in lines_of(found) for name in model.classes if line.startswith(f"  {name} ")
    ]
    assert order == [model.classes[k] for k in (-found.proba).argsort()]
    assert "speaks for (+) and against (-) dog-piling" in shown
    assert re.search(r"\+\d\.\d\d  clown$", shown, re.MULTILINE)


@given(TEXT)
@settings(max_examples=60, deadline=None)
def test_text_can_be_printed_anywhere_and_adds_up(model, text):
    found = model.explain(text)
    shown = str(found)
    shown.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
    assert len(shown.splitlines()) <= 30
    reasons = shown.split(f"against (-) {found.label}:\n")[1].splitlines()
    numbers = [float(line.split()[0]) for line in reasons]
    assert sum(numbers) == pytest.approx(
        found.logits[found.classes.index(found.label)], abs=0.0051 * len(numbers)
    )
    assert len(reasons) <= 10 + 2


@pytest.mark.parametrize(
    "text",
    ["bravo clown " * 9000, "x" * 100_000, "\n" * 5000 + "bravo", "wörter " * 50 + "\n\n\n end"],
    ids=["words", "one word", "white space", "lines"],
)
def test_text_of_a_long_post_stays_short(model, text):
    lines = lines_of(model.explain(text))
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 80
    repeated = [line for line in lines if "×" in line]
    assert len(repeated) == len({line.split()[1] for line in repeated})


def test_text_of_many_labels_stays_short():
    labels = [f"label number {i}" for i in range(30)]
    rows = [
        (f"{'abcdefghij'[i % 10] * (i // 10 + 3)} {j}", labels[i])
        for i in range(30)
        for j in (1, 2)
    ]
    made = stancekit.train(
        pd.DataFrame(rows, columns=["text", "label"]), blocks=invented.few_blocks(), n_jobs=1
    )
    found = made.explain("aaa 1")
    assert "24 other labels" in str(found)
    assert len(lines_of(found)) < 20
    assert found._repr_html_().count("<tr") == 6
    assert "24 other labels" in found._repr_html_()


# As HTML.


class Reader(HTMLParser):
    """Collects tags and text, and checks that tags are closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text = [], set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert all(not name.startswith("on") for name, _ in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read_html(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


TAGS = {"div", "table", "tbody", "tr", "td", "bdi", "span", "br"}


@given(TEXT)
@settings(max_examples=60, deadline=None)
def test_html_is_well_formed_and_holds_the_text_once_a_label(model, text):
    html = model.explain(text)._repr_html_()
    html.encode("utf-8")
    reader = read_html(html)
    assert reader.tags <= TAGS
    visible = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", text)
    assert "".join(reader.text).count(visible) >= len(model.classes)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</td></table><b>out</b>",
        "&lt;script&gt; &amp; &#60;b&#62;",
        "<!-- comment -->",
    ],
)
def test_html_escapes_the_post_and_the_labels(model, attack):
    reader = read_html(model.explain(f"bravo {attack} clown")._repr_html_())
    assert reader.tags <= TAGS
    assert "".join(reader.text).count(f"bravo {attack} clown") == 4
    labels = (attack, f"not {attack}")
    made = stancekit.train(
        invented.posts(10, labels), blocks=invented.few_blocks(), name=attack, n_jobs=1
    )
    reader = read_html(made.explain("bravo")._repr_html_())
    assert reader.tags <= TAGS
    assert all(label in reader.text for label in labels)


def test_html_shades_what_counts_and_says_how_much(model):
    html = model.explain("bravo, the mayor is no clown")._repr_html_()
    assert re.search(r'title="\+\d\.\d\d">bravo</span>', html)
    assert re.search(r"rgba\(230,120,0,0\.\d\d\)[^>]*>clown</span>", html)  # against supportive


def test_html_of_a_long_post_stays_small(model):
    html = model.explain("bravo clown " * 9000)._repr_html_()
    assert len(html) < 400_000
    assert "the first 2,000 of 108,000 characters are shown" in html
    read_html(html)
