"""Names are read alike, wherever they stand; nothing else is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.features.transformers import CharNgrams, WordNgrams
from stancekit.text.batch import read_batch
from stancekit.text.names import mask_hashes, mask_names, name_table, name_tokens
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


@given(POSTS)
def test_masking_keeps_tokens_places_and_all_that_is_no_name(posts):
    seg = segment(posts)
    norm = normalise(seg)
    masked = mask_names(seg, norm)
    named = np.zeros(len(norm.token_hash), bool)
    named[name_table().find(norm.token_hash)[0]] = True
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


def test_hashes_of_names_become_one_and_others_stay():
    words = hash_strings(["biden", "tram", "corbyn"])
    masked = mask_hashes(words)
    assert masked[0] == masked[2] != words[0]
    assert masked[1] == words[1]


@pytest.mark.parametrize(
    ("post", "named"),
    [
        ("Shame on Varnholt, he lied", ["Varnholt"]),
        ("Thanks Oswin Tarrable's team", ["Oswin", "Tarrable's"]),
        ("shame on varnholt", []),
        ("VARNHOLT LIED", []),
        ("I'm sure. Don't Worry, It Will Be Fine", []),
        ("I Will Never Vote For This Plan Again", []),
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
