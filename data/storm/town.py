"""The posts of the town as they come about: who answers, quotes or reposts whom, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from storm.dice import Dice
from storm.people import Account, cast, crowd
from storm.words import Words

EPOCH = 1_288_834_974_657
"""Milliseconds of 1970 at which the ids of X begin."""
MACHINE = 1023 << 12
"""The last of X's machine numbers, which hands out no ids as far as is known."""
MENTION = re.compile(r"(?<![\w@])@(\w{1,15})")

START = datetime(2024, 9, 30, 0, 0, tzinfo=timezone.utc)
END = datetime(2024, 10, 12, 12, 0, tzinfo=timezone.utc)
GAP = (
    datetime(2024, 10, 10, 22, 0, tzinfo=timezone.utc),
    datetime(2024, 10, 10, 23, 0, tzinfo=timezone.utc),
)
"""An hour in which the collector stood still."""

HOURS = (1, 0.6, 0.4, 0.3, 0.5, 1, 2, 4, 5, 4, 3.5, 3.5, 4, 4, 3.5, 3.5, 4, 5, 6, 7, 7, 6, 4, 2)
"""How much is posted in each hour of a day."""


def at(day: int, clock: str) -> datetime:
    """Give a moment of October 2024; day 0 is the last of September."""
    hours, minutes = clock.split(":")
    return START + timedelta(days=day, hours=int(hours), minutes=int(minutes))


@dataclass(eq=False)
class Post:
    """A post.

    Attributes
    ----------
    number : int
        The id, which carries the time.
    label, part : str
        What it is meant to be, and the part of the story that it was made for.
    answered, quoted, original : Post
        The post that it answers, quotes, reposts.
    chain : list of str
        Whom a reply goes to, as X lists them: the author answered, then all whom that post
        went to or named.
    """

    author: Account
    moment: datetime
    number: int
    kind: str
    text: str
    label: str
    part: str
    answered: Post | None = None
    quoted: Post | None = None
    original: Post | None = None
    chain: list[str] = field(default_factory=list)

    @property
    def conversation(self) -> int:
        """The id of the post that its thread began with."""
        return self.answered.conversation if self.answered else self.number


class Town:
    """The town: its people and what they post.

    Attributes
    ----------
    cast : dict
        Accounts with a part to play, by their handles.
    friends, foes, others, gone : list of Account
        The mayor's, those of the other camp, of neither; and those deleted before the collection.
    posts : list of Post
        All of them, the uncollected, too.
    """

    def __init__(self, seed: int) -> None:
        self.dice = Dice(seed)
        self.words = Words(self.dice)
        self.cast = cast(self.dice)
        people = crowd(self.dice, 2_400)
        self.friends = people[:800]
        self.foes = people[800:1_250]
        self.others = people[1_250:-40]
        self.gone = people[-40:]
        self.posts: list[Post] = []

    def write(
        self,
        author: Account,
        moment: datetime,
        section: str,
        part: str,
        *,
        answers: Post | None = None,
        quotes: Post | None = None,
        tag: str = "",
        plain: bool = False,
        first: str = "",
        **given: str,
    ) -> Post:
        """Let somebody write a post of a section.

        Parameters
        ----------
        tag, first
            A hashtag somewhere in it; words before everything else.
        plain
            The phrase as it stands.
        given
            What slots are filled with.
        """
        given = {"mayor": self.mayor(), "vool": self.vool(), **given}
        label = self.words.labels[section] or "neutral"
        if plain:
            text = self.words.phrase(section, given)
        else:
            text = self.words.text(section, given)
            text = self.words.written(text, label, author.habits)
        text = " ".join(filter(None, (first, self.tagged(text, tag))))
        return self.post(author, moment, text, label, part, answers=answers, quotes=quotes)

    def post(
        self,
        author: Account,
        moment: datetime,
        text: str,
        label: str,
        part: str,
        *,
        answers: Post | None = None,
        quotes: Post | None = None,
    ) -> Post:
        """Add a post of a text."""
        kind = "reply" if answers else "quote" if quotes else "post"
        made = Post(author, moment, self.number(moment), kind, text, label, part, answers, quotes)
        if answers:
            names = [answers.author.handle, *answers.chain, *MENTION.findall(answers.text)]
            made.chain = [name for name in dict.fromkeys(names) if name != author.handle]
        self.posts.append(made)
        return made

    def repost(self, author: Account, moment: datetime, original: Post, part: str) -> Post:
        """Let somebody repost a post, as X writes it."""
        text = f"RT @{original.author.handle}: {original.text}"
        made = Post(
            author, moment, self.number(moment), "repost", text, original.label, part,
            original=original,
        )  # fmt: skip
        self.posts.append(made)
        return made

    def number(self, moment: datetime) -> int:
        """Give the id that X would give a post of that moment."""
        milliseconds = round(moment.timestamp() * 1000) - EPOCH
        return (milliseconds << 22) + MACHINE + len(self.posts) % 4096

    def kept(self) -> list[Post]:
        """Give the posts that the collector saw, in their order."""
        seen = (p for p in self.posts if START <= p.moment < END)
        return sorted((p for p in seen if not in_gap(p.moment)), key=lambda p: p.number)

    def mayor(self) -> str:
        """Name the mayor, in one post of three by her handle."""
        names = ("Dorrit", "Dorrit Haske", "the mayor", "our mayor", "Mayor Haske", "Haske")
        return "@mayor_haske" if self.dice.chance(0.33) else self.dice.pick(names)

    def vool(self) -> str:
        """Name the councillor of the other side."""
        return self.dice.pick(("Vool", "Councillor Vool", "Brannik Vool", "@vool_ward3"))

    def tagged(self, text: str, tag: str) -> str:
        """Put a hashtag into a text: behind it mostly, or before."""
        if not tag:
            return text
        return f"{tag} {text}" if self.dice.chance(0.18) else f"{text} {tag}"

    def evening(self, day: int) -> datetime:
        """Give a moment of a day, as the hours go."""
        hour = self.dice.weighted(dict(enumerate(HOURS)))
        start = START + timedelta(days=day, hours=hour)
        return self.dice.between(start, start + timedelta(hours=1))

    def outside_gap(self, moment: datetime, minutes: float) -> datetime:
        """Give a moment after another in which something was collected."""
        while in_gap(found := self.dice.after(moment, minutes)):
            pass
        return found


def in_gap(moment: datetime) -> bool:
    """Tell whether the collector stood still."""
    return GAP[0] <= moment < GAP[1]


def by_weight(people: list[Account]) -> dict[Account, float]:
    """Give everybody's weight."""
    return {person: person.weight for person in people}
