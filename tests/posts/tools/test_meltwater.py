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


def test_exports_since_2024(tmp_path):
    path = tmp_path / "a.csv"
    header = (
        "Date,Time,Document ID,URL,Content Type,Author Name,Author Handle,Title,Opening Text,"
        "Hit Sentence,Hashtags,Links,Language\n"
    )
    link = "https://x.com/ada/status/1788000001"
    rows = (
        f"14-May-2024,02:00PM,D1,{link},Post,Ada A,@ada,,no tram,no tram at all,,,en\n"
        "14-May-2024,02:00PM,D2,,Repost,Bo B,@bo,,no tram,no tram at all,,,en\n"
        "14-May-2024,02:00PM,D3,,Article,Cy West,,A town and its tram,,,,,en\n"
    )
    path.write_text(header + rows, encoding="utf-8")
    assert detect(path).name == "meltwater"
    post, repost, news = read_records(path)
    assert (post["id"], post["text"], post["author"]) == ("1788000001", "no tram at all", "ada")
    assert post["created_at"].isoformat() == "2024-05-14T14:00:00+00:00"
    assert (post["kind"], post["lang"]) == ("post", "en")
    assert (repost["kind"], repost["author"], repost["id"]) == ("repost", "bo", "D2")
    assert (news["text"], news["author"]) == ("A town and its tram", "Cy West")
    assert news["content_type"] == "Article"
