"""Tables of annotations of any shape: which columns are taken for what, and what is asked."""

# ruff: noqa: E501 (tables and documents as they are written)

import pandas as pd
import pytest
from openpyxl import Workbook

from stancekit.errors import ArgumentError, FormatError, InputError, LabelWarning
from stancekit.study import agreement, read_annotations
from tests.study.annotations.test_read_tools import read, written

POSTS = ("Save the tram, please", "No tram on my street", "Which tram is it, again?")


def csv(path, *rows):
    pd.DataFrame(list(rows[1:]), columns=list(rows[0])).to_csv(path, index=False)
    return path


def test_a_column_an_annotator_beside_columns_of_models(tmp_path):
    path = csv(
        tmp_path / "wide.csv",
        ("tweet", "annotator_0", "annotator_1", "label", "BERT_PREDS", "voting_results", "likes"),
        (POSTS[0], 0, 1, 0, 1, 1, 7),
        (POSTS[1], 1, 1, 1, 0, 0, 8),
        (POSTS[0], 1, None, 1, 0, 0, 8),
    )
    rows, said = read(path)
    assert [row[1:] for row in rows] == [
        ("annotator_0", "0"), ("annotator_1", "1"), ("annotator_0", "1"), ("annotator_1", "1"),
        ("annotator_0", "1"),
    ]  # fmt: skip
    assert "one column an annotator: 'annotator_0', 'annotator_1'" in said
    assert len({row[0] for row in rows}) == 3  # a row is a post, though two are of one text


@pytest.mark.parametrize(
    "names",
    [
        ("label_1_M", "label_2_F"),
        ("severity", "severity_2"),
        ("Coder A", "Coder B"),
        ("label_ana", "label_bo"),
        ("ana_stance", "bo_stance"),
        ("R1", "R2"),
        ("Ana", "Bo"),
    ],
)
def test_families_of_columns(tmp_path, names):
    path = csv(
        tmp_path / "wide.csv",
        ("id", "text", *names),
        *((n, POSTS[n % 3], "for", "for" if n % 2 else "against") for n in range(6)),
    )
    table = read_annotations(path)
    assert set(table["annotator"]) == set(names)
    assert len(table) == 12


def test_columns_of_annotators_are_named(tmp_path):
    path = csv(tmp_path / "a.csv", ("id", "text", "x", "y"), (1, "t", "a", "b"), (2, "u", "b", "a"))
    by_label, by_name = (read(path, **{key: ["x", "y"]})[0] for key in ("label", "annotator"))
    assert (
        by_label == by_name == [("1", "x", "a"), ("1", "y", "b"), ("2", "x", "b"), ("2", "y", "a")]
    )


def test_a_row_an_annotation(tmp_path):
    path = csv(
        tmp_path / "long.csv",
        ("comment_id", "body", "coder", "stance", "coded_at"),
        (1, POSTS[0], "ana", "for", "2026-02-03"),
        (1, POSTS[0], "bo", "against", "2026-02-04"),
        (2, POSTS[1], "bo", None, None),
    )
    rows, said = read(path)
    assert rows == [("1", "ana", "for"), ("1", "bo", "against")]
    assert "item='comment_id', text='body', annotator='coder', time='coded_at', label='stance'" in (
        said.replace("label='stance'", "label='stance'")
    )
    assert "1 rows without a label" in said


def test_two_columns_of_labels_are_a_question(tmp_path):
    path = csv(
        tmp_path / "a.csv",
        ("id", "text", "stance", "sentiment"),
        *((n, POSTS[n], "for", "good") for n in range(3)),
    )
    with pytest.raises(InputError, match=r"'stance', 'sentiment'.*label='stance'"):
        read_annotations(path)
    assert read(path, label="sentiment")[0][0][2] == "good"
    with pytest.raises(ArgumentError, match="no column 'tone'; there are 'id'"):
        read_annotations(path, label="tone")


