"""From templates and names to cases: two texts, and what must hold between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from stancekit.errors import InputError
from stancekit.fairness.names import PRONOUNS, NamePair
from stancekit.fairness.templates import Template, fill

_PRONOUNS: Final = frozenset(PRONOUNS["f"]) | {word.capitalize() for word in PRONOUNS["f"]}


@dataclass(frozen=True)
class Case:
    """Two texts.

    Attributes
    ----------
    template : int
        Which of the templates it comes from.
    names : str
        The set of names; "" without names.
    held_out : bool
        Whether its names are held out from training.
    left_name, right_name : str
        The names that stand in either text, with " + " between them.
    left, right : str
    """

    template: int
    names: str
    held_out: bool
    left_name: str
    right_name: str
    left: str
    right: str


def make_cases(
    templates: Sequence[Template],
    names: Sequence[NamePair],
    n: int | None = None,
    seed: int = 0,
) -> list[Case]:
    """Fill every template with every name of its sets.

    A template with several slots takes them in step (the first person with the first hashtag), the
    shorter list from its start again, so that each name stands in it at least once; held-out names
    are never mixed with others. A changed text takes the same names as the first.

    Parameters
    ----------
    templates, names
        See `read_templates` and `read_names`.
    n : int, optional
        At most so many cases of a template in a set, drawn at random; all if not given.
    seed : int
        Of the draw.

    Raises
    ------
    InputError
        If no name fits a template.

    Examples
    --------
    >>> from stancekit.fairness.expect import Expectation
    >>> template = Template("two camps", ("a",), "", Expectation("same"), "{party} won {tag}")
    >>> names = [NamePair("a", "party", "Harbour", "Meadow"), NamePair("a", "tag", "#H", "#M")]
    >>> case, = make_cases([template], names)
    >>> case.left, case.right
    ('Harbour won #H', 'Meadow won #M')
    """
    rng = np.random.default_rng(seed)
    cases = []
    for number, template in enumerate(templates):
        found = [
            _draw(list(_of_set(number, template, name, names)), n, rng) for name in template.names
        ]
        if not template.names:
            found = [[Case(number, "", False, "", "", template.text, template.changed)]]
        if not any(found):
            raise InputError(
                f"no names fit {template.text!r}: there is no set of {', '.join(template.names)} "
                f"with all of {', '.join(sorted(template.slots))}"
            )
        cases += [case for some in found for case in some]
    return cases


def _draw(cases: list[Case], n: int | None, rng: np.random.Generator) -> list[Case]:
    if n is None or len(cases) <= n:
        return cases
    return [cases[i] for i in np.sort(rng.choice(len(cases), n, replace=False))]


def _of_set(
    number: int, template: Template, name: str, names: Sequence[NamePair]
) -> Iterator[Case]:
    wanted = {"person" if slot == "surname" else slot for slot in template.slots - _PRONOUNS}
    for held_out in (False, True):
        pairs = [pair for pair in names if pair.set == name and pair.held_out == held_out]
        lists = [[pair for pair in pairs if pair.slot == slot] for slot in sorted(wanted)]
        if not all(lists):
            continue
        for turn in range(max(map(len, lists))):
            yield from _cases(number, template, [some[turn % len(some)] for some in lists])


def _cases(number: int, template: Template, pairs: list[NamePair]) -> Iterator[Case]:
    left, right = _fillings(pairs, "left"), _fillings(pairs, "right")
    if missing := template.slots - left.keys():
        raise InputError(
            f"{template.text!r}: no name for {', '.join(sorted(missing))} goes with "
            f"{pairs[0].left}; pronouns need a name with a gender"
        )
    origin = number, pairs[0].set, pairs[0].held_out
    called = " + ".join(pair.left for pair in pairs), " + ".join(pair.right for pair in pairs)
    if not template.changed:
        yield Case(*origin, *called, fill(template.text, left), fill(template.text, right))
        return
    for slots, one in zip((left, right), called, strict=True):
        yield Case(*origin, one, one, fill(template.text, slots), fill(template.changed, slots))


def _fillings(pairs: Sequence[NamePair], side: str) -> dict[str, str]:
    slots: dict[str, str] = {}
    for pair in pairs:
        slots = {**pair.fillings(side), **slots}
    return slots
