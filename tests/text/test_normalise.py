"""What the normalised stream leaves out, and that hashes know a token by nothing but its form."""

import itertools
import string

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stancekit.text.codepoints import Flag, flags_of, fold, join
from stancekit.text.normalise import Normalised, hash_strings, normalise
from stancekit.text.segmentation import Kind, segment


def read(*posts: str) -> Normalised:
    return normalise(segment(posts))


def stream(post: str) -> list[int]:
    return read(post).codes.tolist()


LETTERS = "abzéüñжяαωσ"
WORDS = st.lists(
    st.text(LETTERS, min_size=1, max_size=6)
    | st.sampled_from(["!!", "?", "don't", "👍", "#tag", "16", "…", "'no'", '"'])
).map(" ".join)
ANY = st.text(st.characters(exclude_categories=())) | st.lists(
    st.sampled_from(
        [
            *"aAb1’'“#@&!. \n\0\u200b\ufe0f\u200d\u20e3😀👍🏽🏿❤🇬\ud800\ue000\ue001\ue002日",
            *("###", "&amp;", "@a", "@b", "a.com", " :)", "😀😀😀", "aaa", "..."),
        ]
    ),
    max_size=16,
).map("".join)

ALIKE = [
    ("Well DONE", "well done"),
    ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    ("İSTANBUL", "istanbul"),
    ("ＷＥＬＬ", "well"),
    ("don’t “no” – ok", 'don\'t "no" - ok'),
    ("soooo!!!!", "soo!!"),
    ("SOoOo", "soo"),
    ("👏🏽👏🏿", "👏👏"),
    ("👨🏽‍🎤", "👨‍🎤"),
    ("❤️", "❤"),
    ("at 10:30", "at 22:45"),
    ("٣", "3"),
    ("@ana no", "@bo@social.town no"),
    ("see https://t.co/a", "see town.example.org/plan"),
    ("a  b\n\nc", "a b c"),
    ("ze\u200bro\u00ad", "zero"),
    ("so\u200booo", "soo"),
]
UNLIKE = [
    ("16", "160"),
    ("so", "soo"),
    ("@ana", "https://t.co/a"),
    ("@ana", "\ue000"),
    ("a.com", "\ue001"),
    ("", "\ue002"),
    ("👍", "👎"),
    ("🏽", "👍"),
    ("ana", "@ana"),
    ("#tram", "tram"),
    ("a b", "ab"),
    ("ab", "ba"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_alike(one: str, other: str) -> None:
    assert stream(one) == stream(other)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_unlike(one: str, other: str) -> None:
    assert stream(one) != stream(other)


@given(WORDS)
def test_case_does_not_matter(post: str) -> None:
    assert stream(post) == stream(post.upper()) == stream(post.title())


@given(WORDS)
def test_curly_quotes_do_not_matter(post: str) -> None:
    assert stream(post) == stream(post.replace("'", "’").replace('"', "”"))


@given(WORDS, st.integers(3, 9), st.data())
def test_elongation_does_not_matter(post: str, times: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(post)))
    char = post[at : at + 1]
    if char.isalpha() or char in "!?":
        longer = post[:at] + char * times + post[at + 1 :]
        assert stream(longer) == stream(post[:at] + char * 3 + post[at + 1 :])


@given(WORDS, st.characters(min_codepoint=0x1F3FB, max_codepoint=0x1F3FF))
def test_skin_tones_do_not_matter(post: str, tone: str) -> None:
    assert stream(post) == stream(post.replace("👍", "👍" + tone))


@given(WORDS, st.text(string.digits, min_size=2, max_size=2))
def test_digits_do_not_matter(post: str, digits: str) -> None:
    assert stream(post) == stream(post.replace("16", digits))


@given(
    WORDS, st.from_regex(r"\A[A-Za-z0-9_]{1,20}\Z"), st.from_regex(r"\A[a-z]{1,9}\.org/[a-z]*\Z")
)
def test_account_and_link_do_not_matter(post: str, account: str, link: str) -> None:
    given = f"{post} @{account} {post} https://{link} {post}"
    assert stream(given) == stream(f"{post} @x {post} https://t.co/y {post}")


@pytest.mark.slow
@given(st.lists(ANY, min_size=1, max_size=5))
@settings(max_examples=400)
@example(["###a", "#a"])
@example(["😀😀😀😀"])
@example(["👏🏽👏🏽👏🏽👏🏽"])
@example(["&&&amp;"])
def test_the_hash_of_a_token_depends_on_nothing_but_its_text(posts: list[str]) -> None:
    seg = segment(posts)
    found = normalise(seg).token_hash
    for start, end, kind, hashed in zip(seg.start, seg.end, seg.kind, found, strict=True):
        token = seg.codes[start:end].tobytes().decode("utf-32-le", "surrogatepass")
        alone = segment([token])
        if kind != Kind.SPACE and alone.kind.tolist() == [
            kind
        ]:  # some tokens are such only in company: "'" in "a' b"
            assert normalise(alone).token_hash[0] == hashed


@pytest.mark.slow
@given(st.lists(ANY, max_size=5))
@settings(max_examples=300)
def test_a_post_has_the_same_stream_in_any_batch(posts: list[str]) -> None:
    norm = read(*posts)
    for i, post in enumerate(posts):
        alone = read(post)
        own = slice(norm.post_start[i] - 1, norm.post_start[i + 1])
        assert norm.codes[own].tolist() == alone.codes.tolist()
        first = join(posts)[1][i] - 1
        assert np.array_equal(norm.origin[own] - first, alone.origin)


@pytest.mark.slow
@given(ANY)
@settings(max_examples=300)
def test_every_visible_token_leaves_something(post: str) -> None:
    norm, seg = read(post), segment([post])
    visible = np.logical_or.reduceat(
        np.append(flags_of(seg.codes) & (Flag.INVISIBLE | Flag.SPACE) == 0, False),
        np.append(seg.start, len(seg.codes)),
    )[:-1]
    assert (norm.token_end > norm.token_start)[visible].all()
    assert (norm.token_end <= norm.post_start[1] - 1).all()


@given(ANY, st.integers(1, 5), st.data())
def test_char_hash_does_not_depend_on_what_stands_before(
    post: str, order: int, data: st.DataObject
) -> None:
    norm, shifted = read(post), read("before", post)
    last = len(norm.codes) - order
    if last >= 0:
        at = np.array([data.draw(st.integers(0, last))])
        move = shifted.post_start[1] - 1
        length = np.array([order])
        assert norm.char_hash(at, length) == shifted.char_hash(at + move, length)


def test_strings_of_one_token_agree_with_tokens() -> None:
    terms = ["good", "don't", "#NoTram", "👍🏽", "!!!", "@ana", "16"]
    expected = [read(f"xx {term} yy").token_hash[1] for term in terms]
    assert hash_strings(terms).tolist() == expected
    assert hash_strings(["no tram"])[0] not in hash_strings(["no", "tram", "notram"])
    assert hash_strings([]).size == 0


def test_distinct_tokens_do_not_collide() -> None:
    letters = "".join(string.ascii_lowercase) + "éжلあ"
    words = ["".join(w) for n in (1, 2, 3) for w in itertools.product(letters, repeat=n)]
    words += ["ab".join(w) for w in itertools.product(letters[:24], repeat=4)][:100_000]
    forms = {tuple(fold(np.array([*map(ord, w)], np.uint32)).tolist()) for w in words}
    tripled = sum(len(w) == 3 and len(set(w)) == 1 for w in words)  # aaa is aa
    hashes = np.unique(hash_strings(words))
    assert len(forms) == len(words) > 100_000
    assert len(hashes) == len(words) - tripled
    # the leading bits, of which columns are made, are used evenly: chi-square over its mean
    seen = np.bincount((hashes >> np.uint64(52)).astype(int), minlength=2**12)
    mean = len(hashes) / 2**12
    assert ((seen - mean) ** 2 / mean).mean() < 1.2
