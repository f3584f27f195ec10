"""The command line as a whole: its commands, and what an error looks like.

Each command has a file of its own that imports only typer at its top; models, readers and pandas
are imported when the command runs, so that ``--help`` answers at once.
"""

import io
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from stancekit.cli.audit import audit
from stancekit.cli.classify import classify
from stancekit.cli.explain import explain
from stancekit.cli.formats import formats
from stancekit.cli.info import info
from stancekit.cli.label import label
from stancekit.cli.train import train
from stancekit.errors import StancekitError
from stancekit.version import __version__

#: Exit codes: usage errors (2) are typer's own; 130 is what shells expect of Ctrl-C.
FAILED, STOPPED = 1, 130


class Commands(TyperGroup):
    """A group of commands that tells errors a user can mend in one message, without a trace."""

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except StancekitError as error:
            _say(str(error))
            raise typer.Exit(FAILED) from None
        except BrokenPipeError:
            _drop_output()
            raise typer.Exit(0) from None
        except KeyboardInterrupt as stop:
            _say(str(stop) or "stopped")
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
    1 failed, 2 wrong usage, 130 stopped by Ctrl-C.
    """


for command in (classify, label, train, explain, audit, info, formats):
    app.command(no_args_is_help=command in (label, train, explain))(command)


def main() -> None:
    """Run the command line."""
    # Windows gives a pipe the old code page, which has no emoji.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    app()


def _say(message: str) -> None:
    typer.echo(f"stancekit: {message}", err=True)


def _drop_output() -> None:
    """Let Python's last flush go nowhere: whoever read our output has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
