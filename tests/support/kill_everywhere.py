"""Kill a run with SIGKILL at each of its file operations in turn, and finish it every time.

Called by test_resume.py in a process of its own, which forks: that is cheap once all is imported.
Prints how many kill points there were; fails if any finished run differs by a byte.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

from stancekit.errors import RunError
from stancekit.runs import label_archive
from stancekit.runs.folder import RunFolder
from tests.support.fakes import fake_model

EVENTS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect"}


def content(out: Path) -> dict[str, bytes]:
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    return {path.name if out.is_dir() else "": path.read_bytes() for path in files}


def run(source: Path, out: Path) -> None:
    label_archive(source, out, model=fake_model(), chunk_size=50, n_jobs=1)


def killed(source: Path, out: Path, at: int) -> bool:
    """Run in a child that dies before its file operation number `at`; tell whether it did."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    seen = 0

    def die(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in EVENTS and str(arguments[0]).startswith(str(out)):
            seen += 1
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    run(source, out)
    os._exit(0)


def finish(source: Path, out: Path) -> None:
    whole = out.exists()
    if whole and not RunFolder(out).path.exists():
        return
    try:
        run(source, out)
    except RunError:  # "already there": the journal was gone, so only the lock was left to remove
        assert whole
        assert not RunFolder(out).path.exists()


def main(source: Path, place: Path, name: str) -> None:
    whole = place / "whole" / name
    run(source, whole)
    at = 1
    while True:
        folder = place / f"killed-{at}"
        folder.mkdir()
        out = folder / name
        if not killed(source, out, at):
            break
        killed(source, out, at // 2 + 1)  # and once more, while going on
        finish(source, out)
        assert content(out) == content(whole), f"differs when killed at {at}"
        assert list(folder.iterdir()) == [out], f"left behind when killed at {at}"
        shutil.rmtree(folder)
        at += 1
    sys.stdout.write(f"{at - 1}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
