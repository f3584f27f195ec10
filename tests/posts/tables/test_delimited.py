import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.posts import Notice, Reject, read_records
from stancekit.posts.removed import removal
from stancekit.posts.tables.cells import is_missing


def read(path, **options):
    items = list(read_records(path, **options))
    records = [item for item in items if isinstance(item, dict)]
    return records, [item for item in items if isinstance(item, Reject)]


@pytest.fixture
def write(tmp_path):
    def write(content, encoding="utf-8"):
        path = tmp_path / "posts.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_what_spreadsheets_write(write, delimiter, end, encoding):
    rows = ["id;text;author", '1;"déjà vu; a, b\tc|d";ada', '2;"zwei\nZeilen";bo']
    if delimiter != ";":
        rows = [row.replace(";", delimiter) for row in rows]
    records, rejects = read(write(end.join(rows) + end, encoding))
    assert not rejects
    assert [r["id"] for r in records] == ["1", "2"]
    assert records[0]["text"].startswith("déjà vu")
    assert records[1]["text"] == "zwei\nZeilen"
    assert [r["source_ref"] for r in records] == ["posts.csv:2", "posts.csv:3"]


def test_old_mac_file(write):
    records, _ = read(write("id,text\r1,café à la crème\r2,noir\r", "mac-roman"))
    assert [r["text"] for r in records] == ["café à la crème", "noir"]


def test_line_numbers_count_lines_inside_cells(write):
    records, _ = read(write('id,text\n1,"a\nb\nc"\n\n2,d\n'))
    assert [r["source_ref"] for r in records] == ["posts.csv:2", "posts.csv:6"]


def test_rows_of_the_wrong_width_are_rejects_with_their_line(write):
    records, rejects = read(write("id,text\n1,a\n2,b,c\n3\n4,d\n5,e,,\n"))
    assert [r["id"] for r in records] == ["1", "4", "5"]
    assert [(r.line, r.raw) for r in rejects] == [(3, "2,b,c"), (4, "3")]
    assert rejects[0].reason == "3 cells where the header names 2"


def test_row_that_only_lacks_its_last_cell_is_kept(write):
    records, rejects = read(write("id,date,text,expanded_urls\n1,2024-05-01,a,x\n2,2024-05-02,b\n"))
    assert len(records) == 2 and not rejects


def test_missing_text_is_still_a_row(write):
    records, rejects = read(write("id,text\n1,\n2,b\n"))
    assert [r["text"] for r in records] == [None, "b"] and not rejects


def test_lines_swallowed_by_an_open_mark_are_rows_again_or_rejects(write):
    body = 'id,text\n1,"open ' + "x" * 70_000 + "\n" + "y" * 70_000 + "\n2,fine\n3,fine\n"
    records, rejects = read(write(body))
    assert [r["id"] for r in records] == ["1", "2", "3"]
    assert [r.line for r in rejects] == [3]


def test_line_in_another_encoding_is_mended(write):
    ok = "1,déjà vu\n".encode() * 50
    records, _ = read(write(b"id,text\n" + ok + b"2,caf\xe9 noir\n"))
    assert records[0]["text"] == "déjà vu"
    assert records[-1]["text"] == "café noir"


def test_nul_bytes_are_dropped(write):
    records, _ = read(write(b"id,text\n1,a\0b\n" + b"2,cc\n" * 9))
    assert records[0]["text"] == "ab"


def test_excel_first_line(write):
    records, _ = read(write("sep=;\nid;text\n1;a,b\n"))
    assert (records[0]["text"], records[0]["source_ref"]) == ("a,b", "posts.csv:3")


def test_nameless_and_repeated_columns(write):
    records, _ = read(write(",text,likes,likes\n0,a,1,2\n"))
    assert records[0] | {"column_1": "0", "likes": "1", "likes.4": "2"} == records[0]


def test_ids_stay_text(write):
    records, _ = read(write("id,text\n0071169246717864136705,a\n"))
    assert records[0]["id"] == "0071169246717864136705"


def test_ids_ruined_by_a_spreadsheet_are_none_and_their_posts_stay(write):
    items = list(read_records(write("id,text\n1.62E+18,a\n1.62E+18,b\n")))
    records = [item for item in items if isinstance(item, dict)]
    assert [(r["text"], r.get("id"), r["source_id"]) for r in records] == [
        ("a", None, "1.62E+18"),
        ("b", None, "1.62E+18"),
    ]
    assert any("rounded the ids" in str(item) for item in items if isinstance(item, Notice))


def test_a_late_ruined_id_is_none(write):
    rows = "".join(f"{n},a\n" for n in range(500))
    items = list(read_records(write("id,text\n" + rows + "1.62E+18,b\n")))
    records = [item for item in items if isinstance(item, dict)]
    assert len(records) == 501 and records[7]["id"] == "7"
    assert records[-1].get("id") is None and records[-1]["source_id"] == "1.62E+18"
    assert "rounded" in str(items[-1])


