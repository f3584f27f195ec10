"""The cues, one by one: name, unit, what is counted, and why it tells stances apart.

A cue of a post is ``S / (S + half)``, where S is the sum of its marks, each on a stretch of the
post: 0 without any, 1/2 at `half`, near 1 for many. So every cue lies in [0, 1), a second mark
adds less than the first, and each mark's share of the cue is its value over ``S + half``.
The two cues of the whole post (capitals, length) have one mark, as long as the post, and are
used as they are (``half`` 0).
"""

from typing import NamedTuple


class Cue(NamedTuple):
    """One cue.

    Attributes
    ----------
    name : str
        Column name.
    unit : str
        Unit of the sum S.
    half : float
        The sum at which the cue is 1/2; 0 for a cue used as it is.
    what : str
        What is counted.
    why : str
        Why it is worth a column.
    """

    name: str
    unit: str
    half: float
    what: str
    why: str


TERMS = "weighted terms"

#: Cues that are the sum of one list's weights, named after the list.
LIST_CUES: tuple[Cue, ...] = (
    Cue(
        "insult",
        TERMS,
        1,
        "insults, either camp's names for the other included",
        "goes for the person",
    ),
    Cue(
        "nickname",
        TERMS,
        1,
        "insulting nicknames and hashtags of one person",
        "critical alone, dog-piling in company",
    ),
    Cue("slur", TERMS, 1, "slurs against a group; never a group's own name", "goes for the person"),
    Cue(
        "dehumanising", TERMS, 1, "people as vermin, filth, beasts, disease", "goes for the person"
    ),
    Cue("threat", TERMS, 1, "threats and wishes of harm, prison, death", "goes for the person"),
    Cue(
        "taunt",
        TERMS,
        1,
        "dismissals and taunts: shut up, grow up, cry more",
        "goes for the person",
    ),
    Cue(
        "frame",
        TERMS,
        1,
        "frames of name-calling: you are a, such a, bunch of",
        "a judgement of a person follows",
    ),
    Cue("ridicule", TERMS, 1, "laughter and mockery", "ridicule is part of a pile-on"),
    Cue(
        "profanity",
        TERMS,
        1,
        "swear words, masked spellings included",
        "heat; no hostility by itself",
    ),
    Cue(
        "accusation",
        TERMS,
        1,
        "charges against conduct: lies, corrupt, racist, traitor",
        "critical over an act, dog-piling as bare name",
    ),
    Cue(
        "criticism", TERMS, 1, "fault-finding: shame, failed, wrong, disaster", "goes for the point"
    ),
    Cue(
        "challenge",
        TERMS,
        1,
        "questions that accuse: how dare you, why don't you",
        "not asked for information",
    ),
    Cue("sympathy", TERMS, 1, "condolence, blessing, good wishes", "supportive by rule 7"),
    Cue(
        "call_to_action",
        TERMS,
        1,
        "vote, sign, join, stop, resign, boycott, must",
        "appeals are seldom neutral",
    ),
    Cue("hedge", TERMS, 1, "maybe, seems, I think", "opinion held loosely"),
    Cue("question_word", TERMS, 1, "who, what, why, how, anyone", "asks"),
    Cue("negation", TERMS, 1, "not, never, nothing", "objections deny"),
    Cue("generalisation", TERMS, 1, "all, always, everyone, only", "blame is often sweeping"),
    Cue("reporting", TERMS, 1, "says, report, details, here's, via", "news and notices"),
    Cue("public_affairs", TERMS, 1, "law, taxes, government, country", "seldom small talk"),
    Cue("daily_life", TERMS, 1, "tonight, lunch, my phone", "small talk"),
    Cue("second_person", TERMS, 1, "you, your, u", "addresses the target"),
    Cue("first_person", TERMS, 1, "I, my", "speaks of the author"),
    Cue("first_person_plural", TERMS, 1, "we, our, let's", "builds a camp"),
    Cue("third_person", TERMS, 1, "he, she, they, them", "speaks of others"),
    Cue("quotation", TERMS, 1, "quotation marks (1/2 each), leading RT", "words may be another's"),
    Cue(
        "mocking_emoji",
        TERMS,
        1,
        "clown, laughing, dung, snake emoji",
        "ridicule is part of a pile-on",
    ),
)

