"""Accounts of the invented town: a few with a part to play, and many whose names chance makes."""

from __future__ import annotations

from dataclasses import dataclass

from storm.dice import Dice
from storm.words import Habits

FIRST = (
    "brel", "tov", "marn", "ulf", "oska", "dren", "hild", "yor", "fenn", "quil", "rask", "selm",
    "wim", "jut", "nels", "pib", "gor", "lud", "anka", "tilde", "corm", "eska", "vig", "odd",
)  # fmt: skip
SECOND = (
    "ström", "mere", "vost", "hatch", "drift", "kettle", "moor", "quay", "lamp", "plum", "sprat",
    "bell", "fog", "dyke", "heron", "tern", "rope", "crumb", "gable", "wick", "oar", "thistle",
)  # fmt: skip
SHAPES = ("{a}_{b}", "{a}{b}{n}", "{b}_{a}", "{a}_{b}{n}", "{a}{b}_{n}", "x_{a}{b}", "{b}{n}_{a}")

CAST = {
    "mayor_haske": "Dorrit",
    "vool_ward3": "Brannik Vool",
    "ost_courier": "the Courier",
    "ost_transport": "Ostermoor Transport",
    "pell_rides": "Pell",
    "nightline_yes": "Friends of the Night Line",
    "ost_ratepayers": "the Ratepayers",
    "captain_brell": "Captain",
    "wren_talbeck": "Wren",
    "tobit_arle": "Tobit",
    "joss_merrow": "Joss",
    "sel_dorrick": "Sel",
    "mayorhaske_not": "Mayor Haske (not)",
    "quillon_dreg": "Quillon",
    "line7_repeater": "Line 7 times",
    "aunt_josepha": "Josepha",
    "marga_ostermoor": "Marga",
    "lawfully_odd": "Odd",
    "grumbleweed_9": "Grumbleweed",
}
QUIZ = {
    "tove_hatch": "Tove", "oskar_dunnock": "Oskar", "minna_drift": "Minna", "lampwick_jo": "Jo",
    "rafe_tunnock": "Rafe", "odd_ottilie": "Ottilie", "gus_marrowby": "Gus",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Account:
    """Somebody who posts.

    Attributes
    ----------
    handle, number : str
        The name and the id.
    name : str
        What others call them.
    habits : Habits
        How they write.
    weight : float
        How readily they post.
    variant : int
        Which spelling of a hashtag they keep to; 0 for the common one.
    """

    handle: str
    number: str
    name: str
    habits: Habits
    weight: float
    variant: int


def cast(dice: Dice) -> dict[str, Account]:
    """Make those with a part."""
    tidy = Habits(lower=False, short=False, loud=False, stop=True, slips=0.0, emoji=0.05)
    return {
        handle: Account(handle, number_of(place), name, tidy, 1.0, 0)
        for place, (handle, name) in enumerate({**CAST, **QUIZ}.items())
    }


def crowd(dice: Dice, number: int) -> list[Account]:
    """Make the many; some post thirty times as readily as others."""
    made: dict[str, Account] = {}
    while len(made) < number:
        shape = dice.pick(SHAPES)
        digits = str(dice.below(90) + 10)
        second = dice.pick(SECOND).replace("ö", "oe")
        handle = shape.format(a=dice.pick(FIRST), b=second, n=digits)
        if handle in made or len(handle) > 15:
            continue
        variant = 1 + dice.below(3) if dice.chance(0.12) else 0
        number_ = number_of(100 + len(made))
        made[handle] = Account(
            handle, number_, handle.split("_")[0], Habits.drawn(dice), dice.tail(30), variant
        )
    return list(made.values())


def number_of(place: int) -> str:
    """Give an invented id of an account, of the length that X gives them now."""
    return str(1_100_000_000_000_000_000 + place * 1_000 + 700)
