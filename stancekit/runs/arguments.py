"""Arguments of `label_archive`, refused before any work rather than after it."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stancekit.errors import InputError
from stancekit.posts.record import Notice, Record
from stancekit.posts.table import COLUMNS, to_batch
from stancekit.posts.tables.columns import ColumnMap
from stancekit.runs.folder import check_parent
from stancekit.runs.output.outputs import is_parts
from stancekit.runs.pseudonyms import Pseudonyms, read_key
from stancekit.runs.reading import Reading, items

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel
    from stancekit.scores.coverage import LeastConfidence

#: Posts that are looked at for the names of a user's own columns.
SAMPLE: Final = 10_000


def check_chunk_size(chunk_size: Any) -> None:
    """Refuse a number of posts that is none.

    Raises
    ------
    InputError
        Names the argument.
    """
    if not isinstance(chunk_size, Integral) or chunk_size < 1:
        raise InputError(f"chunk_size is {chunk_size!r}: give a whole number, 1 or more")


def check_engine(
    engine: str, scheduler: str | None, workers: int | None, n_jobs: int | None
) -> None:
    """Refuse an engine that there is none of, and what another engine takes.

    Raises
    ------
    InputError
        Names the argument.
    """
    if engine not in ("local", "dask"):
        raise InputError(f'engine is {engine!r}: give "local" or "dask"')
    if engine == "local" and (scheduler is not None or workers is not None):
        raise InputError('scheduler and workers (--scheduler, --workers) need engine="dask"')
    if engine == "dask" and n_jobs is not None:
        raise InputError('with engine="dask", say workers (--workers) in place of n_jobs (--jobs)')
    if workers is not None and (scheduler is not None or workers < 1):
        raise InputError(
            f"workers is {workers!r}: give 1 or more, and none with a scheduler, which has its own"
        )


def check_places(source: Path, destination: Path, folder: bool = False) -> None:
    """Refuse places that would harm the source or lose the output.

    Raises
    ------
    InputError
        When the source is not there, or the destination is the source or lies in it, is a
        folder and `folder` does not say that it is to be one, or lies where none can be made.
    """
    if not source.exists():
        raise InputError(f"{source}: no such file or folder. Check the path.")
    whole, target = source.resolve(), destination.resolve()
    if whole == target or whole in target.parents:
        raise InputError(
            f"{destination}: is, or lies in, the source {source}, which is never changed. Choose a "
            "destination outside it."
        )
    if target in whole.parents:
        raise InputError(
            f"{destination}: the source {source} lies in it, which is never changed. Choose "
            "another destination."
        )
    check_parent(destination)
    if target.is_dir() and not folder:
        raise InputError(f"{destination}: is a folder. Give the name of a file to write.")
    if target.is_dir() and not is_parts(target):
        raise InputError(
            f"{destination}: is a folder that holds other things than Parquet parts, which would "
            "be lost. Give the name of a new folder."
        )


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
        raise InputError(
            f'model is {model!r}: give a StanceModel, the folder of a saved one, or "default"'
        )
    return model


def checked_select(select: Any, reading: Reading) -> Sequence[str] | None:
    """See that `select` names columns that there are.

    A user's own column must be in one of the first `SAMPLE` posts. Whether later ones have it is
    known only at the end of the labelling, which is no time to tell of a slip of the pen.

    Raises
    ------
    InputError
        Names the columns there are.

    Returns
    -------
    sequence of str
        Names of the output's columns: a table's own name for a column of the post table is given
        as that column's.
    """
    if select is None:
        return None
    names = list(select) if isinstance(select, Iterable) else [select]
    if isinstance(select, str) or not all(isinstance(name, str) for name in names):
        raise InputError(f'select is {select!r}: give a list of names, as in ["id", "text"]')
    unsure = [name for name in names if name not in COLUMNS and name not in reading.reserved]
    if not unsure:
        return names
    present, own_names = _present(reading)
    if present and (
        unknown := [name for name in unsure if name not in present and name not in own_names]
    ):
        raise InputError(
            f"select: no column {', '.join(map(repr, unknown))} in the first {SAMPLE:,} posts; "
            f"there are {', '.join(present)}"
        )
    return [name if name in present else own_names.get(name, name) for name in names]


def _present(reading: Reading) -> tuple[list[str], dict[str, str]]:
    """Give the output's columns, and what the file's own names for some of them stand for."""
    rows: list[Record] = []
    own_names: dict[str, str] = {}
    with closing(items(reading)) as found:
        for item in found:
            if type(item) is dict:
                rows.append(item)
            elif isinstance(item, Notice) and isinstance(item.detail, ColumnMap):
                own_names |= {own: name for name, own in item.detail.fields.items()}
            if len(rows) == SAMPLE:
                break
    return list(to_batch(rows, reading.reserved).schema.names), own_names


def pseudonyms_for(
    key_file: str | Path | None, source: Path, destination: Path, select: Iterable[str] | None
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
    for other in (source.resolve(), destination.resolve()):
        if place == other or other in place.parents:
            raise InputError(
                f"{path}: is, or lies in, {other}. Keep the key of pseudonyms elsewhere."
            )
    return Pseudonyms(read_key(path), frozenset(select or ()))
