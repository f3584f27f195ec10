"""Exports as the tools write them, invented: what is read, what is left out and said."""

# ruff: noqa: E501 (tables and documents as they are written)

import json
import zipfile

import pytest

from stancekit.errors import FormatError, InputError
from stancekit.study import read_annotations


def read(path, **options):
    """Return (item, annotator, label) of each row, and what was said, as one text."""
    table = read_annotations(path, **options)
    rows = table[["item_id", "annotator", "label"]].astype(object)
    rows = rows.where(rows.notna(), None).values.tolist()
    return [tuple(row) for row in rows], "\n".join(table.attrs["notices"])


def written(path, content):
    if isinstance(content, (list, dict)):
        content = json.dumps(content, ensure_ascii=False)
    path.write_text(content, encoding="utf-8")
    return path


def lines(path, *records):
    return written(path, "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records))


def choice(*labels, name="stance"):
    value = {"choices": list(labels)}
    return {"from_name": name, "to_name": "text", "type": "choices", "value": value}


def span(start, end):
    value = {"start": start, "end": end, "text": "tram", "labels": ["target"]}
    return {"from_name": "target", "to_name": "text", "type": "labels", "value": value}


TASKS = [
    {
        "id": 1,
        "data": {"text": "Save the tram", "item_id": "p7", "author": "ana"},
        "annotations": [
            {"id": 11, "completed_by": {"id": 4, "email": "bo@study.example"},
             "result": [choice("for"), span(9, 13)], "updated_at": "2026-02-03T10:00:00Z"},
            {"id": 12, "completed_by": 5, "result": [choice("for", "unsure")]},
            {"id": 13, "completed_by": 6, "result": [choice("against")], "was_cancelled": True},
        ],
        "predictions": [{"result": [choice("against")], "model_version": "m1"}],
    },
    {"id": 2, "data": {"text": "No tram", "item_id": "p8"},
     "annotations": [{"id": 14, "completed_by": 5, "result": []}]},
    {"id": 3, "data": {"text": "Which tram?", "item_id": "p9"}, "annotations": []},
]  # fmt: skip


def test_label_studio_json(tmp_path):
    path = written(tmp_path / "project-1.json", TASKS)
    rows, said = read(path)
    assert rows == [
        ("p7", "bo@study.example", "for"),
        ("p7", "5", "for"),
        ("p7", "5", "unsure"),
    ]
    for what in (
        "1 annotations that were cancelled",
        "1 predictions of a model",
        "1 posts that nobody annotated",
        "1 annotations without a label",
        "1 labels of parts of texts",
    ):
        assert what in said
    table = read_annotations(path)
    assert table["time"].iloc[0].isoformat() == "2026-02-03T10:00:00+00:00"
    assert table["time"].isna().sum() == 2
    assert table["source_ref"].nunique() == 2  # several choices at once are one annotation
    assert ("p7", "6", "against") in read(path, keep_all=True)[0]


def test_label_studio_of_storage_and_of_old_versions(tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    one = {"id": 9, "result": [choice("for")], "completed_by": {"id": 3, "first_name": "Bo"},
           "task": {"id": 1, "data": {"text": "Save the tram"}}}  # fmt: skip
    written(folder / "9", one)
    old = [{"id": 2, "data": {"text": "No tram"},
            "completions": [{"id": 1, "result": [choice("against")]},
                            {"id": 2, "skipped": True, "result": []}]}]  # fmt: skip
    written(folder / "old.json", old)
    rows, _ = read(folder)
    assert [row[2] for row in rows] == ["for", "against"]


def test_two_questions_are_asked_about(tmp_path):
    task = {"id": 1, "data": {"text": "t"}, "annotations": [
        {"id": 1, "completed_by": 1, "result": [choice("for"), choice("angry", name="tone")]}
    ]}  # fmt: skip
    path = written(tmp_path / "a.json", [task])
    with pytest.raises(InputError, match=r"'stance', 'tone'.*label='stance'"):
        read(path)
    assert [row[2] for row in read(path, label="tone")[0]] == ["angry"]
    with pytest.raises(InputError, match="no question 'topic'; there are"):
        read(path, label="topic")


def test_label_studio_json_min_and_tables(tmp_path):
    records = [
        {"text": "Save the tram", "id": 1, "stance": "for", "annotator": 1, "annotation_id": 1,
         "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
         "lead_time": 3.2},
        {"text": "Save the tram", "id": 1, "stance": {"choices": ["for", "unsure"]},
         "annotator": 2, "annotation_id": 2, "created_at": "2026-01-01T00:00:00Z",
         "updated_at": "2026-01-01T00:00:00Z", "lead_time": 4.0},
        {"text": "No tram", "id": 2, "annotator": 2, "annotation_id": 3, "lead_time": 1.0,
         "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"},
    ]  # fmt: skip
    expected = [("1", "1", "for"), ("1", "2", "for"), ("1", "2", "unsure")]
    rows, said = read(written(tmp_path / "min.json", records))
    assert rows == expected
    assert "Label Studio table" in said
    assert "1 rows without a label" in said
    table = (
        "annotation_id\tannotator\tcreated_at\tid\tlead_time\tstance\ttext\tupdated_at\n"
        "1\tbo@study.example\t2026-01-01T00:00:00Z\t1\t3.2\tfor\tSave the tram\t2026-01-01T00:00:00Z\n"
        '2\tcy@study.example\t2026-01-01T00:00:00Z\t1\t4\t"{""choices"":[""for"",""unsure""]}"'
        "\tSave the tram\t2026-01-01T00:00:00Z\n"
    )
    rows, _ = read(written(tmp_path / "export.tsv", table))
    assert [row[1:] for row in rows] == [
        ("bo@study.example", "for"),
        ("cy@study.example", "for"),
        ("cy@study.example", "unsure"),
    ]


def test_prodigy_choices(tmp_path):
    common = {"options": [{"id": "for", "text": "for it"}, {"id": 2, "text": "against"}]}
    path = lines(
        tmp_path / "db.jsonl",
        {"text": "Save the tram", "_input_hash": 7, "_task_hash": 1, **common, "accept": ["for"],
         "answer": "accept", "_annotator_id": "study-bo", "_timestamp": 1769904000},
        {"text": "Save the tram", "_input_hash": 7, "_task_hash": 1, **common, "accept": [2],
         "answer": "accept", "_session_id": "study-cy", "_annotator_id": None},
        {"text": "No", "_input_hash": 8, **common, "accept": ["for"], "answer": "reject"},
        {"text": "No", "_input_hash": 8, **common, "accept": [], "answer": "ignore"},
        {"text": "No", "_input_hash": 8, **common, "accept": [], "answer": "accept"},
    )  # fmt: skip
    rows, said = read(path)
    assert rows == [("7", "study-bo", "for"), ("7", "study-cy", "against")]
    for what in ("1 tasks that were rejected", "1 tasks that were ignored", "without a choice"):
        assert what in said


def test_prodigy_yes_or_no(tmp_path):
    def task(text, label, answer):
        return {"text": text, "label": label, "answer": answer, "_input_hash": hash(text) % 99,
                "_task_hash": 1, "spans": []}  # fmt: skip

    one = lines(
        tmp_path / "one.jsonl", task("a b", "INSULT", "accept"), task("c d", "INSULT", "reject")
    )
    assert [row[2] for row in read(one)[0]] == ["INSULT", "not INSULT"]
    several = lines(
        tmp_path / "two.jsonl",
        task("a b", "INSULT", "accept"), task("c d", "THREAT", "accept"),
        task("e f", "THREAT", "reject"),
    )  # fmt: skip
    rows, said = read(several)
    assert [row[2] for row in rows] == ["INSULT", "THREAT"]
    assert "1 rejections, which say only what a post is not" in said


def test_spans_are_no_labels_of_posts(tmp_path):
    ner = lines(
        tmp_path / "ner.jsonl",
        {"text": "Save the tram", "spans": [{"start": 9, "end": 13, "label": "T"}], "tokens": [],
         "answer": "accept", "_input_hash": 1, "_task_hash": 2},
    )  # fmt: skip
    doccano = lines(tmp_path / "spans.jsonl", {"id": 1, "text": "Tram", "label": [[0, 4, "T"]]})
    studio = written(
        tmp_path / "ls.json",
        [{"id": 1, "data": {"text": "Save the tram"},
          "annotations": [{"id": 1, "result": [span(0, 4)]}]}],
    )  # fmt: skip
    conll = written(tmp_path / "tags.conll", "Save\tO\nthe\tO\ntram\tB-T\n")
    for path in (ner, doccano, studio, conll):
        with pytest.raises(InputError, match="is no label of its post"):
            read_annotations(path)


def test_doccano(tmp_path):
    new = lines(
        tmp_path / "all.jsonl",
        {"id": 7, "text": "Save the tram", "label": ["for"], "Comments": []},
        {"id": 8, "text": "No tram", "label": []},
    )
    rows, said = read(new)
    assert rows == [("7", None, "for")]
    assert "1 posts without a label" in said
    old = lines(
        tmp_path / "v1.jsonl",
        {"id": 7, "text": "Save the tram", "annotations": [{"label": 2, "user": 1}, {"label": 3, "user": 4}],
         "meta": {}},
    )  # fmt: skip
    assert read(old)[0] == [("7", "1", "2"), ("7", "4", "3")]
    named = read(old, label_map={2: "for", 3: "against"})[0]
    assert named == [("7", "1", "for"), ("7", "4", "against")]
    table = written(
        tmp_path / "all.csv", "id,text,label\n7,Save the tram,for\n8,No,against#for\n9,No,against\n"
    )
    assert [row[2] for row in read(table)[0]] == ["for", "against", "for", "against"]
    words = written(
        tmp_path / "all.txt", "__label__for Save the tram\n__label__for __label__mild No tram\n"
    )
    assert [row[2] for row in read(words)[0]] == ["for", "for", "mild"]


def test_doccano_has_one_file_an_annotator(tmp_path):
    path = tmp_path / "doccano.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for who, label in (("bo", "for"), ("cy", "against")):
            record = {"id": 7, "text": "Save the tram", "label": [label]}
            archive.writestr(f"{who}.jsonl", json.dumps(record) + "\n")
    assert read(path)[0] == [("7", "bo", "for"), ("7", "cy", "against")]


V2 = {
    "id": "r1", "status": "completed", "_server_id": "u-1",
    "fields": {"text": "Save the tram"}, "metadata": {"source": "x"}, "vectors": {},
    "suggestions": {"stance": {"value": "against", "score": 0.4, "agent": "m1"}},
    "responses": {"stance": [{"value": "for", "user_id": "u-bo"}, {"value": "against", "user_id": "u-cy"}]},
}  # fmt: skip
FLAT = {
    "id": "r1", "status": "completed", "text": "Save the tram", "stance.suggestion": "against",
    "stance.suggestion.score": 0.4, "stance.suggestion.agent": "m1",
    "stance.responses": ["for", "against"], "stance.responses.users": ["u-bo", "u-cy"],
    "stance.responses.status": ["submitted", "submitted"],
}  # fmt: skip
FEEDBACK = {
    "external_id": "r1", "fields": {"text": "Save the tram"}, "suggestions": [],
    "responses": [
        {"user_id": "u-bo", "values": {"stance": {"value": "for"}}, "status": "submitted"},
        {"user_id": "u-cy", "values": {"stance": {"value": "against"}}, "status": "submitted"},
        {"user_id": "u-dee", "values": {"stance": {"value": "for"}}, "status": "draft"},
    ],
}  # fmt: skip
HUB = {
    "external_id": "r1", "text": "Save the tram", "metadata": "{}",
    "stance": [{"user_id": "u-bo", "value": "for", "status": "submitted"},
               {"user_id": "u-cy", "value": "against", "status": "submitted"}],
}  # fmt: skip


@pytest.mark.parametrize("record", [V2, FLAT, FEEDBACK, HUB])
def test_argilla(tmp_path, record):
    rows, said = read(written(tmp_path / "records.json", [record]))
    assert rows == [("r1", "u-bo", "for"), ("r1", "u-cy", "against")]
    assert "Argilla" in said
    if record is FEEDBACK:
        assert "1 answers that are draft" in said


def test_argilla_of_version_1(tmp_path):
    record = {"id": "r1", "text": "Save the tram", "annotation": "for", "annotation_agent": "bo",
              "prediction": [["against", 0.7]], "status": "Validated"}  # fmt: skip
    discarded = {**record, "id": "r2", "status": "Discarded"}
    rows, said = read(lines(tmp_path / "rb.jsonl", record, discarded))
    assert rows == [("r1", "bo", "for")]
    assert "1 answers that are discarded" in said


def brat_document(folder, name, text, annotations):
    folder.mkdir(parents=True, exist_ok=True)
    written(folder / f"{name}.txt", text)
    written(folder / f"{name}.ann", annotations)


def test_brat_labels_of_whole_texts(tmp_path):
    for who, label in (("ana", "Support"), ("bo", "Attack")):
        brat_document(tmp_path / "b" / who, "p7", "Save the tram 🚋\n",
                      f"T1\t{label} 0 15\tSave the tram 🚋\n#1\tAnnotatorNotes T1\tsure\n")  # fmt: skip
    brat_document(tmp_path / "b" / "ana", "p8", "No tram", "")
    rows, said = read(tmp_path / "b")
    assert rows == [("p7", "ana", "Support"), ("p7", "bo", "Attack")]
    assert "1 posts that nobody annotated" in said
    brat_document(tmp_path / "c", "p7", "Save the tram", "T1\tTarget 5 13\tthe tram\n")
    with pytest.raises(InputError, match="1 labels of parts of texts"):
        read(tmp_path / "c")


XMI = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0"
 xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore">
 <cas:NULL xmi:id="0"/>
 <type4:Sentence xmi:id="3" sofa="1" begin="0" end="15"/>
 <custom:Stance xmi:id="5" sofa="1" value="{label}"/>
 <custom:Target xmi:id="6" sofa="1" begin="9" end="13" value="tram"/>
 <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Save the tram 🚋"/>
 <cas:View sofa="1" members="3 5 6"/>
</xmi:XMI>"""


def test_inception_project_of_documents(tmp_path):
    path = tmp_path / "project.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for who, label in (("ana", "for"), ("bo", "against"), ("INITIAL_CAS", "x")):
            archive.writestr(f"annotation/p7.txt/{who}.xmi", XMI.format(label=label))
        archive.writestr("curation/p7.txt/CURATION_USER.xmi", XMI.format(label="for"))
        archive.writestr("source/p7.txt", "Save the tram")
    rows, said = read(path)
    assert rows == [("p7.txt", "ana", "for"), ("p7.txt", "bo", "against")]
    assert "1 documents that are curated" in said
    assert "2 labels of parts of texts" in said
    assert read_annotations(path)["text"].iloc[0] == "Save the tram 🚋"


def test_inception_json(tmp_path):
    document = {
        "%TYPES": {},
        "%FEATURE_STRUCTURES": [
            {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "Save the tram 🚋"},
            {"%ID": 2, "%TYPE": "webanno.custom.Stance", "@sofa": 1, "value": "for"},
            {"%ID": 3, "%TYPE": "webanno.custom.Tone", "@sofa": 1, "begin": 0, "end": 16,
             "value": "kind"},
        ],
    }  # fmt: skip
    path = written(tmp_path / "p7.json", document)
    with pytest.raises(InputError, match=r"Stance\.value"):
        read(path)
    assert read(path, label="Tone.value")[0] == [("p7", None, "kind")]


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'],
)
def test_xml_that_declares_entities_is_refused(tmp_path, declared):
    hostile = XMI.format(label="for").replace("?>\n", f"?>\n{declared}\n", 1)
    with pytest.raises(FormatError, match="declares a document type"):
        read_annotations(written(tmp_path / "a.xmi", hostile))
    broken = XMI.format(label="for")[:-12]
    with pytest.raises(FormatError, match="damaged XML"):
        read_annotations(written(tmp_path / "b.xmi", broken))


QDE = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="study">
 <Users><User guid="u1" name="Ana"/><User guid="u2" name="Bo"/></Users>
 <CodeBook><Codes><Code guid="c1" name="for" isCodable="true"><Code guid="c2" name="against"/></Code>
 </Codes></CodeBook>
 <Sources>
  <TextSource guid="s1" name="p7" plainTextPath="internal://s1.txt">
   <PlainTextSelection guid="x1" startPosition="0" endPosition="13" creatingUser="u1">
    <Coding guid="k1" creatingUser="u1" creationDateTime="2026-02-03T10:00:00Z">
     <CodeRef targetGUID="c1"/></Coding></PlainTextSelection>
   <PlainTextSelection guid="x2" startPosition="0" endPosition="4" creatingUser="u1">
    <Coding guid="k2" creatingUser="u1"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>
   <Coding guid="k3" creatingUser="u2"><CodeRef targetGUID="c2"/></Coding>
  </TextSource>
  <TextSource guid="s2" name="p8"><PlainTextContent>No tram</PlainTextContent></TextSource>
 </Sources>
</Project>"""


def test_refi_qda_project(tmp_path):
    path = tmp_path / "study.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", QDE)
        archive.writestr("sources/s1.txt", "Save the tram")
    rows, said = read(path)
    assert sorted(row[1:] for row in rows) == [("Ana", "for"), ("Bo", "against")]
    assert "1 sources that are not coded as a whole" in said
    assert "1 labels of parts of texts" in said
    assert set(read_annotations(path)["text"]) == {"Save the tram"}
