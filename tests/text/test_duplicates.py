"""Which posts share a group, that order plays no part, and that the search misses little."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.text.duplicates import canonical_texts, duplicate_groups
from stancekit.text.minhash import components, near_copies, shingles

POST = "The council wants to close Mill Road library, and nobody asked the people who use it"
VOCABULARY = """
    library council budget ferry harbour teacher winter promise vote road school nurse market
    closed angry proud people never always because nobody street mayor ticket bridge garden
    question answer morning evening thanks shame brilliant useless clown hero story paper
"""
WORDS = VOCABULARY.split()


def same(*texts):
    return len(set(duplicate_groups(texts).tolist())) == 1


def sentence(rng, words=14):
    return " ".join(rng.choice(WORDS) for _ in range(words))


@pytest.mark.parametrize(
    "copy",
    [
        f"RT @ana_b: {POST}",
        f"RT @ana: RT @ben.example.social: {POST}",
        f"@ana @ben@town.example .@cy {POST} via @dee",
        f"“{POST}”",
        f"{POST.upper()}!!!  https://t.co/abc123",
        POST.replace(" ", "\n\t "),
        POST.replace("nobody", "nooobody").replace("use it", "use itttt…"),
        POST.replace("close", "clo\u00adse").replace(",", " &amp;"),
        f"RT @ana: {POST[:60]}…",
        f"RT @ana: {POST[:61]}... https://t.co/…",
        f"{POST[:70]} htt…",
        POST.replace("people who", "folk who"),
    ],
)
def test_copy_is_grouped_with_the_post(copy):
    assert same(POST, copy)


@pytest.mark.parametrize("text", ["lol", "Thank you!", "😂", ":)", "谢谢", "#Vote"])
def test_identical_short_posts_are_one_group(text):
    assert same(text, f"@ana {text}", f"  {text} https://t.co/x")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thank you so much", "thank you so much mum"),
        ("we won 10 to 1", "we won 100 to 1"),
        (":)", ":("),
        ("So much…", "So much rain today, the whole road is under water again"),
        (POST, "The council wants to open a second library, and people asked for just that"),
        ("", "lol"),
    ],
)
def test_different_posts_stay_apart(one, other):
    assert not same(one, other)


def test_posts_without_words_of_their_own_are_one_group():
    assert same("", None, float("nan"), "@ana", "@ben https://t.co/x", "RT @ana: https://t.co/y")


def test_groups_are_numbered_as_they_appear():
    assert duplicate_groups(["b", "a", "B!", "c", "a"]).tolist() == [0, 1, 0, 2, 1]
    assert duplicate_groups([]).tolist() == []
    assert duplicate_groups([]).dtype == np.int64


def test_canonical_text_of_odd_characters():
    assert canonical_texts(["\ud800 x", "\u200d\ufe0f", "e\u0301", "A\x00B"])[3] == "a b"


@pytest.mark.parametrize(
    ("texts", "message"), [(["a", 3], "text 1 is int"), ("one str", "one str")]
)
def test_wrong_input_is_named(texts, message):
    with pytest.raises(InputError, match=message):
        duplicate_groups(texts)


@pytest.mark.parametrize("threshold", [0, -1, 1.5, float("nan")])
def test_threshold_outside_its_range(threshold):
    with pytest.raises(InputError, match="threshold"):
        duplicate_groups(["a"], threshold=threshold)


def partition(groups):
    """Groups as a set of sets of posts: what is left when the numbering is forgotten."""
    return {frozenset(np.flatnonzero(groups == group).tolist()) for group in set(groups.tolist())}


def variants(rng, count):
    """Posts with many copies, near-copies and cut copies among them."""
    posts = [sentence(rng) for _ in range(count // 4)]
    for _ in range(count - len(posts)):
        words = rng.choice(posts).split()
        if rng.random() < 0.5:
            words[rng.randrange(len(words))] = rng.choice(WORDS)
        text = " ".join(words)
        posts.append(f"RT @ana: {text[: rng.randrange(35, 90)]}…" if rng.random() < 0.3 else text)
    return posts


@given(seed=st.integers(0, 2**32), order=st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_order_changes_only_the_numbers(seed, order):
    posts = variants(random.Random(seed), 120)
    places = list(range(len(posts)))
    order.shuffle(places)
    shuffled = duplicate_groups([posts[place] for place in places])
    back = np.empty(len(posts), np.int64)
    back[places] = shuffled
    assert partition(back) == partition(duplicate_groups(posts))


@given(st.lists(st.text(max_size=40), max_size=12))
@settings(max_examples=80)
def test_any_text_is_taken_and_equal_texts_share_a_group(texts):
    groups = duplicate_groups(texts + texts)
    assert groups[: len(texts)].tolist() == groups[len(texts) :].tolist()
    assert set(groups.tolist()) == set(range(len(set(groups.tolist()))))


def exact_overlaps(forms):
    sets = [set(row) for row in np.split(*(lambda s: (s.indices, s.indptr[1:-1]))(shingles(forms)))]
    return {
        (a, b): len(sets[a] & sets[b]) / len(sets[a] | sets[b])
        for a in range(len(forms))
        for b in range(a)
    }


def test_search_agrees_with_all_pairs():
    rng = random.Random(1)
    forms = sorted({text for text in variants(rng, 700) if not text.endswith("…")})
    overlap = exact_overlaps(forms)
    first, second = near_copies(forms, 0.7, seed=0)
    # Every pair joined is truly that close: no chain is built on an estimate.
    assert all(overlap[max(a, b), min(a, b)] >= 0.7 for a, b in zip(first, second, strict=True))
    found = components(len(forms), first, second)
    close = [pair for pair, value in overlap.items() if value >= 0.8]
    assert len(close) > 100
    assert np.mean([found[a] == found[b] for a, b in close]) >= 0.95


def test_a_storm_of_unrelated_posts_is_no_giant_group():
    rng = random.Random(2)
    posts = [f"{sentence(rng)} #MillRoad #SaveOurLibrary" for _ in range(3000)]
    assert np.bincount(duplicate_groups(posts)).max() <= 3


def test_one_template_in_thousands_of_versions():
    rng = random.Random(3)
    posts = [f"{POST} says {rng.choice(WORDS)} {rng.randrange(10_000)}" for _ in range(5000)]
    assert duplicate_groups(posts).max() == 0


@pytest.mark.slow
def test_groups_of_real_posts_are_small(shared_data):
    lines = (shared_data / "gold" / "train.tsv").read_text(encoding="utf-8").splitlines()
    texts = [line.split("\t")[-1] for line in lines[1:]]
    groups = duplicate_groups(texts)
    assert np.bincount(groups).max() < 0.01 * len(texts)
