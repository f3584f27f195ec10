r"""Where reading can go on after a broken item: the places that look as its neighbours do.

Programs write the members of an array or object alike. If each stands on a line of its own, the
line end and the indent before it (``\n  ``) say where one begins and how deep; nothing inside one
looks so. In JSON without line ends an item is told by its first key (``,{"id":``), which other
arrays' items rarely share, and a list by its name if it is one of those looked for.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from stancekit.posts.limits import ITEM_STARTS, LEAD_CHARACTERS, PATTERNS_MADE

_HEAD: Final = re.compile(r'\{\s*"[^"\\]{0,200}"\s*:')
_NAMED_LIST: Final = r'[\]}]\s*,\s*(?="(?P<name>[^"\\]{1,200})"\s*:\s*[\[{])'


@dataclass
class Frame:
    """An array or object that is open, or the document as a whole.

    Attributes
    ----------
    path : str
        Of itself; ``inside`` is the path of an array's items.
    kind : str
        ``[``, ``{``, or nothing for the document.
    lead : str
        The white space before its last member that was looked at.
    heads : tuple of str
        How its members that are objects begin, the first few that differ.
    """

    path: str
    kind: str
    lead: str = ""
    heads: tuple[str, ...] = ()

    @property
    def inside(self) -> str:
        """The path of an array's items, or of the document's values."""
        if self.kind == "[":
            return f"{self.path}.item" if self.path else "item"
        return self.path

    def key_path(self, key: str) -> str:
        """The path of an object's member."""
        return f"{self.path}.{key}" if self.path else key

    def look(self, lead: str, text: str, at: int) -> None:
        """Look at a member that begins at a place of a text."""
        self.lead = lead if len(lead) <= LEAD_CHARACTERS else ""
        if self.kind != "{" and len(self.heads) < ITEM_STARTS:
            found = _HEAD.match(text, at)
            if found and found[0] not in self.heads:
                self.heads += (found[0],)


_Shape: TypeAlias = "tuple[str, str, tuple[str, ...]]"
"""A frame's kind, lead and heads."""


class Marks:
    """The places where members of some open frames begin, or a frame ends.

    Parameters
    ----------
    frames : sequence of Frame
        The document first; it may change, and the marks with it.
    wanted : callable
        As in :func:`walk`.
    """

    def __init__(self, frames: Sequence[Frame], wanted: Callable[[str], bool]) -> None:
        self._frames = frames
        self._wanted = wanted
        self._patterns: dict[tuple[_Shape, ...], re.Pattern[str] | None] = {}

    def find(self, text: str, start: int, stop: int = sys.maxsize) -> tuple[int, int] | None:
        """Return the first place at or after ``start``, and how many frames are open there."""
        pattern = self._pattern()
        while pattern is not None and (found := pattern.search(text, start, stop)):
            group = str(found.lastgroup)
            if group != "name":
                return found.end(), int(group[1:]) + 1
            for depth in range(len(self._frames) - 1, 0, -1):
                frame = self._frames[depth]
                if frame.kind == "{" and self._is_wanted(frame.key_path(found["name"])):
                    return found.end(), depth + 1
            start = found.end()
        return None

    def _pattern(self) -> re.Pattern[str] | None:
        shapes = tuple((frame.kind, frame.lead, frame.heads) for frame in self._frames)
        if shapes not in self._patterns:
            if len(self._patterns) == PATTERNS_MADE:
                return None  # no two parts of the text look alike
            self._patterns[shapes] = _pattern_of(shapes)
        return self._patterns[shapes]

    def _is_wanted(self, path: str) -> bool:
        return self._wanted(path) or self._wanted(f"{path}.item")


def _pattern_of(shapes: Sequence[_Shape]) -> re.Pattern[str] | None:
    """Make the pattern of the marks of some frames.

    Group ``m0``, ``m1``, … matched: a member of that frame begins at the end of the match; ``e1``,
    …: that frame ends there.
    """
    parts: dict[str, str] = {}
    for depth in range(len(shapes) - 1, -1, -1):
        kind, lead, heads = shapes[depth]
        head = "|".join(map(re.escape, heads))
        lines = "\n" in lead
        escaped = re.escape(lead)
        if lines and kind == "{":
            parts.setdefault(rf',?{escaped}(?="[^"\\\n]{{1,200}}"\s*:)', f"m{depth}")
        elif lines:
            parts.setdefault(rf",?{escaped}(?=\{{)", f"m{depth}")
        elif head and kind:
            parts.setdefault(rf",\s*(?={head})", f"m{depth}")
        elif head:
            parts.setdefault(rf"(?<=\}})\s*(?={head})", f"m{depth}")
        above = shapes[depth - 1][1] if depth else ""
        above = above if "\n" in above else "\n"
        if lines and depth and (kind == "[" or len(lead) > len(above)):
            closer = r"\]" if kind == "[" else r"\}"
            parts.setdefault(rf"{re.escape(above)}(?={closer})", f"e{depth}")
    patterns = [f"(?P<{name}>{part})" for part, name in parts.items()]
    if len(shapes) > 1:
        patterns.append(_NAMED_LIST)
    return re.compile("|".join(patterns)) if patterns else None
