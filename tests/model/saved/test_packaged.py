"""Models that other packages bring along, found by their entry points."""

import sys

import pytest

import stancekit
from stancekit.errors import InputError
from stancekit.model.saved.names import TIERS


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Install a package that offers a model, made of a saved one."""

    def install(model, name="of-my-lab", package="invented_package"):
        site = tmp_path / "site"
        (site / package).mkdir(parents=True, exist_ok=True)
        (site / package / "__init__.py").touch()
        info = site / f"{package}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[stancekit.models]\n{name} = {package}.model\n")
        monkeypatch.syspath_prepend(str(site))
        monkeypatch.delitem(sys.modules, package, raising=False)  # another test's
        return None if model is None else model.save(site / package / "model")

    return install


def test_any_package_may_offer_a_model(model, package):
    package(model)
    found = stancekit.load("of-my-lab")
    assert found.digest == model.digest
    assert stancekit.load("of-my-lab") is found  # a package does not change


def test_two_packages_that_offer_one_name_are_refused(model, package):
    package(model)
    package(model, package="other_package")
    with pytest.raises(InputError, match="keep one of invented_package, other_package"):
        stancekit.load("of-my-lab")


def test_a_package_without_its_folder_is_refused(package):
    package(None)
    with pytest.raises(InputError, match=r"has no folder invented_package.model: install it again"):
        stancekit.load("of-my-lab")


@pytest.mark.parametrize("name", TIERS)
def test_no_package_takes_the_place_of_what_stancekit_brings(model, package, name):
    package(model, name=name)
    assert stancekit.load(name).digest != model.digest


def test_a_folder_called_like_a_model_is_reached_by_its_path(model, tmp_path, monkeypatch):
    model.save(tmp_path / "accurate")
    monkeypatch.chdir(tmp_path)
    assert stancekit.load("./accurate").digest == model.digest
    assert stancekit.load("accurate").digest != model.digest


@pytest.mark.parametrize("name", ["cascade", "no-such-model"])
def test_a_name_that_is_none_is_told_with_those_there_are(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="a name: fast, default, accurate"):
        stancekit.load(name)
