"""What `import stancekit` gives, what it costs, and that none of it talks to the network."""

import doctest
import importlib
import pkgutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import stancekit

HERE = Path(__file__).parent
SAVED = HERE / "model" / "saved" / "format-1" / "model"


def run(code):
    """Run code in a fresh Python; the package is found as from the repository's root."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", stancekit.__all__)
def test_every_public_name_is_there(name):
    found = getattr(stancekit, name)
    assert found is not None
    assert name in dir(stancekit)
    if callable(found):
        assert found.__doc__
        assert found.__module__.startswith("stancekit")


def test_public_names_are_sorted_and_have_one_home_each():
    assert stancekit.__all__ == sorted(set(stancekit.__all__))
    assert set(stancekit.__all__) == set(stancekit._HOMES)
    assert stancekit.__version__


def test_nothing_but_public_names_is_shown():
    shown = {name for name in dir(stancekit) if not name.startswith("__")}
    assert shown == set(stancekit.__all__)


def test_a_star_import_gives_the_public_names():
    space = {}
    exec("from stancekit import *", space)
    assert set(stancekit.__all__) <= set(space)


def test_importing_costs_nothing():
    heavy = ["numpy", "pandas", "scipy", "sklearn", "spacy", "pyarrow", "joblib", "typer", "tqdm"]
    out = run(
        "import sys, stancekit; dir(stancekit); stancekit.__version__;"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    assert out.strip() == "[]"


@pytest.mark.slow
def test_labelling_imports_nothing_that_only_training_or_drawing_uses():
    out = run(
        "import sys, stancekit;"
        f"print(stancekit.load({str(SAVED)!r}).classify('Bravo, so proud of you').label[0]);"
        "heavy = ('sklearn', 'scipy.stats', 'scipy.optimize', 'joblib', 'spacy', 'matplotlib');"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert out.splitlines() == ["supportive", "[]"]


def test_parts_are_reached_as_attributes():
    out = run("import stancekit; print(stancekit.text.hashtags('a #b'), stancekit.errors.RunError)")
    assert out.startswith("['b'] <class 'stancekit.errors.RunError'>")


@pytest.mark.parametrize("name", ["clasify", "_nothing", "__wrapped__", "a.b", "not a name", ""])
def test_a_name_that_is_none_is_an_attribute_error(name):
    assert not hasattr(stancekit, name)
    with pytest.raises(AttributeError, match="module 'stancekit' has no attribute"):
        getattr(stancekit, name)


def test_a_part_that_cannot_be_imported_says_why(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    for name in [name for name in sys.modules if name.startswith("stancekit.model")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(stancekit, "model", raising=False)
    with pytest.raises(ModuleNotFoundError, match="numpy"):
        _ = stancekit.model.load


@pytest.fixture
def offline(monkeypatch):
    """Any socket is a failure."""

    class Refused(socket.socket):
        def __init__(self, *args, **kwargs):
            raise AssertionError("something opened a socket")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, Refused)


@pytest.mark.usefixtures("offline")
def test_nothing_talks_to_the_network(tmp_path):
    import pandas as pd

    from stancekit.features.transformers import WordNgrams

    posts = tmp_path / "posts.csv"
    texts = [f"{word} number {i}" for i in range(12) for word in ("bravo", "shame")]
    table = pd.DataFrame({"text": texts, "label": ["supportive", "critical"] * 12})
    table.to_csv(posts, index=False)

    model = stancekit.load(SAVED)
    assert stancekit.classify(["bravo", None], model=model, n_jobs=2).shape[0] == 2
    assert model.explain("bravo to the mayor")._repr_html_()
    trained = stancekit.train(table, blocks={"words": WordNgrams(bits=8)}, n_jobs=1)
    assert stancekit.load(trained.save(tmp_path / "model")).digest == trained.digest
    read = pd.concat(stancekit.read_posts(posts))
    assert read["text"].tolist() == texts
    assert [token.text for token in stancekit.nlp()("well done #bravo")][-1] == "#bravo"
    stancekit.label_archive(posts, tmp_path / "labels.csv", model=model, n_jobs=1, progress=False)
    assert len(pd.read_csv(tmp_path / "labels.csv")) == len(texts)


@pytest.mark.slow
def test_the_shipped_models_need_no_network_either():
    out = run(
        "import socket\n"
        "class Refused(socket.socket):\n"
        "    def __init__(self, *args, **kwargs): raise AssertionError('a socket')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = Refused\n"
        "import stancekit\n"
        "for name in ('fast', 'default', 'accurate'):\n"
        "    print(stancekit.classify('Thank you, that was brave', model=name).label[0])"
    )
    assert out.split() == ["supportive"] * 3
    assert doctest.testmod(stancekit).failed == 0


@pytest.mark.parametrize(
    "part", ["text", "features", "model", "fairness", "posts", "runs", "spacy_pipeline"]
)
def test_every_public_name_of_a_part_is_there(part):
    module = importlib.import_module(f"stancekit.{part}")
    assert all(hasattr(module, name) for name in module.__all__)


def test_hashtags_are_split_where_text_is():
    import stancekit.text

    assert stancekit.text.split_hashtag("#NoTram") == ["No", "Tram"]


def test_no_module_shares_its_dotted_name_with_anything_else():
    """Whoever imports ``stancekit.a.b`` as a module gets the module, in whatever order."""
    for found in pkgutil.walk_packages(stancekit.__path__, "stancekit."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        parent, _, name = found.name.rpartition(".")
        assert getattr(importlib.import_module(parent), name) is module, found.name
