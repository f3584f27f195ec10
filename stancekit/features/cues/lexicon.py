"""Lexicons: which terms count for which cue, as tab-separated files a user can replace.

A lexicon is a folder of lists, one file a list: ``insult.tsv`` holds the terms that count as
insults. A file has a line ``term<TAB>weight``, then one term a line, lower case, of one to four
tokens (``shut up``), with a weight above 0; below 0 is for the lists of two signs, ``valence`` and
``emoji`` and ``intensifier``, and 0 keeps a longer term from counting at all (``as well``).
Lines that begin with ``# `` are comments: source and licence stand there.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stancekit.errors import FormatError, InputError
from stancekit.features.cues.table import LATER_CUES, LISTS, SIGNED_LISTS
from stancekit.text.segmentation import Kind, segment

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: Longest term, in tokens.
LONGEST = 4
#: Longest term, in characters.
LONGEST_TEXT = 200
#: Most lists, so that a set of them is one 64-bit number.
MOST_LISTS = 64

#: Lists of the default lexicon.
SHIPPED = (*LISTS, *(cue.name for cue in LATER_CUES))

_HEADER = "term\tweight"


@dataclass(frozen=True)
class Lexicon:
    """Named lists of weighted terms.

    Attributes
    ----------
    lists : tuple of (str, tuple of (str, float))
        Each list's name and its terms with their weights. The names in
        `stancekit.features.cues.table.LISTS` come first and in that order; any other list is a
        cue of its own, named after it.

    Examples
    --------
    >>> Lexicon.default()["insult"]["idiot"]
    1.0
    """

    lists: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]

    @classmethod
    def default(cls) -> Lexicon:
        """Return the lexicon that comes with the package."""
        return _default()

    @classmethod
    def load(cls, folder: str | Path) -> Lexicon:
        """Read a folder of lists; a list it lacks is taken from the default lexicon.

        Parameters
        ----------
        folder : str or Path
            Holds ``*.tsv``. An empty list (the header alone) switches a cue off; a list with a
            name of your own adds a cue.

        Raises
        ------
        FormatError
            If the folder has no list or a line cannot be read; names file, line and column.
        """
        folder = Path(folder)
        found = sorted(folder.glob("*.tsv")) if folder.is_dir() else []
        if not found:
            raise FormatError(
                f"{folder}: no lexicon here; a lexicon is a folder of files such as insult.tsv"
            )
        own = {path.stem: _read_list(path, str(path), path.stem) for path in found}
        if own.keys() >= set(LISTS):  # whole: saved, perhaps before other lists came
            return cls._from_lists(own)
        return cls._from_lists({**dict(_default().lists), **own})

    @classmethod
    def from_dicts(cls, lists: Mapping[str, Mapping[str, float]]) -> Lexicon:
        """Make a lexicon of exactly these lists; the others stay empty.

        Raises
        ------
        InputError
            If a term is too long, empty, a mention or a link.

        Examples
        --------
        >>> Lexicon.from_dicts({"insult": {"nincompoop": 1.0}})["slur"]
        {}
        """
        for name, terms in lists.items():
            fault = _fault(list(terms))
            if fault is not None:
                raise InputError(f"lexicon list {name!r}: {fault[1]}")
        return cls._from_lists({name: tuple(terms.items()) for name, terms in lists.items()})

    @classmethod
    def _from_lists(cls, lists: Mapping[str, tuple[tuple[str, float], ...]]) -> Lexicon:
        names = [*LISTS, *sorted(set(lists) - set(LISTS))]
        if len(names) > MOST_LISTS:
            raise InputError(f"a lexicon holds at most {MOST_LISTS} lists, here are {len(names)}")
        return cls(tuple((name, tuple(sorted(lists.get(name, ())))) for name in names))

    def __getitem__(self, name: str) -> dict[str, float]:
        return dict(dict(self.lists)[name])

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the lists."""
        return tuple(name for name, _ in self.lists)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of terms and weights, so that a saved model can name its lexicon."""
        text = "".join(f"{n}\t{t}\t{w!r}\n" for n, terms in self.lists for t, w in terms)
        return hashlib.sha256(text.encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.digest)  # the terms' own hash would cost more than labelling a post

    def save(self, folder: str | Path) -> None:
        """Write the lists as the files `load` reads."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name, terms in self.lists:
            lines = [_HEADER, *(f"{term}\t{weight:g}" for term, weight in terms)]
            text = "\n".join(lines) + "\n"
            (folder / f"{name}.tsv").write_text(text, encoding="utf-8", newline="\n")


