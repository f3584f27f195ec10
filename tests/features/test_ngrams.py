"""Hashed n-grams against a slow reference, their scores, and the text they stand on."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.features import ngrams
from stancekit.features.transformers import CharNgrams, WordNgrams
from stancekit.text import Kind, hashtags, segment
from stancekit.text.batch import Batch, read_batch
from stancekit.text.hashtag_words.splitting import split_hashtag
from stancekit.text.names import mask_names
from stancekit.text.normalise import Normalised, hash_strings, normalise

BITS = 14
BLOCKS = [
    WordNgrams(bits=BITS),
    WordNgrams(orders=(1, 2, 3), bits=BITS),
    WordNgrams(orders=(2,), bits=BITS),
    CharNgrams(bits=BITS),
    CharNgrams(orders=(1, 2), bits=BITS),
    WordNgrams(bits=BITS, mask_names=False),
    CharNgrams(bits=BITS, mask_names=False),
]
POSTS = st.lists(
    st.lists(
        st.sampled_from(
            "no tram! #NoTram #tram @ana @bo 👍🏽 👍👍👍👍👍 soooo !!! 3.5 :) https://t.co/a don’t "
            "NO Biden biden’s #ThanksBiden \n\n  ###a \u200b \ud800 ¿ 日本".split(" ")
        ),
        max_size=9,
    ).map(" ".join)
    | st.text(st.characters(exclude_categories=()), max_size=12),
    max_size=6,
)

# The hashes written out. A saved model names columns by them: they must never change.
BASE, MIX, STEP = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xA24BAED4963EE407
M = 2**64


def mix(h: int) -> int:
    return (h ^ (h >> 32)) * MIX % M


def hashed(codes: list[int]) -> int:
    return mix(sum(code * pow(BASE, i, M) for i, code in enumerate(codes)) % M)


def stream_of(text: str, masked: bool) -> Normalised:
    seg = segment([text])
    return mask_names(seg, normalise(seg)) if masked else normalise(seg)


def word_ngrams(post: str, orders: tuple[int, ...], masked: bool) -> Iterator[int]:
    norm, visible = stream_of(post, masked), segment([post]).kind != Kind.SPACE
    spans = zip(norm.token_start[visible], norm.token_end[visible], strict=True)
    tokens = [hashed(norm.codes[a:b].tolist()) for a, b in spans]
    for order in orders:
        for at in range(len(tokens) - order + 1):
            chain = tokens[at]
            for token in tokens[at + 1 : at + order]:
                chain = mix((chain * STEP + token) % M)
            yield chain
    for tag in hashtags(post):
        for word in split_hashtag(tag):
            yield hashed(stream_of(word, masked).codes[1:-1].tolist())


def char_ngrams(post: str, orders: tuple[int, ...], masked: bool) -> Iterator[int]:
    stream = stream_of(post, masked).codes.tolist()
    if len(stream) > 2:  # more than the two edges
        for order in orders:
            for at in range(len(stream) - order + 1):
                yield hashed(stream[at : at + order])


def reference(block: WordNgrams | CharNgrams, post: str) -> dict[int, float]:
    ngrams = word_ngrams if isinstance(block, WordNgrams) else char_ngrams
    counts = Counter(h >> (64 - block.bits) for h in ngrams(post, block.orders, block.mask_names))
    scale = max(sum(counts.values()), 1) ** 0.5
    return {column: count / scale for column, count in counts.items()}


@pytest.mark.slow
@pytest.mark.parametrize("block", BLOCKS, ids=repr)
@given(posts=POSTS)
@settings(max_examples=60)
@example(posts=["", " ", "a", "#NoTram", "👍👍👍👍", "soooo"])
def test_columns_are_those_of_the_reference(
    block: WordNgrams | CharNgrams, posts: list[str]
) -> None:
    found = block.transform(posts)
    assert found.shape == (len(posts), 2**BITS)
    assert found.dtype == np.float32
    for i, post in enumerate(posts):
        row = found[[i]].tocoo()
        assert row.has_canonical_format or len(set(row.col.tolist())) == row.nnz
        expected = reference(block, post)
        assert dict(zip(row.col.tolist(), row.data.tolist(), strict=True)) == pytest.approx(
            expected
        )


@pytest.mark.slow
@pytest.mark.parametrize("block", BLOCKS, ids=repr)
@given(posts=POSTS, seed=st.integers(0, 99))
@settings(max_examples=40)
def test_the_score_is_the_product_with_the_coefficients(
    block: WordNgrams | CharNgrams, posts: list[str], seed: int
) -> None:
    table = np.random.default_rng(seed).normal(size=(block.rows, 3)).astype(np.float32)
    score = block.score(read_batch(posts), table)
    assert score.shape == (len(posts), 3)
    assert score.dtype == np.float32
    np.testing.assert_allclose(score, block.transform(posts) @ table, atol=1e-4)
    for i, post in enumerate(posts):  # to the bit, alone and in any company
        assert np.array_equal(block.score(read_batch([post]), table)[0], score[i])
    backwards = block.score(read_batch(posts[::-1]), table)[::-1]
    assert np.array_equal(backwards, score)


def check_evidence(block: WordNgrams | CharNgrams, batch: Batch, posts: list[str]) -> None:
    table = np.random.default_rng(0).normal(size=(block.rows, 2)).astype(np.float32)
    found = block.evidence(batch)
    total = np.zeros((len(posts), 2))
    np.add.at(total, found.post, found.value[:, None] * table[found.row])
    np.testing.assert_allclose(total, block.score(batch, table), atol=1e-4)
    length = np.array([len(post) for post in posts], int)
    assert (found.start >= 0).all()
    assert (found.start <= found.end).all()
    assert (found.end <= length[found.post]).all()


@pytest.mark.slow
@pytest.mark.parametrize("block", BLOCKS, ids=repr)
@given(posts=POSTS)
@settings(max_examples=60)
def test_evidence_sums_to_the_score_and_lies_in_the_text(
    block: WordNgrams | CharNgrams, posts: list[str]
) -> None:
    check_evidence(block, read_batch(posts), posts)


def test_evidence_points_at_the_words() -> None:
    posts = ["Well  done @ana", "no #NoTram"]
    found = WordNgrams(bits=BITS).evidence(read_batch(posts))
    texts = [posts[i][a:b] for i, a, b in zip(found.post, found.start, found.end, strict=True)]
    assert sorted(texts[:5]) == sorted(["Well", "done", "@ana", "no", "#NoTram"])
    assert sorted(texts[5:8]) == sorted(["Well  done", "done @ana", "no #NoTram"])
    assert texts[8:] == ["#NoTram", "#NoTram"]  # its two words stand on the whole of it
    found = CharNgrams(orders=(3,), bits=BITS).evidence(read_batch(["so @ana!"]))
    assert [(int(a), int(b)) for a, b in zip(found.start, found.end, strict=True)] == [
        (0, 2),  # edge, s, o
        (0, 3),
        (1, 7),  # o, space, mention: one character
        (2, 8),
        (3, 8),  # mention, !, edge
    ]


def test_a_hashtag_shares_the_columns_of_its_words() -> None:
    block = WordNgrams(orders=(1,), bits=20)
    tag, words = block.transform(["#NoTram", "no tram"])
    assert set(words.indices) < set(tag.indices)
    assert len(set(tag.indices)) == 3  # and the whole


def test_case_and_elongation_share_columns() -> None:
    one, other = WordNgrams(bits=20).transform(["SOOOO bad!!!!", "sooooooo Bad!!"])
    assert abs(one - other).sum() == 0


def test_equal_ngrams_are_counted() -> None:
    row = WordNgrams(orders=(1,), bits=BITS).transform(["no no no 😀😀😀"])
    assert sorted(row.data.tolist()) == pytest.approx([3 / 6**0.5, 3 / 6**0.5])


@pytest.mark.slow
@pytest.mark.parametrize("block", [WordNgrams((1,), bits=12), CharNgrams(bits=12)], ids=repr)
def test_the_table_is_used_evenly(block: WordNgrams | CharNgrams) -> None:
    rng = np.random.default_rng(1)
    letters = np.array(list("etaoinshrdlucmfw"))
    posts = ["".join(rng.choice(letters, 6)) for _ in range(8192)]
    if isinstance(block, CharNgrams):
        posts = posts[:2000]
    if isinstance(block, WordNgrams):
        distinct = set(hash_strings(posts).tolist())
    else:
        distinct = {h for post in posts for h in char_ngrams(post, block.orders, True)}
    columns = np.array([h >> 52 for h in distinct])
    seen = np.bincount(columns, minlength=block.rows)
    mean = len(distinct) / block.rows
    assert ((seen - mean) ** 2 / mean).mean() < 1.2  # chi-square over its mean: 1 if even
    used = np.unique(block.transform(posts).indices).size / block.rows
    assert used == pytest.approx(1 - np.exp(-mean), abs=0.02)


@pytest.mark.parametrize("settings", [{"orders": ()}, {"orders": (0,)}, {"bits": 40}, {"bits": 0}])
@pytest.mark.parametrize("kind", [WordNgrams, CharNgrams])
def test_settings_no_table_can_have_are_refused(kind, settings):
    with pytest.raises(InputError, match=next(iter(settings))):
        kind(**settings).fit(["a post"])
    with pytest.raises(InputError, match=next(iter(settings))):
        kind(**settings).transform(["a post"])


def test_columns_have_names():
    block = WordNgrams(bits=4)
    assert len(block.get_feature_names_out()) == block.transform(["a post"]).shape[1]


@given(POSTS, st.integers(1, 9))
def test_characters_hashed_in_pieces_have_the_same_rows(posts, piece):
    batch, block = read_batch(posts), CharNgrams(orders=(5, 1, 3), bits=BITS)
    whole = block._rows(batch.norm.codes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ngrams, "_PIECE", piece)
        pieces = block._rows(batch.norm.codes)
    assert {order: rows.tolist() for order, rows in whole.items()} == {
        order: rows.tolist() for order, rows in pieces.items()
    }
