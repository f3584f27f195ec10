"""Posts in a list inside a JSON object."""

import json

import pytest

from stancekit.errors import FormatError
from stancekit.posts import Notice, Reject, detect, read_records
from tests.support.reading import split

ROWS = [{"id": "1", "text": "no tram", "user": {"name": "ada"}}, {"id": "2", "text": "no"}]


@pytest.fixture(params=[None, 2])
def write(tmp_path, request):
    def write(value):
        path = tmp_path / "export.json"
        path.write_text(json.dumps(value, indent=request.param), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "document",
    [
        {"title": "A film", "description": "no post", "comments": ROWS},
        {"meta": {"n": 2}, "data": ROWS, "errors": []},
        {"status": "ok", "data": {"page": 1, "posts": ROWS}},
    ],
)
def test_the_list_is_read_and_not_the_object(write, document):
    path = write(document)
    assert detect(path).name == "json"
    records, others = split(read_records(path))
    assert [(r["id"], r["text"]) for r in records] == [("1", "no tram"), ("2", "no")]
    assert records[1]["source_ref"] == "export.json:2"
    assert any("the posts are read from its list" in str(item) for item in others)


def test_of_two_lists_one_must_be_named(write):
    path = write({"posts": ROWS, "replies": ROWS[:1]})
    with pytest.raises(FormatError, match=r"posts, replies.*items="):
        list(read_records(path))
    assert len(split(read_records(path, items="replies"))[0]) == 1


def test_a_post_with_its_tags_and_comments_is_a_post(tmp_path):
    post = {"id": 1, "text": "a post", "tags": [{"id": 2, "text": "tram"}], "comments": ROWS}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(post) + "\n")
    assert detect(path).name == "jsonl"
    ((record,), _) = split(read_records(path))
    assert record["text"] == "a post"


def test_articles_one_a_line_with_tags_stay_lines(tmp_path):
    article = {"id": 1, "title": "No tram", "tags": [{"id": 2, "text": "tram"}]}
    path = tmp_path / "a.jsonl"
    path.write_text((json.dumps(article) + "\n") * 3)
    assert [r["text"] for r in split(read_records(path))[0]] == ["No tram"] * 3


def test_answers_one_a_line_are_read_one_after_the_other(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text((json.dumps({"data": ROWS, "next": "x"}) + "\n") * 2)
    records, _ = split(read_records(path))
    assert [r["id"] for r in records] == ["1", "2", "1", "2"]


def test_what_is_no_object_in_the_list_is_a_reject(write):
    records, others = split(read_records(write({"data": [*ROWS, 7]})))
    assert len(records) == 2 and any(isinstance(item, Reject) for item in others)


def test_pages_of_posts_one_after_another(tmp_path):
    rows = [{"id": str(n), "text": f"post {n}"} for n in range(6)]
    lines = [json.dumps(row) for row in rows]
    forms = {
        "pages.json": f"[{','.join(lines[:2])}]\n[{','.join(lines[2:])}]\n",
        "commas.json": f"[{','.join(lines[:2])}],\n[{','.join(lines[2:])}]",
        "inside.json": json.dumps([rows[:2], rows[2:]]),
        "lines.jsonl": f"{lines[0]}\n[{','.join(lines[1:4])}]\n{lines[4]}\n[{lines[5]}]\n",
    }
    for name, text in forms.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        found = [item for item in read_records(path) if not isinstance(item, Notice)]
        assert [item["text"] for item in found] == [row["text"] for row in rows], name


def test_rejects_without_end_before_the_first_row_lose_nothing(tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_text('{"text" 1}\n' * 1_000 + '{"text": "late"}\n', encoding="utf-8")
    found = [item for item in read_records(path, "jsonl") if not isinstance(item, Notice)]
    assert len(found) == 1_001 and found[-1]["text"] == "late"


@pytest.mark.parametrize(
    "document",
    [
        {"response": {"count": 2, "items": ROWS}},
        {"type": "FeatureCollection", "features": [{"properties": row} for row in ROWS]},
        {"comments": [{"comment": row, "creator": {"name": "ada"}} for row in ROWS]},
    ],
    ids=["a list called items", "GeoJSON", "each post in an object of its own"],
)
def test_lists_as_interfaces_answer(write, document):
    records, others = split(read_records(write(document)))
    assert not any(isinstance(item, Reject) for item in others)
    assert [(r["id"], r["text"]) for r in records] == [("1", "no tram"), ("2", "no")]