def as_lexicon(lexicon: Lexicon | str | Path | None) -> Lexicon:
    """Return the lexicon meant: one given, one in a folder, or the default for None."""
    if lexicon is None:
        return Lexicon.default()
    if isinstance(lexicon, Lexicon):
        return lexicon
    if isinstance(lexicon, (str, Path)):
        return _loaded(Path(lexicon), _state(Path(lexicon)))
    raise InputError(
        f"lexicon is of type {type(lexicon).__name__}: give a Lexicon, a folder's path or None"
    )


@lru_cache(maxsize=4)
def _loaded(folder: Path, state: tuple[tuple[str, int, int], ...]) -> Lexicon:
    """Load a folder once for each state of its files; it is asked for batch by batch."""
    return Lexicon.load(folder)


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    stats = ((path.name, path.stat()) for path in sorted(folder.glob("*.tsv")))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=1)
def _default() -> Lexicon:
    folder = files("stancekit.features") / "lexicons"
    lists = {name: _read_list(folder / f"{name}.tsv", f"{name}.tsv", name) for name in SHIPPED}
    return Lexicon._from_lists(lists)


def _read_list(path: Traversable, shown: str, name: str) -> tuple[tuple[str, float], ...]:
    terms: dict[str, float] = {}
    numbers: list[int] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{shown}: not UTF-8 ({error}); save the file as UTF-8") from error
    for number, line in _content(text, shown):
        term, weight = _entry(line, f"{shown}, line {number}", signed=name in SIGNED_LISTS)
        if term in terms:
            raise FormatError(f"{shown}, line {number}, column 1: {term!r} stands here twice")
        terms[term] = weight
        numbers.append(number)
    fault = _fault(list(terms))
    if fault is not None:
        raise FormatError(f"{shown}, line {numbers[fault[0]]}, column 1: {fault[1]}")
    return tuple(terms.items())


def _fault(terms: Sequence[str]) -> tuple[int, str] | None:
    """Return which term cannot be looked up, and why."""
    for at, term in enumerate(terms):
        if len(term) > LONGEST_TEXT:
            why = f"{term[:20]!r}… has {len(term):,} characters, a term {LONGEST_TEXT} at most"
            return at, why
    seg = segment(terms)
    post = seg.post
    count = np.bincount(post[seg.kind != Kind.SPACE], minlength=len(terms))
    wrong = np.flatnonzero((count == 0) | (count > LONGEST))
    if wrong.size:
        at = int(wrong[0])
        return at, f"{terms[at]!r} has {count[at]} tokens, a term has 1 to {LONGEST}; shorten it"
    alike = np.flatnonzero((seg.kind == Kind.MENTION) | (seg.kind == Kind.LINK))
    if alike.size:
        at = int(post[alike[0]])
        return at, f"{terms[at]!r} is a mention or a link, and all of those look alike; remove it"
    return None


def _content(text: str, shown: str) -> Iterator[tuple[int, str]]:
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("# ")
    ]
    if not lines or lines[0][1] != _HEADER:
        number = lines[0][0] if lines else 1
        raise FormatError(
            f"{shown}, line {number}, column 1: expected the header 'term<TAB>weight'"
        )
    yield from lines[1:]


def _entry(line: str, shown: str, *, signed: bool) -> tuple[str, float]:
    cells = line.split("\t")
    if len(cells) != 2 or not cells[0].strip():
        raise FormatError(
            f"{shown}, column 1: expected a term, one tab and a weight, found {line!r}"
        )
    term = cells[0].strip()
    at = f"{shown}, column {len(cells[0]) + 2}"
    try:
        weight = float(cells[1])
    except ValueError:
        raise FormatError(f"{at}: weight {cells[1]!r} is not a number") from None
    if not math.isfinite(weight) or (weight < 0 and not signed):
        raise FormatError(f"{at}: weight {cells[1]} must be a finite number, 0 or more")
    return term, weight
