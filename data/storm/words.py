"""From phrases to posts: a section of phrases.txt, its slots filled, written as people write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from storm.dice import Dice

PHRASES = Path(__file__).with_name("phrases.txt")
HEADING = re.compile(r"== (\w+)(?: : ([\w-]+))?(?: < (\S+) > (\S+))?")
SLOT = re.compile(r"\{(\w+)\}")
WORD = re.compile(r"(?<![@#\w/.])[A-Za-z]{5,}(?![\w/])")

EMOJI = {
    "supportive": ("❤️", "👏", "💪", "🙌", "💙", "🌷", "🚋❤️", "😊", "🥹", "👏👏"),
    "critical": ("🙄", "😡", "👎", "🤦", "😤", "🤔", "🧾"),
    "dog-piling": ("🤡", "😂", "🐍", "💩", "🤮", "😂😂", "🖕", "🐀", "🤡🤡"),
    "neutral": ("🚋", "☕", "🌧️", "😅", "🤷", "⚽", "📎"),
}
SHORT = {"you": "u", "your": "ur", "you're": "ur", "are": "r", "because": "cos", "and": "&"}
COMMON = frozenset(
    "A About Agreed All Ask Because Bad Do Four Good Great Have Half How If It Mine My No Not "
    "On One Second She So Some Sorry Ten Thank Thanks That The This Too Two Was We What When "
    "Which Who Whoever Why Yes You Your You're".split()
)


@dataclass(frozen=True)
class Habits:
    """How an account writes.

    Attributes
    ----------
    lower, short, loud : bool
        Writes all small, ``u`` for you, runs of ``!!!``.
    stop : bool
        Ends a post with its full stop.
    slips, emoji : float
        The share of posts with a misspelling, and with an emoji.
    """

    lower: bool
    short: bool
    loud: bool
    stop: bool
    slips: float
    emoji: float

    @classmethod
    def drawn(cls, dice: Dice) -> Habits:
        """Draw the habits of somebody."""
        return cls(
            lower=dice.chance(0.2),
            short=dice.chance(0.08),
            loud=dice.chance(0.1),
            stop=dice.chance(0.6),
            slips=0.35 if dice.chance(0.15) else 0.03,
            emoji=0.6 if dice.chance(0.2) else 0.12,
        )


class Words:
    """The sections of phrases.txt."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.sections: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self.around: dict[str, tuple[str, str]] = {}
        self.decks: dict[str, list[str]] = {}
        section = ""
        for line in PHRASES.read_text("utf-8").splitlines():
            if heading := HEADING.fullmatch(line):
                section = heading[1]
                self.sections[section] = []
                self.labels[section] = heading[2] or ""
                self.around[section] = (heading[3] or "-", heading[4] or "-")
            elif line and not line.startswith("#"):
                self.sections[section].append(line)

    def phrase(self, section: str, given: dict[str, str]) -> str:
        """Give a phrase of a section, its slots filled; all are used before one comes again."""
        deck = self.decks.setdefault(section, [])
        if not deck:
            deck += self.dice.some(self.sections[section], len(self.sections[section]))

        def fill(slot: re.Match[str]) -> str:
            return given[slot[1]] if slot[1] in given else self.phrase(slot[1], given)

        return SLOT.sub(fill, deck.pop())

    def text(self, section: str, given: dict[str, str]) -> str:
        """Put a text together: what its section says, and now and then what stands around it."""
        opening, closing = self.around[section]
        parts = [capital(self.phrase(section, given))]
        if opening != "-" and self.dice.chance(0.35):
            first = self.phrase(opening, given)
            going_on = first.endswith((",", " but"))
            parts = [first, small(parts[0]) if going_on else parts[0]]
        if closing != "-" and self.dice.chance(0.45):
            parts.append(self.phrase(closing, given))
        return " ".join(ended(part) for part in parts)

    def written(self, text: str, label: str, habits: Habits) -> str:
        """Write a text as an account writes."""
        dice = self.dice
        if habits.lower:
            text = re.sub(r"(?<![@#\w/])[A-Z]\w*", lambda word: word[0].lower(), text)
        if habits.short:
            text = re.sub(r"[\w']+", lambda word: SHORT.get(word[0], word[0]), text)
        if habits.loud:
            text = re.sub(r"[!.]$", "!" * (2 + dice.below(3)), text)
        if not habits.stop:
            text = text.removesuffix(".")
        if dice.chance(habits.slips):
            text = misspelt(text, dice)
        if dice.chance(habits.emoji) and not text.startswith("http"):
            text += " " + dice.pick(EMOJI[label])
        return text


def capital(text: str) -> str:
    """Write the first letter large."""
    return text[0].upper() + text[1:]


def small(text: str) -> str:
    """Write the first letter small, where the first word is no name."""
    return text[0].lower() + text[1:] if text.split()[0] in COMMON else text


def ended(text: str) -> str:
    """Put a full stop behind words that have no end, so that what follows is apart."""
    if text[-1].isalnum() and not text.endswith(" but") and "http" not in text:
        return text + "."
    return text


def misspelt(text: str, dice: Dice) -> str:
    """Change two letters about in a longer word, or lose or double one."""
    words = list(WORD.finditer(text))
    if not words:
        return text
    word = dice.pick(words)
    at = word.start() + 1 + dice.below(len(word[0]) - 3)
    two = text[at : at + 2]
    wrong = dice.pick([two[::-1], two[0], two[0] + two])
    return text[:at] + wrong + text[at + 2 :]
