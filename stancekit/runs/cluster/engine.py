"""The engine of a cluster: Dask maps, and a piece of the source becomes a part of the output."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import Any, Final

import orjson

from stancekit.posts.reading import columns_of
from stancekit.runs.cluster import pieces as cutting
from stancekit.runs.cluster.connect import connected
from stancekit.runs.cluster.listing import File, find_files, listing_digest
from stancekit.runs.cluster.pieces import Piece
from stancekit.runs.cluster.work import conform_part, label_piece, part_path
from stancekit.runs.part import Part
from stancekit.runs.reading import Found
from stancekit.runs.run import Run
from stancekit.runs.sources import told_once
from stancekit.runs.summary import RunSummary
from stancekit.runs.unread import Unread

SUCCESS: Final = "_SUCCESS"


@dataclass(frozen=True)
class Cluster:
    """Label on the workers of Dask; see `stancekit.runs.run.Engine`.

    Parts lie where the output goes, since in an object store nothing can be renamed.

    Attributes
    ----------
    files
        Files of the source.
    scheduler, workers
        As `stancekit.runs.cluster.connect.connected` takes them.
    """

    files: Sequence[File]
    scheduler: str | None = None
    workers: int | None = None

    def source(self, run: Run) -> Mapping[str, object]:
        """Names, sizes and marks of the files, and how they are cut."""
        return {**listing_digest(self.files), "block": cutting.BLOCK}

    def stamps(self, run: Run) -> object:
        """List the files again."""
        return find_files(run.reading.source)

    def label(self, run: Run, kept: Mapping[int, Part], found: Found) -> Iterator[Part]:
        """Map `label_piece` over the pieces, and make the columns of all parts alike."""
        # imports Dask, which not everybody has
        from stancekit.runs.cluster.tasks import handed_out, mapped, with_run

        parts = dict(kept)
        with (
            connected(self.scheduler, self.workers) as client,
            handed_out(client, run) as name,
        ):
            pieces = self._pieces(run, client)
            found.shares |= {piece.index: piece.size for piece in pieces}
            missing = [(piece,) for piece in pieces if piece.index not in kept]
            for part in mapped(client, partial(with_run, name, label_piece), missing):
                parts[part.index] = part
                yield part
            whole = [parts[index] for index in sorted(parts)]
            columns = run.schema(part.columns for part in whole if part.size).names
            unlike = [(one, columns) for one in whole if one.size and list(one.columns) != columns]
            for part in mapped(client, partial(with_run, name, conform_part), unlike):
                yield part
        found.chunks = len(pieces)
        found.rejects = sum(part.rejects for part in whole)
        found.unread = sum((Unread(**part.unread) for part in whole), Unread())
        found.notices = told_once(notice for part in whole for notice in part.notices)
        with run.folder.writing(run.folder.rejects) as path, path.open("wb") as file:
            for part in whole:
                if part.rejects:
                    with run.folder.files.open(run.folder.part(part.index, ".rejects")) as one:
                        shutil.copyfileobj(one, file)

    def intact(self, run: Run, parts: Sequence[Part]) -> list[Part]:
        """Give the parts of the size that their records tell: to read them again takes too long."""
        sizes = run.folder.files.sizes(run.folder.destination)
        return [p for p in parts if sizes.get(part_path(run, p.index).name, 0) == p.size]

    def assemble(self, run: Run, parts: Sequence[Part], summary: RunSummary) -> None:
        """List the parts, which are the output, with the summary and what decides them."""
        listed = [
            {
                "part": part_path(run, part.index).name,
                "posts": part.counts.rows,
                "bytes": part.size,
                "source": part.source,
            }
            for part in parts
            if part.size
        ]
        told = {"summary": summary.as_dict(), "run": run.identity, "parts": listed}
        run.folder.files.write(run.folder.output, orjson.dumps(told, option=orjson.OPT_INDENT_2))

    def final(self, run: Run) -> PurePath:
        """``_SUCCESS``, which says that all parts are there."""
        return run.folder.destination / SUCCESS

    def clear(self, run: Run) -> None:
        """Throw the parts away."""
        destination = run.folder.destination
        held = [name for name in run.folder.files.sizes(destination) if is_own(name)]
        run.folder.files.remove(*(destination / name for name in held))

    def _pieces(self, run: Run, client: Any) -> list[Piece]:
        """Cut the source; workers look for the line ends."""
        from stancekit.runs.cluster.tasks import explained

        def count(ranges: Sequence[tuple[str, int, int]]) -> Sequence[int]:
            with explained():
                counted: Sequence[int] = client.gather(
                    client.map(cutting.lines_in, ranges, pure=False)
                )
            return counted

        return cutting.cut(
            self.files,
            format=run.reading.format,
            count_lines=count,
            columns=partial(columns_of, format=run.reading.format, **run.reading.options),
            block=cutting.BLOCK,
        )


def is_own(name: str) -> bool:
    """Tell whether a file is one that a run writes to its destination."""
    return name == SUCCESS or PurePath(name).match("part-*.parquet")
