"""The command line as a whole: its commands, and what an error looks like.

Each command has a file of its own that imports only typer at its top; models, readers and pandas
are imported when the command runs, so that ``--help`` answers at once.
"""

import io
import sys
from typing import Annotated, Any

import typer
from click import UsageError
from typer.core import TyperGroup

from stancekit.cli.audit import audit
from stancekit.cli.classify import classify
from stancekit.cli.explain import explain
from stancekit.cli.formats import formats
from stancekit.cli.info import info
from stancekit.cli.label import label
from stancekit.cli.say import drop_output, say, warnings_said, what_failed
from stancekit.cli.train import train
from stancekit.cli.wording import in_options
from stancekit.errors import ArgumentError, StancekitError
from stancekit.show.cells import printable
from stancekit.version import __version__

#: Exit codes; 2 is typer's own for usage errors, and 130 what shells expect of Ctrl-C.
FAILED, MISUSED, STOPPED = 1, 2, 130


class Commands(TyperGroup):
    """A group of commands that tells errors a user can mend in one message, without a trace."""

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            with warnings_said():
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
        except UsageError as error:  # a shell may have put names of files there
            raise UsageError(printable(error.format_message()), error.ctx) from None
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


for command in (classify, label, train, explain, audit, info, formats):
    app.command(no_args_is_help=command in (label, train, explain))(command)


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
