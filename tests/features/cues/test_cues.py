"""What each cue counts, what it leaves alone, and that it adds up."""

import pickle

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.pipeline import make_pipeline, make_union

from stancekit.errors import InputError
from stancekit.features.cues.block import _sparse, cue_matrix, cue_spans, cue_table
from stancekit.features.cues.lexicon import Lexicon
from stancekit.features.transformers import SentimentCues
from stancekit.text.normalise import normalise
from stancekit.text.segmentation import segment

NAMES = list(SentimentCues().get_feature_names_out())


def cue(name: str, text: str) -> float:
    return float(SentimentCues().transform([text])[0, NAMES.index(name)])


EXAMPLES = [  # cue, a post that has it, a post that has not
    ("insult", "what an idiot", "what a tram"),
    ("nickname", "#CrookedHillary again", "hillary again"),
    ("slur", "retard", "slow tram"),
    ("dehumanising", "vermin, all of them", "neighbours, all of them"),
    ("threat", "burn in hell", "the toast will burn"),
    ("intent", "i hope so", "i see"),
    ("violence", "he was strangled", "he was seen"),
    ("taunt", "oh shut up", "the door there"),
    ("frame", "such a bore", "such bores"),
    ("ridicule", "LMAO", "ha"),
    ("profanity", "f*ck this", "forget this"),
    ("profanity", "sh!t happens", "it happens"),
    ("profanity", "you a$$", "you ask"),
    ("accusation", "they lied, hypocrites", "they waited"),
    ("criticism", "a disgraceful waste of money", "a bag of money"),
    ("challenge", "how dare you", "how are you"),
    ("sympathy", "rest in peace", "peace in our time"),
    ("call_to_action", "sign the petition", "a road sine"),
    ("hedge", "perhaps it was", "it was"),
    ("question_word", "why now", "now"),
    ("negation", "not here", "here"),
    ("negation", "don’t", "do"),
    ("generalisation", "always the same", "often the same"),
    ("reporting", "according to the mayor", "in accord with the mayor"),
    ("public_affairs", "the new tax bill", "the new shoes"),
    ("daily_life", "lunch tomorrow", "the charter"),
    ("second_person", "it is yours", "it is theirs"),
    ("first_person", "i walk", "you walk"),
    ("first_person_plural", "we walk", "they walk"),
    ("third_person", "they walk", "we walk"),
    ("quotation", 'the "plan"', "the plan"),
    ("mocking_emoji", "nice plan 🤡", "nice plan 🌹"),
    ("positive_words", "a wonderful plan", "a plan"),
    ("negative_words", "a horrible plan", "a plan"),
    ("support", "thank you", "think you"),
    ("support_withheld", "i do not support it", "i support it"),
    ("targeted_insult", "@ana is a clown", "the clown came late"),
    ("loose_profanity", "shit, the keys", "you shit"),
    ("meant_violence", "somebody should strangle him", "he was strangled yesterday"),
    ("meant_violence", "they deserve to be shot", "nobody deserves to be shot"),
    ("meant_violence", "hope you drown", "hope so. he drowned"),
    ("positive_emoji", "👏🏽", "🤡"),
    ("negative_emoji", "😡", "😍"),
    ("exclamation", "now!", "now."),
    ("question_mark", "now?", "now!"),
    ("shouted_words", "STOP it", "Stop it, NHS"),
    ("elongation", "sooo late", "so too late"),
    ("hashtags", "#tram", "tram"),
    ("mentions", "hello @ana", "hello ana"),
    ("leading_mention", "@ana hello", "hello @ana"),
    ("links", "https://example.org/a", "example"),
    ("numbers", "12 trams", "twelve trams"),
    ("capitals_share", "Tram", "tram"),
    ("log_tokens", "tram", ""),
]


@pytest.mark.parametrize(("name", "with_it", "without"), EXAMPLES)
def test_every_cue_sees_its_own(name: str, with_it: str, without: str) -> None:
    assert cue(name, with_it) > 0
    assert cue(name, without) == 0


def test_no_cue_lacks_an_example() -> None:
    assert {name for name, _, _ in EXAMPLES} == set(NAMES)


