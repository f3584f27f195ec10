"""What accounts are called on a page that others read: by numbers, unless names are asked for.

A number tells nothing of whom it is. A hash would: who tries the names of a platform finds it,
unless its key is kept secret, and then the page's own author cannot join it to anything either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from stancekit.reporting.counting.addressed import Addressed
from stancekit.reporting.counting.examples import Example
from stancekit.runs.names_in_text import plain_name, replace_names

if TYPE_CHECKING:
    import pandas as pd

#: What stands for a name that has no number.
SOMEBODY = "somebody"


@dataclass(frozen=True)
class Naming:
    """How accounts are called.

    Attributes
    ----------
    names : bool
        Whether by their names.
    known : iterable of str
        Accounts that have a number, in the order of their numbers.
    """

    names: bool = False
    known: Iterable[str] = ()
    shown: Mapping[str, str] = field(init=False)
    _plain: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        numbered = {
            name: name if self.names else f"account {number}"
            for number, name in enumerate(dict.fromkeys(self.known), 1)
        }
        object.__setattr__(self, "shown", numbered)
        plain = {plain_name(name): shown.replace(" ", "_") for name, shown in numbered.items()}
        object.__setattr__(self, "_plain", plain)

    def name(self, account: str) -> str:
        """Say what an account is called.

        >>> Naming(known=["ana"]).name("ana"), Naming(names=True).name("ana")
        ('account 1', 'ana')
        """
        return account if self.names else self.shown.get(account, SOMEBODY)

    def word(self, word: str) -> str:
        """Call a word or a hashtag that is a known name, and else no word, as its account.

        >>> Naming(known=["Ana_Vale"]).word("#ana_vale"), Naming(known=["tram"]).word("tram")
        ('#account_1', 'tram')
        """
        plain = plain_name(word.removeprefix("#"))
        if self.names or plain.isalpha() or plain not in self._plain:
            return word
        return f"{'#' * word.startswith('#')}{self._plain[plain]}"

    def words(self, table: pd.DataFrame) -> pd.DataFrame:
        """Call the accounts that stand among the words of a table."""
        return table.assign(word=[self.word(word) for word in table["word"]])

    def text(self, text: str) -> str:
        """Take the names out of a text: those that a mark tells, and known ones that are no words.

        >>> Naming(known=["Ana_Vale"]).text("@ana_vale and @bo; ana_vale, no")
        '@account_1 and @somebody; account_1, no'
        """
        if self.names:
            return text
        numbers = self._plain

        def instead(kind: str, name: str) -> str:
            return numbers.get(plain_name(name), SOMEBODY)

        plain = {name: number for name, number in numbers.items() if not name.isalpha()}
        longest = dict(sorted(plain.items(), key=lambda it: -len(it[0])))
        return replace_names(text, instead, numbers, longest)

    def addressed(self, found: Addressed) -> Addressed:
        """Call the accounts of a table."""
        shown = [self.name(account) for account in found.table["account"]]
        return replace(found, table=found.table.assign(account=shown))

    def example(self, found: Example) -> Example:
        """Take the names out of an example."""
        return replace(
            found, text=self.text(found.text), evidence=tuple(map(self.text, found.evidence))
        )