def test_one_file_an_annotator_is_joined_by_text_and_never_by_row(tmp_path):
    folder = tmp_path / "coded"
    folder.mkdir()
    labels = dict(zip(POSTS, ("for", "against", "none"), strict=True))
    for who, order in (("ana", POSTS), ("bo", POSTS[::-1])):
        rows = [(place, text, labels[text]) for place, text in enumerate(order)]
        pd.DataFrame(rows, columns=["", "text", "code"]).to_csv(
            folder / f"codes_{who}.csv", index=False
        )
    with pytest.warns(LabelWarning, match="ids stand with several texts"):
        table = read_annotations(folder)
    assert set(table["annotator"]) == {"ana", "bo"}
    assert agreement(table).alpha == 1.0
    assert agreement(table).shared == 3


def test_a_sheet_an_annotator(tmp_path):
    path = tmp_path / "coded.xlsx"
    with pd.ExcelWriter(path) as book:
        for who, label in (("Ana", "for"), ("Bo", "against")):
            rows = [(n, text, label) for n, text in enumerate(POSTS)]
            pd.DataFrame(rows, columns=["id", "text", "label"]).to_excel(
                book, sheet_name=who, index=False
            )
        pd.DataFrame({"notes": ["ask Cy about irony"]}).to_excel(
            book, sheet_name="Notes", index=False
        )
    rows, _ = read(path)
    assert rows[0] == ("0", "Ana", "for")
    assert {row[1] for row in rows} == {"Ana", "Bo"}


def test_texts_from_another_file(tmp_path):
    texts = written(tmp_path / "texts.txt", "".join(f"{n}\t{t}\n" for n, t in enumerate(POSTS)))
    ratings = written(
        tmp_path / "ratings.txt",
        "0\t1.5\t[1, 2, 2, 1]\n1\t-1.5\t[-1, -2, -2, -1]\n2\t0\t[0, 0, 1, 1]\n",
    )
    table = read_annotations([texts, ratings])
    assert len(table) == 12
    assert table["text"].iloc[0] == POSTS[0]
    assert table["annotator"].isna().all()
    assert agreement(table, level="ordinal").shared == 3
    with pytest.raises(InputError, match="no labels in it"):
        read_annotations(texts)


MTURK = (
    '"HITId","WorkerId","AssignmentStatus","SubmitTime","Input.text","Answer.stance.label",'
    '"Approve","Reject"\n'
    '"H1","A1","Approved","Sun Mar 08 17:31:11 PDT 2020","Save &quot;the&quot; tram","for"\n'
    '"H1","A2","Rejected","Sun Mar 08 17:31:11 PDT 2020","Save &quot;the&quot; tram","against"\n'
)


def test_mechanical_turk(tmp_path):
    path = written(tmp_path / "Batch_1.csv", MTURK)
    rows, said = read(path)
    assert rows == [("H1", "A1", "for")]
    assert "1 assignments that were rejected" in said
    table = read_annotations(path, keep_all=True)
    assert len(table) == 2
    assert table["text"].iloc[0] == 'Save "the" tram'
    assert table["time"].iloc[0].isoformat() == "2020-03-09T00:31:11+00:00"
    boxes = MTURK.replace("Answer.stance.label", "Answer.for.for").replace('"for"\n', '"true"\n')
    assert read(written(tmp_path / "b.csv", boxes), keep_all=True)


def test_mechanical_turk_with_answers_as_json(tmp_path):
    text = MTURK.replace("Answer.stance.label", "Answer.taskAnswers").replace(
        '"for"\n', '"[{""stance"":{""label"":""for""}}]"\n'
    )
    assert [row[2] for row in read(written(tmp_path / "a.csv", text))[0]] == ["for"]


def test_figure_eight(tmp_path):
    report = (
        "_unit_id,_golden,_unit_state,_trusted_judgments,_last_judgment_at,stance,"
        "stance:confidence,stance_gold,text\r"
        '7,TRUE,golden,80,,for,0.7,"for\nagainst",Save the tram please\r'
        '8,FALSE,finalized,3,2/3/2016,"for\nagainst",0.6,,No tram on my street\r'
        "9,FALSE,finalized,3,2/3/2016,against,0.6,,Which tram is it\r"
    )
    path = tmp_path / "report.csv"
    path.write_bytes(report.encode())
    rows, said = read(path)
    assert [row[::2] for row in rows] == [("8", "for"), ("8", "against"), ("9", "against")]
    assert "1 test questions" in said
    assert len(read(path, keep_all=True)[0]) == 4
    headless = tmp_path / "headless.csv"
    headless.write_bytes(report.partition("\r")[2].encode())
    assert [row[::2] for row in read(headless)[0]] == [row[::2] for row in rows]