def test_negation_turns_valence_within_three_tokens_of_the_clause() -> None:
    assert cue("negative_words", "not a very good plan") > 0
    assert cue("positive_words", "not a very good plan") == 0
    assert cue("positive_words", "not today, good people") > 0
    assert cue("positive_words", "not cheap but good") > 0
    assert cue("positive_words", "not the one that is good") > 0


def test_intensifiers_strengthen_and_dampeners_weaken() -> None:
    plain = cue("positive_words", "a good plan")
    assert cue("positive_words", "a very good plan") > plain
    assert cue("positive_words", "a slightly good plan") < plain
    assert cue("negative_words", "extremely horrible") > cue("negative_words", "horrible")


def test_negation_and_address_stop_at_the_edge_of_the_post() -> None:
    alone = SentimentCues().transform(["good plan", "idiot"])
    between = SentimentCues().transform(["not", "good plan", "you", "idiot", "you"])
    assert (between[[1, 3]] == alone).all()


def test_the_longest_term_of_a_list_counts_once() -> None:
    once = Lexicon.from_dicts({"insult": {"piece of work": 1, "work": 1, "of": 1}})
    matrix = SentimentCues(once).transform(["a piece of work", "work"])
    assert matrix[0, 0] == matrix[1, 0] == 0.5


def test_a_phrase_of_weight_zero_silences_its_words() -> None:
    assert cue("negative_words", "the hate speech law") == 0
    assert cue("negative_words", "i hate it") > 0


def test_second_marks_add_less_than_the_first() -> None:
    one, two, three = (cue("exclamation", "a " + "! a " * n) for n in (1, 2, 3))
    assert one < two < three < 1
    assert two - one > three - two
    assert cue("exclamation", "!!!!") == cue("exclamation", "!!!!!!!!!!!!!!!!")


def test_case_hashtags_skin_tone_and_curly_quotes_make_no_difference() -> None:
    for name, one, other in [
        ("insult", "idiot", "IDIOT"),
        ("insult", "idiot", "#Idiot"),
        ("positive_emoji", "👍", "👍🏿"),
        ("negation", "don't", "DON’T"),
        ("positive_emoji", "❤", "❤️"),
    ]:
        assert cue(name, one) == cue(name, other) > 0


# One camp's name for the other, and the other's for it.
CAMPS = """libtard rethuglican, libturd repuglican, demonrat repukelican, dimocrat rethug,
leftard rightard, leftoid rightoid, libnut wingnut, moonbat teabagger, remoaner gammon,
remainiac brextremist, obamatard trumptard, bidenbot trumpster, hillbot trumpanzee,
obummer drumpf, sjw groyper, covidiot maskhole, liberals conservatives, democrats republicans,
left right, tory labour, communist fascist, leftist rightist, lefty righty"""
PAIRS = [tuple(pair.split()) for pair in CAMPS.split(",")]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_swapping_the_camps_leaves_every_cue_alone(one: str, other: str) -> None:
    frames = ["you are a {}!", "these {} ruin it, resign", "proud of every {}", "@ana typical {}"]
    texts = [[frame.format(name) for frame in frames] for name in (one, other)]
    np.testing.assert_array_equal(*(SentimentCues().transform(posts) for posts in texts))


GROUPS = """gay lesbian bisexual trans transgender queer straight homosexual jew jews jewish muslim
muslims christian catholic protestant hindu sikh buddhist atheist black blacks white whites brown
asian latina hispanic mexican chinese african arab indian pakistani polish romani gypsy traveller
indigenous immigrant immigrants migrants refugee refugees foreigner foreigners woman women man men
girl boy female male mother father wife old young elderly pensioner disabled blind deaf autistic
wheelchair dwarf obese bipolar poor homeless unemployed feminist feminists liberal liberals
conservative conservatives socialist republican democrat tory tories labour green leftist lefty
righty remainer leaver brexiteer activist vegan teenager millennial boomer trump biden corbyn
hillary obama boris"""
HOSTILE = """insult nickname slur dehumanising threat taunt ridicule profanity accusation criticism
targeted_insult loose_profanity negative_words support_withheld""".split()