#: Cues that take more than a sum over one list.
OTHER_CUES: tuple[Cue, ...] = (
    Cue(
        "positive_words",
        "VADER valence",
        3,
        "positive valence, intensified, dampened, negated in scope",
        "praise",
    ),
    Cue("negative_words", "VADER valence", 3, "negative valence, same scope rules", "blame"),
    Cue(
        "support",
        TERMS,
        1,
        "thanks, praise, backing, agreement, not negated",
        "supportive by definition",
    ),
    Cue(
        "support_withheld",
        TERMS,
        1,
        "the same within the scope of a negation",
        "'I do not support' objects",
    ),
    Cue(
        "targeted_insult",
        TERMS,
        1,
        "insults, slurs, dehumanising terms within 4 tokens of 'you' or a mention, or after is/are",
        "name-calling, not a word in passing",
    ),
    Cue(
        "loose_profanity",
        TERMS,
        1,
        "profanity with no 'you' or mention within 4 tokens",
        "no hostility by rule 6",
    ),
    Cue("positive_emoji", TERMS, 1, "hearts, applause, smiles", "praise"),
    Cue("negative_emoji", TERMS, 1, "anger, grief, disgust", "blame, grief"),
    Cue("exclamation", "marks", 2, "'!', at most 4 of a run", "heat"),
    Cue("question_mark", "marks", 1, "'?', at most 4 of a run", "asks or challenges"),
    Cue("shouted_words", "tokens", 1, "words of 4 or more letters, all capitals", "heat"),
    Cue("elongation", "tokens", 1, "words with a letter three times running", "heat"),
    Cue("hashtags", "tokens", 2, "hashtags", "campaigns, notices"),
    Cue("mentions", "tokens", 1, "mentions", "speaks to somebody"),
    Cue("leading_mention", "tokens", 1, "the post begins with a mention", "a reply"),
    Cue("links", "tokens", 1, "links", "news and notices"),
    Cue("numbers", "tokens", 1, "numbers", "news and notices"),
    Cue(
        "capitals_share",
        "share of letters",
        0,
        "capitals among the letters of the post",
        "shouting",
    ),
    Cue("log_tokens", "log10(1 + tokens) / 3", 0, "length of the post", "insults are short"),
)

CUES: tuple[Cue, ...] = LIST_CUES + OTHER_CUES

#: Lists that give no cue of their own name but steer others.
ROLE_LISTS = ("valence", "emoji", "support", "intensifier", "clause_break", "copula")

#: Every list of a lexicon, in order.
LISTS: tuple[str, ...] = (*(cue.name for cue in LIST_CUES), *ROLE_LISTS)

#: Lists that the lexicon of a model need not have, each a cue of its own behind all others, and the
#: cue that both together make: models that were saved before them know none of the three.
LATER_CUES: tuple[Cue, ...] = (
    Cue("intent", TERMS, 1, "going to, should be, I hope, deserve to", "what is meant to happen"),
    Cue("violence", TERMS, 1, "what hurts and kills: verbs, weapons", "threats, reports of harm"),
)
MEANT_VIOLENCE = Cue(
    "meant_violence",
    TERMS,
    1,
    "violence within 4 tokens behind an intent, not negated",
    "threats, whichever the verb; no report of what happened",
)

#: Number of each list, and column of each cue.
LIST = {name: number for number, name in enumerate(LISTS)}
COLUMN = {cue.name: column for column, cue in enumerate(CUES)}

SIGNED_LISTS = frozenset({"valence", "emoji", "intensifier"})
