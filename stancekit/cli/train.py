"""``stancekit train``: a model from labelled posts."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stancekit.cli import options
from stancekit.cli.say import answer, say, warnings_said
from stancekit.cli.wording import in_options
from stancekit.errors import InputError, LabelWarning

if TYPE_CHECKING:
    import pandas as pd

    from stancekit.posts import ColumnMap
    from stancekit.posts.record import Notice, Reject


def train(
    labelled: Annotated[
        Path, typer.Argument(metavar="LABELLED", help="Posts with a column of labels.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="MODEL_DIR", help="Folder for the model.")
    ],
    text: Annotated[
        str | None, typer.Option(help="Column of the texts; guessed if not given.")
    ] = None,
    label: Annotated[str, typer.Option(help="Column of the labels.")] = "label",
    group: Annotated[
        str | None,
        typer.Option(help="Column whose equal values never stand on both sides of a split."),
    ] = None,
    weight: Annotated[str | None, typer.Option(help="Column of weights.")] = None,
    extra: Annotated[
        Path | None,
        typer.Option(help="Posts with the same columns to learn from too, and never score on."),
    ] = None,
    merge_labels: Annotated[
        bool,
        typer.Option(help="Take labels that differ in case, spaces or quotation marks for one."),
    ] = True,
    seed: Annotated[
        int, typer.Option(min=0, max=2**32 - 1, help="The same seed gives the same model.")
    ] = 0,
    format: options.Format = None,  # noqa: A002 (what it is called)
    option: options.Settings = None,
    keep_text: options.KeepText = False,
    force: options.Force = False,
    progress: Annotated[
        bool | None, typer.Option(help="A progress bar; in a terminal only, if not given.")
    ] = None,
) -> None:
    """Train a model on your own labels and print its report.

    \b
    stancekit train annotated.csv -o my-model
    stancekit train annotated.jsonl -o my-model --text body --label stance --group author_id
    stancekit label archive.zip -o labels.csv --model my-model
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.model import train as fit

    options.check_model_folder(output, force)
    reader_options: dict[str, Any] = options.settings(option, keep_text)
    if text is not None:
        reader_options["text"] = text
    named = {"label": label, "group": group, "weight": weight}
    posts, columns = read_labelled(labelled, named, format, **reader_options)
    more = None
    if extra is not None:
        more, own = read_labelled(extra, named, None, **reader_options)
        more = more.rename(columns={own[use]: columns[use] for use in named if columns[use]})
    with warnings_said(LabelWarning):
        model = fit(
            posts,
            text="text",
            **columns,
            extra=more,
            merge_labels=merge_labels,
            seed=seed,
            progress=progress,
        )
    model.save(output)
    answer(model.report)
    say(f"saved in {output}")


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