def test_the_name_of_a_group_is_no_hostile_cue() -> None:
    posts = [f"i met a {group} neighbour, {group}" for group in GROUPS.split()]
    matrix = SentimentCues().transform(posts)[:, [NAMES.index(name) for name in HOSTILE]]
    found = [(posts[i], HOSTILE[j]) for i, j in zip(*np.nonzero(matrix), strict=True)]
    assert not found


PIECES = st.sampled_from(
    "you are a clown ! not good very 🤡 @ana #shame thank stand with but , "
    "https://example.org STOP sooo 12 “ ” \n  piece of shit never support".split(" ")
)
POSTS = st.lists(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=30), max_size=8)


@pytest.mark.slow
@settings(max_examples=60)
@given(POSTS, st.randoms(use_true_random=False))
def test_neither_order_nor_company_changes_a_cue(posts: list[str], random: object) -> None:
    matrix = SentimentCues().transform(posts)
    order = list(range(len(posts)))
    random.shuffle(order)  # type: ignore[attr-defined]
    np.testing.assert_array_equal(
        SentimentCues().transform([posts[i] for i in order]), matrix[order]
    )
    for post, row in zip(posts, matrix, strict=True):
        np.testing.assert_array_equal(SentimentCues().transform([post])[0], row)


@settings(max_examples=60)
@given(POSTS)
def test_spans_lie_in_their_post_and_add_up_to_the_cues(posts: list[str]) -> None:
    seg, lexicon = segment(posts), Lexicon.default()
    matrix, spans = (f(seg, normalise(seg), lexicon) for f in (cue_matrix, cue_spans))
    assert ((matrix >= 0) & (matrix <= 1)).all()
    total = np.zeros(matrix.shape)
    np.add.at(total, (spans.post, spans.cue), spans.value)
    np.testing.assert_allclose(total, matrix, atol=1e-6)
    length = np.array([len(post) for post in posts], dtype=np.int64)[spans.post]
    assert ((spans.start >= 0) & (spans.start < spans.end) & (spans.end <= length)).all()


def test_spans_name_the_words_they_come_from() -> None:
    post = "🙃 you utter piece of shit"
    seg = segment([post])
    spans = cue_spans(seg, normalise(seg), Lexicon.default())
    chosen = spans.cue == NAMES.index("targeted_insult")
    assert [post[a:b] for a, b in zip(spans.start[chosen], spans.end[chosen], strict=True)] == [
        "piece of shit"
    ]


def test_is_an_ordinary_transformer() -> None:
    cues = SentimentCues()
    posts = ["well done", "you clown"]
    expected = cues.fit_transform(posts)
    assert expected.dtype == np.float32
    assert expected.shape == (2, len(NAMES))
    assert vars(cues) == {"lexicon": None}
    for other in (clone(cues), pickle.loads(pickle.dumps(cues))):
        np.testing.assert_array_equal(other.transform(posts), expected)
    assert cues.transform([]).shape == (0, len(NAMES))
    assert cues.__sklearn_tags__().input_tags.string
    union = make_union(make_pipeline(CountVectorizer()), cues)
    assert union.fit_transform(posts).shape[0] == 2


def test_clone_keeps_a_lexicon_given() -> None:
    lexicon = Lexicon.from_dicts({"insult": {"nincompoop": 1.0}})
    copy = clone(SentimentCues(lexicon))
    assert copy.lexicon == lexicon
    assert copy.transform(["nincompoop"])[0, 0] == 0.5


def test_another_type_of_lexicon_is_refused() -> None:
    with pytest.raises(InputError, match="lexicon is of type dict"):
        SentimentCues({}).transform(["a"])  # type: ignore[arg-type]


def test_the_table_says_what_every_cue_is() -> None:
    table = cue_table(Lexicon.default())
    assert len({row.name for row in table}) == len(table)
    assert all(row.unit and row.what and row.why and row.half >= 0 for row in table)


@given(st.lists(st.lists(st.sampled_from([0.0, 0.25, 0.5]), min_size=3, max_size=3), max_size=5))
def test_zeros_are_left_out_as_scipy_leaves_them_out(rows):
    cues = np.array(rows, np.float32).reshape(-1, 3)
    found, expected = _sparse(cues), sp.csr_array(cues)
    for part in ("data", "indices", "indptr"):
        assert getattr(found, part).tolist() == getattr(expected, part).tolist()
