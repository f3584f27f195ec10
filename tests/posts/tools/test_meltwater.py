"""Tables of Meltwater."""

from stancekit.posts import detect, read_records
from tests.support import samples_tables as samples


def test_posts_and_news(tmp_path):
    samples.meltwater(tmp_path / "a.csv")
    assert detect(tmp_path / "a.csv").name == "meltwater"
    post, quote, news = read_records(tmp_path / "a.csv")
    assert (post["id"], post["text"]) == ("1788000001", "no tram at all, déjà vu")
    assert (post["author"], post["author_id"]) == ("ada", "7")
    assert post["created_at"].isoformat() == "2024-05-14T14:00:00+00:00"
    assert (quote["kind"], quote["quoted_author"], quote["id"]) == ("quote", "ada", "1788000002")
    assert (news["text"], news["author"], news["id"]) == ("The tram is late.", "Cy West", "D3")
    assert news["Headline"] == "A town and its tram" and news["Source"] == "Noord News"
