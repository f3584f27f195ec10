"""Arguments of a run, refused before any work rather than after it."""

from collections.abc import Iterable, Sequence
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stancekit.errors import ArgumentError, InputError
from stancekit.posts.files.source import Source
from stancekit.posts.table import COLUMNS
from stancekit.runs.filters import Moment, filters_for
from stancekit.runs.folder import RunFolder
from stancekit.runs.labeller import Labeller, check_classes
from stancekit.runs.output.excel_csv import excel_mark
from stancekit.runs.pseudonyms import Pseudonyms, read_key
from stancekit.runs.reading import Reading
from stancekit.runs.run import Engine, Run
from stancekit.runs.selecting import checked_select

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel
    from stancekit.scores.coverage import LeastConfidence


def run_for(
    source: Sequence[str],
    folder: RunFolder,
    engine: Engine,
    opened: Source | None = None,
    /,
    *,
    model: "StanceModel | str | Path" = "default",
    resume: bool = True,
    on_error: str = "skip",
    select: Sequence[str] | None = None,
    raw: bool = False,
    excel: bool | str = False,
    force: bool = False,
    format: str | None = None,  # noqa: A002 (what it is called)
    label_reposts: bool = True,
    only: str | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
    lang: str | Sequence[str] | None = None,
    pseudonymise: str | Path | None = None,
    min_confidence: "LeastConfidence | None" = None,
    explain: bool = False,
    extract: bool = False,
    chunk_size: int = 5_000,
    progress: bool | None = None,
    **reader_options: Any,
) -> Run:
    """Check what was asked for, load the model, and make a `Run` of it.

    Parameters
    ----------
    source, folder, engine
        What the run has of its own.
    opened
        Some of the source, to be looked into where it cannot be opened as a whole.
    **others
        As `stancekit.label_archive` takes them.

    Raises
    ------
    InputError
        Names the argument that cannot be used.
    RunError
        When classes of the model are called like columns.
    """
    check_chunk_size(chunk_size)
    if on_error not in ("skip", "stop"):
        raise ArgumentError(f'on_error is {on_error!r}: give "skip" or "stop"')
    filters, chosen = filters_for(only, since, until, lang), loaded(model)
    check_classes(chosen.classes, tuple(COLUMNS))
    pseudonyms = pseudonyms_for(pseudonymise, source, folder, select)
    labeller = Labeller(
        chosen,
        least_for(chosen, min_confidence),
        label_reposts,
        explain,
        extract,
        filters,
        pseudonyms,
    )
    reading = Reading(
        source=source,
        format=format,
        options=reader_options,
        chunk_size=chunk_size,
        reserved=frozenset(labeller.columns),
        stop=on_error == "stop",
        pseudonyms=pseudonyms,
    )
    return Run(
        reading=reading,
        labeller=labeller,
        folder=folder,
        engine=engine,
        select=None if select is None else checked_select(select, reading, opened),
        raw=raw,
        excel=excel_mark(excel, raw, folder.destination.suffix.lower()),
        resume=resume,
        force=force,
        progress=progress,
    )


def check_chunk_size(chunk_size: Any) -> None:
    """Refuse a number of posts that is none.

    Raises
    ------
    InputError
        Names the argument.
    """
    if not isinstance(chunk_size, Integral) or chunk_size < 1:
        raise ArgumentError(f"chunk_size is {chunk_size!r}: give a whole number, 1 or more")


def least_for(
    model: "StanceModel", min_confidence: "LeastConfidence | None"
) -> float | dict[str, float] | None:
    """Give a least confidence as plain numbers, fit to be sent to workers and kept in a journal.

    Raises
    ------
    InputError
        When it is none, or names a label that the model does not know.
    """
    if min_confidence is None:
        return None
    from stancekit.scores.coverage import least_confidence

    return least_confidence(min_confidence, model.classes)


def loaded(model: "StanceModel | str | Path") -> "StanceModel":
    """Load a model that is only named.

    Raises
    ------
    InputError
        When it is no model at all.
    """
    from stancekit.model import StanceModel, load

    if isinstance(model, str | Path):
        return load(model)
    if not isinstance(model, StanceModel):
        raise ArgumentError(
            f"model is {model!r}: give a StanceModel, the folder of a saved one, or a name, such "
            'as "default"'
        )
    return model


def pseudonyms_for(
    key_file: str | Path | None,
    source: Sequence[str],
    folder: RunFolder,
    select: Iterable[str] | None,
) -> Pseudonyms | None:
    """Read the key of pseudonyms, or make it, where the user said; columns of `select` are kept.

    Raises
    ------
    InputError
        When it would lie in the source or the output, or the file holds no key.
    """
    if key_file is None:
        return None
    path = Path(key_file)
    place = path.resolve()
    written = (folder.destination, folder.final_rejects, folder.path)
    for other in (*map(Path, source), *map(Path, written)):
        other = other.resolve()
        if place == other or other in place.parents:
            raise InputError(
                f"{path}: is, or lies in, {other}. Keep the key of pseudonyms elsewhere."
            )
    return Pseudonyms(read_key(path), frozenset(select or ()))
