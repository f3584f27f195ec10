"""Mutate saved models and load them: ``python -m tests.slow.models 1000 --seed 1 --jobs 2``.

Each folder must be refused with `ModelFormatError`, or give labels that are finite and a report,
a card and a description that can be printed. Faults make the exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np

from tests.slow.bounded import run, tell, until
from tests.support.sealing import reseal

ROOT: Final = Path(__file__).parents[2]
BASES: Final = (
    *(ROOT / "tests/model/saved" / f"format-{number}" / "model" for number in (1, 2, 2, 2, 3)),
)
POSTS: Final = [
    "bravo, well done @ana",
    "you clown",
    "",
    "\ud83d",
    "漢字 👨‍👩‍👧",
    "a " * 500,
    "x" * 2000,
]
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1, 2, 28, 127, 128, 2**31, 2**63, 10**9, 10**30, 10**400),
    *(0.5, -0.0, 1e-300, 1e300, float("nan"), float("inf")),
    *("", "a", "\ud800", "\x00", "\x1b]52;c;YQ==\x07", "../../etc/passwd", "x" * 100_000),
    *([], {}, [[]], [None], ["a"] * 2000, {"type": "Sequence"}, {"": None}),
)
TOKENIZER_PARTS: Final[tuple[dict[str, Any], ...]] = (
    {"type": "Replace", "pattern": {"Regex": "(a+)+$"}, "content": "x"},
    {"type": "Replace", "pattern": {"String": "a"}, "content": "aa" * 1000},
    {"type": "Prepend", "prepend": "a" * 10**6},
    {"type": "Split", "pattern": {"Regex": "(.*)*"}, "behavior": "Isolated", "invert": False},
    {"type": "Precompiled", "precompiled_charsmap": "AAAAAAAA"},
    {"type": "Sequence", "normalizers": [{"type": "NFKD"}] * 5000},
)


def task(seed: int, number: int) -> str:
    """Mutate a folder, load it, and label with it."""
    import stancekit
    from stancekit.cli.info import describe
    from stancekit.errors import ModelFormatError

    rng = Random(f"{seed} {number}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = shutil.copytree(rng.choice(BASES), Path(scratch) / "model")
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            rng.choice(MUTATIONS)(folder, rng)
        if rng.random() < 0.1:  # last: nobody can read what is then there
            mutate_file(folder, rng)
        try:
            model = stancekit.load(folder)
            labels = model.labels_of(POSTS, progress=False)
        except ModelFormatError as error:
            str(error).encode("utf-8", "backslashreplace")
            return "refused"
        proba = np.asarray(labels.proba)[labels.code >= 0]
        assert np.isfinite(proba).all()
        assert np.allclose(proba.sum(axis=1), 1, atol=1e-3)
        for shown in (str(model.report), model.card, *chain(*describe(model))):
            assert isinstance(shown, str)
            assert "\x1b" not in shown.replace(model.card, "")
        model.report._repr_html_()
    return "harmless"


def mutate_bytes(folder: Path, rng: Random) -> None:
    """Change, cut out, double or cut off some bytes of a file."""
    path = _some_file(folder, rng)
    if path is None:
        return
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice((1, 1, 2, 5, 50))):
        at = rng.randrange(len(data) or 1)
        end = at + rng.choice((1, 1, 2, 8, 100))
        data[at:end] = rng.choice(
            (rng.randbytes(end - at), b"", data[at:end] * 2, b"\xff" * (end - at), b"9" * 10)
        )
    if rng.random() < 0.1:
        del data[rng.randrange(len(data) or 1) :]
    path.write_bytes(data)
    _maybe_reseal(folder, rng)


def mutate_json(folder: Path, rng: Random) -> None:
    """Put another value for one in the manifest or the tokenizer, or take one away."""
    path = folder / rng.choice(("manifest.json", "manifest.json", "tokenizer.json"))
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return
    holder, key = some_place(found, rng)
    if holder is None:
        return
    if rng.random() < 0.1:
        del holder[key]
    else:
        holder[key] = rng.choice(VALUES)
    path.write_text(json.dumps(found))
    _maybe_reseal(folder, rng)


def mutate_tokenizer(folder: Path, rng: Random) -> None:
    """Give the tokenizer a part that does not end."""
    path = folder / "tokenizer.json"
    try:
        found = json.loads(path.read_bytes())
        found[rng.choice(("normalizer", "pre_tokenizer", "decoder"))] = rng.choice(TOKENIZER_PARTS)
    except (OSError, ValueError, TypeError, RecursionError):
        return
    path.write_text(json.dumps(found))
    _maybe_reseal(folder, rng)


def mutate_arrays(folder: Path, rng: Random) -> None:
    """Give an array other numbers, another type or another shape."""
    from safetensors.numpy import load, save

    path = folder / "weights.safetensors"
    try:
        arrays = dict(load(path.read_bytes()))
    except Exception:  # whatever an earlier mutation made of it
        return
    name = rng.choice(sorted(arrays) or ["x"])
    if name not in arrays:
        return
    array = arrays[name].copy()
    with np.errstate(all="ignore"):
        if rng.random() < 0.5 and array.size:
            array.flat[rng.randrange(array.size)] = rng.choice((0, 1, 127))
            if array.dtype.kind == "f":
                array.flat[rng.randrange(array.size)] = rng.choice(
                    (np.inf, np.nan, 6e4, -6e4, np.finfo(array.dtype).max)
                )
        elif rng.random() < 0.5:
            array = array.astype(rng.choice(("f2", "f4", "f8", "i1", "i8", "u8", "u1")))
        else:
            array = rng.choice((array[:0], array[None], array.ravel(), np.repeat(array, 3, axis=0)))
    arrays[name] = np.ascontiguousarray(array)
    path.write_bytes(save(arrays))
    _maybe_reseal(folder, rng)


def mutate_file(folder: Path, rng: Random) -> None:
    """Put something that is no file in the place of one."""
    path = _some_file(folder, rng)
    if path is None:
        return
    kind = rng.randrange(6)
    if kind < 5:
        path.unlink()
    if kind == 0:
        os.mkfifo(path)
    elif kind == 1:
        path.symlink_to("/dev/zero")
    elif kind == 2:
        path.mkdir()
    elif kind == 3:
        path.symlink_to(folder / "README.md")
    elif kind == 4:
        path.touch()
    else:
        os.truncate(path, 200 * 1000**3)


MUTATIONS: Final = (
    *(mutate_bytes, mutate_bytes, mutate_json, mutate_json, mutate_json),
    *(mutate_tokenizer, mutate_arrays),
)


def _some_file(folder: Path, rng: Random) -> Path | None:
    files = [path for path in sorted(folder.iterdir()) if path.name != "README.md"]
    path = rng.choice(files)
    plain = path.is_file() and not path.is_symlink() and path.stat().st_size < 1 << 24
    return path if plain else None


def some_place(found: Any, rng: Random) -> tuple[Any, Any]:
    """Go down from the top until chance says stop."""
    holder, key = None, None
    while isinstance(found, dict | list) and found and (holder is None or rng.random() < 0.8):
        holder = found
        key = rng.choice(sorted(found)) if isinstance(found, dict) else rng.randrange(len(found))
        found = holder[key]
    return holder, key


def _maybe_reseal(folder: Path, rng: Random) -> None:
    if rng.random() < 0.85:
        try:
            reseal(folder)
        except Exception:  # what is left is no manifest: it stays as it is
            return


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=1e6, help="begin no input after that")
    asked = parser.parse_args()
    numbers = until(range(asked.first, asked.first + asked.count), asked.minutes)
    raise SystemExit(tell(run(partial(task, asked.seed), numbers, asked.jobs)))


if __name__ == "__main__":
    main()
