"""An archive that nobody here wrote; read where it lies, never copied."""

import json
import re
from collections import Counter

import pytest

from stancekit.posts import detect, read_records
from tests.support.reading import split
from tests.support.samples_social import write_tar


def read(path, **options):
    return split(read_records(path, **options))


@pytest.fixture
def mastodon(shared_data):
    return shared_data / "archives/mastodon/dealingwith_masto-archive"


def test_every_activity_of_a_real_outbox_is_accounted_for(mastodon):
    activities = json.loads((mastodon / "outbox.json").read_text(encoding="utf-8"))["orderedItems"]
    records, others = read(mastodon, private=True)
    assert len(records) == len(activities) == 300 and not others
    assert Counter(r["kind"] == "repost" for r in records)[True] == 69
    assert {r["author"] for r in records} == {"dealingwith@indieweb.social"}
    assert Counter(r["visibility"] for r in records)["direct"] == 1
    public, (notice,) = read(mastodon)
    assert len(public) == 298 and "private=True" in notice.message


def test_a_real_outbox_has_clean_text_and_whole_links(mastodon):
    for record in read(mastodon)[0]:
        text = record.get("text") or ""
        assert not re.search(r"</?(?:p|br|span|a)\b|&(?:amp|lt|gt|quot|#39);", text)
        for url in record.get("urls") or ():
            assert url.split("//")[1] in text or url not in text
        assert "…https://" not in text


def test_a_real_outbox_packed_as_old_servers_do(mastodon, tmp_path):
    files = {
        name: (mastodon / name).read_text(encoding="utf-8")
        for name in ("outbox.json", "actor.json")
    }
    packed = write_tar(tmp_path / "archive.tar.gz", files)
    assert detect(packed).name == "mastodon-outbox"
    assert [r["id"] for r in read(packed)[0]] == [r["id"] for r in read(mastodon)[0]]
