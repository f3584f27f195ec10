import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.text.batch import read_batch
from stancekit.text.english import ENGLISH, OTHER, UNKNOWN, english, language_words

FOREIGN = {
    "de": "Das ist doch nicht euer Ernst, die Bahn kommt schon wieder zu spät",
    "fr": "Je ne comprends pas pourquoi la mairie a fermé cette ligne sans nous le dire",
    "es": "No me parece bien que la alcaldesa no haya venido a hablar con nosotros",
    "pt": "Eu não sei por que eles não fazem nada com a linha do centro",
    "it": "Non è possibile che anche oggi la linea quattro sia in ritardo",
    "nl": "Ik vind het niet goed dat de tram niet meer door onze straat rijdt",
    "sv": "Det är inte bra att de inte har sagt något till oss om det här",
    "da": "Jeg kan ikke forstå at de ikke har gjort noget ved det endnu",
    "pl": "Nie wiem, dlaczego nikt nam o tym nie powiedział, ale to jest wstyd",
    "tr": "Bu hat neden hâlâ kapalı, bunu bize kim anlatacak, ben çok merak ediyorum",
    "id": "Saya tidak tahu kenapa mereka belum juga memperbaiki jalan ini untuk kita",
    "ca": "No entenc per què no han dit res als veïns de la plaça",
    "fi": "En ymmärrä miksi he eivät ole vielä tehneet tälle asialle mitään",
    "sw": "Watu wa mtaa huu wanataka barabara mpya kabla ya mwisho wa mwaka",
    "ru": "Почему никто не сказал нам об этом",
    "el": "Γιατί κανείς δεν μας το είπε",
    "ar": "لماذا لم يخبرنا أحد بهذا",
    "hi": "हमें किसी ने यह क्यों नहीं बताया",
    "ja": "なぜ誰も教えてくれなかったのか",
    "zh": "为什么没有人告诉我们这件事",
    "ko": "왜 아무도 우리에게 말하지 않았습니까",
}
ENGLISH_POSTS = (
    "This is not what the council told us last week",
    "@depot @ines what a shame, we waited for you #Line4 https://example.org/x",
    "SO PROUD of everyone who stood up for her today!!! 👏👏",
    "The café on Straße 4 is closed, says Señor Núñez, and I don't care",
    "𝗪𝗲 𝗮𝗿𝗲 𝗻𝗼𝘁 𝗱𝗼𝗻𝗲 and you know it",
    "lol ok but why do they always do this to him",
)


def guess(*texts: str) -> list[int]:
    return english(read_batch(texts)).tolist()


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_and_scripts_are_told(language):
    assert guess(FOREIGN[language]) == [OTHER]


@pytest.mark.parametrize("text", ENGLISH_POSTS)
def test_english_is_told(text):
    assert guess(text) == [ENGLISH]


@pytest.mark.parametrize(
    "text",
    ["", "Wow!", "🚋🚋🚋", "@ines @depot #Line4", "https://example.org", "Ines Núñez", "42 %", "и"],
)
def test_too_few_words_tell_nothing(text):
    assert guess(text) == [UNKNOWN]


def test_hashtags_mentions_and_links_do_not_count():
    tags = "#dasistnicht #undwir @der_die_das https://example.org/das/ist/nicht"
    assert guess(f"You did this to all of us {tags}") == [ENGLISH]


def test_words_of_english_in_a_foreign_post_do_not_make_it_english():
    assert guess("Das ist wirklich nicht mehr so nice, aber okay, the show must go on") == [OTHER]


@pytest.mark.slow
@given(st.lists(st.one_of(st.text(), st.sampled_from([*FOREIGN.values(), *ENGLISH_POSTS]))))
def test_a_post_is_guessed_alike_whatever_stands_beside_it(texts):
    together = english(read_batch(texts))
    assert together.dtype == np.int8
    assert set(together.tolist()) <= {ENGLISH, OTHER, UNKNOWN}
    assert together.tolist() == [guess(text)[0] for text in texts]


def test_every_language_has_as_many_words_and_english_comes_first():
    known = language_words()
    assert known.languages[0] == "en"
    assert len(set(known.languages)) == len(known.languages) == known.weight.shape[1]
    assert (known.weight >= 0).all()
    count = (known.weight > 0).sum(axis=0)
    assert count.max() <= 500
    assert count.min() > 450  # some differ in nothing that the hashes keep
