"""Arguments of `label_archive`, refused before any work rather than after it."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import islice
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stancekit.errors import InputError
from stancekit.posts.table import COLUMNS
from stancekit.runs.columns import to_batch
from stancekit.runs.labeller import Model
from stancekit.runs.reading import Reading, items

if TYPE_CHECKING:
    from stancekit.model.abstention import LeastConfidence

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


def least_for(
    model: Model, min_confidence: "LeastConfidence | None"
) -> float | dict[str, float] | None:
    """Give a least confidence as plain numbers, fit to be sent to workers and kept in a journal.

    Raises
    ------
    InputError
        When it is none, or names a label that the model does not know.
    """
    if min_confidence is None:
        return None
    from stancekit.model.abstention import least_confidence

    return least_confidence(min_confidence, model.classes)


def loaded(model: Model | str | Path) -> Model:
    """Load a model that is only named.

    Raises
    ------
    InputError
        When it is no model at all.
    """
    if isinstance(model, str | Path):
        from stancekit.model import load

        return load(model)
    if not hasattr(model, "classify"):
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
    """
    if select is None:
        return None
    names = list(select) if isinstance(select, Iterable) else [select]
    if isinstance(select, str) or not all(isinstance(name, str) for name in names):
        raise InputError(f'select is {select!r}: give a list of names, as in ["id", "text"]')
    unsure = [name for name in names if name not in COLUMNS and name not in reading.reserved]
    present = _present(reading) if unsure else []
    if present and (unknown := [name for name in unsure if name not in present]):
        raise InputError(
            f"select: no column {', '.join(map(repr, unknown))} in the first {SAMPLE:,} posts; "
            f"there are {', '.join(present)}"
        )
    return names


def _present(reading: Reading) -> list[str]:
    with closing(items(reading)) as found:
        rows = list(islice((item for item in found if type(item) is dict), SAMPLE))
    return list(to_batch(rows, reading.reserved).schema.names)
