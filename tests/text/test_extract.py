"""Hashtags, mentions, cashtags and links: own cases, and twitter-text's patterns as a reference."""

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stancekit import text
from stancekit.text import Kind

HASHTAGS = [
    ("#NoTram", ["NoTram"]),
    ("#no_tram #2024plan", ["no_tram", "2024plan"]),
    ("＃トラム", ["トラム"]),
    ("#трамвай, #قطار!", ["трамвай", "قطار"]),
    ("#café #cafe\u0301", ["café", "cafe\u0301"]),
    ("#16 #1_2", []),
    ("a#b &#b b&#39;", []),
    ("#a#b", []),
    ("##a", ["a"]),
    ("(#a)[#b]", ["a", "b"]),
    ("#a-b", ["a"]),
    ("#don't", ["don"]),
    ("#a://b", []),
    ("#\u20e3 #️⃣ 1️⃣", []),
    ("😀#a", ["a"]),
    ("#", []),
    ("# a", []),
    ("#_", []),
    ("#a\n#b", ["a", "b"]),
    ("https://a.org/#b", []),
    ("#𝐚", ["𝐚"]),
]
MENTIONS = [
    ("@ana", ["ana"]),
    ("＠ana", ["ana"]),
    (".@ana", ["ana"]),
    ("@ana's @bo.", ["ana", "bo"]),
    ("@ana@bo", []),
    ("a@bo", []),
    ("cy@mail.town", []),
    ("RT @ana: RT@bo", ["ana", "bo"]),
    ("ART@bo", []),
    ("@anaé", []),
    ("@" + "a" * 20, ["a" * 20]),
    ("@a_1", ["a_1"]),
    ("@ana://x", []),
    ("@ana/friends", []),  # a list, no account
    ("@ana/1", ["ana"]),
    ("@bo@social.town", ["bo@social.town"]),
    ("hi @bo@social.town, @cy@a.b.town.", ["bo@social.town", "cy@a.b.town"]),
    ("@bo@example.com", []),
    ("@b.o-c@social.town", ["b.o-c@social.town"]),
    ("@bo@social", []),
    ("@bo@-social.town", []),
    ("@bo@social.town@cy", []),
    ("!@ana #@ana", []),
    ("‏@ana‏", ["ana"]),
    ("https://town.example.org/@ana", []),
    ("@", []),
]
CASHTAGS = [
    ("$TRAM", ["TRAM"]),
    ("$tram.a, $BRK_B", ["tram.a", "BRK_B"]),
    ("$5 $ $TOOLONGS", []),
    ("a$TRAM", []),
    ("$TRAM$BUS", ["TRAM"]),
    ("$TRAM…", []),
    ("\n$TRAM\n", ["TRAM"]),
    ("$\u212aas", []),  # the sign of kelvin is no letter K
    ("$a\0", ["a"]),
]
EMOJI = [
    ("👍🏽👍", ["👍🏽", "👍"]),
    ("🇬🇧🇫🇷🇩", ["🇬🇧", "🇫🇷", "🇩"]),
    ("👨‍👩‍👧x", ["👨‍👩‍👧"]),
    ("1️⃣2⃣#️⃣*️⃣", ["1️⃣", "2⃣", "#️⃣", "*️⃣"]),
    ("❤️❤", ["❤️", "❤"]),
    ("🏴\U000e0067\U000e0062\U000e007f", ["🏴\U000e0067\U000e0062\U000e007f"]),
    ("© ™ 1 #", []),
    ("©️", ["©️"]),
    ("a🏽", ["🏽"]),
]


@pytest.mark.parametrize(("post", "found"), HASHTAGS)
def test_hashtags(post: str, found: list[str]) -> None:
    assert text.hashtags(post) == found


@pytest.mark.parametrize(("post", "found"), MENTIONS)
def test_mentions(post: str, found: list[str]) -> None:
    assert text.mentions(post) == found


@pytest.mark.parametrize(("post", "found"), CASHTAGS)
def test_cashtags(post: str, found: list[str]) -> None:
    assert text.cashtags(post) == found


@pytest.mark.parametrize(("post", "found"), EMOJI)
def test_emojis(post: str, found: list[str]) -> None:
    assert text.emojis(post) == found


