"""Give pieces to the workers, take reports, and make the columns of all parts alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from typing import Any

import pyarrow as pa

from stancekit.errors import RunError
from stancekit.extras import extra
from stancekit.posts.reading import columns_of
from stancekit.progress import progress_bar
from stancekit.runs.assemble import output_schema
from stancekit.runs.cluster import pieces as cutting
from stancekit.runs.cluster.connect import versions
from stancekit.runs.cluster.held import handed_out, with_job
from stancekit.runs.cluster.pieces import File, Piece
from stancekit.runs.cluster.run import ClusterRun
from stancekit.runs.cluster.work import Job, Report, conform_part, label_piece
from stancekit.runs.identity import notes_for
from stancekit.runs.journal import Identity


def cut_up(run: ClusterRun, files: Sequence[File], client: Any) -> list[Piece]:
    """Cut the source into pieces; workers look for the line ends."""

    def count(ranges: Sequence[tuple[str, int, int]]) -> Sequence[int]:
        futures = client.map(cutting.lines_in, ranges, pure=False)
        with _explained():
            counted: Sequence[int] = client.gather(futures)
        return counted

    return cutting.cut(
        files,
        format=run.reading.format,
        count_lines=count,
        columns=partial(columns_of, format=run.reading.format, **run.reading.options),
        block=cutting.BLOCK,
    )


def label_pieces(
    run: ClusterRun,
    pieces: Sequence[Piece],
    earlier: Mapping[int, Report],
    identity: Identity,
    client: Any,
) -> list[Report]:
    """Label the pieces that `earlier` has no part of, and make all parts' columns alike."""
    kept = dict(earlier)
    missing = [piece for piece in pieces if piece.index not in kept]
    job = Job(
        reading=run.reading,
        labeller=run.labeller,
        folder=run.folder,
        select=run.select,
        notes=notes_for(identity),
        versions=versions(),
    )
    with handed_out(client, job) as name, _bar(run, kept) as bar:
        label = partial(with_job, name, label_piece)
        for report in _mapped(client, label, [(piece,) for piece in missing]):
            kept[report.index] = report
            bar.update(report.part["rows"])
        schema = _common(run, [kept[index] for index in sorted(kept)])
        unlike = [r for r in kept.values() if r.size and r.columns.names != schema.names]
        data = schema.serialize().to_pybytes()
        rewrite = partial(with_job, name, conform_part)
        for report in _mapped(client, rewrite, [(report, data) for report in unlike]):
            kept[report.index] = report
    return [kept[index] for index in sorted(kept)]


def _mapped(
    client: Any, work: Callable[..., Report], arguments: Sequence[tuple[Any, ...]]
) -> Iterator[Report]:
    """Yield results as they come; after the first failure nothing more is begun."""
    as_completed = extra("distributed", "dask").as_completed
    futures = [client.submit(work, *given, pure=False) for given in arguments]
    try:
        with _explained():
            for future in as_completed(futures, loop=client.loop):
                yield future.result()
                future.release()
    finally:
        client.cancel(futures)


@contextmanager
def _explained() -> Iterator[None]:
    """Say in plain words what Dask says of workers that keep dying."""
    distributed = extra("distributed", "dask")
    try:
        yield
    except distributed.scheduler.KilledWorker as error:
        raise RunError(
            f"workers died again and again over the same piece ({error}). They may lack memory: "
            "give each more, or a smaller chunk_size. Finished parts are kept: run the same again."
        ) from error
    except (distributed.comm.CommClosedError, CancelledError) as error:
        raise RunError(
            f"the Dask scheduler went away ({error}). Finished parts are kept: run the same again."
        ) from error
    except OSError as error:
        raise RunError(
            f"a worker could not read or write ({error}). Source and destination must lie where "
            "every worker finds them under the same name."
        ) from error


def _bar(run: ClusterRun, kept: Mapping[int, Report]) -> Any:
    done = sum(report.part["rows"] for report in kept.values())
    options: dict[str, Any] = {"desc": "labelling", "unit": " posts", "unit_scale": True}
    return progress_bar(run.progress, initial=done, **options)


def _common(run: ClusterRun, reports: Sequence[Report]) -> pa.Schema:
    """The columns of all parts: those the local engine would give the one file."""
    parts = [r.columns.names for r in reports if r.size]
    return output_schema(parts, run.labeller.schema, run.select)
