import contextlib
import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest

from stancekit.errors import InputError, RunError
from stancekit.runs import label_archive
from stancekit.runs.files import saving, saving_run
from stancekit.runs.folder import RunFolder
from tests.support.fakes import StopError, fake_model, stopping
from tests.support.storm import posts, write_jsonl

posix = pytest.mark.skipif(os.name != "posix", reason="needs fork, SIGKILL and POSIX limits")
ROOT = Path(__file__).parents[2]  # where the modules of tests are found


@pytest.fixture
def stopped(source, tmp_path) -> Path:
    """A destination whose run was stopped in its sixth chunk of ten."""
    out = tmp_path / "out.csv"
    with pytest.raises(StopError):
        label_archive(source, out, model=stopping(), chunk_size=10, n_jobs=1)
    return out


def whole(source: Path, out: Path, **arguments) -> bytes:
    label_archive(source, out, model=fake_model(), chunk_size=10, n_jobs=1, **arguments)
    return out.read_bytes()


@pytest.mark.slow
def test_a_stopped_run_goes_on_and_ends_as_if_never_stopped(source, stopped, model, tmp_path):
    assert not stopped.exists()
    summary = label_archive(source, stopped, model=model, chunk_size=10, n_jobs=2)
    assert (summary.resumed, summary.posts) == (50, 95)
    assert "50 of them by an earlier run" in str(summary)
    assert stopped.read_bytes() == whole(source, tmp_path / "whole.csv")


def test_the_source_may_move_between_attempts(source, stopped, model, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    moved = source.rename(tmp_path / "elsewhere" / source.name)
    assert label_archive(moved, stopped, model=model, chunk_size=10).resumed == 50


def test_without_resume_it_starts_over(source, stopped, model):
    summary = label_archive(source, stopped, model=model, chunk_size=10, resume=False)
    assert (summary.resumed, summary.posts) == (0, 95)


def test_rejects_are_the_same_after_resuming(model, tmp_path):
    rows = [*posts(25), "{broken", *posts(95)[25:], "{again"]
    source = write_jsonl(tmp_path / "s.jsonl", rows)
    out = tmp_path / "out.csv"
    with pytest.raises(StopError):
        label_archive(source, out, model=stopping(), chunk_size=10, n_jobs=1)
    assert label_archive(source, out, model=model, chunk_size=10).rejects == 2
    whole(source, tmp_path / "whole.csv")
    one, other = (tmp_path / f"{name}.csv.rejects.jsonl" for name in ("out", "whole"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"model": fake_model(digest="0" * 64)}, "model was fake@b5d5"),
        ({"chunk_size": 20}, "chunk_size was 10, is now 20"),
        ({"explain": True}, "explain was False, is now True"),
        ({"label_reposts": False}, "label_reposts was True, is now False"),
        ({"format": "jsonl"}, "format was None, is now jsonl"),
        ({"select": ["id"]}, r"select was None, is now \['id'\]"),
        ({"only": "public"}, "only was None, is now public"),
        ({"since": "2024-05-01"}, "since was None, is now 2024-05-01"),
        ({"until": "2024-05-01"}, "until was None, is now 2024-05-01"),
        ({"lang": "en"}, r"lang was \[\], is now \['en'\]"),
    ],
)
def test_another_run_is_refused_unless_forced(source, stopped, change, what):
    arguments = {"model": fake_model(), "chunk_size": 10, **change}
    with pytest.raises(RunError, match=what):
        label_archive(source, stopped, **arguments)
    summary = label_archive(source, stopped, force=True, **arguments)
    assert (summary.resumed, summary.posts + sum(summary.left_out.values())) == (0, 95)


def test_pseudonyms_of_another_key_are_another_run(source, tmp_path):
    out, arguments = tmp_path / "out.csv", {"chunk_size": 10, "n_jobs": 1}
    with pytest.raises(StopError):
        label_archive(source, out, model=stopping(), pseudonymise=tmp_path / "a.key", **arguments)
    for key in (None, tmp_path / "b.key"):
        with pytest.raises(RunError, match="pseudonymise was u"):
            label_archive(source, out, model=fake_model(), pseudonymise=key, **arguments)
    arguments |= {"model": fake_model(), "pseudonymise": tmp_path / "a.key"}
    assert label_archive(source, out, **arguments).resumed == 50


