"""Metrics by hand and by scikit-learn; prediction files as the official script reads them."""

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, recall_score

from stancekit.errors import InputError
from stancekit.features import WordNgrams
from stancekit.scores.metrics import confusion

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "tweeteval.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_tweeteval", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def metric(bench: ModuleType, name: str, truth: list[int], guess: list[int], k: int) -> float:
    task = next(task for task in bench.TASKS if task.name == name)
    return float(task.score(confusion(np.array(truth), np.array(guess), k)))


def test_irony_counts_the_ironic_class_alone(bench: ModuleType) -> None:
    # 2 hits, 1 false alarm, 1 miss: F1 = 2 * 2 / (3 + 3)
    assert metric(bench, "irony", [1, 1, 1, 0, 0], [1, 1, 0, 1, 0], 2) == pytest.approx(2 / 3)


def test_stance_is_the_mean_of_against_and_favour(bench: ModuleType) -> None:
    # against: 1 hit, 1 miss, F1 2/3; favour: 1 hit, 1 false alarm, F1 2/3; none does not count
    truth, guess = [0, 1, 1, 2, 0], [0, 1, 2, 2, 0]
    assert metric(bench, "stance", truth, guess, 3) == pytest.approx(2 / 3)
    assert metric(bench, "stance", [*truth, 0, 0], [*guess, 0, 0], 3) == pytest.approx(2 / 3)


def test_sentiment_is_mean_recall(bench: ModuleType) -> None:
    # recalls 1/2, 1, 0
    found = metric(bench, "sentiment", [0, 0, 1, 2], [0, 1, 1, 1], 3)
    assert found == pytest.approx(0.5)


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1).map(
        lambda pairs: [(0, 1), (1, 2), (2, 0), *pairs]  # every class is there, as in the data
    )
)
def test_metrics_are_those_of_scikit_learn(bench: ModuleType, pairs: list[tuple[int, int]]) -> None:
    truth, guess = map(list, zip(*pairs, strict=True))
    macro = f1_score(truth, guess, average="macro")
    for name in ("emotion", "hate", "offensive"):
        assert metric(bench, name, truth, guess, 3) == pytest.approx(macro)
    each = f1_score(truth, guess, average=None)
    assert metric(bench, "irony", truth, guess, 3) == pytest.approx(each[1])
    assert metric(bench, "stance", truth, guess, 3) == pytest.approx(each[1:].mean())
    recalled = recall_score(truth, guess, average="macro")
    assert metric(bench, "sentiment", truth, guess, 3) == pytest.approx(recalled)


def test_sentiment_leaves_out_a_class_that_never_occurs(bench: ModuleType) -> None:
    assert metric(bench, "sentiment", [0, 2], [0, 2], 3) == pytest.approx(1)


def test_offsets_raise_the_score_out_of_fold_and_stay_0_where_nothing_is_gained(
    bench: ModuleType,
) -> None:
    y = np.array([1, 1, 1, 0])
    sure = bench.Fitted(None, y, np.eye(2)[y])
    assert bench.best_offsets(bench.mean_f1(1), [sure]).tolist() == [0, 0]
    shy = bench.Fitted(None, y, np.array([[0.3, 0], [0.3, 0], [0, 1], [0.9, 0]]))
    assert bench.best_offsets(bench.mean_f1(1), [shy]).tolist() == [-0.5, 0]


def write_split(folder: Path, name: str, posts: list[tuple[str, int]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{text}\n" for text, _ in posts)
    (folder / f"{name}_text.txt").write_bytes(text.encode())
    (folder / f"{name}_labels.txt").write_text("".join(f"{label}\n" for _, label in posts))


def invented(words: list[str], size: int, offset: int) -> list[tuple[str, int]]:
    things = ["the bridge", "our choir", "a kettle", "this bakery", "the night bus"]
    return [
        (f"{word} {things[i % 5]} number {i + offset}\u2028again and then {i * 7}", label)
        for i in range(size)
        for label, word in enumerate(words)
    ]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    root = tmp_path / "data"
    stance = ["maybe", "down with", "hurrah for"]
    for target in ("abortion", "atheism", "climate", "feminist", "hillary"):
        for name, size, offset in (("train", 12, 0), ("val", 4, 50), ("test", 3, 90)):
            write_split(root / "stance" / target, name, invented(stance, size, offset))
    for name, size, offset in (("train", 12, 0), ("val", 4, 50)):
        write_split(root / "irony", name, invented(["truly", "oh sure,"], size, offset))
    write_split(root / "sentiment", "val", invented(["bad", "so", "good"], 4, 0))
    return root


def run(bench: ModuleType, data: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["tweeteval.py", str(data), "--out", str(out)])
    bench.main()


@pytest.mark.slow
def test_invented_data_end_to_end(
    bench: ModuleType,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out"
    # sixteen classifiers: one small block will do, the default ones have a test below
    monkeypatch.setattr(bench, "default_blocks", lambda: {"words": WordNgrams(bits=12)})
    run(bench, data, out, monkeypatch)
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")][1:]
    assert [row.split(" | ")[:3] for row in rows] == [
        ["| irony, F1 of irony", "val, 8", "**100.0**"],
        ["| stance, mean F1 of against, favour", "val, 60", "**100.0**"],
        ["| stance, mean F1 of against, favour", "test, 45", "**100.0**"],
    ]
    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.txt"))
    targets = ("abortion", "atheism", "climate", "feminist", "hillary")
    stance = [f"{split}/stance/{target}.txt" for split in ("test", "val") for target in targets]
    assert written == sorted(["val/irony.txt", *stance])
    # read as the official script reads gold and predictions
    gold = (data / "stance" / "climate" / "test_labels.txt").read_text().split("\n")[:-1]
    assert (out / "test" / "stance" / "climate.txt").read_bytes().decode().split("\n")[:-1] == gold


def test_a_split_without_labels_is_labelled_and_not_scored(
    bench: ModuleType,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.rmtree(data / "stance")
    (data / "irony" / "val_text.txt").rename(data / "irony" / "test_text.txt")
    run(bench, data, tmp_path / "out", monkeypatch)
    row = capsys.readouterr().out.splitlines()[-3]
    assert row.startswith("| irony, F1 of irony | test, 8 |  |  | 61.7 |")
    written = (tmp_path / "out" / "test" / "irony.txt").read_text()
    assert written == (data / "irony" / "val_labels.txt").read_text()


def test_files_that_do_not_match_are_refused(bench: ModuleType, tmp_path: Path) -> None:
    write_split(tmp_path, "train", [("one", 0), ("two", 1)])
    (tmp_path / "train_labels.txt").write_text("0\n")
    with pytest.raises(InputError, match="has 2 lines"):
        bench.read_split(tmp_path, "train")
    (tmp_path / "train_labels.txt").write_text("0\nx\n")
    with pytest.raises(InputError, match="line 2"):
        bench.read_split(tmp_path, "train")


def test_a_folder_without_tasks_is_an_error(
    bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match="no task"):
        run(bench, tmp_path, tmp_path / "out", monkeypatch)