def test_times_and_kinds(write):
    head = "id,text,date,in_reply_to_status_id\n"
    records, _ = read(write(head + "1,RT @a: b,2024-05-01,\n2,c,2024-05-01 10:00:00,1\n"))
    assert [r.get("kind") for r in records] == ["repost", "reply"]
    assert [r["time_known"] for r in records] == [False, True]
    assert records[1]["created_at"].isoformat() == "2024-05-01T10:00:00+00:00"


def test_unclear_dates_are_left_empty_and_said(write):
    path = write("text,date\na,03/04/2024\nb,04/04/2024\n")
    items = list(read_records(path))
    (notice,) = (i for i in items if isinstance(i, Notice) and i.warning)
    assert "2 values of column 'date'" in notice.message
    assert "time_format" in notice.message
    records, _ = read(path, time_format="%d/%m/%Y")
    assert records[0]["created_at"].month == 4


def test_own_output_reads_back(write):
    records, _ = read(write("id,text,source_ref,time_known,label\n1,a,x.csv:1,True,critical\n"))
    assert records[0]["label"] == "critical"
    assert records[0]["source_ref"] == "posts.csv:2"


def test_options_override_the_guess(write):
    path = write("key,utterance,who,parent\n7,hello,ada,3\n")
    options = {"text": "utterance", "id": "key", "author": "who"}
    (record,), _ = read(path, **options, columns={"reply_to_id": "parent"})
    assert (record["id"], record["author"], record["reply_to_id"]) == ("7", "ada", "3")
    assert record["kind"] == "reply"


def test_encoding_and_delimiter_can_be_given(write):
    (record,), _ = read(write("id;text\n1;ješte, ne\n", "cp1250"), encoding="cp1250", delimiter=";")
    assert record["text"] == "ješte, ne"


cell = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0\r\ufeff"), max_size=20
).filter(lambda text: not text or not (is_missing(text) or removal(text)))


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=8))
def test_what_the_csv_module_writes_comes_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "posts.csv"
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["text", "note"])
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())
    records, rejects = read(path, format="csv", encoding="utf-8", delimiter=",", keep_text=True)
    assert not rejects
    assert [(r["text"] or "", r["note"]) for r in records] == rows


def test_lines_above_the_header_are_passed_over(write):
    above = 'Report:,"Trams, May"\nFrom:,2024-05-01\n\n'
    body = "Date,Author,Full Text\n2024-05-02,ada,no tram\n"
    (record,), rejects = read(write(above + body))
    assert not rejects
    assert (record["text"], record["source_ref"]) == ("no tram", "posts.csv:5")


def test_a_row_that_looks_like_a_header_is_no_header_below_known_columns(write):
    records, _ = read(write("id,text\n1,a\nid,text,author\n2,b\n"))
    assert [r["id"] for r in records] == ["1", "2"]


def test_every_column_of_the_post_table_can_be_named(write):
    path = write("key,utterance,parent,tongue\n7,hello,3,en\n")
    options = {"text": "utterance", "id": "key", "reply_to_id": "parent", "lang": "tongue"}
    (record,), _ = read(path, **options)
    assert (record["reply_to_id"], record["lang"], record["kind"]) == ("3", "en", "reply")


@pytest.mark.parametrize("ruined", ["1.17E+18", "1,17E+18", "1169246717864140000"])
def test_rounded_ids_of_others_are_none_too(write, ruined):
    rows = "".join(f'{n};a;{n};"{ruined}"\n' for n in range(3))
    records, _ = read(write("id;text;user_id;in_reply_to_status_id\n" + rows))
    assert [r["id"] for r in records] == ["0", "1", "2"]
    assert all("reply_to_id" not in r and "kind" not in r for r in records)


def test_a_name_longer_than_a_cell_may_be(write):
    records, rejects = read(write("x" * 200_000 + ",text\n1,a\n"), format="csv")
    assert [r["text"] for r in records] == ["a"] and not rejects


HEADLESS = "0,2024-05-01,@bo,no tram no peace\n4,2024-05-02,@ana,well done all of you\n"


def test_a_table_without_a_header_keeps_its_first_post(write):
    records, _ = read(write(HEADLESS), header="no", text="4", author=3)
    assert [r["text"] for r in records] == ["no tram no peace", "well done all of you"]
    assert records[0]["author"] == "bo" and records[0]["source_ref"] == "posts.csv:1"


def test_a_first_row_that_is_a_post_is_said_to_be_one(write):
    with pytest.raises(InputError, match="header=False, text='4'"):
        read(write(HEADLESS))
    with pytest.raises(InputError, match="give True or False"):
        read(write(HEADLESS), header="perhaps")


def test_files_put_one_after_another(write):
    head, rows = "\ufeffid,author,text\n", ["1,ana,no tram\n", '"2",bo,so proud\n', "3,cy,ok\n"]
    path = write(head + rows[0] + head + rows[1] + "\ufeff" + rows[2])
    items = list(read_records(path))
    records = [item for item in items if isinstance(item, dict)]
    assert [(r["id"], r["text"]) for r in records] == [
        ("1", "no tram"), ("2", "so proud"), ("3", "ok"),
    ]  # fmt: skip
    said = [str(item) for item in items if isinstance(item, Notice)]
    assert "1 row repeats the names of the columns and was left out" in "".join(said)


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_names_of_rows_that_the_header_does_not_name(write, delimiter):
    rows = ['"text","author"', '"1","no tram, no peace","ana"', '"17","shame","bo"']
    rows = [row.replace('","', f'"{delimiter}"') for row in rows]
    records, rejects = read(write("\n".join(rows)))
    assert [(r["text"], r["author"]) for r in records] == [
        ("no tram, no peace", "ana"), ("shame", "bo"),
    ]  # fmt: skip
    assert not rejects