def test_the_run_folder_holds_no_name_and_no_key_when_pseudonyms_are_asked_for(tmp_path):
    rows = [
        {"text": f"@ana_vale {n}", "author": "ben_moor", "author_id": "account_a77"}
        for n in range(95)
    ]
    source, out = write_jsonl(tmp_path / "s.jsonl", rows), tmp_path / "out.csv"
    with pytest.raises(StopError):
        label_archive(
            source, out, model=stopping(), pseudonymise=tmp_path / "k", chunk_size=10, n_jobs=1
        )
    key = (tmp_path / "k").read_text(encoding="ascii").strip()
    told = "".join(path.read_text() for path in RunFolder(out).path.glob("*.json"))
    assert "fake@" in told
    assert not any(name in told for name in ("ana_vale", "ben_moor", "account_a77", key))
    parts = sorted(RunFolder(out).path.glob("part-*.arrow"))
    assert len(parts) == 5
    for path in parts:
        with pa.OSFile(str(path)) as file:
            text = str(pa.ipc.open_file(file).read_all().to_pylist())
        assert not any(name in text for name in ("ana_vale", "ben_moor", "account_a77"))


def test_another_source_is_refused(source, stopped, model):
    write_jsonl(source, posts(96))
    with pytest.raises(RunError, match="source was"):
        label_archive(source, stopped, model=model, chunk_size=10)


def test_a_damaged_part_is_labelled_again(source, stopped, model, tmp_path):
    _, first, _, third, _ = sorted(RunFolder(stopped).path.glob("part-*.arrow"))
    third.write_bytes(third.read_bytes()[:-1])
    first.unlink()
    assert label_archive(source, stopped, model=model, chunk_size=10).resumed == 30
    assert stopped.read_bytes() == whole(source, tmp_path / "whole.csv")


@pytest.mark.parametrize("left", [0, 5])
def test_a_torn_record_is_no_record(source, stopped, model, tmp_path, left):
    record = min(RunFolder(stopped).path.glob("part-*.json"))
    record.write_bytes(record.read_bytes()[:left])
    assert label_archive(source, stopped, model=model, chunk_size=10).resumed == 40
    assert stopped.read_bytes() == whole(source, tmp_path / "whole.csv")


def test_where_nothing_says_what_was_labelled_it_starts_over(source, stopped, model, tmp_path):
    state = RunFolder(stopped).path / "run.json"
    state.write_bytes(state.read_bytes()[:-5])
    assert label_archive(source, stopped, model=model, chunk_size=10).resumed == 0
    assert stopped.read_bytes() == whole(source, tmp_path / "whole.csv")


def test_what_a_worker_of_another_run_leaves_is_not_taken(source, stopped, model, tmp_path):
    folder, other = RunFolder(stopped).path, {"chunk_size": 10, "label_reposts": False}
    late = {path.name: path.read_bytes() for path in folder.glob("part-*")}
    with pytest.raises(StopError):
        label_archive(source, stopped, model=stopping("57"), n_jobs=1, force=True, **other)
    for name, data in late.items():  # who labelled for the first run was slow to end
        (folder / name).write_bytes(data)
    assert label_archive(source, stopped, model=model, **other).resumed == 50
    assert stopped.read_bytes() == whole(source, tmp_path / "whole.csv", label_reposts=False)


def test_a_second_run_on_one_destination_is_told(source, model, tmp_path):
    out = tmp_path / "out.csv"
    with (
        RunFolder(out).locked(),
        pytest.raises(RunError, match="another run is writing here at this moment"),
    ):
        label_archive(source, out, model=model)
    label_archive(source, out, model=model)


def test_ctrl_c_keeps_what_is_done_and_says_where(source, model, tmp_path):
    out = tmp_path / "out.csv"
    with pytest.raises(KeyboardInterrupt, match=r"kept in .*out\.csv\.stancekit-run"):
        label_archive(source, out, model=stopping(error=KeyboardInterrupt), chunk_size=10, n_jobs=1)
    assert label_archive(source, out, model=model, chunk_size=10).resumed == 50


def test_a_full_disk_is_told_and_the_run_goes_on_later(source, model, tmp_path, monkeypatch):
    out = tmp_path / "out.csv"
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name.startswith("part-00004"):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(RunError, match=r"No space left on device.*free some space"):
            label_archive(source, out, model=model, chunk_size=10, n_jobs=1)
    assert label_archive(source, out, model=model, chunk_size=10).resumed == 40


