"""What must agree before a version goes out."""

import re
from pathlib import Path

import pytest
import yaml

import stancekit

ROOT = Path(__file__).resolve().parents[1]
tomllib = pytest.importorskip("tomllib", reason="Python 3.10 has none")


@pytest.fixture
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture
def citation():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


@pytest.fixture
def recipe():
    return yaml.safe_load((ROOT / "conda" / "recipe.yaml").read_text("utf-8"))


def test_the_citation_is_of_this_version_and_says_what_the_package_says(project, citation):
    assert citation["version"] == stancekit.__version__
    assert citation["license"] == project["license"].split(" AND ")
    assert citation["abstract"] == f"{project['description']}."
    assert citation["keywords"] == project["keywords"]
    assert [one["name"] for one in citation["authors"]] == [
        one["name"] for one in project["authors"]
    ]


def test_the_changelog_has_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[{re.escape(stancekit.__version__)}\]", changelog, re.M)


def test_the_recipe_needs_what_the_package_needs(project, recipe):
    assert recipe["context"]["version"] == stancekit.__version__
    assert recipe["about"]["license"] == project["license"]
    needed = [re.sub(r"\s*;.*", "", one).replace(">=", " >=") for one in project["dependencies"]]
    python, *asked = recipe["requirements"]["run"]
    assert python == f"python {project['requires-python']}"
    assert sorted(asked) == sorted(needed)
