"""``stancekit events``: storms, and who may have been piled on, in labelled posts."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stancekit.cli import options
from stancekit.cli.say import answer, say

if TYPE_CHECKING:
    import pandas as pd

    from stancekit.events import PileOns, Storms

Labelled = Annotated[
    Path,
    typer.Argument(
        metavar="LABELLED",
        help="Labels that `stancekit label` wrote: a file, or a folder of parts.",
    ),
]
Names = list[str] | None


class StormsOf(str, Enum):
    """What storms are looked for."""

    hashtags = "hashtags"
    phrases = "phrases"
    links = "links"
    none = "none"


def events(
    labelled: Labelled,
    storms: Annotated[
        StormsOf, typer.Option("--storms", help="What storms are of; none: pile-ons alone.")
    ] = StormsOf.hashtags,
    person: Annotated[
        Names, typer.Option(metavar="NAME", help="A target that is a person; repeatable.")
    ] = None,
    organisation: Annotated[
        Names, typer.Option(metavar="NAME", help="A target that is none; repeatable.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="A .csv, .tsv or .xlsx; - for CSV.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Of the draws.")] = 0,
    force: options.Force = False,
) -> None:
    """Find storms, and what is consistent with a pile-on, in labelled posts of many authors.

    A file that cannot show a pile-on (one author's archive; no authors, times or targets) has no
    episodes, and it is said why. Accounts that took part are not named; where targets must not be,
    label with --pseudonymise.

    \b
    stancekit label collected.csv -o labels.parquet
    stancekit events labels.parquet -o events.csv
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.cli.tables import write_table
    from stancekit.events import find_pileons, find_storms

    if output is not None and output != "-":
        options.check_file(Path(output), force)
        options.check_apart(Path(output), labelled)
    targets = dict.fromkeys(person or [], "person")
    targets |= dict.fromkeys(organisation or [], "organisation")
    pileons = find_pileons(labelled, targets=targets, seed=seed)
    found: list[PileOns | Storms] = [pileons]
    if storms is not StormsOf.none:
        found.append(find_storms(labelled, storms.value, pileons=pileons))
    tell = say if output == "-" else answer
    for number, part in enumerate(found):
        if number:
            tell("")
        tell(part)
    if output is not None:
        write_table(table_of(found), output, force)


def table_of(found: "list[PileOns | Storms]") -> "pd.DataFrame":
    """Put episodes and storms into one table, an event a row, fit for a file of text.

    Returns
    -------
    pandas.DataFrame
        ``event`` (the level of an episode, or ``storm``), ``name`` (of the target, or the key),
        what both have, and then the columns of either.
    """
    import pandas as pd

    rows: list[dict[str, object]] = []
    columns = dict.fromkeys(("event", "name", "start", "end", "posts", "accounts"))
    for part in found:
        frame = part.to_frame().rename(columns={"target": "name", "key": "name", "level": "event"})
        columns |= dict.fromkeys(frame.columns)
        rows += [
            {"event": "storm"} | {str(name): _cell(cell) for name, cell in row.items()}
            for row in frame.to_dict("records")
        ]
    return pd.DataFrame(rows, columns=list(columns), dtype=object)


def _cell(value: object) -> object:
    """Write lists and times as texts."""
    import pandas as pd

    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return None if value is pd.NA or value is pd.NaT else value