@posix
@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".sqlite", ""])
def test_a_disk_that_fills_up_during_assembly_loses_nothing(source, model, tmp_path, ending):
    import resource

    out = tmp_path / f"out{ending}"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (7_000, limits[1]))  # parts fit, the output does not
    try:
        with pytest.raises(RunError, match="could not be written"):
            label_archive(source, out, model=model, chunk_size=10, n_jobs=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not out.exists()
    assert label_archive(source, out, model=model, chunk_size=10).resumed == 95


def test_a_source_that_vanishes_is_named_and_the_run_goes_on_when_it_is_back(
    source, model, tmp_path, monkeypatch
):
    import stancekit.runs.reading as module

    out, real = tmp_path / "out.csv", module.read_records

    def vanishing(*arguments, **options):
        for number, item in enumerate(real(*arguments, **options)):
            if number == 42:
                raise OSError(errno.EIO, "Input/output error", str(source))
            yield item

    with monkeypatch.context() as patch:
        patch.setattr(module, "read_records", vanishing)
        with pytest.raises(RunError, match=r"Input/output error.*Put the source back"):
            label_archive(source, out, model=model, chunk_size=10)
    assert label_archive(source, out, model=model, chunk_size=10).resumed == 40


def test_a_source_taken_away_during_the_run_is_named_and_may_come_back(source, tmp_path):
    away, out = tmp_path / "away.jsonl", tmp_path / "out.csv"

    def steal(_):
        if source.exists():
            source.rename(away)

    with pytest.raises(RunError, match=r"storm\.jsonl.*Put the source back"):
        label_archive(source, out, model=fake_model(steal), chunk_size=10, n_jobs=1)
    with pytest.raises(InputError, match="no such file"):
        label_archive(source, out, model=fake_model(), chunk_size=10)
    away.rename(source)
    assert label_archive(source, out, model=fake_model(), chunk_size=10).resumed == 95
    assert out.read_bytes() == whole(source, tmp_path / "whole.csv")


def test_a_source_changed_during_the_run_is_noticed(source, tmp_path):
    def meddle(_):
        with source.open("a", encoding="utf-8") as file:
            file.write('{"text": "late"}\n')

    with pytest.raises(RunError, match="was changed while it was read"):
        label_archive(
            source, tmp_path / "out.csv", model=fake_model(meddle), chunk_size=10, n_jobs=1
        )


@pytest.mark.slow
@posix
@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".sqlite", ""])
def test_killed_at_any_file_operation_it_goes_on_to_the_same_bytes(source, tmp_path, ending):
    command = [sys.executable, "-m", "tests.support.kill_everywhere"]
    command += [source, tmp_path, f"out{ending}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout) > 20, "kill points went missing"


@pytest.fixture
def at_work(source, tmp_path):
    """A destination, the process that writes it with a worker, and the file for which it waits."""
    out, go = tmp_path / "out.csv", tmp_path / "go"
    command = [sys.executable, "-m", "tests.support.run_slowly", source, out, go]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)
    while (
        len(list(tmp_path.glob("out.csv.stancekit-run/part-*.json"))) < 5
    ):  # it waits in the sixth
        assert process.poll() is None, "ended before it could be stopped"
        time.sleep(0.02)
    yield out, process, go
    go.touch()  # for the worker, which nobody else ends
    process.kill()
    process.wait()


@pytest.mark.slow
@posix
@pytest.mark.parametrize("ctrl_c", [False, True])
def test_stopped_with_workers_at_work_it_goes_on_to_the_same_bytes(
    source, at_work, tmp_path, ctrl_c
):
    out, process, go = at_work
    if ctrl_c:
        os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to the workers too
        go.touch()  # a worker between two chunks does another one
    else:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not out.exists()
    summary = label_archive(source, out, model=fake_model(), chunk_size=10, n_jobs=1)
    assert 50 <= summary.resumed < 95
    assert out.read_bytes() == whole(source, tmp_path / "whole.csv")


@pytest.mark.slow
@posix
def test_a_second_process_on_one_destination_is_told_and_harms_nothing(source, at_work, tmp_path):
    out, process, go = at_work
    with pytest.raises(RunError, match="another run is writing here at this moment"):
        label_archive(source, out, model=fake_model(), chunk_size=10, force=True)
    go.touch()
    assert process.wait() == 0
    assert out.read_bytes() == whole(source, tmp_path / "whole.csv")


@pytest.mark.slow
@posix
@pytest.mark.parametrize("seed", range(2))
def test_killed_at_random_moments_it_goes_on_to_the_same_bytes(source, tmp_path, seed):
    """Whatever it is doing: starting, reading, labelling, putting parts together."""
    out, moments = tmp_path / "out", random.Random(seed)
    command = [sys.executable, "-m", "tests.support.run_slowly", source, out]
    for _ in range(3):
        process = subprocess.Popen(
            command, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moments.uniform(0.5, 5))
        process.kill()
        process.wait()
    if not out.exists():
        label_archive(source, out, model=fake_model(), chunk_size=10, n_jobs=1)
    label_archive(source, tmp_path / "whole", model=fake_model(), chunk_size=10, n_jobs=1)
    [part], [expected] = out.iterdir(), (tmp_path / "whole").iterdir()
    assert part.read_bytes() == expected.read_bytes()


def test_advice_to_go_on_is_given_only_where_there_are_chunks(tmp_path):
    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(RunError, match="No space left") as plain, saving(tmp_path / "x.csv"):
        full()
    assert "hunks" not in str(plain.value)
    with pytest.raises(RunError, match="Chunks already done are kept"), saving_run(tmp_path):
        full()
