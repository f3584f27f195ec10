"""What looks like a pile-on and is none."""

from __future__ import annotations

from storm.quiet import chatter
from storm.town import Town, at


def outage(town: Town) -> None:
    """Let hundreds complain to an organisation, sharply and fairly: a critical storm."""
    dice, firm = town.dice, town.cast["ost_transport"]
    words = (
        ("07:02", "Signal failure between Mill Lane and Gallows Hill. Line 7 is not running. We "
         "are working on it."),
        ("08:31", "Line 7 remains closed. Replacement buses run from Market Square. Thank you for "
         "your patience."),
    )  # fmt: skip
    roots = [town.post(firm, at(9, clock), text, "neutral", "outage") for clock, text in words]
    crowd = dice.some(town.others + town.friends[:200] + town.foes[:120], 200)
    sections = ["transport_critical"] * 160 + ["transport_hostile"] * 6
    sections += ["transport_neutral"] * 22 + ["transport_support"] * 12
    for author, section in zip(crowd, sections, strict=True):
        moment = dice.after(roots[0].moment, 62)
        for _ in range(dice.weighted({1: 80, 2: 15, 4: 5})):
            root = roots[1] if moment > roots[1].moment and dice.chance(0.6) else roots[0]
            way = dice.weighted({"reply": 55, "quote": 10, "first": 35})
            town.write(
                author, moment, section, "outage", at="@ost_transport",
                answers=root if way == "reply" else None,
                quotes=root if way == "quote" else None,
                first="@ost_transport" if way == "first" else "",
            )  # fmt: skip
            moment = dice.after(moment, 25)
    answers = [post for post in town.posts if post.part == "outage" and post.answered]
    chatter(town, answers, crowd, 90, "outage")


def praise(town: Town) -> None:
    """Let hundreds praise a tram driver who stopped for a lost child."""
    dice, sel = town.dice, town.cast["sel_dorrick"]
    root = town.post(
        sel, at(6, "16:20"), "Stopped between stops today, sorry everyone. There was a little lad "
        "on his own by the tracks. He's home.", "neutral", "praise",
    )  # fmt: skip
    crowd = dice.some(town.others + town.friends[:300] + town.foes[:200], 280)
    sections = ["praise"] * 261 + ["praise_neutral"] * 14 + ["praise_hostile"] * 5
    for author, section in zip(crowd, sections, strict=True):
        way = dice.weighted({"reply": 80, "quote": 8, "first": 12})
        town.write(
            author, dice.after(root.moment, 130), section, "praise", name=sel.name,
            answers=root if way == "reply" else None, quotes=root if way == "quote" else None,
            first="@sel_dorrick" if way == "first" else "",
        )  # fmt: skip
    answers = [post for post in town.posts if post.part == "praise" and post.answered]
    chatter(town, answers, crowd, 70, "praise")
    for author in dice.some(town.others, 90):
        town.repost(author, dice.after(root.moment, 150), root, "praise")


def stalker(town: Town) -> None:
    """Let one account go for one person sixty times in three days."""
    dice, quillon, pell = town.dice, town.cast["quillon_dreg"], town.cast["pell_rides"]
    hers = [post for post in town.posts if post.author is pell and post.moment < at(10, "0:00")]
    for number in range(60):
        moment = town.evening(7 + number // 20)
        before = [post for post in hers if post.moment < moment]
        to = before[-1] if before and dice.chance(0.7) else None
        first = "" if to else "@pell_rides"
        town.write(quillon, moment, "stalker", "stalker", answers=to, first=first, name="Pell")


def gone(town: Town) -> None:
    """Let a post whose author is no more be answered by many: nobody is nobody's target."""
    dice = town.dice
    root = town.write(town.gone[0], at(8, "20:15"), "town_critical", "gone")
    for author in dice.some(town.others, 38):
        section = dice.weighted({"orphan": 7, "reply_hostile": 2, "reply_neutral": 1})
        town.write(author, dice.after(root.moment, 70), section, "gone", answers=root)
