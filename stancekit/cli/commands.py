"""The command line as a whole: its commands, and what an error looks like.

Each command has a file of its own that imports only typer at its top; models, readers and pandas
are imported when the command runs, so that ``--help`` answers at once.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from stancekit.cli.agreement import agreement
from stancekit.cli.audit import audit
from stancekit.cli.classify import classify
from stancekit.cli.codebook import codebook
from stancekit.cli.evaluate import evaluate
from stancekit.cli.events import events
from stancekit.cli.explain import explain
from stancekit.cli.formats import formats
from stancekit.cli.helping import GroupOfCommands, OneCommand
from stancekit.cli.info import info
from stancekit.cli.label import label
from stancekit.cli.methods import methods
from stancekit.cli.report import report
from stancekit.cli.say import drop_output, say, warnings_said, what_failed
from stancekit.cli.shares import shares
from stancekit.cli.suggest import suggest
from stancekit.cli.train import train
from stancekit.cli.wording import in_options
from stancekit.errors import ArgumentError, StancekitError
from stancekit.show.cells import printable
from stancekit.version import __version__

#: Exit codes; 2 is typer's own for usage errors, and 130 what shells expect of Ctrl-C.
FAILED, MISUSED, STOPPED = 1, 2, 130

#: The errors of wrong usage: Typer's own, which are no longer click's.
_UsageError: Any = typer.BadParameter.__base__


@contextmanager
def usage_shown() -> Iterator[None]:
    """Let errors of wrong usage show what they quote: a shell may have put names of files there."""
    try:
        yield
    except _UsageError as error:
        error.message = printable(error.message)
        raise


class Commands(GroupOfCommands):
    """A group of commands that tells errors a user can mend in one message, without a trace."""

    def make_context(self, *given: Any, **more: Any) -> Any:
        """Read the command line as far as the command."""
        with usage_shown():
            return super().make_context(*given, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            with warnings_said(), usage_shown():
                result = super().invoke(ctx)
            sys.stdout.flush()
        except StancekitError as error:
            say(f"stancekit: {in_options(str(error))}")
            raise typer.Exit(MISUSED if isinstance(error, ArgumentError) else FAILED) from None
        except BrokenPipeError:
            drop_output()
            raise typer.Exit(0) from None
        except KeyboardInterrupt as stop:
            say(f"stancekit: {str(stop) or 'stopped'}")
            raise typer.Exit(STOPPED) from None
        return result


app = typer.Typer(
    name="stancekit",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Try: stancekit classify "Proud of you all for standing up"',
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stancekit {__version__}")
        raise typer.Exit


@app.callback()
def stancekit(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Label posts as supportive, critical, dog-piling or neutral.

    Data goes to standard output or to -o, messages to standard error. Exit codes: 0 done,
    1 failed on what the files hold, 2 asked for what cannot be, 130 stopped by Ctrl-C.
    """


#: Commands under the headings of the help, in the order in which a study comes to them.
_PANELS = {
    "Label posts": (classify, label, explain),
    "Labels of your own": (suggest, agreement, train, evaluate),
    "From labels to events": (events,),
    "Numbers for a paper": (shares, report, methods, codebook),
    "What is in it": (info, audit, formats),
}
#: What does something without arguments; the others show their help then.
_ALONE = (classify, audit, info, formats, codebook)

for panel, commands in _PANELS.items():
    for command in commands:
        add = app.command(
            cls=OneCommand, rich_help_panel=panel, no_args_is_help=command not in _ALONE
        )
        add(command)


def main() -> None:
    """Run the command line."""
    # Windows gives a pipe the old code page, which has no emoji.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except OSError as error:  # a full disk behind standard output
        drop_output()
        say(f"stancekit: {what_failed(error)}")
        sys.exit(FAILED)
