r"""Where reading can go on after a broken item: the places that look as its neighbours do.

Programs write the members of an array or object alike. If each stands on a line of its own, the
line end and the indent before it (``\n  ``) say where one begins and how deep; nothing inside one
looks so. In JSON without line ends an item is told by its first key (``,{"id":``), which other
arrays' items rarely share, and a list by its name if it is one of those looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from stancekit.posts.limits import LEAD_CHARACTERS

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
    head : str
        How that began, if it was an object.
    """

    path: str
    kind: str
    lead: str = ""
    head: str = ""

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
        found = _HEAD.match(text, at) if self.kind != "{" else None
        self.head = found[0] if found else self.head


@dataclass(frozen=True)
class Marks:
    """The places where members of some open frames begin, or a frame ends.

    Attributes
    ----------
    pattern : pattern
        Group ``m0``, ``m1``, … matched: a member of that frame begins at the end of the match;
        ``e1``, …: that frame ends there.
    frames, wanted
        As `marks_of` was given them.
    """

    pattern: re.Pattern[str] | None
    frames: Sequence[Frame]
    wanted: Callable[[str], bool]

    def find(self, text: str, start: int) -> tuple[int, int] | None:
        """Return the first place at or after ``start``, and how many frames are open there."""
        while self.pattern is not None and (found := self.pattern.search(text, start)):
            group = str(found.lastgroup)
            if group != "name":
                return found.end(), int(group[1:]) + 1
            for depth in range(len(self.frames) - 1, 0, -1):
                frame = self.frames[depth]
                if frame.kind == "{" and self._is_wanted(frame.key_path(found["name"])):
                    return found.end(), depth + 1
            start = found.end()
        return None

    def _is_wanted(self, path: str) -> bool:
        return self.wanted(path) or self.wanted(f"{path}.item")


def marks_of(frames: Sequence[Frame], wanted: Callable[[str], bool]) -> Marks:
    """Make the marks of all open frames, the document first."""
    parts: dict[str, str] = {}
    for depth in range(len(frames) - 1, -1, -1):
        frame = frames[depth]
        lead, head = re.escape(frame.lead), re.escape(frame.head)
        lines = "\n" in frame.lead
        if lines and frame.kind == "{":
            parts.setdefault(rf',?{lead}(?="[^"\\\n]{{1,200}}"\s*:)', f"m{depth}")
        elif lines:
            parts.setdefault(rf",?{lead}(?=\{{)", f"m{depth}")
        elif head and frame.kind:
            parts.setdefault(rf",\s*(?={head})", f"m{depth}")
        elif head:
            parts.setdefault(rf"(?<=\}})\s*(?={head})", f"m{depth}")
        above = frames[depth - 1].lead if depth else ""
        above = above if "\n" in above else "\n"
        if lines and depth and (frame.kind == "[" or len(frame.lead) > len(above)):
            closer = r"\]" if frame.kind == "[" else r"\}"
            parts.setdefault(rf"{re.escape(above)}(?={closer})", f"e{depth}")
    patterns = [f"(?P<{name}>{part})" for part, name in parts.items()]
    if len(frames) > 1:
        patterns.append(_NAMED_LIST)
    return Marks(re.compile("|".join(patterns)) if patterns else None, tuple(frames), wanted)
