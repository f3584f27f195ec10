"""The folder of an unfinished run, beside its destination: what is labelled, how, and how far.

``run.json`` says what decides the parts and how far the run has come. A part has a record beside
it, set down after it by whoever made it, so that both stand even if whoever asked for them is
gone. What is torn is not there; and since parts and records are called by what decides them, a
worker that outlived another run does no harm.
"""

import contextlib
import hashlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePath
from typing import Any, Final

import orjson

from stancekit.errors import RunError
from stancekit.posts.strings import as_json
from stancekit.runs.files import DISK, LOCK, Files
from stancekit.runs.part import Counts, Part

#: Raise by one when parts or records change shape: an unfinished run of another is refused.
FORMAT: Final = 5

Identity = Mapping[str, Any]


@dataclass(frozen=True)
class State:
    """How far a run has come.

    Attributes
    ----------
    run
        What decides the contents of the parts; None when nothing usable is known.
    read
        Totals of the reading, once all parts are there.
    finished
        The summary, once the output is complete and only its name is missing.
    """

    run: Identity | None = None
    read: Mapping[str, Any] | None = None
    finished: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class RunFolder:
    """Where an unfinished run keeps its things; every name hangs on the destination's.

    Attributes
    ----------
    destination
        Where the output goes: a path on a disk, or in whatever holds the `files`.
    files
        What holds them.
    key
        Stands for what decides the parts; see `of`.
    """

    destination: PurePath
    files: Files = DISK
    key: str = ""

    def of(self, identity: Identity) -> "RunFolder":
        """Give the folder as a run of this identity uses it."""
        plain = orjson.dumps(identity, option=orjson.OPT_SORT_KEYS)
        return replace(self, key=hashlib.sha256(plain).hexdigest()[:8])

    @property
    def path(self) -> PurePath:
        """``OUT.stancekit-run``: same disk as the destination, so that one rename finishes."""
        return self.destination.with_name(f"{self.destination.name}.stancekit-run")

    @property
    def output(self) -> PurePath:
        """The destination while it is being written."""
        return self.path / f"output{self.destination.suffix}"

    @property
    def rejects(self) -> PurePath:
        """The rejected rows while they are being found."""
        return self.path / "rejects.jsonl"

    @property
    def final_rejects(self) -> PurePath:
        """``OUT.rejects.jsonl``, where the user finds them."""
        return self.destination.with_name(f"{self.destination.name}.rejects.jsonl")

    def part(self, index: int, ending: str = ".arrow") -> PurePath:
        """Labelled posts of one chunk, or what else is known of it."""
        return self.path / f"part-{index:05d}-{self.key}{ending}"

    def exists(self) -> bool:
        """Tell whether a run is unfinished."""
        return self.files.exists(self.path)

    def writing(self, path: PurePath) -> AbstractContextManager[Path]:
        """Give a local file to fill in the place of `path`; see `Files.writing`."""
        return self.files.writing(path, self.path)

    def locked(self) -> AbstractContextManager[None]:
        """Make the folder and hold it for this process alone; it is kept if it holds parts."""
        return self.files.locked(self.path, self._keep)

    def state(self) -> State:
        """Read how far the run has come."""
        known = self._read(self.path / "run.json") or {}
        return State(known.get("run"), known.get("read"), known.get("finished"))

    def note(self, state: State) -> State:
        """Write down how far the run has come."""
        self._write(self.path / "run.json", asdict(state))
        return state

    def record(self, part: Part) -> Part:
        """Write down that a part is finished."""
        self._write(self.part(part.index, ".json"), asdict(part))
        return part

    def parts(self) -> list[Part]:
        """Read the records of finished parts."""
        ending = f"-{self.key}.json"
        names = [name for name in self.files.sizes(self.path) if name.endswith(ending)]
        read = (self._read(self.path / name) for name in names)
        return [
            Part(**{**entry, "counts": Counts(**entry["counts"])})
            for entry in read
            if entry is not None
        ]

    def clear(self) -> None:
        """Throw away what a run left, ``run.json`` last; not the lock."""
        names = set(self.files.sizes(self.path)) - {LOCK, "run.json"}
        self.files.remove(*(self.path / name for name in names))
        self.files.remove(self.path / "run.json")

    def _keep(self) -> bool:
        held = self.files.sizes(self.path)
        if any(name.startswith("part-") and name.endswith(".json") for name in held):
            return True
        self.clear()
        return False

    def _write(self, path: PurePath, known: Mapping[str, Any]) -> None:
        plain = as_json(known).encode()
        self.files.write(path, hashlib.sha256(plain).hexdigest().encode() + b"\n" + plain)

    def _read(self, path: PurePath) -> dict[str, Any] | None:
        """Read what `_write` wrote; what is torn or was changed is not there."""
        with contextlib.suppress(FileNotFoundError), self.files.open(path) as file:
            digest, _, plain = file.read().partition(b"\n")
            if hashlib.sha256(plain).hexdigest().encode() == digest:
                found: dict[str, Any] = orjson.loads(plain)
                return found
        return None


def same_run(state: State, identity: Identity, folder: RunFolder) -> None:
    """Refuse to mix two runs.

    Raises
    ------
    RunError
        When the folder is that of another source, model or way of reading; says which.
    """
    if state.run is None:
        return
    old, new = dict(state.run), dict(identity)
    unlike = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    if unlike:
        was = "; ".join(f"{name} was {old.get(name)}, is now {new.get(name)}" for name in unlike)
        raise RunError(
            f"{folder.files.title(folder.path)}: holds an unfinished run that differs from this "
            f"one ({was}). Run the old one again to finish it, choose another destination, or "
            "start over with force=True."
        )
