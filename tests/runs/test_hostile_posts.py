"""One bad row ends no run: other types, halves of characters, depth, digits, line ends."""

import json

import pytest

from stancekit.runs import label_archive
from stancekit.runs.folder import RunFolder
from tests.support.fakes import StopError, fake_model, stopping

POST = {"id": "1", "text": "thank you", "author_id": "7", "created_at": "2024-05-01T10:00:00Z"}
VALUES = [True, 7, 2.5, 10**30, [], ["a", 1, None], [["b"]], {"a": 1}, {}, "", "\ud83d", "\x00"]
FIELDS = ["id", "text", "author_id", "author", "created_at", "in_reply_to_user_id", "lang"]
OTHERS = ["conversation_id", "entities", "referenced_tweets", "public_metrics", "hashtags", "urls"]


def label(path, **options):
    out = path.parent / "out.csv"
    options = {"model": fake_model(), "n_jobs": 1, "progress": False, "force": True, **options}
    summary = label_archive(path, out, **options)
    rejects = path.parent / "out.csv.rejects.jsonl"
    lines = rejects.read_text("utf-8").splitlines() if summary.rejects else []
    assert len([json.loads(line) for line in lines]) == summary.rejects
    out.read_text("utf-8")
    return summary


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("field", [*FIELDS, *OTHERS])
def test_a_value_of_another_type_costs_one_row_at_most(tmp_path, field, value):
    pages = {"data": [{**POST, field: value}, {**POST, "id": "2"}], "includes": {"users": []}}
    (tmp_path / "v2.json").write_text(json.dumps(pages))
    summary = label(tmp_path / "v2.json")
    assert summary.posts + summary.rejects in (1, 2)
    assert summary.posts >= 1
    rows = [{**POST, field: value}, {**POST, "id": "2"}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    summary = label(tmp_path / "rows.jsonl", format="jsonl", text="text")
    assert summary.posts + summary.rejects == 2


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_half_an_emoji_is_replaced_in_rejects_notices_and_names(tmp_path, form):
    rows = ['{"id": "2", "text": "b"}', '"\\ud83d"', '{"id": "1", "text": "a", "\\ud83d": 1}']
    path = tmp_path / f"posts.{form}"
    path.write_text("\n".join(rows) if form == "jsonl" else f"[{', '.join(rows)}]")
    summary = label(path)
    assert (summary.posts, summary.rejects) == (2, 1)
    str(summary).encode()


@pytest.mark.parametrize("depth", [300, 1_000, 20_000])
@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_values_deep_inside_one_another_cost_one_row_at_most(tmp_path, depth, form):
    deep = f'{{"id": "1", "text": "a", "mine": {"[" * depth}{"]" * depth}}}'
    rows = ['{"id": "0", "text": "b"}', deep]
    path = tmp_path / f"posts.{form}"
    path.write_text("\n".join(rows) if form == "jsonl" else f"[{', '.join(rows)}]")
    summary = label(path)
    assert summary.posts + summary.rejects == 2


@pytest.mark.parametrize("digits", [19, 400, 4_301, 100_000])
@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_numbers_of_any_length_cost_one_row_at_most(tmp_path, digits, form):
    rows = [f'{{"id": "1", "text": "a", "n": {"7" * digits}}}', '{"id": "2", "text": "b"}']
    path = tmp_path / f"posts.{form}"
    path.write_text("\n".join(rows) if form == "jsonl" else f"[{', '.join(rows)}]")
    summary = label(path)
    assert summary.posts + summary.rejects in (1, 2)


@pytest.mark.parametrize("column", ["id", "tweet_id", "text", "anything"])
def test_a_table_with_the_line_ends_of_old_macs_is_read(tmp_path, column):
    path = tmp_path / "posts.csv"
    path.write_bytes(f"{column},body\r1,hello there\r2,well done\r".encode())
    assert label(path).posts == 2


@pytest.fixture
def stopped(tmp_path):
    """A run that read all, rejects among it, and was stopped before its output was there."""
    rows = [json.dumps({"id": str(n), "text": f"post {n}"}) for n in range(30)]
    path = tmp_path / "posts.jsonl"
    path.write_text("\n".join([*rows[:3], "{broken", *rows[3:]]))
    return path


def test_rejects_that_were_changed_are_found_again(stopped, monkeypatch):
    from stancekit.runs import here

    asked = {"chunk_size": 10, "force": False}

    def stop(*_):
        raise StopError

    with monkeypatch.context() as patched:
        patched.setattr(here.Here, "assemble", stop)
        with pytest.raises(StopError):
            label(stopped, **asked)
    rejects = RunFolder(stopped.parent / "out.csv").rejects
    rejects.write_bytes(b'{"forged": 1}\n')
    assert label(stopped, **asked).rejects == 1
    assert "broken" in (stopped.parent / "out.csv.rejects.jsonl").read_text()


def test_a_record_that_was_changed_is_no_record(stopped):
    asked = {"chunk_size": 5, "force": False}
    with pytest.raises(StopError):
        label(stopped, model=stopping("post 27"), **asked)
    record = min(RunFolder(stopped.parent / "out.csv").path.glob("part-*.json"))
    data = record.read_bytes()
    assert b'"rows":5' in data
    record.write_bytes(data.replace(b'"rows":5', b'"rows":6'))
    assert label(stopped, **asked).posts == 30
