"""Days on which nothing happens: small talk, news, questions, and a past for everybody."""

from __future__ import annotations

from datetime import timedelta

from storm.people import QUIZ, Account
from storm.town import END, START, Post, Town

DAYS = range((END - START).days + 1)
TALK = {
    "town_neutral": 52, "town_support": 20, "town_critical": 22, "town_hostile": 4,
}  # fmt: skip
ANSWERS = {
    "reply_neutral": 45, "reply_support": 28, "reply_critical": 22, "reply_hostile": 3,
}  # fmt: skip

KNOWN = {
    "mayor_haske": ("mayor_plain", 1.3, 9, "to_mayor"),
    "ost_courier": ("courier_post", 3.0, 3, "reply"),
    "pell_rides": ("pell_post", 1.2, 4, "to_pell"),
    "ost_transport": ("", 0, 7, "transport"),
    "vool_ward3": ("", 0, 5, "reply"),
    "wren_talbeck": ("person_post", 1.2, 2.5, "to_person"),
    "tobit_arle": ("person_post", 1.0, 2, "to_person"),
    "joss_merrow": ("person_post", 1.0, 2, "to_person"),
    "sel_dorrick": ("person_post", 0.8, 1.5, "to_person"),
    "captain_brell": ("person_post", 1.0, 2, "to_person"),
    "nightline_yes": ("pell_post", 0.7, 2, "reply"),
}
"""Whom people talk to: of what they post, how much a day, how many posts come back, and of what."""
RETURNS = {
    "to_mayor": {"support": 34, "critical": 36, "neutral": 30},
    "reply": {"neutral": 45, "support": 20, "critical": 32, "hostile": 3},
    "to_pell": {"support": 70, "critical": 30},
    "transport": {"neutral": 50, "critical": 38, "support": 12},
    "to_person": {"support": 85, "critical": 15},
}


def small_talk(town: Town, a_day: int = 42) -> None:
    """Let people talk among themselves, and answer each other, and answers, too."""
    dice, people = town.dice, [*town.others, *town.gone, *town.friends[:250], *town.foes[:150]]
    weights = {person: person.weight for person in people}
    for day in DAYS:
        said: list[Post] = []
        for _ in range(a_day):
            moment, author = town.evening(day), dice.weighted(weights)
            name = dice.pick(people).name.capitalize()
            said.append(town.write(author, moment, dice.weighted(TALK), "town", name=name))
        for number in range(a_day):
            to = dice.pick(said[-number:] if number and dice.chance(0.45) else said)
            author, moment = dice.weighted(weights), dice.after(to.moment, 50)
            if author is to.author:  # goes on in a thread of one's own
                more = town.write(author, moment, "town_neutral", "town", answers=to)
            else:
                more = town.write(author, moment, dice.weighted(ANSWERS), "town", answers=to)
            said.append(more)
        for _ in range(round(a_day * 0.15)):
            of = dice.pick(said)
            town.repost(dice.weighted(weights), dice.after(of.moment, 60), of, "town")


def public_life(town: Town) -> None:
    """Let those whom the town knows post, and be answered, named and reposted, day by day."""
    dice, people = town.dice, [*town.others, *town.friends[:200], *town.foes[:120]]
    for handle, (section, a_day, back, answers) in KNOWN.items():
        person = town.cast[handle]
        posts: list[Post] = []
        for day in DAYS:
            number = int(a_day) + dice.chance(a_day % 1) if section else 0
            moments = [town.evening(day) for _ in range(number)]
            posts += [town.write(person, when, section, "town", plain=True) for when in moments]
            for _ in range(int(back) + dice.chance(0.5)):
                returned(town, handle, dice.pick(people), day, posts[-3:], answers)
        for post in posts:
            for _ in range(dice.below(4)):
                town.repost(dice.pick(people), dice.after(post.moment, 70), post, "town")


def returned(
    town: Town, handle: str, author: Account, day: int, posts: list[Post], answers: str
) -> None:
    """Let one post come back to somebody: an answer, or a post that names them."""
    dice, person = town.dice, town.cast[handle]
    section = f"{answers}_{dice.weighted(RETURNS[answers])}"
    given = {"name": person.name, "at": "@" + handle}
    if posts and dice.chance(0.7):
        to = dice.pick(posts)
        town.write(author, dice.after(to.moment, 60), section, "town", answers=to, **given)
    else:
        town.write(author, town.evening(day), section, "town", first="@" + handle, **given)


def chatter(town: Town, under: list[Post], people: list[Account], number: int, part: str) -> None:
    """Let people answer those who answered: whoever the thread began with is only inherited."""
    dice, under = town.dice, list(under)
    for _ in range(number):
        to, author = dice.pick(under), dice.pick(people)
        if author is not to.author:
            moment = town.outside_gap(to.moment, 30)
            section = dice.weighted(ANSWERS)
            under.append(town.write(author, moment, section, part, answers=to))


def bot(town: Town) -> None:
    """Let an account repost one post every hour, night and day."""
    repeater = town.cast["line7_repeater"]
    text = town.words.phrase("bot", {}) + " #Line7Times"
    first = town.post(town.cast["nightline_yes"], START + timedelta(seconds=41), text,
                      "neutral", "bot")  # fmt: skip
    hour = START + timedelta(minutes=3, seconds=7)
    while hour < END:
        town.repost(repeater, hour, first, "bot")
        hour += timedelta(hours=1)


def banter(town: Town) -> None:
    """Let a quiz team call each other names, as every week."""
    dice, team = town.dice, [town.cast[handle] for handle in QUIZ]
    for day in DAYS:
        butt = dice.pick(team)
        said = [town.write(butt, town.evening(day), "person_post", "banter", plain=True)]
        for _ in range(5 + dice.below(6)):
            author, to = dice.pick(team), dice.pick(said)
            if author is to.author:
                to = said[0]
            if author is not to.author:
                moment = dice.after(to.moment, 25)
                said.append(town.write(author, moment, "banter", "banter", answers=to))
