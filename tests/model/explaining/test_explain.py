"""An explanation adds up exactly, points into the text, and can be shown to anyone."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stancekit
from stancekit.errors import InputError
from stancekit.text.batch import read_batch
from stancekit.text.segmentation import Kind, segment
from tests.support import invented
from tests.support.html import read_html

PIECES = [
    "not",
    "YOU",
    "soooo",
    "!!!",
    "two-faced",
    "don't",
    "-",
    "👩\u200d👩\u200d👧",
    "\ud83d",
    "\n\n",
]
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.lists(st.sampled_from([*invented.FILLERS, *invented.MARKERS, *PIECES]), max_size=15).map(
        " ".join
    ),
    st.sampled_from(
        [
            "🤡",
            "\ud800",
            "\x00",
            "bravo",
            "#WithYou",
            "\u202eabc\u202c",
            "\u200b",
            "a-b-c",
            "a--b -c",
        ]
    ),
).filter(lambda text: text and not text.isspace())


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


@pytest.mark.slow
@given(TEXT)
@settings(max_examples=80)
def test_contributions_and_tokens_add_up_to_the_logits(model, text):
    found = adds_up(model, text)
    assert found.proba.sum() == pytest.approx(1)
    assert found.proba == pytest.approx(model.linear.proba([text])[0], abs=1e-4)


@given(TEXT)
@settings(max_examples=30)
def test_so_they_do_for_two_labels(binary, text):
    found = adds_up(binary, text)
    assert found.logits.sum() == pytest.approx(0, abs=1e-2)
    assert found.label == binary.classes[int(found.logits.argmax())]


@pytest.mark.slow
@given(TEXT)
@settings(max_examples=80)
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
    places = [place for _, *span in spans for place in span]
    assert places == sorted(places)
    seg = segment([text])
    visible = np.flatnonzero(seg.kind != Kind.SPACE)
    pieces = [text[a:b] for a, b in zip(seg.start[visible] - 1, seg.end[visible] - 1, strict=True)]
    assert "".join(token for token, _, _ in spans) == "".join(pieces)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("well-known, two‑faced don't", ["well-known", ",", "two‑faced", "don't"]),
        ("state-of-the-art covid-19", ["state-of-the-art", "covid-19"]),
        (
            "so - no -go no- a--b -5",
            ["so", "-", "no", "-", "go", "no", "-", "a", "--", "b", "-", "5"],
        ),
        ("#No-Tram @ana-b", ["#No", "-", "Tram", "@ana", "-", "b"]),
        ("#NoTram @ana@social.town 👨‍👩‍👧👍🏽", ["#NoTram", "@ana@social.town", "👨‍👩‍👧", "👍🏽"]),
        ("https://example.org/a-b see", ["https://example.org/a-b", "see"]),
    ],
)
def test_tokens_are_what_a_reader_sees_as_one(model, text, tokens):
    assert model.explain(text).tokens["token"].tolist()[:-1] == tokens


def test_a_link_weighs_no_more_for_being_long(model):
    short, long = (
        model.explain(f"bravo https://example.org/{path} clown").tokens for path in ("a", "a" * 90)
    )
    classes = list(model.classes)
    assert np.allclose(short[classes], long[classes], atol=1e-9)


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


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_a_post_without_a_label_has_nothing_to_explain(model, text):
    assert model.classify([text]).reason[0] == "empty"
    with pytest.raises(InputError, match="text is empty: it gets no label"):
        model.explain(text)


# As a frame.


@given(TEXT)
@settings(max_examples=40)
def test_the_frame_holds_all_that_counts_ranked(model, text):
    found = model.explain(text)
    frame = found.to_frame()
    columns = ["label", "token", "start", "end", "contribution", "direction", "rank"]
    assert list(frame.columns) == columns
    sums = frame.groupby("label", observed=False)["contribution"].sum().to_numpy()
    scale = np.abs(found.contributions[list(model.classes)]).sum().to_numpy() + 1
    assert (np.abs(sums + found.intercept - found.logits) <= 1e-9 * scale).all()
    assert (frame["contribution"] != 0).all()
    assert ((frame["contribution"] > 0) == (frame["direction"] == "for")).all()
    labels = frame["label"].cat.codes
    assert (labels.diff().dropna() >= 0).all()
    for _, side in frame.groupby(["label", "direction"], observed=True):
        assert side["rank"].tolist() == list(range(1, len(side) + 1))
        assert (side["contribution"].abs().diff().dropna() <= 0).all()
        assert side.index.tolist() == list(range(side.index[0], side.index[-1] + 1))
    for token, start, end in frame[["token", "start", "end"]].itertuples(index=False):
        assert token in (text[start:end], "(whole post)")


def test_the_frame_names_what_speaks_for_and_against_each_label(model):
    frame = model.explain("you clown, the bus").to_frame().query("rank == 1")
    strongest = frame.set_index(["label", "direction"])["token"]
    assert strongest["dog-piling", "for"] == "clown"
    assert strongest["neutral", "for"] == "bus"
    against = frame.query("label == 'supportive' and direction == 'against'")
    assert against["contribution"].max() < 0


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
    first = next(i for i, line in enumerate(shown.splitlines()) if line.startswith("  dog-piling "))
    towards, against, rest = shown.splitlines()[first + 1 : first + 4]
    assert re.match(r"    for      \+\d\.\d\d clown  ", towards)
    assert re.match(r"    against  -\d\.\d\d \w+", against)
    assert rest.startswith("    rest     ")


@given(TEXT)
@settings(max_examples=60)
def test_text_can_be_printed_anywhere_and_adds_up(model, text):
    found = model.explain(text)
    shown = str(found)
    shown.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
    lines = shown.splitlines()
    assert len(lines) <= 30
    sums, pieces, k = np.zeros(4), np.zeros(4), -1
    for line in lines[lines.index("") + 1 :]:
        if line.startswith("    "):
            numbers = re.findall(r"(?:^.{13}|  )([+-]\d+\.\d\d) ", line)
            sums[k] += sum(map(float, numbers))
            pieces[k] += len(numbers)
        else:
            k = next(i for i, name in enumerate(model.classes) if line.startswith(f"  {name} "))
    assert (pieces >= 3).all()
    assert (np.abs(sums - found.logits) <= 0.0051 * pieces).all()


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
    assert all(line.count("bravo") + line.count("clown") <= 2 for line in repeated)


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
    assert len(lines_of(found)) <= 30
    assert found._repr_html_().count("<tr") == 6
    assert "24 other labels" in found._repr_html_()


# As HTML.


TAGS = {"div", "table", "tbody", "tr", "td", "bdi", "span", "br"}


@given(TEXT)
@settings(max_examples=60)
def test_html_is_well_formed_and_holds_the_text_once_a_label(model, text):
    html = model.explain(text)._repr_html_()
    html.encode("utf-8")
    reader = read_html(html)
    assert reader.tags <= TAGS
    assert not [name for name in reader.attributes if name.startswith("on")]
    shown = re.sub("[\x00-\x08\x0b-\x1f]", lambda found: chr(0x2400 + ord(found[0])), text)
    shown = shown.replace("\x7f", "\u2421")
    shown = re.sub("[\x80-\x9f\ud800-\udfff\u202d\u202e]", "\ufffd", shown)
    assert "".join(reader.text).count(shown) >= len(model.classes)


@pytest.mark.slow
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


def test_html_lists_what_speaks_for_and_against_each_label(model):
    shown = "".join(read_html(model.explain("bravo, the mayor is no clown")._repr_html_()).text)
    assert re.search(r"for bravo \+\d\.\d\d.* against clown -\d\.\d\d", shown)
    assert re.search(r"for clown \+\d\.\d\d.* against .*bravo -\d\.\d\d", shown)
    assert shown.count("whole\xa0post") == 4


def test_html_leaves_colours_to_the_page(model):
    """So that it can be read on a light ground and on a dark one."""
    html = model.explain("bravo, the mayor is no clown")._repr_html_()
    assert set(re.findall(r"(?<![-\w])color:([^;\"]*)", html)) == {"inherit"}
    assert set(re.findall(r"background:(\w+)", html)) == {"transparent", "rgba"}


def test_html_of_a_long_post_stays_small(model):
    html = model.explain("bravo clown " * 9000)._repr_html_()
    assert len(html) < 400_000
    assert html.count("clown ×9000") == 4
    assert "the first 2,000 of 108,000 characters are shown" in html
    read_html(html)
