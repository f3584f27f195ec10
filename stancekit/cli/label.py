"""``stancekit label``: label a whole archive into one file."""

import sys
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from stancekit.cli import options, screen, streams
from stancekit.cli.say import log_said, say
from stancekit.cli.wording import in_options
from stancekit.errors import ArgumentError

_WHICH, _WRITTEN, _RUN = "Which posts", "What is written", "How it runs"


class Only(str, Enum):
    """Which posts to label."""

    public = "public"


class Engine(str, Enum):
    """What does the work."""

    local = "local"
    dask = "dask"


class OnError(str, Enum):
    """What a bad row does."""

    skip = "skip"
    stop = "stop"


def label(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Exported files, folders or zips, or patterns in quotes; - for stdin.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="OUTPUT",
            help="What to write: a file in .csv, .tsv, .jsonl or .parquet, a database in .sqlite "
            "or .db, or without an ending a folder of Parquet parts; - for CSV to standard output.",
        ),
    ],
    model: options.Model = "default",
    format: options.Format = None,  # noqa: A002 (what it is called)
    option: options.Settings = None,
    keep_text: options.KeepText = False,
    select: Annotated[
        str | None,
        typer.Option(
            rich_help_panel=_WRITTEN,
            metavar="NAME,...",
            help="Post columns to keep, under the output's names or the file's own; all if not "
            "given.",
        ),
    ] = None,
    only: Annotated[
        Only | None,
        typer.Option(
            rich_help_panel=_WHICH,
            help="Leave out posts that are not public, or whose source does not tell.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            rich_help_panel=_WHICH,
            metavar="TIME",
            help="Leave out earlier posts: a date or a time, in UTC.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            rich_help_panel=_WHICH,
            metavar="TIME",
            help="Leave out later posts; a date takes in its whole day. Posts without a time are "
            "left out by either.",
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            rich_help_panel=_WHICH,
            metavar="TAG,...",
            help="Languages to keep, as the source tells them: en takes en-GB in.",
        ),
    ] = None,
    pseudonymise: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel=_WRITTEN,
            metavar="KEYFILE",
            help="Put pseudonyms for authors and those they mention, in texts too. The key is "
            "made if the file is not there: keep it, and apart from the output.",
        ),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            rich_help_panel=_WRITTEN,
            min=0,
            max=1,
            help="Below it a post is unsure and gets no label.",
        ),
    ] = None,
    explain: options.Explain = False,
    extract: Annotated[
        bool,
        typer.Option(
            "--extract",
            rich_help_panel=_WRITTEN,
            help="Add columns: hashtags, mentions, links, emoji, sentiment cues.",
        ),
    ] = False,
    excel: Annotated[
        bool,
        typer.Option(
            "--excel",
            rich_help_panel=_WRITTEN,
            help="Write a .csv that Excel opens by a double click; .xlsx needs it not.",
        ),
    ] = False,
    semicolon: Annotated[
        bool,
        typer.Option(
            "--semicolon",
            rich_help_panel=_WRITTEN,
            help="With --excel: semicolons and decimal commas, for an Excel set to German, "
            "French ...",
        ),
    ] = False,
    on_error: Annotated[
        OnError,
        typer.Option(
            rich_help_panel=_RUN,
            help="Set bad rows aside in OUTPUT.rejects.jsonl, or stop at the first.",
        ),
    ] = OnError.skip,
    force: options.Force = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            rich_help_panel=_RUN,
            help="Processes; one per CPU core for a large archive, if not given.",
        ),
    ] = None,
    progress: options.Progress = None,
    engine: Annotated[
        Engine,
        typer.Option(
            rich_help_panel=_RUN,
            help="dask: many processes or machines, into a folder of Parquet parts.",
        ),
    ] = Engine.local,
    scheduler: Annotated[
        str | None,
        typer.Option(
            rich_help_panel=_RUN,
            metavar="ADDRESS",
            help="Of a Dask scheduler, such as tcp://host:8786; none: here.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            rich_help_panel=_RUN, min=1, help="Processes that dask starts here; one per CPU core."
        ),
    ] = None,
) -> None:
    """Label every post of an archive, or of several, into one file, database or folder.

    A post that stands in two sources is labelled once. Stopped anywhere, the same command goes on
    where it was. The sources are never changed. What of them could not be read is said first. Exit
    code 1 if a file breaks off, if more than 1% of the bytes are in parts whose posts cannot be
    counted, or if more than half of the rows are rejects.

    \b
    stancekit label twitter-2024.zip -o labels.csv
    stancekit label may.csv june.zip "storm-*.csv" -o labels.xlsx
    stancekit label storm.jsonl.gz -o labels.parquet --select id,author,created_at,kind
    stancekit label outbox.json -o study/posts --only public --pseudonymise study.key
    stancekit label page.csv -o page.sqlite --since 2024-05-01 --until 2024-05-03
    stancekit label comments.csv -o labels.csv -O text=body --min-confidence 0.6
    stancekit label "dumps/*.jsonl" -o labels --engine dask --scheduler tcp://host:8786
    """  # noqa: D301 (typer keeps the lines after a real \b)
    from stancekit.runs import label_archive, label_on_cluster

    asked: dict[str, Any] = {
        "model": model,
        "on_error": on_error.value,
        "select": names(select),
        "force": force,
        "format": format,
        "only": "public" if only else None,
        "since": since,
        "until": until,
        "lang": names(lang),
        "pseudonymise": pseudonymise,
        "min_confidence": min_confidence,
        "explain": explain,
        "extract": extract,
        "progress": progress,
        **({"excel": ";" if semicolon else True} if excel else {}),
        **options.settings(option, keep_text),
    }
    if semicolon and not excel:
        raise ArgumentError("--semicolon is for a CSV that Excel opens: say --excel, too")
    if engine is Engine.dask and "-" in (*sources, output):
        raise ArgumentError(
            "- is this process's own input or output: name files with --engine dask"
        )
    if "-" in sources and output != "-":
        options.check_apart(Path(output))
    if engine is Engine.dask:
        if jobs is not None:
            raise ArgumentError("with --engine dask, say --workers in place of --jobs")
        summary = label_on_cluster(sources, output, scheduler=scheduler, workers=workers, **asked)
    elif scheduler is not None or workers is not None:
        raise ArgumentError("--scheduler and --workers need --engine dask")
    else:
        with (
            streams.inputs(sources) as found,
            streams.destination(output) as place,
            log_said("stancekit.runs"),
        ):
            summary = label_archive(found, place, n_jobs=jobs, **asked)
        summary = streams.named(summary, sources, output)
    summary = replace(summary, notices=[in_options(notice) for notice in summary.notices])
    if screen.styled(sys.stderr):
        screen.show_summary(summary, sys.stderr)
    else:
        say(summary)
    if summary.failed:
        raise typer.Exit(1)


def names(listed: str | None) -> list[str] | None:
    """Split names at commas.

    >>> names("id, text")
    ['id', 'text']
    """
    return None if listed is None else [name.strip() for name in listed.split(",")]
