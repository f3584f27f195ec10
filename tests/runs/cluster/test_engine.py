"""The Dask engine against the local one, on a cluster of separate processes."""

import gzip
import json
import os
import signal
import threading
import zipfile

import pandas as pd
import pytest

import stancekit
from stancekit.errors import FormatError, InputError, MissingExtraError, RunError
from stancekit.runs.folder import RunFolder
from tests.support.fakes import StopError, fake_model, stopping, waiting
from tests.support.storm import posts, write_jsonl

distributed = pytest.importorskip("distributed", reason="needs the extra stancekit[dask]")
pytestmark = pytest.mark.slow  # a cluster takes seconds to start

from stancekit.runs.cluster import connect, pieces  # noqa: E402


@pytest.fixture
def on_dask(cluster, monkeypatch):
    """Label on the shared cluster, large files cut small."""
    monkeypatch.setattr(pieces, "BLOCK", 20_000)

    def label(source, destination, **options):
        options = {"model": fake_model(), "chunk_size": 30, **options}
        return stancekit.label_on_cluster(
            source, destination, scheduler=cluster.scheduler_address, **options
        )

    return label


def locally(source, destination, **options):
    return stancekit.label_archive(
        source, destination, **{"model": fake_model(), "chunk_size": 30, "n_jobs": 1, **options}
    )


def same_tables(parts, table):
    pd.testing.assert_frame_equal(pd.read_parquet(parts), pd.read_parquet(table))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"select": ["text", "likes", "lang"], "explain": True},
        {"min_confidence": 0.5, "label_reposts": False, "select": ["id"]},
    ],
)
def test_the_result_is_the_local_engines_row_for_row(on_dask, folder, tmp_path, options):
    there = on_dask(folder, tmp_path / "parts", **options)
    here = locally(folder, tmp_path / "table.parquet", **options)
    same_tables(tmp_path / "parts", tmp_path / "table.parquet")
    counted = ("posts", "counts", "repost_counts", "skipped", "rejects", "model")
    assert {n: getattr(there, n) for n in counted} == {n: getattr(here, n) for n in counted}
    rejects = [tmp_path / "parts.rejects.jsonl", tmp_path / "table.parquet.rejects.jsonl"]
    assert rejects[0].read_text() == rejects[1].read_text() != ""
    assert len(list((tmp_path / "parts").glob("*.parquet"))) > 4
    assert not (tmp_path / "parts.stancekit-run").exists()


def test_several_places_have_the_rows_and_names_they_have_here(on_dask, folder, tmp_path):
    places = [folder / "late", str(folder / "*.jsonl")]
    on_dask(places, tmp_path / "parts")
    locally(places, tmp_path / "table.parquet")
    same_tables(tmp_path / "parts", tmp_path / "table.parquet")


@pytest.mark.parametrize("packed", ["zip", "gz", "folder", "several"])
def test_rows_of_packed_files_say_where_they_stood_as_here(on_dask, tmp_path, packed):
    source = tmp_path / "posts"
    source.mkdir()
    for name, rows in (("a", posts(40)), ("b", posts(80)[40:])):
        lines = write_jsonl(source / f"{name}.jsonl", rows).read_bytes()
        (source / f"{name}.jsonl").unlink()
        (source / f"{name}.jsonl.gz").write_bytes(gzip.compress(lines))
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr("deep/one.jsonl", lines)
            archive.writestr("two.jsonl", lines)
    given = {
        "zip": tmp_path / "a.zip",
        "gz": source / "a.jsonl.gz",
        "folder": source,
        "several": [tmp_path / "a.zip", source / "b.jsonl.gz"],
    }[packed]
    on_dask(given, tmp_path / "parts")
    locally(given, tmp_path / "table.parquet")
    same_tables(tmp_path / "parts", tmp_path / "table.parquet")


def test_every_part_has_the_same_columns_and_success_lists_them(on_dask, folder, tmp_path):
    import pyarrow.parquet as pq

    summary = on_dask(folder, tmp_path / "parts")
    told = json.loads((tmp_path / "parts" / "_SUCCESS").read_text())
    files = [tmp_path / "parts" / part["part"] for part in told["parts"]]
    schemas = [pq.read_schema(file) for file in files]
    assert all(schema.equals(schemas[0], check_metadata=True) for schema in schemas)
    assert b"stancekit.model_digest" in schemas[0].metadata
    assert [pq.read_metadata(file).num_rows for file in files] == [
        part["posts"] for part in told["parts"]
    ]
    assert sum(part["posts"] for part in told["parts"]) == summary.posts == 601


