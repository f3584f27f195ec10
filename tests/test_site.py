"""The documentation site: every public name and every page has its place."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import stancekit

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
API = DOCS / "api"
#: Parts whose names are public, too.
PARTS = (
    "text",
    "posts",
    "pandas",
    "spacy_pipeline",
    "model",
    "runs",
    "events",
    "study",
    "reporting",
    "plot",
    "fairness",
    "features",
)


def listed(page: Path) -> set[str]:
    """Give the names that a page of the API reference lists, with their modules."""
    found, module = set(), ""
    for line in page.read_text("utf-8").partition(".. toctree::")[0].splitlines():
        if line.startswith(".. currentmodule::"):
            module = line.split("::")[1].strip()
        elif name := re.fullmatch(r"(?:   |\.\. py:data:: )(\w+)", line):
            found.add(f"{module}.{name[1]}")
    return found


def toctrees(page: Path) -> set[Path]:
    """Give the pages that the tables of contents of a page name."""
    named: set[Path] = set()
    text = page.read_text("utf-8")
    trees = re.findall(r"```\{toctree\}\n(.*?)```|\.\. toctree::\n(.*?)(?=\n\S|\Z)", text, re.S)
    for line in "\n".join(map("".join, trees)).splitlines():
        entry = re.sub(r".*<(.*)>$", r"\1", line.strip())
        if entry and not entry.startswith(":"):
            places = page.parent.glob(f"{entry}.md") if "*" in entry else [page.parent / entry]
            named |= {place.with_suffix("").resolve() for place in places}
    return named


def test_every_public_name_is_in_the_reference():
    missing = {f"stancekit.{name}" for name in stancekit.__all__} - listed(API / "index.rst")
    assert not missing, "add them to docs/api/index.rst, where they belong"


@pytest.mark.parametrize("part", PARTS)
def test_every_public_name_of_a_part_is_in_the_reference(part):
    module = importlib.import_module(f"stancekit.{part}")
    there = listed(API / "parts.rst") | listed(API / "index.rst")
    missing = [
        name
        for name in module.__all__
        if not {f"stancekit.{part}.{name}", f"stancekit.{name}"} & there
        and name != "Record"  # the name of a type, of which there is nothing to be said
    ]
    assert not missing, "add them to docs/api/parts.rst"


def test_every_error_is_in_the_reference():
    errors = {name for name, of in vars(stancekit.errors).items() if isinstance(of, type)}
    assert {f"stancekit.errors.{name}" for name in errors} == listed(API / "errors.rst")


def test_the_reference_lists_nothing_that_is_gone():
    for name in set().union(*map(listed, API.glob("*.rst"))):
        module, _, own = name.rpartition(".")
        assert hasattr(importlib.import_module(module), own), name


def test_every_page_is_reached_from_the_start_page():
    reached: set[Path] = set()
    waiting = {DOCS / "index"}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for ending in (".md", ".rst"):
            if page.with_name(page.name + ending).exists():
                waiting |= toctrees(page.with_name(page.name + ending)) - reached
    pages = {p.with_suffix("") for p in DOCS.rglob("*.md")} | {
        p.with_suffix("") for p in (ROOT / "notebooks").glob("*.ipynb")
    }
    assert {str(page.relative_to(ROOT)) for page in pages - reached} == set()


def test_pictures_are_small_and_follow_light_and_dark():
    pictures = sorted((DOCS / "pictures").glob("*.svg"))
    assert pictures
    for picture in pictures:
        drawn = picture.read_text("utf-8")
        assert len(drawn) < 100_000
        assert "prefers-color-scheme: dark" in drawn
        assert "aria-label" in drawn
        assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
