"""`label_archive`: read, classify, write, chunk by chunk, and go on after a stop."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from stancekit.runs.arguments import run_for
from stancekit.runs.filters import Moment
from stancekit.runs.folder import RunFolder
from stancekit.runs.here import Here, check_places
from stancekit.runs.output.outputs import output_for, write_parts
from stancekit.runs.run import carry_out
from stancekit.runs.sources import Place, check_readable, found_places
from stancekit.runs.summary import RunSummary
from stancekit.runs.workers import process_count

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel
    from stancekit.scores.coverage import LeastConfidence


def label_archive(
    source: Place | Sequence[Place],
    destination: str | Path,
    *,
    model: "StanceModel | str | Path" = "default",
    n_jobs: int | None = None,
    resume: bool = True,
    on_error: Literal["skip", "stop"] = "skip",
    select: Sequence[str] | None = None,
    raw: bool = False,
    excel: bool | Literal[";"] = False,
    force: bool = False,
    format: str | None = None,  # noqa: A002 (what it is called)
    label_reposts: bool = True,
    only: Literal["public"] | None = None,
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
) -> RunSummary:
    """Label every post of an archive, of any size, into one file.

    Posts are read, labelled and set down chunk by chunk in ``DESTINATION.stancekit-run``; the
    destination appears in one step when all are done. Stopped anywhere, even by a power cut, the
    same call goes on where it was, and the result is the same to the byte whatever `n_jobs`.
    The source is never changed.

    Parameters
    ----------
    source
        An exported file, folder or zip; see `stancekit.posts.formats`. Or a list of them, or a
        pattern (``"storm-*.csv"``): each is read by itself, in its own format, and its name
        stands in ``source_ref``. A post that stands in two of them (id, author and text are the
        same) is labelled once, and the summary counts such posts.
    destination
        What to write; the ending decides how: ``.csv``, ``.tsv``, ``.jsonl``, ``.parquet``;
        ``.sqlite`` or ``.db`` for a database with the table
        ``posts``; none for a folder of Parquet parts. Its folder is made if need be.
    model
        "default", "fast", "accurate", a `StanceModel`, or the folder of a saved one. For millions
        of posts "fast".
    n_jobs
        Processes, this one included: it reads and writes, the others label. None for one per
        CPU core if the archive is large; 1 for no others; -1 for all cores at once.
    resume
        False starts over instead of going on from an interrupted run.
    on_error
        "skip" sets bad rows aside in ``DESTINATION.rejects.jsonl`` with file, line and reason;
        "stop" ends the run at the first.
    select
        Columns to keep, in this order; None keeps all. Labels always follow. A column of the
        post table that no post has is kept empty; a column of your own must be in one of the
        first 10,000 posts. A table's own name ("body") stands for what it was taken for (text).
    raw
        Leave texts in CSV as they are. Otherwise a text that a spreadsheet would take for a
        formula gets a leading apostrophe; `stancekit.read_labels` takes it away.
    excel
        Write a CSV that Excel opens by a double click: a mark of UTF-8 at its start, ids as texts,
        cells no longer than Excel's. ``";"`` writes semicolons and decimal commas, which an Excel
        of German, French … settings asks for. `stancekit.read_labels` reads it back. A workbook
        (``.xlsx``) needs no such care, and is right under any settings.
    force
        Replace a destination that is there, and discard an unfinished run of another kind.
    format
        Name of the source's format; found out if None.
    label_reposts
        False leaves reposts without a label: they are the words of others. With a label or
        without, they count in no share of the summary.
    only
        "public" leaves out posts that are not public, and those whose source does not tell.
    since, until
        First and last time of the posts to label: a date, which takes in that whole day, or a
        time; in UTC unless it has a zone. Posts without a time are left out; one of which only
        the day is known is kept if the whole of that day lies between.
    lang
        Language, or languages, of the posts to label ("en" takes "en-GB" in), as the source
        tells them; posts whose source does not tell are left out.
    pseudonymise
        File of the key with which authors and those they mention, in texts too, get pseudonyms
        once their posts are labelled. Made if it is not there. The same key gives the same
        pseudonyms. Columns besides those of the post table are left out unless `select` names
        them, and rejects are set down without their rows: both may name people.
    min_confidence
        Below it a post gets no label, with the reason "below min_confidence". A number, or one
        for each label, as `stancekit.classify` takes it.
    explain
        Add the column "evidence", as `stancekit.classify` does; it takes several times as long,
        with an encoder some dozen times.
    extract
        Fill ``hashtags``, ``mentions`` and ``urls`` from the text where the source does not tell
        them, and add ``emoji``, ``cashtags`` and the cues of `stancekit.extract`.
    chunk_size
        Posts labelled at a time, by each process.
    progress
        True, False, or None for a bar only where one is seen.
    **reader_options
        Options of the format's reader, such as ``text="body"`` for a table.

    Returns
    -------
    RunSummary
        Counts, raw shares, and what to know about them; ``print`` it.

    Raises
    ------
    InputError
        When an argument cannot be used.
    FormatError
        When the source cannot be read as posts.
    RunError
        When the destination is taken or locked, the disk is full, or the source went away.

    Examples
    --------
    >>> import stancekit.runs
    >>> summary = stancekit.runs.label_archive("tweets.zip", "labels.csv")  # doctest: +SKIP
    >>> print(summary)  # doctest: +SKIP
    >>> stancekit.runs.label_archive(["may.csv", "june.zip"], "labels.csv")  # doctest: +SKIP
    """
    places, folder = found_places(source), RunFolder(Path(destination))
    engine = Here(output_for(Path(destination)), n_jobs)
    for place in places:
        check_places(Path(place), Path(destination), folder=engine.output is write_parts)
    check_readable(places, format, reader_options)
    process_count(n_jobs)  # refuses what is no number of processes
    run = run_for(
        places,
        folder,
        engine,
        model=model,
        resume=resume,
        on_error=on_error,
        select=select,
        raw=raw,
        excel=excel,
        force=force,
        format=format,
        label_reposts=label_reposts,
        only=only,
        since=since,
        until=until,
        lang=lang,
        pseudonymise=pseudonymise,
        min_confidence=min_confidence,
        explain=explain,
        extract=extract,
        chunk_size=chunk_size,
        progress=progress,
        **reader_options,
    )
    return carry_out(run)
