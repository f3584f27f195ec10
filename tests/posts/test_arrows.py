"""Rooms of posts look only into those before them, wherever in a module an import stands."""

import ast
from pathlib import Path

import stancekit.posts

ROOT = Path(stancekit.posts.__file__).parent
ROOMS = ("files", "json", "tables", "platforms", "tools")
ABOVE = {"registry": len(ROOMS) + 1, "reading": len(ROOMS) + 2, "": len(ROOMS) + 3}


def modules():
    """From each module's dotted name below stancekit.posts to those that it imports."""
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        .removesuffix("__init__")
        .strip("."): path
        for path in ROOT.rglob("*.py")
    }
    return {name: imported(path, names) for name, path in names.items()}


def imported(path, names):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stancekit.posts"):
            module = node.module.removeprefix("stancekit.posts").strip(".")
            inner = {f"{module}.{alias.name}".strip(".") for alias in node.names}
            found |= (inner & names.keys()) or {module}
    return found


def level(name):
    """The room's place in the order; helpers in the root come first, and what unites all last."""
    room = name.partition(".")[0]
    return ROOMS.index(room) + 1 if room in ROOMS else ABOVE.get(name, 0)


# A Reader and the post table are what rooms talk about; where a source lies is said by files.
HELPERS_THAT_LOOK_UP = {("reader", "files.source")}


def test_no_module_looks_into_a_room_above_its_own():
    wrong = [
        (name, other)
        for name, others in modules().items()
        for other in others
        if level(other) > level(name) and (name, other) not in HELPERS_THAT_LOOK_UP
    ]
    assert not wrong


def test_platforms_know_nothing_of_each_other():
    rooms = {name: others for name, others in modules().items() if name.startswith("platforms.")}
    wrong = [
        (name, other)
        for name, others in rooms.items()
        for other in others
        if other.startswith("platforms.") and other.split(".")[1] != name.split(".")[1]
    ]
    assert rooms and not wrong


def test_no_circle():
    waiting = modules()
    assert "registry" in waiting and "platforms.x.archive" in waiting["registry"]
    while waiting:
        free = {name for name, others in waiting.items() if not others & waiting.keys()}
        assert free, f"a circle among {sorted(waiting)}"
        waiting = {name: others for name, others in waiting.items() if name not in free}


FACTS = {"EXACT_DIGITS", "FULL_CELL"}
"""Numbers that say how Excel is made; no bound of ours."""


def is_whole_number(value):
    """Tell ``1 << 16`` and ``200`` from texts and from unions of types."""
    parts = [node for node in ast.walk(value) if isinstance(node, ast.expr)]
    return all(
        isinstance(part, ast.BinOp) or (isinstance(part, ast.Constant) and type(part.value) is int)
        for part in parts
    )


def test_bounds_stand_in_one_module():
    found = {
        (path.stem, node.target.id)
        for path in ROOT.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and node.value and is_whole_number(node.value)
    }
    assert ("limits", "HEAD_BYTES") in found
    assert {name for module, name in found if module != "limits"} == FACTS
