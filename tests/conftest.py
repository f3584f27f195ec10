"""Fixtures shared by every part's tests."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from joblib import cpu_count

import stancekit
from stancekit.model import StanceModel
from tests.support import invented

# A busy machine is no fault of the code; a file may be written anew for each example; and what
# fails in CI must fail again.
settings.register_profile(
    "stancekit",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("stancekit")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """As many as there are cores for us; xdist alone counts those of the whole machine."""
    return int(cpu_count())


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of study data, or a skip: a fresh clone passes without it."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("STANCEKIT_SHARED_DATA", default))
    if not folder.is_dir():
        pytest.skip("study data not here: set STANCEKIT_SHARED_DATA to run this test")
    return folder


@pytest.fixture(scope="session")
def trained_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Callable[[], StanceModel]], StanceModel]:
    """Trains a model in the first worker that asks for its name; the others load it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each has a folder of its own, below a common one
        folder = folder.parent

    def trained_once(name: str, train: Callable[[], StanceModel]) -> StanceModel:
        saved = folder / name
        with FileLock(folder / f"{name}.lock"):
            if not saved.exists():
                train().save(saved)
        return stancekit.load(saved)

    return trained_once


@pytest.fixture(scope="session")
def model(trained_once):
    """A model of four labels with every kind of block, trained on invented posts."""
    return trained_once(
        "model", lambda: stancekit.train(invented.posts(), blocks=invented.blocks(), n_jobs=1)
    )


@pytest.fixture(scope="session")
def binary(trained_once):
    """One of two labels."""
    posts = invented.posts(40, ("no", "yes"))
    return trained_once(
        "binary", lambda: stancekit.train(posts, blocks=invented.blocks(), n_jobs=1)
    )
