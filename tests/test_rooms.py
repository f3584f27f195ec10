"""The house as docs/architecture.md draws it: a room imports only from rooms below it."""

import ast
from pathlib import Path

import pytest

import stancekit

ROOT = Path(stancekit.__file__).parent

#: Rooms from the ground floor up; those of one floor do not know each other.
FLOORS = (
    ("errors", "lazy", "progress", "surrogates", "version"),
    ("extras", "labels"),
    ("show",),
    ("posts", "text"),
    ("features",),
    ("encoders", "scores"),
    ("model",),
    ("fairness", "runs"),
    ("events", "study"),
    ("reporting",),
    ("spacy_pipeline",),
    ("cli", "pandas", "plot"),
)


def modules():
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(("stancekit", *parts)).removesuffix(".__init__")
        yield name, ast.parse(path.read_text("utf-8"))


def imported(name, tree):
    """What a module imports of stancekit, wherever in it, types alone included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stancekit"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.startswith("stancekit."))


MODULES = dict(modules())
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def room_of(name):
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else None


def test_every_room_is_in_the_drawing():
    rooms = {room_of(name) for name in MODULES} - {None}
    assert rooms == set(FLOOR)
    drawing = (ROOT.parent / "docs" / "architecture.md").read_text("utf-8")
    missing = [room for room in rooms if room not in drawing]
    assert not missing


@pytest.mark.parametrize("name", [name for name in MODULES if room_of(name)])
def test_no_module_imports_from_its_own_floor_or_above(name):
    room = room_of(name)
    for used in imported(name, MODULES[name]):
        other = room_of(used)
        if other in FLOOR and other != room:
            assert FLOOR[other] < FLOOR[room], f"{name} imports {used}"


@pytest.mark.parametrize("name", [name for name in MODULES if room_of(name) == "events"])
def test_events_know_no_model(name):
    assert not {"model", "features", "encoders"} & {
        room_of(used) for used in imported(name, MODULES[name])
    }


def test_no_circle_of_modules():
    arrows = {
        name: {
            target
            for used in imported(name, tree)
            for target in (used, used.rpartition(".")[0])
            if target in MODULES and target != name and not is_door(name, target)
        }
        for name, tree in MODULES.items()
    }
    done, open_ = set(), []

    def visit(name):
        assert name not in open_, " → ".join([*open_[open_.index(name) :], name])
        if name not in done:
            open_.append(name)
            for target in sorted(arrows[name]):
                visit(target)
            open_.pop()
            done.add(name)

    for name in arrows:
        visit(name)


def is_door(name, target):
    """Tell a package seen from inside, or a module from its package: names only pass there."""
    return name.startswith(f"{target}.") or target.startswith(f"{name}.")
