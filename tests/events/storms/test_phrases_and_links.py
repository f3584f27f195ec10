"""Storms of phrases and of links: in all the ways they are written."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stancekit
from stancekit.events.storms.links import canonical
from stancekit.events.storms.near import alike, signatures
from stancekit.events.storms.phrases import pieces
from tests.events.storms.evenings import posts, quiet, together

SAID = "Our tram is always on time"
WORDS = ["tram", "bridge", "council", "night", "bus", "rain", "vote", "street", "money", "stop"]


def said(*ways, count=60, **columns):
    return posts(count, text=[ways[n % len(ways)].format(n=n) for n in range(count)], **columns)


def test_a_phrase_in_many_guises_is_one():
    ways = [
        SAID,
        f"{SAID.upper()}!!! http://t.co/x{{n}}",
        f'Oh dear. @tram_op: "{SAID}." Is it, number {{n}}?',
        f"#NoTram #late {SAID} 😂 #NoTram",
    ]
    found = stancekit.find_storms(together(quiet(), said(*ways)), "phrases")
    (storm,) = found
    assert (storm.key, storm.posts, storm.accounts) == (SAID, 60, 60)
    assert found["our tram is ALWAYS on time"] is storm
    assert "phrase" in str(found)


def test_texts_changed_a_little_are_one_phrase():
    long = "I have waited for the night tram on Mill Bridge since nine in the {n} evening rain"
    numbers = ["cold", "dark", "grey", "long", "wet"]
    text = [long.format(n=numbers[n % 5]) for n in range(60)]
    (storm,) = stancekit.find_storms(together(quiet(), posts(60, text=text)), "phrases")
    assert storm.posts == 60


def test_sentences_of_one_text_are_one_storm():
    text = ["The tram is late again. Nobody tells us why it is. We want our money back!"] * 40
    (storm,) = stancekit.find_storms(together(quiet(), posts(40, text=text)), "phrases")
    assert storm.posts == 40 and len(storm.variants) == 2
    assert all(one.name and one.number == 40 for one in storm.variants)


def test_one_post_widely_reposted_is_no_phrase_storm():
    text = [f"RT @ana: {SAID}"] * 300
    reposts = posts(300, text=text, kind="repost", prefix="r")
    few = said(SAID, count=6)
    assert not len(stancekit.find_storms(together(quiet(), few, reposts), "phrases"))
    (storm,) = stancekit.find_storms(together(quiet(), said(SAID), reposts), "phrases")
    assert (storm.originals, storm.reposts) == (60, 300)  # both are said


def test_thanks_are_no_phrase():
    assert pieces(["Thank you. Well done! Not so", "ok ok ok", "…", ""])[1] == []
    late = "電車はいつも遅れています困ります"
    assert pieces(["The tram is lat… http://t.co/x", late])[1] == [late]


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), min_size=5, max_size=9),
        min_size=1,
        max_size=30,
        unique_by=tuple,  # phrases are told apart before they are compared
    )
)
def test_what_is_alike_to_another_is_led_by_one_that_leads_itself(texts):
    forms = [" ".join(words) for words in texts]
    lead = alike(signatures(forms), pd.Series(range(len(forms))).to_numpy())
    assert (lead[lead] == lead).all()
    for place, other in enumerate(lead):
        if place == other:
            continue
        grams = [{form[at : at + 4] for at in range(len(form) - 3)} for form in forms]
        both = grams[place] & grams[other]
        assert len(both) / len(grams[place] | grams[other]) > 0.3  # .6, estimated by 36 hashes


@pytest.mark.parametrize(
    ("link", "form"),
    [
        ("https://www.town.example/plan/", "town.example/plan"),
        ("HTTP://Town.Example/Plan?utm_campaign=x&fbclid=1", "town.example/Plan"),
        ("https://town.example/plan?id=7&utm_source=a#top", "town.example/plan?id=7"),
        ("town.example", "town.example"),
        ("https://t.co/AbC", "t.co/AbC"),
        ("https://me:secret@town.example:443/", "town.example"),
        ("https://town.example/pl…", ""),
        ("", ""),
    ],
)
def test_links_have_one_form(link, form):
    assert canonical(link) == form


@given(st.text(max_size=30))
def test_any_text_may_stand_where_a_link_is_expected(text):
    assert canonical(canonical(text)) == canonical(text) or "%" in text or not text.isascii()


def test_a_link_however_shared_storms_as_one():
    ways = ["https://www.town.example.org/plan/?utm_source=a{n}", "http://town.example.org/plan"]
    found = stancekit.find_storms(together(quiet(), said(*ways)), "links")
    (storm,) = found
    assert (storm.key, storm.posts) == ("town.example.org/plan", 60)
    assert found["https://town.example.org/plan?fbclid=2"] is storm
    listed = said("see", urls=[["https://town.example.org/plan"]] * 60)
    assert stancekit.find_storms(together(quiet(), listed), "links").storms[0].posts == 60


@pytest.mark.parametrize("key", ["phrases", "links"])
def test_the_same_from_parts_and_in_any_order(key, tmp_path):
    ways = [f"{SAID} https://town.example.org/plan", f"{SAID}? http://www.town.example.org/plan"]
    whole = together(quiet(), said(*ways)).drop(columns="label")
    labelled = stancekit.label_frame(whole, model="fast")
    for number, start in enumerate(range(0, len(labelled), 250)):
        part = labelled.iloc[start : start + 250]
        part.to_parquet(tmp_path / f"part-{number:05}.parquet", index=False)
    one = stancekit.find_storms(labelled, key).to_frame()
    assert len(one) == 1
    pd.testing.assert_frame_equal(stancekit.find_storms(tmp_path, key).to_frame(), one)
    mixed = labelled.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(stancekit.find_storms(mixed, key).to_frame(), one)