def test_figure_eight_judgments(tmp_path):
    rows = "_unit_id,_golden,_tainted,_worker_id,_trust,_created_at,stance,text\n" + "".join(
        f"7,false,{tainted},{who},.9,1/2/2016 10:00:00,{label},Save the tram\n"
        for tainted, who, label in (("false", 1, "for"), ("true", 2, "x"), ("false", 3, "against"))
    )
    found, said = read(written(tmp_path / "full.csv", rows))
    assert found == [("7", "1", "for"), ("7", "3", "against")]
    assert "1 judgments that are not trusted" in said


def test_counts_and_one_hot_columns(tmp_path):
    counts = csv(
        tmp_path / "counts.csv",
        ("", "count", "hate", "offensive", "neither", "class", "tweet"),
        *((n, 3, n % 2, 2, 1 - n % 2, 1, POSTS[n]) for n in range(3)),
    )
    table = read_annotations(counts)
    assert len(table) == 9
    assert agreement(table).shared == 3
    assert table["annotator"].isna().all()
    hot = csv(
        tmp_path / "hot.csv",
        ("text", "id", "rater_id", "anger", "joy", "neutral"),
        *((POSTS[n % 3], n % 3, n // 3, int(n % 3 == 0), int(n % 3 == 1), int(n % 3 == 2)) for n in range(12)),
    )  # fmt: skip
    table = read_annotations(hot)
    assert len(table) == 12
    assert set(table["label"]) == {"anger", "joy", "neutral"}
    assert table["annotator"].nunique() == 4


def test_several_choices_of_somebody_without_a_name_are_one_vote(tmp_path):
    path = csv(
        tmp_path / "hot.csv",
        ("text", "id", "anger", "joy", "neutral"),
        *((POSTS[n % 3] + str(n), n, 1, int(n == 1), 0) for n in range(9)),
    )
    found = agreement(read_annotations(path))
    assert found.shared == 0
    assert "of several labels at once" in str(found)


def test_lists_of_annotators_and_of_their_labels(tmp_path):
    records = [
        {"id": 1, "text": POSTS[0], "annotators": ["a", "b"], "labels": ["for", "for"]},
        {"id": 2, "text": POSTS[1], "annotators": ["a", "c"], "labels": ["for", "against"]},
    ]
    pd.DataFrame(records).to_parquet(tmp_path / "a.parquet")
    rows, _ = read(tmp_path / "a.parquet")
    assert rows == [("1", "a", "for"), ("1", "b", "for"), ("2", "a", "for"), ("2", "c", "against")]


def test_coded_segments(tmp_path):
    path = tmp_path / "segments.xlsx"
    pd.DataFrame({
        "Document name": ["p7", "p7"], "Code": ["for", "against"], "Segment": [POSTS[0]] * 2,
        "Created by": ["ana", "bo"], "Created": ["2026-02-03 10:00:00"] * 2,
    }).to_excel(path, index=False)  # fmt: skip
    rows, said = read(path)
    assert [row[1:] for row in rows] == [("ana", "for"), ("bo", "against")]
    assert "coded segments (MAXQDA)" in said


def test_utf16_and_spellings(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        "id,text,label\n1,a b,For\n2,c d,for \n3,e f,“for”\n4,g h,against\n".encode("utf-16")
    )
    rows, said = read(path)
    assert len({row[2] for row in rows}) == 2
    assert "are one:" in said


def test_label_map(tmp_path):
    path = csv(
        tmp_path / "a.csv", ("id", "text", "label"), (1, "a b", 1), (2, "c d", -1), (3, "e", 9)
    )
    assert [row[2] for row in read(path, label_map={1: "for", -1: "against", 9: None})[0]] == [
        "for", "against",
    ]  # fmt: skip
    with pytest.raises(InputError, match="label_map lacks '9'"):
        read_annotations(path, label_map={1: "for", -1: "against"})


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("id", "text"), (1, POSTS[0]), (2, POSTS[1])], "no labels in it"),
        ([("text", "likes"), (POSTS[0], 1.5), (POSTS[1], 2.25)], "no column holds labels"),
        ([("id", "label")], "no rows"),
    ],
)
def test_tables_without_labels(tmp_path, rows, said):
    with pytest.raises(InputError, match=said):
        read_annotations(csv(tmp_path / "a.csv", *rows))


