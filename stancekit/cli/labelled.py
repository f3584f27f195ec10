"""Labelled posts from a file, with the columns that a command names."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stancekit.cli.say import say
from stancekit.cli.wording import in_options
from stancekit.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from stancekit.posts import ColumnMap
    from stancekit.posts.record import Notice, Reject


def read_labelled(
    path: Path,
    named: Mapping[str, str | None],
    format: str | None,  # noqa: A002 (what it is called)
    **reader_options: Any,
) -> "tuple[pd.DataFrame, dict[str, Any]]":
    """Read labelled posts as one table, and find the columns `named` in it.

    Parameters
    ----------
    path, format, **reader_options
        As `stancekit.posts.read_posts` takes them.
    named
        Columns by the names they have in the file, or else in the post table; None for none.

    Returns
    -------
    posts, columns
        The table, and `named` with the names that the columns have in it.

    Raises
    ------
    InputError
        Names the columns there are.
    """
    import pandas as pd

    from stancekit.posts import columns_of, read_posts

    rejects: list[Reject] = []
    chunks = list(
        read_posts(path, format, on_reject=rejects.append, on_notice=_say_warning, **reader_options)
    )
    if rejects:
        rows = "row was" if len(rejects) == 1 else "rows were"
        say(f"{len(rejects):,} {rows} left out; the first: {rejects[0]}")
    if not chunks:
        raise InputError(f"{path}: holds no posts to learn from")
    posts = pd.concat(chunks, ignore_index=True)
    if {"id", "annotator"} <= set(posts.columns) and "item_id" not in posts:
        posts["item_id"] = posts["id"]  # of a table with a row an annotation
    mapped = columns_of(path, format, **reader_options)
    filled = [str(name) for name in posts if posts[name].notna().any()]
    columns = {use: name and name_in_posts(name, mapped, filled) for use, name in named.items()}
    missing = [str(named[use]) for use, name in columns.items() if name and name not in filled]
    if missing:
        present = filled if mapped is None else [*mapped.fields.values(), *mapped.extra]
        raise InputError(
            f"{path}: no column {', '.join(missing)}; there are {', '.join(present)}. Name the "
            "columns with --label, --group and --weight."
        )
    if label := columns.get("label"):
        posts[label] = as_numbers(posts[label])
    return posts, columns


def _say_warning(notice: "Notice") -> None:
    if notice.warning:
        say(f"warning: {in_options(str(notice))}")


def as_numbers(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Read a column of text as whole numbers, if that is what its cells are, as pandas does.

    >>> import pandas as pd
    >>> as_numbers(pd.Series(["1", None, "-1"])).tolist()
    [1, <NA>, -1]
    >>> as_numbers(pd.Series(["1", "01"])).tolist()
    ['1', '01']
    """
    number = cells.astype("string").str.fullmatch(r"0|-?[1-9][0-9]{0,17}").fillna(True)
    if not number.all():
        return cells
    return cells.astype("Int64")


def name_in_posts(name: str, mapped: "ColumnMap | None", filled: Sequence[str]) -> str:
    """Give the name that a file's column has in the post table.

    >>> from stancekit.posts import ColumnMap
    >>> mapped = ColumnMap({"text": "body", "author": "username"}, ("kind",))
    >>> name_in_posts("username", mapped, []), name_in_posts("kind", mapped, ["source_kind"])
    ('author', 'source_kind')
    """
    if mapped is None:
        return name
    for field, own in mapped.fields.items():
        if own == name:
            return field
    carried = mapped.extra_name(name)
    return carried if carried in filled else name
