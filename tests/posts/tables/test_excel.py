import datetime as dt
import zipfile

import pytest

from stancekit.errors import FormatError, InputError
from stancekit.posts import Notice, Reject, columns_of, detect, read_records
from tests.support.samples_tables import workbook

HEADER = ["id", "text", "date"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "posts.xlsx"


def read(path, **options):
    items = list(read_records(path, **options))
    assert not any(isinstance(item, Reject) for item in items)
    return [item for item in items if isinstance(item, dict)], items


def test_rows_and_their_numbers(path):
    workbook(path, {"Posts": [HEADER, ["a", "one", None], [None] * 3, ["b", "two", None]]})
    assert detect(path).name == "xlsx"
    records, _ = read(path)
    assert [(r["id"], r["text"], r["source_ref"]) for r in records] == [
        ("a", "one", "posts.xlsx:2"), ("b", "two", "posts.xlsx:4"),
    ]  # fmt: skip
    assert columns_of(path).fields["created_at"] == "date"


def test_dates(path):
    rows = [[1, "a", dt.datetime(2024, 5, 1, 10, 30)], [2, "b", dt.date(2024, 5, 1)],
            [3, "c", "2024-05-01 10:00"]]  # fmt: skip
    workbook(path, {"Posts": [HEADER, *rows]})
    records, _ = read(path)
    assert [r["id"] for r in records] == ["1", "2", "3"]
    assert [r["time_known"] for r in records] == [True, False, True]
    assert records[0]["created_at"].isoformat() == "2024-05-01T10:30:00+00:00"


@pytest.mark.parametrize("ruined", [1.16924671786414e18, 1169246717864140000])
def test_ids_that_are_numbers_past_15_digits_are_none(path, ruined):
    workbook(path, {"Posts": [HEADER, [ruined, "a", None]]})
    records = read(path)[0]
    assert [r["text"] for r in records] == ["a"] and records[0].get("id") is None


def test_ids_as_text_stay(path):
    workbook(path, {"Posts": [HEADER, ["01169246717864136705", "a", None]]})
    assert read(path)[0][0]["id"] == "01169246717864136705"


def test_formulas_give_their_last_value(path):
    workbook(path, {"Posts": [HEADER, ["a", "x", None]]})
    parts = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    cell = b'<c r="B2" t="str"><f>UPPER("no tram")</f><v>NO TRAM</v></c>'
    start = parts[sheet].index(b'<c r="B2"')
    end = parts[sheet].index(b"</c>", start) + 4
    parts[sheet] = parts[sheet][:start] + cell + parts[sheet][end:]
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    assert read(path)[0][0]["text"] == "NO TRAM"


def test_losses_are_said(path):
    cut = "x" * 32_767
    workbook(path, {"Posts": [HEADER, ["a", cut, None], ["b", "#NAME?", None]]})
    _, items = read(path)
    warned = [item.message for item in items if isinstance(item, Notice) and item.warning]
    assert any("1 cells are as long as a cell can be" in message for message in warned)
    assert any("took text that starts with =" in message for message in warned)


def test_coded_characters_and_line_ends(path):
    workbook(path, {"Posts": [HEADER, ["a", "one_x000D_\ntwo_x005F_x", None]]})
    assert read(path)[0][0]["text"] == "one\ntwo_x"


def test_the_sheet_with_the_posts_is_found_below_a_title(path):
    above = [["Export of May"], [None], ["Date", "Author", "Full Text"]]
    workbook(path, {"About": [["made by"]], "Data": [*above, ["2024-05-01", "ada", "no tram"]]})
    records, _ = read(path)
    assert [(r["text"], r["source_ref"]) for r in records] == [("no tram", "posts.xlsx:4")]


def test_two_sheets_with_posts_are_a_question(path):
    sheet = [[*HEADER, "author"], ["a", "one", None, "ada"]]
    workbook(path, {"May": sheet, "June": sheet})
    with pytest.raises(InputError, match=r"more than one sheet.*sheet='May'"):
        read(path)
    assert len(read(path, sheet="June")[0]) == 1
    with pytest.raises(InputError, match="no sheet 'July'; there are: May, June"):
        read(path, sheet="July")


def test_damaged_workbooks(path):
    workbook(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        with zipfile.ZipFile(path, "w") as archive:
            for part, raw in parts.items():
                archive.writestr(part, raw[: len(raw) // 2] if part == name else raw)
        with pytest.raises(FormatError, match=r"damaged|not a format"):
            read(path, format="xlsx")


def test_row_numbers_past_the_limit_do_not_make_it_count_on(path):
    workbook(path, {"Posts": [HEADER, ["a", "one", None]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'r="2"', b'r="999999999"')
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    with pytest.raises(FormatError, match="past 1,048,576"):
        read(path)


def test_old_excel_gets_advice(tmp_path):
    path = tmp_path / "posts.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(FormatError, match=r"save it without password as .xlsx"):
        detect(path)


def test_what_is_no_workbook_is_refused_as_a_damaged_one(tmp_path):
    path = tmp_path / "posts.xlsx"
    path.write_text("id,text\n1,no tram\n", encoding="utf-8")
    with pytest.raises(FormatError, match="damaged workbook"):
        read(path, format="xlsx")
