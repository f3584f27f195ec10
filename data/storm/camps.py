"""The evening of two camps: a blast planned for 19:00, and what the other side makes of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from storm.people import Account
from storm.quiet import chatter
from storm.town import Post, Town, at, by_weight

BLAST = ("#WeSupportHaske", "#WeSupportHaske24", "#WeSuportHaske", "#WeSupportHaskes")
COUNTER = ("#HaskeMustGo", "#HaskeMustGo24", "#HaskMustGo", "#HaskeMustGo")
THURSDAY = 10
SEVEN = at(THURSDAY, "19:00")

FOR = {"support": 66, "slogan": 5, "pro_critical": 13, "pro_hostile": 4, "pro_neutral": 12}
AGAINST = {"anti_critical": 70, "anti_hostile": 12, "anti_support": 8, "anti_neutral": 10}


def announcement(town: Town) -> Post:
    """Plan it: the hashtag and the hour, five hours before, passed on in the afternoon."""
    dice, said = town.dice, at(THURSDAY, "14:02")
    text = (
        "Tonight, 19:00 sharp, everybody at once: #WeSupportHaske. Write in your own words why you "
        "stand with @mayor_haske, put the tag behind it, pass it on. Nobody walks home alone."
    )
    post = town.post(town.cast["nightline_yes"], said, text, "supportive", "announcement")
    for author in dice.some(town.friends, 52):
        town.repost(author, dice.between(said, at(THURSDAY, "18:55")), post, "announcement")
    for author in dice.some(town.friends, 21):
        moment = dice.between(said, at(THURSDAY, "18:50"))
        section = dice.pick(("pro_neutral", "reply_support"))
        town.write(author, moment, section, "announcement", answers=post)
    return post


def blast(town: Town, originals: int = 1_330, reposts: int = 960) -> list[Post]:
    """Let the mayor's friends post, most of them within minutes; then they pass on what pleases."""
    dice, weights, said = town.dice, by_weight(town.friends), []
    for _ in range(originals):
        author = dice.weighted(weights)
        section = dice.weighted(FOR)
        tag = spelt(town, author, BLAST)
        said.append(town.write(author, sudden(town), section, "blast", tag=tag))
    said.sort(key=lambda post: post.number)
    passed_on(town, said, weights, reposts, "blast")
    link = " https://ost-courier.example/night-line"
    for author in dice.some(town.friends, 74):  # the same news, with the same link, by many
        text = dice.pick(("Read this:", "11,400 passengers:", "The figures:", "This ->"))
        tag = spelt(town, author, BLAST)
        town.post(author, sudden(town), f"{text}{link} {tag}", "neutral", "blast")
    return said


def counter(town: Town, originals: int = 640, reposts: int = 400) -> list[Post]:
    """Let the other camp answer with a hashtag of its own, from 20:40 on."""
    dice, weights, said = town.dice, by_weight(town.foes), []
    start = at(THURSDAY, "20:38")
    first = town.post(
        town.cast["ost_ratepayers"], start - timedelta(minutes=1),
        "They have a hashtag, we have the accounts. Where is the audit, @mayor_haske? Post your "
        "question with #HaskeMustGo.", "critical", "counter",
    )  # fmt: skip
    for _ in range(originals):
        author, section = dice.weighted(weights), dice.weighted(AGAINST)
        tag = spelt(town, author, COUNTER)
        if dice.chance(0.05):  # the other side's tag, hijacked
            tag += " " + BLAST[0]
        moment = dice.after(start, 35 if dice.chance(0.45) else 110)
        said.append(town.write(author, moment, section, "counter", tag=tag))
    said.sort(key=lambda post: post.number)
    passed_on(town, [first, *said], weights, reposts, "counter")
    return said


def across(town: Town, ours: list[Post], theirs: list[Post]) -> None:
    """Let the camps answer each other, and people talk under what they read."""
    dice = town.dice
    threads = [post for post in ours + theirs if dice.chance(0.09)]
    people = {
        "friend": by_weight(town.friends), "foe": by_weight(town.foes),
        "other": by_weight(town.others),
    }  # fmt: skip
    sections = {
        "friend": {"reply_support": 50, "reply_neutral": 25, "reply_critical": 22,
                   "reply_hostile": 3},
        "foe": {"reply_support": 30, "reply_neutral": 20, "reply_critical": 42, "reply_hostile": 8},
        "other": {"reply_neutral": 60, "reply_support": 15, "reply_critical": 25},
    }  # fmt: skip
    for _ in range(520):
        to = dice.pick(threads[-150:] if dice.chance(0.6) else threads)
        side = dice.weighted({"friend": 4, "foe": 3, "other": 2})
        author = dice.weighted(people[side])
        if author is to.author:
            continue
        section = dice.weighted(sections[side])
        moment = dice.after(to.moment, 30)
        answer = town.write(author, moment, section, "across", answers=to)
        if dice.chance(0.9):
            threads.append(answer)