def test_commas_that_nobody_quoted_are_no_names_of_rows(write):
    records, rejects = read(write("id,text\n1,no,never\n2,yes,ever\n"))
    assert not records and len(rejects) == 2


def test_posts_of_a_single_column_may_have_commas(write):
    records, rejects = read(write('text\nwhat, a, day\n"quoted, too"\nplain\n'))
    assert [r["text"] for r in records] == ["what, a, day", "quoted, too", "plain"]
    assert not rejects


@pytest.mark.parametrize("names_of_rows", [True, False])
@pytest.mark.parametrize("first", ["id", "text"])
def test_what_r_writes_with_spaces_between_the_cells(write, names_of_rows, first):
    texts = [f'the tram is late, says "bo" for the {n}. time' for n in range(6)]
    lines = ['"id" "text"' if first == "id" else '"text" "id"']
    for number, text in enumerate(texts, 1):
        quoted = '"' + text.replace('"', '\\"') + '"'
        cells = [f"70{number}", quoted] if first == "id" else [quoted, f"70{number}"]
        lines.append(" ".join([f'"{number}"', *cells] if names_of_rows else cells))
    records, others = read(write("\n".join(lines) + "\n"), format="csv")
    assert [record["text"] for record in records] == texts
    assert records[0]["id"] == "701"
    assert not any(isinstance(item, Reject) for item in others)


@pytest.mark.parametrize(
    ("header", "day", "hour"),
    [
        ("date,time", "2024-05-14", "14:30:00"),
        ("Date,Time", "5/14/2024", "2:30 PM"),
        ("Datum,Uhrzeit", "14.05.2024", "14:30"),
        ("fecha,hora", "14/05/2024", "14:30"),
    ],
)
def test_day_and_hour_in_two_columns_are_one_time(write, header, day, hour):
    text = f"{header},text\n{day},{hour},no tram today at all\n{day},,no hour in this one\n"
    (first, second), _ = read(write(text), format="csv")
    assert first["created_at"].isoformat() == "2024-05-14T14:30:00+00:00" and first["time_known"]
    assert second["created_at"].isoformat() == "2024-05-14T00:00:00+00:00"
    assert not second["time_known"]


def test_a_length_is_no_hour(write):
    (record,), _ = read(write("date,duration,text\n2024-05-14,3:45,no tram today\n"), format="csv")
    assert not record["time_known"] and record["duration"] == "3:45"


def test_a_mark_that_a_letter_follows_closes_no_cell_of_two_lines(write):
    records, _ = read(write('id\ttext\n1\t"hello\n2\tfine "x"\n3\tso\n'), format="csv")
    assert [record["id"] for record in records] == ["1", "2", "3"]


def test_the_encoding_that_was_guessed_is_told(write):
    path = write("id,text\n1,Спасибо врачам больницы\n", "cp1251")
    notices = [str(item) for item in read_records(path) if isinstance(item, Notice)]
    assert any("cp1251 (Cyrillic)" in notice and "encoding=" in notice for notice in notices)
    stated = [str(item) for item in read_records(path, encoding="cp1251")]
    assert "Спасибо" in "".join(stated) and "not in Unicode" not in "".join(stated)


def test_bytes_that_are_no_utf8_are_counted(write):
    path = write(
        "id,text\n1,café été déjà vu, and so on and on\n".encode() + b"2,caf\xe9\n3,na\xefve\n"
    )
    notices = [str(item) for item in read_records(path) if isinstance(item, Notice)]
    assert any("2 lines have bytes that are no UTF-8" in notice for notice in notices)


DRAWN = {
    "Markdown": '| id | text |\n|:---|---:|\n| 1 | a \\| "b |\n| 2 | no tram |\n',
    "Markdown without bars around": 'id | text\n--- | ---\n1 | a \\| "b\n2 | no tram\n',
    "psql": ' id |  text\n----+--------\n  1 | a \\| "b\n  2 | no tram\n',
    "mysql": "+----+---------+\n| id | text    |\n+----+---------+\n"
    '|  1 | a \\| "b  |\n|  2 | no tram |\n+----+---------+\n',
}


@pytest.mark.parametrize("kind", DRAWN)
def test_tables_drawn_with_characters(write, kind):
    records, rejects = read(write(DRAWN[kind]))
    assert not rejects
    assert [(r["id"], r["text"]) for r in records] == [("1", 'a | "b'), ("2", "no tram")]


def test_line_of_dashes_in_a_table_with_bars_is_a_post(write):
    records, _ = read(write("id|text\n1|--\n2|---\n3|fine\n"))
    assert [r["text"] for r in records] == ["--", "---", "fine"]