def test_csv_and_parquet_parts_and_a_saved_model(on_dask, tmp_path):
    from stancekit.model import load

    frame = pd.DataFrame(posts(60))[["id", "text", "author_id", "created_at"]]
    source = tmp_path / "posts"
    source.mkdir()
    frame[:30].to_csv(source / "part-0.csv", index=False)
    frame[30:].to_parquet(source / "part-1.parquet", index=False)
    model = load().save(tmp_path / "model")
    on_dask(source, tmp_path / "parts", model=model)
    locally(source / "part-0.csv", tmp_path / "0.parquet", model=model)
    locally(source / "part-1.parquet", tmp_path / "1.parquet", model=model)
    expected = pd.concat(
        [pd.read_parquet(tmp_path / f"{n}.parquet") for n in (0, 1)], ignore_index=True
    )
    found = pd.read_parquet(tmp_path / "parts")
    pd.testing.assert_frame_equal(found, expected, check_categorical=False)


def test_a_killed_worker_loses_nothing(cluster, on_dask, folder, tmp_path):
    with distributed.Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2)
        before = set(client.run(os.getpid).values())
    victim, seen = min(before), []
    state, go, over = tmp_path / "parts.stancekit-run", tmp_path / "go", threading.Event()

    def kill():
        while not list(state.glob("part-*.json")) and not over.wait(0.01):
            pass
        os.kill(victim, signal.SIGKILL)
        seen.append(len(list(state.glob("part-*.json"))))
        go.touch()  # without it the last piece is never done

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        on_dask(folder, tmp_path / "parts", model=waiting(str(go), at="599"))
    finally:
        over.set()
        thread.join()
    locally(folder, tmp_path / "table.parquet")
    parts = len(list((tmp_path / "parts").glob("*.parquet")))
    assert seen[0] < parts  # it died in the middle
    same_tables(tmp_path / "parts", tmp_path / "table.parquet")
    with distributed.Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2)
        assert victim not in client.run(os.getpid).values()


def test_finished_parts_are_kept_and_another_run_is_refused(on_dask, folder, tmp_path):
    parts = tmp_path / "parts"
    with pytest.raises(StopError):
        on_dask(folder, parts, model=stopping(at="599"))
    kept = {path: path.stat().st_mtime_ns for path in parts.glob("*.parquet")}
    assert kept
    with pytest.raises(RunError, match="min_confidence was None, is now"):
        on_dask(folder, parts, min_confidence=0.9)
    with pytest.raises(RunError, match="model was fake"):
        on_dask(folder, parts, model=fake_model(digest="0" * 64))
    damaged = min(kept)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    summary = on_dask(folder, parts)
    assert 0 < summary.resumed < summary.posts == 601
    locally(folder, tmp_path / "table.parquet")
    same_tables(parts, tmp_path / "table.parquet")
    with pytest.raises(RunError, match="already there"):
        on_dask(folder, parts)
    assert on_dask(folder, parts, min_confidence=0.9, force=True).resumed == 0


def test_stopped_between_the_last_step_and_tidying_up_it_is_finished(
    on_dask, folder, tmp_path, monkeypatch
):
    parts, clear = tmp_path / "parts", RunFolder.clear

    def die(run_folder):
        if (parts / "_SUCCESS").exists():
            raise StopError
        clear(run_folder)

    with monkeypatch.context() as patch:
        patch.setattr(RunFolder, "clear", die)
        with pytest.raises(StopError):
            on_dask(folder, parts)
    assert on_dask(folder, parts).posts == 601
    assert not (tmp_path / "parts.stancekit-run").exists()
    with pytest.raises(RunError, match="already there"):
        on_dask(folder, parts)


def test_parts_of_nobody_are_not_taken_for_parts_of_this_run(on_dask, folder, tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "part-000000.parquet").touch()
    with pytest.raises(InputError, match=r"no run's \(part-000000"):
        on_dask(folder, tmp_path / "parts", force=True)


