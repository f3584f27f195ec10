"""Tokens: what each special input becomes, and what holds for any text at all."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stancekit.text import Kind, segment, spans, tokens
from stancekit.text.codepoints import Flag, flags_of, join, signs_in
from stancekit.text.emoticons import _emoticons

# A post, its tokens, and the initial of each token's kind
INITIAL = dict(zip("SWNHMLCEXP", Kind, strict=True))  # X is an emoticon
CASES = [
    ("", [], ""),
    ("Well done!", ["Well", "done", "!"], "WWP"),
    ("don’t don't o'clock 'no'", ["don’t", "don't", "o'clock", "'", "no", "'"], "WWWPWP"),
    ("“no” «no»", ["“", "no", "”", "«", "no", "»"], "PWPPWP"),
    ("sooooo GOOOOD", ["sooooo", "GOOOOD"], "WW"),
    ("NO!!! what?! ... --", ["NO", "!!!", "what", "?!", "...", "--"], "WPWPPP"),
    ("wait…—ok", ["wait", "…", "—", "ok"], "WPPW"),
    (
        "f**k s***t *bold* a*****b",
        ["f**k", "s***t", "*", "bold", "*", "a", "*****", "b"],
        "WWPWPWPW",
    ),
    ("3.5 1,000 10:30 1/2 2024-05", ["3.5", "1,000", "10:30", "1/2", "2024", "-", "05"], "NNNNNPN"),
    ("5. 16th ½ x²", ["5", ".", "16th", "½", "x²"], "NPWNW"),
    ("٣٫٥", ["٣", "٫", "٥"], "NPN"),
    (
        "a &amp; b&lt;c &#39; &#x1F600; &;",
        ["a", "&amp;", "b", "&lt;", "c", "&#39;", "&#x1F600;", "&", ";"],
        "WPWPWPPPP",
    ),
    ("#NoTram, @ana: $TRAM", ["#NoTram", ",", "@ana", ":", "$TRAM"], "HPMPC"),
    ("https://t.co/abc.", ["https://t.co/abc", "."], "LP"),
    ("hi @bo@social.town", ["hi", "@bo@social.town"], "WM"),
    (":) :-( <3 ¯\\_(ツ)_/¯ xD", [":)", ":-(", "<3", "¯\\_(ツ)_/¯", "xD"], "XXXXX"),
    ("ok:) :). :)a", ["ok", ":)", ":)", ".", ":", ")", "a"], "WXXPPPW"),
    ("yes!:-) no...:( so:)", ["yes", "!", ":-)", "no", "...", ":(", "so", ":)"], "WPXWPXWX"),
    ("“so”;) 谢谢:D", ["“", "so", "”", ";)", "谢谢", ":D"], "PWPXWX"),
    ("❤️:) @ana:) #tag:)", ["❤️", ":)", "@ana", ":)", "#tag", ":)"], "EXMXHX"),
    ("thx:D:):3 8:) =)=)", ["thx", ":D", ":)", ":3", "8", ":)", "=)", "=)"], "WXXXNXXX"),
    ("2:3 at 10:30 1:D 3:(", ["2:3", "at", "10:30", *"1:D3:("], "NWNNPWNPP"),
    ("https://town.example.org/x:D", ["https://town.example.org/x:D"], "L"),
    ("C:/x:D a::) f(x:D)", [*"C:/x:Da", "::", ")", *"f(x:D)"], "WPPWPWWPPWPWPWP"),
    ("(the file:) file:(no)", ["(", "the", "file", *":)", "file", *":(", "no", ")"], "PWWPPWPPWP"),
    ("👍🏽👍 🇬🇧🇫🇷 1️⃣ ❤️", ["👍🏽", "👍", "🇬🇧", "🇫🇷", "1️⃣", "❤️"], "EEEEEE"),
    ("© ©️", ["©", "©️"], "PE"),
    ("no😀way", ["no", "😀", "way"], "WEW"),
    ("snake_case _x_ __ _", ["snake_case", "_x_", "__", "_"], "WWPP"),
    ("zero\u200bwidth\ufeff \u200b", ["zero\u200bwidth\ufeff", "\u200b"], "WS"),
    ("\u200eשלום\u200f!", ["\u200e", "שלום\u200f", "!"], "SWP"),
    ("مرحبا يا علي", ["مرحبا", "يا", "علي"], "WWW"),
    ("a  b", ["a", " ", "b"], "WSW"),
    (" a ", [" ", "a"], "SW"),
    ("a\n\nb\t c", ["a", "\n\n", "b", "\t ", "c"], "WSWSW"),
    ("a\u00a0b", ["a", "\u00a0", "b"], "WSW"),
    ("a\0b", ["a", "\0", "b"], "WSW"),
    ("a\ud83db \udc00\ud800", ["a", "\ud83d", "b", "\udc00", "\ud800"], "WPWPP"),
    ("cafe\u0301 cafe\u0301s", ["cafe\u0301", "cafe\u0301s"], "WW"),
    ("日本語です。", ["日本語です", "。"], "WP"),
    ("x=1+2", ["x", "=", "1", "+", "2"], "WPNPN"),
    ("cy@mail.town", ["cy", "@", "mail", ".", "town"], "WPWPW"),
]
# Everything that any rule looks at, and neighbours of it
NASTY = st.lists(
    st.sampled_from(
        [
            *"aZé1٣½_'’*.,:/-!?&;#@$＃＠()<3>^=~ \n\t\0\u00a0\u3000日عש",
            *"\u200b\u200c\u200d\u200e\u202e\u2060\ufeff\u00ad\ufe0e\ufe0f\u20e3\u0301\U000e0067\U000e007f",
            *"😀👍🏽❤©🇬🇧🏴\ud800\udfff…—“",
            *("&amp;", "&#39;", ":)", " :-(", "http://", "https://t.co/a", "a.com", "@a@b.town"),
            *("RT", "xD", "¯\\_(ツ)_/¯", "**", "  ", "#a", "$a", "@a/b"),
        ]
    ),
    max_size=20,
).map("".join)
ANY = st.text(st.characters()) | st.text(st.characters(exclude_categories=())) | NASTY


@pytest.mark.parametrize(("post", "expected", "kinds"), CASES)
def test_cases(post: str, expected: list[str], kinds: str) -> None:
    assert tokens(post) == expected
    assert [Kind(k) for k in segment([post]).kind] == [INITIAL[k] for k in kinds]


@pytest.mark.slow
@given(ANY)
@settings(max_examples=600)
@example("\u200b")
@example(" \u200b a")
@example("\0 \0")
def test_tokens_and_single_spaces_rebuild_the_text(post: str) -> None:
    found = [(span.text, span.start, span.end) for span in spans(post)]
    rebuilt, at = "", 0
    for token, start, end in found:
        assert start in (at, at + 1) and start < end
        rebuilt += " " * (start - at) + token
        at = end
    assert post[at:] in ("", " ")
    assert rebuilt + post[at:] == post
    assert all(post[a:b] == token for token, a, b in found)
    if found:
        assert found[0][1] == 0  # a space at the start follows no token, and so is one


@given(ANY)
@settings(max_examples=300)
def test_only_white_space_and_invisible_characters_are_spaces(post: str) -> None:
    seg = segment([post])
    for start, end, kind in zip(seg.start - 1, seg.end - 1, seg.kind, strict=True):
        token = post[start:end]
        if any(char.isalnum() or char in "!?#@.:)😀" for char in token):
            assert kind != Kind.SPACE
        if token.strip() == "":
            assert kind == Kind.SPACE
        if kind == Kind.WORD:
            assert any(c.isalnum() or not c.isascii() for c in token)


@pytest.mark.slow
@given(st.lists(ANY, max_size=6))
@settings(max_examples=400)
@example(["#", "a"])
@example(["@a", "@b.town", ".com", "", "a.", "com"])
@example(["😀\u200d", "😀", "\ufe0f", "🇬", "🇧", "1", "\u20e3"])
@example([":", ")", "&", "amp;", "a'", "b", "1.", "2", "*", "\0", "&am\0p;", "$a", "b"])
def test_a_post_has_the_same_tokens_in_any_batch(posts: list[str]) -> None:
    seg = segment(posts)
    assert len(seg.token_start) == len(posts) + 1
    for i, post in enumerate(posts):
        alone = segment([post])
        own = slice(seg.token_start[i], seg.token_start[i + 1])
        assert np.array_equal(seg.start[own] - seg.post_start[i], alone.start - 1)
        assert np.array_equal(seg.end[own] - seg.post_start[i], alone.end - 1)
        assert np.array_equal(seg.kind[own], alone.kind)
        assert (seg.post[own] == i).all()


def test_nothing_and_empty_posts() -> None:
    assert segment([]).token_start.tolist() == [0]
    assert segment(["", " ", ""]).token_start.tolist() == [0, 0, 1, 1]


HOSTILE = (
    "a. @a/ # $ ( http:// & : * a* _ a_ ' a' 1. 1, !? RT@a @a- @a@ @a@b. @a@b.c @a@b-. a-. &amp; "
    "&# &#1 #a #1 #a️ @rt @"
    + "a" * 20
    + " 😀 🇬 \u200d \ufe0f 1\u20e3 a\u200b \ud800 日. https a.com/( @a.b@ :- ¯\\_ "
).split()


@pytest.mark.slow
@pytest.mark.parametrize("piece", [*HOSTILE, " :)", "\0", " $a", " a", "  ", "\n", "\0.", " @a.b "])
def test_hostile_posts_take_linear_time(piece: str) -> None:
    post = piece * (30_000 // len(piece))
    found = spans(post)
    assert len(found) <= len(post)
    assert "".join(span.text for span in found) == post.replace(" ", "") or " " in post


def test_emoticons_begin_with_a_sign_or_an_x_or_have_a_sign_second():
    for emoticon in _emoticons():
        assert not emoticon[:2].isalnum() or emoticon[0] in "xX"
        assert emoticon[:2] < "\xff\xff"


@given(st.text())
def test_signs_are_all_but_ascii_letters_digits_and_white_space(text):
    codes, _ = join([text])
    flags = flags_of(codes)
    joined = f"\0{text}\0"
    expected = [
        i
        for i, char in enumerate(joined)
        if not (char.isascii() and (char.isalnum() or flags[i] & Flag.SPACE))
    ]
    assert signs_in(codes, flags).tolist() == expected