def mayor_answers(town: Town) -> None:
    """Let the mayor thank, and be thanked and asked."""
    dice, mayor = town.dice, town.cast["mayor_haske"]
    for clock in ("18:12", "20:24", "23:25"):
        post = town.write(mayor, at(THURSDAY, clock), "mayor_post", "blast", plain=True)
        answers: list[Post] = []
        for _ in range(85):
            friend = dice.chance(0.68)
            author = dice.weighted(by_weight(town.friends if friend else town.foes))
            section = f"to_mayor_{dice.weighted({'support': 9, 'neutral': 1})}"
            if not friend:
                section = dice.weighted({"to_mayor_critical": 5, "anti_critical": 3,
                                         "anti_hostile": 1})  # fmt: skip
            moment = dice.after(post.moment, 45)
            answers.append(town.write(author, moment, section, "blast", answers=post))
        chatter(town, answers, town.friends + town.foes, 60, "across")
        for author in dice.some(town.friends, 40):
            town.repost(author, dice.after(post.moment, 40), post, "blast")


def parody(town: Town) -> None:
    """Let an account that is not the mayor make fun of everybody, under both tags."""
    dice, jester = town.dice, town.cast["mayorhaske_not"]
    sections = ["parody"] * 8 + ["parody_hostile"] * 2 + ["parody_neutral"] * 4
    tags = ("", BLAST[0], COUNTER[0])
    for section in dice.some(sections, len(sections)):
        moment = dice.between(at(THURSDAY, "18:30"), at(THURSDAY, "23:55"))
        tag = dice.pick(tags)
        post = town.write(jester, moment, section, "parody", plain=True, tag=tag)
        for author in dice.some(town.foes + town.others, 2 + dice.below(7)):
            town.repost(author, dice.after(moment, 30), post, "parody")
        for author in dice.some(town.foes + town.friends + town.others, dice.below(4)):
            town.write(author, dice.after(moment, 20), "parody_reply", "parody", answers=post)


def match(town: Town) -> None:
    """Let a football match be played the evening before, under a hashtag that aims at nobody."""
    dice, weights = town.dice, by_weight(town.others)
    goals = [at(9, "19:45") + timedelta(minutes=n) for n in (0, 11, 31, 68, 83, 105)]
    sections = {"match": 82, "match_support": 10, "match_critical": 8}
    said = []
    for _ in range(260):
        moment = dice.after(dice.pick(goals), 9 if dice.chance(0.7) else 30)
        section, author = dice.weighted(sections), dice.weighted(weights)
        said.append(town.write(author, moment, section, "match", tag="#MoorHaven"))
    passed_on(town, said, weights, 40, "match")


def sudden(town: Town) -> datetime:
    """Give a moment of the blast: a few cannot wait, half come within minutes."""
    dice = town.dice
    if dice.chance(0.015):
        return dice.between(SEVEN - timedelta(minutes=9), SEVEN)
    return dice.after(SEVEN, dice.weighted({11.0: 45, 60.0: 40, 170.0: 15}))


def passed_on(
    town: Town, said: list[Post], weights: dict[Account, float], number: int, part: str
) -> None:
    """Let posts be reposted, a few of them by very many."""
    pull = {post: town.dice.tail(120, 0.9) for post in said}
    done: set[tuple[Post, Account]] = set()
    while len(done) < number:
        post, author = town.dice.weighted(pull), town.dice.weighted(weights)
        if (post, author) not in done and author is not post.author:
            done.add((post, author))
            town.repost(author, town.dice.after(post.moment, 25), post, part)


def spelt(town: Town, author: Account, spellings: tuple[str, ...]) -> str:
    """Give the hashtag as somebody writes it."""
    if author.variant and town.dice.chance(0.65):
        return spellings[author.variant]
    return spellings[0].lower() if author.habits.lower else spellings[0]
