"""Tables of several kinds that lie together: what is read is read as it is alone, the rest told."""

import gzip
import json
import zipfile

import pytest

from stancekit.errors import InputError
from stancekit.posts import Notice, Reject, detect, read_records
from tests.support.builders import write_folder, write_zip
from tests.support.samples_tables import workbook

CSV = "id,text\n1,no tram\n2,so proud\n"
LINES = '{"id": "3", "text": "shame on you"}\n'
ARRAY = '[{"id": "4", "body": "well done"}]'


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "made.xlsx"
    workbook(path, {"Posts": [["id", "text", "date"], ["5", "keep the tram", None]]})
    return path.read_bytes()


def packed(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return path


def texts(path, **options):
    items = list(read_records(path, **options))
    assert not any(isinstance(item, Reject) for item in items)
    notices = [item for item in items if isinstance(item, Notice)]
    said = [str(n) for n in notices if "not read" in n.message]
    return [(i["text"], i["source_ref"]) for i in items if isinstance(i, dict)], said


def test_a_workbook_in_a_zip_or_folder_is_read(tmp_path, sheet):
    path = packed(tmp_path / "a.zip", {"data/Beiträge.xlsx": sheet})
    assert detect(path).name == "tables"
    assert texts(path) == ([("keep the tram", "data/Beiträge.xlsx:2")], [])
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("one.xlsx", "two.xlsx"):
        (folder / name).write_bytes(sheet)
    (folder / "~$one.xlsx").write_bytes(b"lock")
    found, (said,) = texts(folder)
    assert [ref for _, ref in found] == ["one.xlsx:2", "two.xlsx:2"]
    assert said.startswith("~$one.xlsx: not read (4 bytes)")


def test_tables_of_all_kinds_are_read_together_and_the_rest_is_told(tmp_path, sheet):
    files = {
        "a.csv": CSV, "deep/b.csv.gz": gzip.compress(CSV.encode()), "c.jsonl": LINES,
        "d.json": ARRAY, "e.xlsx": sheet, "README.md": "# Posts, of trams",
        "codes.csv": "code,meaning\n1,tram\n", "package.json": json.dumps({"name": "x"}),
        "empty.csv": "", "pictures/1.jpg": "x" * 2000,
    }  # fmt: skip
    path = packed(tmp_path / "a.zip", files)
    assert detect(path).name == "tables"
    found, said = texts(path)
    assert [text for text, _ in found] == [
        "no tram", "so proud", "shame on you", "well done", "no tram", "so proud", "keep the tram",
    ]  # fmt: skip
    told = " ".join(said)
    assert all(name in told for name in ("codes.csv", "package.json", "README.md", "1 file of pic"))
    assert "no column is called as texts are" in told or "no column is called text" in told


def test_a_table_beside_a_read_me_needs_no_help(tmp_path):
    files = {"posts.csv": CSV, "LICENSE": "do as you please, friend, or not"}
    for path in (write_zip(tmp_path / "a.zip", files), write_folder(tmp_path / "f", files)):
        found, (said,) = texts(path)
        assert [text for text, _ in found] == ["no tram", "so proud"]
        assert said.startswith("LICENSE: not read (")


def test_options_go_to_every_table_that_has_them(tmp_path, sheet):
    files = {
        "a.csv": "words,id\nno tram,1\n",
        "b.jsonl": '{"words": "so proud"}\n',
        "e.xlsx": sheet,
    }
    found, (said,) = texts(packed(tmp_path / "a.zip", files), format="tables", text="words")
    assert [text for text, _ in found] == ["no tram", "so proud"]
    assert said.startswith("e.xlsx: not read: ") and "no column 'words'" in said


def test_tables_without_any_text_are_refused_with_the_reason(tmp_path):
    files = {"a.csv": "id,n\n1,2\n", "b.jsonl": '{"x": 1}\n'}
    with pytest.raises(InputError, match=r"no table of posts in it; a\.csv: not read: "):
        list(read_records(write_zip(tmp_path / "a.zip", files), "tables"))


def test_a_bomb_in_a_workbook_in_a_zip_is_refused(tmp_path, sheet):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(sheet)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/extra.xml", bytes(40 << 20))
    with pytest.raises(InputError, match="decompression bomb"):
        list(read_records(packed(tmp_path / "a.zip", {"e.xlsx": path.read_bytes()}), "tables"))


def test_workbooks_of_another_language_are_read_as_each_is_alone(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    rows = [["Beitrag", "Nutzerin"], *([f"Linie {n} fährt nicht, schäm dich", n] for n in range(9))]
    for name in ("mai.xlsx", "juni.xlsx"):
        workbook(folder / name, {"Tabelle1": rows})
    assert detect(folder).name == "tables"
    found, said = texts(folder)
    assert len(found) == 18 and not said


def test_one_table_of_a_folder_without_words_is_told_and_the_rest_read(tmp_path):
    files = {"likes.csv": "post,when\n1,2024-05-01\n", "none.csv": "id,text\n", "posts.csv": CSV}
    for path in (write_folder(tmp_path / "folder", files), packed(tmp_path / "a.zip", files)):
        found, said = texts(path)
        assert [ref for _, ref in found] == ["posts.csv:2", "posts.csv:3"]
        assert len(said) == 1 and said[0].startswith("likes.csv: not read: no column is called")
        notices = [str(item) for item in read_records(path) if isinstance(item, Notice)]
        assert "none.csv: there are no rows in it" in notices


def test_a_folder_in_which_no_table_has_words_is_refused(tmp_path):
    likes = "post,when\n1,2024-05-01\n"
    with pytest.raises(InputError, match="no column is called text"):
        list(read_records(write_folder(tmp_path, {"a.csv": likes, "b.csv": likes})))