def test_lists_come_with_their_owner() -> None:
    found = text.spans("@ana/friends, @bo/a-b_c @cy", Kind.MENTION)
    assert [span.name for span in found] == ["ana/friends", "bo/a-b_c", "cy"]


def test_spans_of_several_kinds_come_in_order() -> None:
    found = text.spans("#a @b $c a.org d 👍", Kind.EMOJI, Kind.CASHTAG, Kind.HASHTAG)
    assert [tuple(span) for span in found] == [
        ("#a", 0, 2, Kind.HASHTAG),
        ("$c", 6, 8, Kind.CASHTAG),
        ("👍", 17, 18, Kind.EMOJI),
    ]


def named(kind: Kind, post: str) -> list[tuple[str, int, int]]:
    return [(span.name, span.start, span.end) for span in text.spans(post, kind)]


# --- twitter-text's patterns, as its JavaScript has them --------------------------------------

ALNUM = (
    r"[\p{L}\p{M}\p{Nd}_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb"
    r"\u3003\u0f0b\u0f0c\u00b7]"
)
HASHTAG = regex.compile(
    rf"(?:^|[\ufe0e\ufe0f]|(?!{ALNUM}|&)(?s:.))([#＃](?!\ufe0f|\u20e3)({ALNUM}*[\p{{L}}\p{{M}}]{ALNUM}*))"
)
MENTION = regex.compile(
    r"(?:^|[^a-zA-Z0-9_!#$%&*@＠]|(?:^|[^a-zA-Z0-9_+~.-])(?:rt|RT|rT|Rt):?)"
    r"([@＠]([a-zA-Z0-9_]{1,20}(?:/[a-zA-Z][a-zA-Z0-9_-]{0,24})?))"
)
CASHTAG = regex.compile(
    r"(?:^|[\x09-\x0d\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])"
    r"(\$([A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?))(?=$|\s|[!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$])"
)
AFTER_HASHTAG = regex.compile(r"[#＃]|://")
LATIN = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272"
    r"\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
AFTER_MENTION = regex.compile(rf"[@＠]|[{LATIN}]|://")


def reference(
    pattern: regex.Pattern, after: regex.Pattern | None, post: str
) -> list[tuple[str, int, int]]:
    return [
        (match[2], *match.span(1))
        for match in pattern.finditer(post)
        if not (after and after.match(post, match.end()))
    ]


# no dot: with one there may be a link, which takes precedence
SIGNS = [
    *"#＃@＠$&!aAtTrR1_/:-+~*%é\u0301日ع 😀\ufe0f\u200d\u20e3\ufe0e\n\u3000\u200e'·²\u212a(\ud800",
    "RT",
]
NASTY = st.lists(st.sampled_from(SIGNS), max_size=14).map("".join)


@pytest.mark.slow
@given(NASTY)
@settings(max_examples=700)
@example("#a️#b")
@example("＃＃a #a＃ ＃a://")
@example("&#a &＃a _#a ·#a")
def test_hashtags_are_twitter_texts(post: str) -> None:
    assert named(Kind.HASHTAG, post) == reference(HASHTAG, AFTER_HASHTAG, post)


@pytest.mark.slow
@given(NASTY)
@settings(max_examples=700)
@example("@rt@b")
@example("＠@a")
@example("-RT@a +rt@a ~Rt@a .rT@a /RT@a RT:@a")
@example("!@a #@a $@a %@a &@a *@a _@a (@a")
@example("@a/rt@b")
@example("@" + "a" * 21 + "@b")
def test_mentions_are_twitter_texts(post: str) -> None:
    found = named(Kind.MENTION, post)
    assert found == reference(MENTION, AFTER_MENTION, post)


@pytest.mark.slow
@given(NASTY)
@settings(max_examples=400)
def test_cashtags_are_twitter_texts(post: str) -> None:
    assert named(Kind.CASHTAG, post) == reference(CASHTAG, None, post)


@given(st.text(st.sampled_from(list("#@$a.:/ 😀&;)\ud800\0")), max_size=30))
def test_offsets_lie_in_the_text(post: str) -> None:
    signed = (Kind.HASHTAG, Kind.MENTION, Kind.CASHTAG)
    for span in text.spans(post):
        assert post[span.start : span.end] == span.text
        assert post[span.start + (span.kind in signed) : span.end] == span.name
