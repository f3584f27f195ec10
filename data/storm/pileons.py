"""Two people on whom many come down at once; others stand by them, ask, or argue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storm.camps import BLAST, COUNTER, spelt
from storm.people import Account
from storm.town import Post, Town, at

FOES = 2
"""Accounts that go for one of those who stand by the target, at most: no pile-on of its own."""


@dataclass(frozen=True)
class Attack:
    """What a pile-on is made of.

    Attributes
    ----------
    part, target : str
        Its name in the truth table, and the handle of the one attacked.
    roots : list of Post
        The target's posts that are answered and quoted; the first one mostly.
    onset : datetime
        When it begins.
    minutes : float
        How long until, in the mean, somebody joins in.
    hostile, others : dict
        From sections to how many accounts; of the hostile, how often each is drawn.
    crowd, bystanders : list of Account
        Who is hostile, and from whom the others are drawn.
    tags : tuple of str
        The hashtag that three hostile posts in ten carry, in its spellings.
    """

    part: str
    target: str
    roots: list[Post]
    onset: datetime
    minutes: float
    hostile: dict[str, float]
    crowd: Sequence[Account]
    others: dict[str, int]
    bystanders: Sequence[Account]
    tags: tuple[str, ...]


def on_wren(town: Town) -> None:
    """Pile on a young reporter who counted signatures; one with reach showed her to his readers."""
    dice, wren, captain = town.dice, town.cast["wren_talbeck"], town.cast["captain_brell"]
    root = town.post(
        wren, at(10, "19:02"),
        "Counted the petition for the mayor twice over, with help from @tobit_arle. 611 of the "
        "4,000 signatures are on it two times. Story tomorrow.", "neutral", "pileon_wren",
    )  # fmt: skip
    text = (
        "Remember this name. This is the hack the Courier sends after our mayor on the night we "
        "stand up for her. Tell her what you think of her, all of you."
    )
    shown = town.post(captain, at(10, "19:21"), text, "dog-piling", "pileon_wren", quotes=root)
    for author in dice.some(town.friends, 66):
        town.repost(author, dice.after(shown.moment, 55), shown, "pileon_wren")
    later = town.post(
        wren, at(10, "21:48"), "I stand by the count. The list is at the Courier for anybody who "
        "wants to see it. Good night.", "neutral", "pileon_wren",
    )  # fmt: skip
    crowd = dice.some(town.friends, 98) + dice.some(town.others, 22)
    taken = {account.handle for account in crowd}
    rest = [a for a in town.foes[:260] + town.others if a.handle not in taken]
    attack(
        town,
        Attack(
            "pileon_wren", "wren_talbeck", [root, later], at(10, "20:29"), 72,
            {"hostile": 3, "hostile_wren": 2}, crowd,
            {"critical_wren": 45, "support_wren": 30, "defend_critical": 6, "neutral_wren": 10},
            rest, BLAST,
        ),
    )  # fmt: skip


def on_joss(town: Town) -> None:
    """Pile on a baker who showed his cake, at noon of the next day; nobody led them there."""
    dice = town.dice
    root = town.post(
        town.cast["joss_merrow"], at(11, "11:52"),
        "400 slices and every one went. I shut the shop for a day to hand out leaflets for the "
        "night line and I'm still shaking. Thank you, Ostermoor.", "supportive", "pileon_joss",
    )  # fmt: skip
    crowd = dice.some(town.foes, 33) + dice.some(town.others, 2)
    taken = {account.handle for account in crowd}
    rest = [a for a in town.friends[:150] + town.others if a.handle not in taken]
    attack(
        town,
        Attack(
            "pileon_joss", "joss_merrow", [root], at(11, "12:20"), 95,
            {"hostile": 3, "hostile_joss": 2}, crowd,
            {"critical_joss": 14, "support_joss": 9, "neutral_joss": 5}, rest, COUNTER,
        ),
    )  # fmt: skip


def attack(town: Town, what: Attack) -> None:
    """Let the crowd come down on the target, and the others answer; then they fight each other."""
    dice, name = town.dice, town.cast[what.target].name
    hostile: list[Post] = []
    for author in what.crowd:
        moment = town.outside_gap(what.onset, what.minutes)
        for _ in range(dice.weighted({1: 76, 2: 15, 3: 6, 5: 3})):
            section = dice.weighted(what.hostile)
            hostile.append(aimed(town, what, author, moment, section, name))
            moment = town.outside_gap(moment, 15)
    bystanders = list(what.bystanders)
    good: list[Post] = []
    for section, number in what.others.items():
        for author in dice.some(bystanders, number):
            bystanders.remove(author)
            moment = town.outside_gap(what.onset, what.minutes * 1.2)
            good.append(aimed(town, what, author, moment, section, name))
    quarrel(town, what, hostile, [post for post in good if post.label == "supportive"])
    for author in dice.some(town.gone, 6):  # hostile, too, but nobody can tell who they were
        moment = town.outside_gap(what.onset, what.minutes)
        aimed(town, what, author, moment, "hostile", name)


def aimed(
    town: Town, what: Attack, author: Account, moment: datetime, section: str, name: str
) -> Post:
    """Let somebody answer, quote or name the target."""
    dice = town.dice
    root = what.roots[-1] if dice.chance(0.12) and moment > what.roots[-1].moment else what.roots[0]
    way = dice.weighted({"reply": 70, "quote": 15, "first": 8, "within": 7})
    marked = section in what.hostile and dice.chance(0.3)
    tag = spelt(town, author, what.tags) if marked else ""
    handle = "@" + what.target
    made = town.write(
        author, moment, section, what.part, tag=tag,
        name=handle if way == "within" else name,
        first=handle if way == "first" else "",
        answers=root if way == "reply" else None,
        quotes=root if way == "quote" else None,
    )  # fmt: skip
    if way == "within" and handle not in made.text:
        made.text += " " + handle
    return made


def quarrel(town: Town, what: Attack, hostile: list[Post], good: list[Post]) -> None:
    """Let them go for those who stand by the target, who now is only named upstream."""
    dice = town.dice
    fighters = [post.author for post in hostile]
    against: dict[Account, set[Account]] = {}
    for _ in range(len(hostile) // 3):
        to, author = dice.pick(good), dice.pick(fighters)
        foes = against.setdefault(to.author, set())
        if author is to.author or len(foes | {author}) > FOES:
            continue
        foes.add(author)
        moment = town.outside_gap(to.moment, 20)
        again = town.write(author, moment, "reply_hostile", what.part, answers=to)
        if dice.chance(0.5):
            moment = town.outside_gap(moment, 20)
            good.append(town.write(to.author, moment, "reply_critical", what.part, answers=again))
