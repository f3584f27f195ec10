"""A pseudo-terminal, and what of the text written there it would obey."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def in_terminal(*arguments, given=None, cwd=None, kind="dumb"):
    """Run a command in a pseudo-terminal; give what it wrote there and its exit code.

    A terminal called dumb shows no styles; one of another kind is sent those of stancekit, too.
    """
    pty = pytest.importorskip("pty")  # a system without terminals of this kind
    ours, theirs = pty.openpty()
    with Path(given or os.devnull).open("rb") as stdin:
        process = subprocess.Popen(
            [sys.executable, "-m", "stancekit.cli", *arguments],
            stdin=stdin,
            stdout=theirs,
            stderr=theirs,
            cwd=cwd,
            env={**os.environ, "TERM": kind, "NO_COLOR": "", "COLUMNS": "80"},
        )
    os.close(theirs)
    said = b""
    while True:
        try:
            read = os.read(ours, 1 << 16)
        except OSError:  # how Linux says that the other side is closed
            break
        if not read:
            break
        said += read
    os.close(ours)
    code = process.wait()
    return said.decode().replace("\r\n", "\n"), code


def without_styles(text):
    """Leave out colours and weights, which is all that stancekit itself sends."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def obeyed(text):
    """Give the characters that a terminal would not just show."""
    return _OBEYED.findall(text)
