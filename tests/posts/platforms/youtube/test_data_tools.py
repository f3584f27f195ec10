"""Tables of the YouTube Data Tools."""

from stancekit.posts import detect, read_records
from tests.support import samples_tables as samples


def read(write, path, name):
    write(path)
    assert detect(path).name == name
    items = list(read_records(path))
    return [item for item in items if isinstance(item, dict)], items


def test_youtube_comments(tmp_path):
    (first, second), items = read(samples.youtube_comments, tmp_path / "a", "youtube-data-tools")
    assert len(items) == 2
    assert first["text"] == "keep &lt;it&gt;, please"  # the tool asks for plain text
    assert (second["reply_to_id"], second["reply_to_author"]) == ("Ugx1", "@ada")
    assert second["text"] == 'they said \\"no" twice'  # as PHP leaves it
    assert second["author_id"] == "UCb" and second["likeCount"] == "0"


def test_youtube_videos(tmp_path):
    ((video,), _) = read(samples.youtube_videos, tmp_path / "a", "youtube-data-tools")
    assert (video["id"], video["text"]) == ("abcdefghijk", "The tram\n\nA ride.")
    assert (video["author"], video["author_id"]) == ("Tram Noord", "UCa")