def test_a_bad_row_ends_the_run_if_asked(on_dask, folder, tmp_path):
    with pytest.raises(FormatError, match=r"b\.jsonl:(261|362): not"):  # whoever meets one first
        on_dask(folder, tmp_path / "parts", on_error="stop")


def test_no_posts_at_all(on_dask, tmp_path):
    source = write_jsonl(tmp_path / "none.jsonl", ["{broken", "{broken"])
    summary = on_dask(source, tmp_path / "parts", format="jsonl")
    assert (summary.posts, summary.rejects) == (0, 2)
    assert [path.name for path in (tmp_path / "parts").iterdir()] == ["_SUCCESS"]


def test_an_object_store_holds_source_and_parts(folder, tmp_path, monkeypatch):
    import fsspec

    monkeypatch.setattr(pieces, "BLOCK", 20_000)
    memory = fsspec.filesystem("memory")
    memory.put(str(folder), "/bucket/posts", recursive=True)
    threads = distributed.LocalCluster(
        host="127.0.0.1",
        processes=False,
        n_workers=1,
        protocol="tcp",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
    )
    with threads as cluster:  # threads, for the memory is this process's
        stancekit.label_on_cluster(
            "memory://bucket/posts",
            "memory://bucket/parts",
            model=fake_model(),
            scheduler=cluster.scheduler_address,
        )
    memory.get("/bucket/parts", str(tmp_path / "parts"), recursive=True)
    locally(folder, tmp_path / "table.parquet")
    same_tables(tmp_path / "parts", tmp_path / "table.parquet")
    assert memory.exists("/bucket/parts.rejects.jsonl")
    assert not memory.find("/bucket/parts.stancekit-run")


def test_processes_of_this_machine_are_the_default(folder, tmp_path):
    from typer.testing import CliRunner

    from stancekit.cli import app

    arguments = ["label", folder, "-o", tmp_path / "parts", "--select", "id"]
    arguments += ["--engine", "dask", "--workers", "1"]
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exit_code == 0, done.stderr
    assert "of 601 posts labelled" in done.stderr
    locally(folder, tmp_path / "table.parquet", model="default", select=["id"])
    same_tables(tmp_path / "parts", tmp_path / "table.parquet")


def test_other_versions_are_refused(cluster, monkeypatch):
    here = connect.versions()
    with distributed.Client(cluster, set_as_default=False) as client:
        connect.check_versions(client, here)
        with pytest.raises(InputError, match=r"stancekit \d.*, here 9\.9"):
            connect.check_versions(client, {**here, "stancekit": "9.9"})
        monkeypatch.setattr(connect, "versions", lambda: int("not installed"))
        with pytest.raises(InputError, match=r"cannot run stancekit .*not installed"):
            connect.check_versions(client, here)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "foo://x:1", ""])
def test_a_scheduler_that_is_not_there(folder, tmp_path, monkeypatch, address):
    monkeypatch.setattr(connect, "PATIENCE", 1)
    monkeypatch.setattr(distributed, "Client", lambda *_, **__: pytest.fail("half a client"))
    with pytest.raises(InputError, match="no Dask scheduler can be reached"):
        stancekit.label_on_cluster(folder, tmp_path / "parts", scheduler=address)
    assert not (tmp_path / "parts").exists()


def test_without_the_extra(folder, tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"stancekit\[dask\]"):
        stancekit.label_on_cluster(folder, tmp_path / "parts")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_jobs": 2}, "n_jobs is not for a cluster: say how many"),
        ({"raw": True}, "raw is for a CSV"),
        ({"excel": True}, "excel is for a CSV"),
        ({"workers": 2, "scheduler": "tcp://host:1"}, "which has its own"),
        ({"workers": 0}, "1 or more"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(folder, tmp_path, options, message):
    with pytest.raises(InputError, match=message):
        stancekit.label_on_cluster(folder, tmp_path / "parts", model=fake_model(), **options)


def test_a_folder_of_other_things_is_never_cleared(on_dask, folder, tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "thesis.txt").touch()
    with pytest.raises(InputError, match=r"thesis\.txt"):
        on_dask(folder, tmp_path / "parts", force=True)
    with pytest.raises(InputError, match="lies in, the source"):
        on_dask(folder, folder / "parts")
