"""Names are read alike, wherever they stand; nothing else is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.features.transformers import CharNgrams, WordNgrams
from stancekit.text.batch import read_batch
from stancekit.text.hashing import hash_between, prefix_sums
from stancekit.text.hashtag_words.in_batch import hashtag_words, named_hashtags
from stancekit.text.name_lists import BIT, lists_of, table_of, words_of
from stancekit.text.names import mask_hashes, mask_names, name_tokens
from stancekit.text.normalise import hash_strings, normalise
from stancekit.text.segmentation import segment

POSTS = st.lists(st.text("ab Bidenbiden's.,#@é👍\u200d ", max_size=40), max_size=4)
BLOCKS = [WordNgrams(bits=14), CharNgrams(bits=14)]


def features(block, *posts):
    return block.transform(list(posts)).toarray()


@pytest.mark.parametrize("block", BLOCKS, ids=["words", "characters"])
@pytest.mark.parametrize(
    "other",
    ["Shame on Corbyn, the clown!", "Shame on BIDEN, the clown!", "Shame on Biden’s, the clown!"],
)
def test_whom_a_post_names_plays_no_part(block, other):
    one, two = features(block, "Shame on Biden, the clown!", other)
    assert (one == two).all()


@pytest.mark.parametrize("block", BLOCKS, ids=["words", "characters"])
def test_another_word_does_and_so_do_names_where_they_are_wanted(block):
    one, two = features(block, "Shame on Biden!", "Shame on teachers!")
    assert (one != two).any()
    plain = type(block)(bits=14, mask_names=False)
    one, two = features(plain, "Shame on Biden!", "Shame on Corbyn!")
    assert (one != two).any()


def test_a_name_inside_a_hashtag_counts_as_one():
    split = [WordNgrams((1,), bits=20).occurrences(read_batch([tag])) for tag in TAGS]
    one, two = (set(list(found)[-1].row.tolist()) for found in split)
    assert one == two


TAGS = ["#ThanksBiden", "#ThanksCorbyn"]


@pytest.mark.parametrize("name", BIT)
def test_a_word_is_in_a_list_if_the_list_has_it(name):
    words = sorted(frozenset().union(*(sorted(words_of(other))[::7] for other in BIT)))
    found = lists_of(hash_strings(words)) & BIT[name] > 0
    expected = np.zeros(len(words), bool)
    expected[table_of(name).find(hash_strings(words))[0]] = True
    assert (found == expected).all()
    assert found[[word in words_of(name) for word in words]].all()


NAMED = st.lists(
    st.lists(
        st.sampled_from(
            "Shame on Biden biden's Varnholt Ed Ostrow-Lim - the , Mr. #WeBackOstrow #Biden "
            "#NoTram @ana 👍 :) left wing Grace \u200b \ud800 https://t.co/a".split(" ")
        ),
        max_size=9,
    ).map(" ".join),
    max_size=5,
)


@given(NAMED)
def test_places_and_hashes_of_tokens_are_those_of_the_masked_stream(posts):
    batch = read_batch(posts)
    for masked in (batch.masked, batch.masked_by_shape, batch.masked_everywhere):
        sums = prefix_sums(masked.codes)
        own = hash_between(sums, masked.token_start, masked.token_end)
        assert masked.token_hash.tolist() == own.tolist()
        assert len(masked.origin) == len(masked.codes) == masked.post_start[-1]
        edges = masked.codes[masked.post_start - 1]
        assert (edges == batch.norm.codes[0]).all()


@given(POSTS)
def test_masking_keeps_tokens_places_and_all_that_is_no_name(posts):
    seg = segment(posts)
    norm = normalise(seg)
    masked = mask_names(seg, norm)
    named = np.zeros(len(norm.token_hash), bool)
    named[table_of("names").find(norm.token_hash)[0]] = True
    assert (masked.token_hash[~named] == norm.token_hash[~named]).all()
    assert len(set(masked.token_hash[named & (seg.kind == 1)].tolist())) <= 1
    assert (masked.token_end - masked.token_start <= norm.token_end - norm.token_start).all()
    assert set(masked.origin.tolist()) <= set(norm.origin.tolist())
    again = mask_names(seg, masked)
    assert (again.codes == masked.codes).all()


@pytest.mark.parametrize("mark", "\ue000\ue001\ue002\ue003")
def test_no_character_of_a_post_is_taken_for_a_mark_of_the_stream(mark):
    batch = read_batch([f"a {mark}", "a Biden", "a @ana", "a https://example.org/a", "a"])
    own, *others = batch.masked.token_hash[1::2]
    assert own not in others


@pytest.mark.parametrize("split", [hashtag_words, named_hashtags])
def test_hashes_of_names_in_hashtags_become_one_and_others_stay(split):
    words = split(segment(["#BidenShameCorbyn"]))
    masked = mask_hashes(words)
    assert masked[0] == masked[2] != words.hash[0]
    assert masked[1] == words.hash[1]


def told(block, post):
    """What a block makes of a post, as a set of rows."""
    batch = read_batch([post])
    return {row for found in block.occurrences(batch) for row in found.row.tolist()}


@pytest.mark.parametrize("name", ["Varnholt", "Corbyn", "Ostrow"])
def test_a_hashtag_read_as_a_phrase_says_of_a_name_what_its_words_say(name):
    words = WordNgrams(mask_names="everywhere")
    assert told(words, f"We support {name}") <= told(words, f"#WeSupport{name}")
    assert told(words, f"#WeSupport{name}") == told(words, "#WeSupportBiden")


def test_no_letters_of_a_named_hashtag_are_left():
    letters = CharNgrams(mask_names="everywhere")
    assert told(letters, "#WeSupportVarnholt today") == told(letters, "#NeverVarnholt today")
    assert told(letters, "#WeSupportThem today") != told(letters, "#NeverThem today")


def test_only_words_of_one_hashtag_make_a_phrase():
    words = WordNgrams((2,), mask_names="everywhere")
    apart, one = told(words, "#no #shame"), told(words, "#NoShame")
    assert told(WordNgrams((2,), mask_names=False), "no shame") <= one
    assert not told(WordNgrams((2,), mask_names=False), "no shame") <= apart


@pytest.mark.parametrize(
    ("post", "named"),
    [
        ("Shame on Varnholt, he lied", ["Varnholt"]),
        ("Thanks Oswin Tarrable's team", ["Oswin", "Tarrable's"]),
        ("shame on varnholt", []),
        ("VARNHOLT LIED", []),
        ("I'm sure. Don't Worry, It Will Be Fine", []),
        ("I Will Never Vote For This Plan Again", []),
        ("Breaking: Council Votes On New Harbour Bridge", []),
        ("we thank Hunt and Rice of the Harbour List", ["Hunt", "Rice", "Harbour", "List"]),
        ("the council voted on a Disgrace of a plan on Tuesday", []),
        ("Mr. Hunt, Resign", ["Hunt"]),
        ("Ed Varnholt lied", ["Ed", "Varnholt"]),
        ("Grace Varnholt lied", ["Grace", "Varnholt"]),
        ("No Varnholt", ["Varnholt"]),
        ("a left-wing plan, a right wing plan, the right plan", ["left", "right"]),
        ("@Varnholt #Varnholt https://varnholt.org/Varnholt", []),
    ],
)
def test_a_capital_that_no_common_word_has_makes_a_name(post, named):
    seg = segment([post])
    found = name_tokens(seg, normalise(seg), shaped=True)
    words = [post[a - 1 : b - 1] for a, b in zip(seg.start[found], seg.end[found], strict=True)]
    assert words == named


@pytest.mark.parametrize("kind", [WordNgrams, CharNgrams])
def test_by_shape_one_unlisted_name_is_as_good_as_another(kind):
    block = kind(bits=14, mask_names="shaped")
    one, two = features(block, "Shame on Varnholt!", "Shame on Oxcombe!")
    assert (one == two).all()
    one, two = features(block, "Shame on varnholt!", "Shame on oxcombe!")
    assert (one != two).any()


#: Names that no list holds, of one to three parts, as people write them.
_SYLLABLES = st.lists(
    st.sampled_from(["var", "ox", "tre", "quil", "zan", "mo", "bek", "lor", "ist", "una"]),
    min_size=2,
    max_size=4,
).map("".join)
_NAMES = st.lists(
    _SYLLABLES.map(str.capitalize).filter(
        lambda name: name.lower() not in words_of("common_words")
    ),
    min_size=1,
    max_size=2,
)
_BEFORE = st.sampled_from(["", "Ed", "De", "Mc", "JD"])
_TEXTS = [
    "#WeSupport{0}",
    "#Never{0}Again today",
    "no #{0} #{0}Out",
    "RT if you back {1} tonight #{0}",
    "Solidarity with {1}, and with #Team{0}!",
]


@pytest.mark.parametrize("text", _TEXTS)
@pytest.mark.parametrize("kind", [WordNgrams, CharNgrams])
@given(_BEFORE, _NAMES)
@settings(max_examples=15)
def test_whichever_name_no_list_holds_a_post_is_the_same(text, kind, before, name):
    parts = [*([before] if before else []), *name]
    block = kind(bits=16, mask_names="everywhere")
    written = text.format("".join(parts), " ".join(parts if before in ("", "Ed", "JD") else name))
    one, two = features(block, written, text.format("Varnholt", "Varnholt"))
    assert (one == two).all()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ask Ed Hadley how it is going", "Ask Oswin Hunt how it is going"),
        ("Why is Hunt trending? #HuntOut", "Why is Varnholt trending? #VarnholtOut"),
        ("shame on varnholt #VarnholtOut", "shame on Hadley #HadleyOut"),
        ("for the Pennant Alliance, always", "for the Varnholt, always"),
        ("so #Ocasio-Cortez lied", "so #Varnholt lied"),
    ],
)
@pytest.mark.parametrize("kind", [WordNgrams, CharNgrams])
def test_a_name_is_told_by_what_else_the_post_says_and_a_full_one_is_one(kind, one, other):
    first, second = features(kind(bits=16, mask_names="everywhere"), one, other)
    assert (first == second).all()


@given(POSTS)
def test_a_full_name_keeps_its_place_and_tokens_keep_their_order(posts):
    batch = read_batch(posts)
    masked = batch.masked_everywhere
    assert (np.diff(masked.token_start) >= 0).all()
    assert (masked.token_start <= masked.token_end).all()
    assert (np.diff(masked.post_start) >= 1).all()
    assert len(masked.token_hash) == len(batch.norm.token_hash)
    apart = [read_batch([post]).masked_everywhere.codes[1:-1].tolist() for post in posts]
    assert [
        masked.codes[a : b - 1].tolist()
        for a, b in zip(masked.post_start, masked.post_start[1:], strict=False)
    ] == apart