def test_texts_in_the_column_of_labels(tmp_path):
    rows = [(n, f"is it so? {n}", f"I think that number {n} is about the tram") for n in range(300)]
    with pytest.raises(InputError, match="holds texts, not labels"):
        read_annotations(csv(tmp_path / "a.csv", ("id", "text", "label"), *rows))


def test_one_class_two_rows_and_copies(tmp_path):
    path = csv(tmp_path / "a.csv", ("id", "text", "label"), (1, "a b", "for"), (2, "a b", "for"))
    rows, said = read(path)
    assert len(rows) == 2
    assert "one label only" in said
    table = read_annotations(
        csv(tmp_path / "b.csv", ("text", "coder", "label"), *[("a b", "x", "y")] * 9)
    )
    assert table["item_id"].nunique() == 1


def test_annotators_who_never_overlap(tmp_path):
    path = csv(
        tmp_path / "a.csv",
        ("id", "text", "annotator", "label"),
        (1, "a b", "ana", "for"), (2, "c d", "bo", "against"),
    )  # fmt: skip
    assert "no post was labelled by two annotators" in str(agreement(read_annotations(path)))


def test_what_is_no_export(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_annotations(tmp_path / "none.csv")
    with pytest.raises(InputError, match="is empty"):
        read_annotations(written(tmp_path / "a.csv", ""))
    with pytest.raises(FormatError, match="in no format of annotations"):
        read_annotations(written(tmp_path / "a.txt", "just some words\nand more\n"))
    with pytest.raises(ArgumentError, match="no file is named"):
        read_annotations([])
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(FormatError, match="damaged"):
        read_annotations(broken)


def test_notices_are_given_to_whoever_asks(tmp_path):
    path = csv(tmp_path / "a.csv", ("id", "text", "label"), (1, "a b", "for"), (2, "c d", None))
    heard = []
    table = read_annotations(path, on_notice=heard.append)
    assert [str(notice) for notice in heard] == table.attrs["notices"]


def test_potato(tmp_path):
    rows = (
        "user,instance_id,displayed_text,stance:::for,stance:::against\n"
        "ana,7,Save the tram,1,\nbo,7,Save the tram,,1\nana,8,No tram,,1\n"
    )
    assert read(written(tmp_path / "potato.csv", rows))[0] == [
        ("7", "ana", "for"), ("7", "bo", "against"), ("8", "ana", "against"),
    ]  # fmt: skip


def test_posts_by_their_ids_with_annotators_inside(tmp_path):
    posts = {
        f"{n}_x": {"post_tokens": ["no"], "annotators": [{"label": "for", "annotator_id": 1},
                                                          {"label": "against", "annotator_id": 2}]}
        for n in range(2)
    }  # fmt: skip
    rows, _ = read(written(tmp_path / "a.json", posts))
    assert rows[:2] == [("0_x", "1", "for"), ("0_x", "2", "against")]


def test_ids_of_any_name_and_titles_above_a_sheet(tmp_path):
    path = csv(
        tmp_path / "a.csv",
        ("rev_id", "worker_id", "toxicity"),
        (1, 5, 0), (1, 6, 1), (2, 5, 0), (2, 6, 0),
    )  # fmt: skip
    assert agreement(read_annotations(path)).shared == 2
    book = Workbook()
    for row in (["Coding sheet, spring"], [], ["Nr.", "Text", "Coder A", "Coder B"],
                [1, POSTS[0], 1, 1], [2, POSTS[1], 1, 2]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "sheet.xlsx")
    rows, _ = read(tmp_path / "sheet.xlsx")
    assert rows[-1] == ("2", "Coder B", "2")
