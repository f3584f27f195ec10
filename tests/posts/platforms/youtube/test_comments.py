"""Comments on YouTube videos, as tools without an API key keep them."""

import json

import pytest

from stancekit.errors import FormatError
from stancekit.posts import detect, read_records
from tests.support.reading import split
from tests.support.samples_documents import VIDEO, comment_lines, write_json, ytdlp


@pytest.mark.parametrize("write", [ytdlp, comment_lines])
def test_comments_and_answers(tmp_path, write):
    write(tmp_path / "comments.json")
    assert detect(tmp_path / "comments.json").name == "youtube-comments"
    (first, answer), others = split(read_records(tmp_path / "comments.json"))
    assert (first["text"], first["author"], first["author_id"]) == ("déjà vu", "@ada", "UCa")
    assert (answer["kind"], answer["reply_to_id"]) == ("reply", "Ug1")
    assert answer["reply_to_author"] == "@ada" and not others
    assert first["created_at"].year == 2024 and first["time_known"] is False


def test_films_one_a_line_and_a_folder_of_them(tmp_path):
    second = {**VIDEO, "id": "vid2", "comments": [{**VIDEO["comments"][0], "id": "Ug9"}]}
    lines = tmp_path / "all.jsonl"
    lines.write_text("".join(json.dumps(film) + "\n" for film in (VIDEO, second)))
    records, _ = split(read_records(lines))
    assert [r["reply_to_id"] for r in records] == ["vid00000001", "Ug1", "vid2"]
    folder = tmp_path / "films"
    folder.mkdir()
    write_json(folder / "a.info.json", VIDEO)
    formats = [{"format_id": "sb0"}]
    write_json(folder / "b.info.json", {"id": "vid2", "title": "None", "formats": formats})
    records, (notice,) = split(read_records(folder))
    assert len(records) == 2 and "--write-comments" in notice.message


def test_a_film_without_comments_is_refused(tmp_path):
    film = {"id": "vid2", "title": "A film", "formats": [{"format_id": "sb0"}],
            "description": "not a post"}  # fmt: skip
    write_json(tmp_path / "a.info.json", film)
    with pytest.raises(FormatError, match="--write-comments"):
        list(read_records(tmp_path / "a.info.json"))


def test_printed_documents_are_known_too(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(VIDEO, indent=4))
    assert detect(tmp_path / "a.json").name == "youtube-comments"
