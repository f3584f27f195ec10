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
from typer.core import TyperGroup

from stancekit.cli.agreement import agreement
from stancekit.cli.audit import audit
from stancekit.cli.classify import classify
from stancekit.cli.codebook import codebook
from stancekit.cli.evaluate import evaluate
from stancekit.cli.explain import explain
from stancekit.cli.formats import formats
from stancekit.cli.info import info
from stancekit.cli.label import label
from stancekit.cli.methods import methods
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


class Commands(TyperGroup):
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
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
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


#: What a command without arguments can do nothing with; it shows its help.
_ASKED = (label, agreement, train, evaluate, explain, suggest, shares, methods)

for command in (classify, *_ASKED, audit, info, formats, codebook):
    app.command(no_args_is_help=command in _ASKED)(command)


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
