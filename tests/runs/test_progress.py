"""Progress is of the bytes of the source, whatever it is packed in; it ends at all of them."""

import gzip
import io
import json
import logging
import tarfile
import zipfile

import pytest

from stancekit.model.cascade import CascadeModel
from stancekit.posts import read_records
from stancekit.runs import bar as bars
from stancekit.runs import label_archive
from stancekit.runs.bar import bar_of
from stancekit.runs.identity import source_stamps
from stancekit.runs.meter import Meter
from stancekit.runs.sources import open_named
from tests.support.encoders import encoder_model, with_scorer
from tests.support.fakes import StopError, stopping
from tests.support.storm import posts, write_jsonl

LINES = "".join(json.dumps(row) + "\n" for row in posts(3_000)).encode()


def plain(path):
    (path / "s.jsonl").write_bytes(LINES)
    return path / "s.jsonl"


def gzipped(path):
    (path / "s.jsonl.gz").write_bytes(gzip.compress(LINES))
    return path / "s.jsonl.gz"


def zipped(path):
    with zipfile.ZipFile(path / "s.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("s.jsonl", LINES)
        file.writestr("photo.jpg", bytes(5_000_000))
    return path / "s.zip"


def zipped_alone(path):
    with zipfile.ZipFile(path / "s.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("s.jsonl", LINES)
    return path / "s.zip"


def tarred(path):
    with tarfile.open(path / "s.tar.gz", "w:gz") as file:
        entry = tarfile.TarInfo("s.jsonl")
        entry.size = len(LINES)
        file.addfile(entry, io.BytesIO(LINES))
    return path / "s.tar.gz"


def folder(path):
    (path / "s").mkdir()
    for n in range(3):
        (path / "s" / f"{n}.jsonl").write_bytes(LINES)
    (path / "s" / "4.jsonl.gz").write_bytes(gzip.compress(LINES))
    return path / "s"


def parquet(path):
    import pandas as pd

    frame = pd.DataFrame(posts(3_000))[["id", "text"]]
    frame.to_parquet(path / "s.parquet", row_group_size=100)
    return path / "s.parquet"


@pytest.mark.parametrize("make", [plain, gzipped, zipped, zipped_alone, tarred, folder, parquet])
def test_the_place_rises_to_the_end(make, tmp_path):
    place = make(tmp_path)
    size = sum(size for _, size, _ in source_stamps([str(place)]))
    meter = Meter([size])
    source, how = open_named(str(place), "", meter=meter)
    places = [meter.place]
    for n, item in enumerate(read_records(source, how)):
        if isinstance(item, dict) and n % 100 == 0:
            places.append(meter.place)
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] > 0.6 * size
    assert 0.95 * size < meter.place <= size


def test_several_places_follow_each_other(tmp_path):
    first = write_jsonl(tmp_path / "a.jsonl", posts(50))
    second = write_jsonl(tmp_path / "b.jsonl", posts(50))
    sizes = [path.stat().st_size for path in (first, second)]
    meter = Meter(sizes)
    for path, end in ((first, sizes[0]), (second, sum(sizes))):
        source, how = open_named(str(path), path.name, meter=meter)
        assert list(read_records(source, how))
        assert meter.place == end


def test_a_resumed_run_shows_what_was_done_and_ends_at_the_whole(tmp_path, model, capsys):
    source, out = write_jsonl(tmp_path / "s.jsonl", posts(95)), tmp_path / "out.csv"
    with pytest.raises(StopError):
        label_archive(source, out, model=stopping(), chunk_size=10, n_jobs=1)
    label_archive(source, out, model=model, chunk_size=10, n_jobs=1, progress=True)
    last = capsys.readouterr().err.replace("\r", "\n").strip().split("\n")[-1]
    assert last.startswith("labelling 100%")
    assert "95 posts" in last


def test_a_workbook_shows_posts_only(tmp_path, model, capsys):
    import pandas as pd

    path = tmp_path / "s.xlsx"
    pd.DataFrame(posts(20))[["id", "text"]].to_excel(path, index=False)
    label_archive(path, tmp_path / "out.csv", model=model, progress=True)
    assert "%|" not in capsys.readouterr().err


def test_nobody_hears_of_a_short_run(source, model, tmp_path, capsys, caplog):
    caplog.set_level(logging.INFO)
    label_archive(source, tmp_path / "out.csv", model=model, chunk_size=10)
    assert capsys.readouterr() == ("", "")
    assert not [r for r in caplog.records if r.name.startswith("stancekit.runs")]


@pytest.mark.parametrize(("asked", "lines"), [(None, 1), (False, 0)])
def test_a_long_run_that_nobody_watches_is_told_once(monkeypatch, caplog, asked, lines):
    caplog.set_level(logging.INFO)
    clock = iter(range(0, 10_000, 10))
    monkeypatch.setattr(bars.time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with bar_of(asked, 1_000, 0) as bar:
        for _ in range(20):
            bar.add(100, 10)
    assert [r.getMessage() for r in caplog.records][:1] == [
        "200 posts labelled, 2% of the source, 10 a second: about 16 min left"
    ][:lines]
    assert len(caplog.records) == lines


@pytest.mark.parametrize(
    ("asked", "faster", "total", "said"),
    [
        (None, ". Try fast", 1_000, True),
        (True, ". Try fast", 1_000, True),
        (False, ". Try fast", 1_000, False),
        (True, "", 1_000, False),
        (True, ". Try fast", 300, False),  # not long
    ],
)
def test_a_faster_way_is_named_where_it_takes_long(
    monkeypatch, caplog, capsys, asked, faster, total, said
):
    caplog.set_level(logging.INFO)
    clock = iter(range(0, 10_000, 10))
    monkeypatch.setattr(bars.time, "monotonic", lambda: float(next(clock)))
    with bar_of(asked, total, 0, faster) as bar:
        for _ in range(20):
            bar.add(100, 10)
    told = [r.getMessage() for r in caplog.records if "Try fast" in r.getMessage()]
    assert len(told) == said
    assert all(one.endswith("left. Try fast") for one in told)


def test_models_with_an_encoder_name_the_fast_one(tmp_path, model, monkeypatch, caplog):
    source = write_jsonl(tmp_path / "s.jsonl", posts(40))
    monkeypatch.setattr(bars, "LOGGED_AFTER", -1.0)
    monkeypatch.setattr(bars, "LONG", -1.0)
    caplog.set_level(logging.INFO)
    cascade = with_scorer(model, CascadeModel(model.linear, encoder_model(), 0.5))
    for name, known in (("one", model), ("two", cascade)):
        label_archive(source, tmp_path / f"{name}.csv", model=known, chunk_size=10, n_jobs=1)
    assert sum('model="fast"' in r.getMessage() for r in caplog.records) == 1
