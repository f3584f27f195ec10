"""Chats of WhatsApp, as each phone writes them."""

import pytest

from stancekit.errors import InputError
from stancekit.posts import Notice, Reject, detect, read_records
from tests.support.reading import split
from tests.support.samples_documents import WHATSAPP


@pytest.fixture
def read(tmp_path):
    def read(text, **options):
        path = tmp_path / "_chat.txt"
        path.write_text(text, encoding="utf-8")
        assert detect(path).name == "whatsapp"
        return split(read_records(path, **options))

    return read


def test_messages_go_on_over_lines_and_whatsapps_own_are_counted(read):
    (first, second), others = read(WHATSAPP)
    assert (first["author"], first["text"]) == ("Ada", "déjà vu:\ntwo lines")
    assert first["created_at"].isoformat() == "2024-05-14T14:00:00+00:00"
    assert (second["author"], second["source_ref"]) == ("Bo", "_chat.txt:5")
    assert any("2 messages of WhatsApp itself" in str(item) for item in others)


@pytest.mark.parametrize(
    "head",
    [
        "[14/05/24, 14:00:00] {}", "14/05/2024, 14:00 - {}", "5/14/24, 2:00 PM - {}",
        "[5/14/24, 2:00:00\u202fPM] {}", "14.05.24, 14:00 - {}", "14-05-24 14:00:00: {}",
        "2024-05-14, 14:00 - {}", "14/05/24, 2:00 p. m. - {}", "\u200e[14.05.24, 14:00:00] {}",
    ],
)  # fmt: skip
def test_every_phone_writes_dates_in_its_own_way(read, head):
    ((record,), _) = read(head.format("Ada L: no tram: no town") + "\n")
    assert (record["author"], record["text"]) == ("Ada L", "no tram: no town")
    assert record["created_at"].isoformat() == "2024-05-14T14:00:00+00:00"


@pytest.mark.parametrize(
    "dates, told",
    [
        (["03/04/24", "13/04/24"], (4, 3)),
        (["03/04/24", "03/13/24"], (3, 4)),
        (["03/04/24", "05/04/24", "02/05/24"], (4, 3)),  # only so are they in order
        (["04/03/24", "04/05/24", "05/02/24"], (4, 3)),
    ],
)
def test_day_and_month_are_told_by_the_whole_chat(read, dates, told):
    records, _ = read("".join(f"{date}, 10:00 - Ada: n\n" for date in dates))
    assert (records[0]["created_at"].month, records[0]["created_at"].day) == told


def test_dates_that_prove_nothing_are_asked_about(read):
    ((record,), (notice, _)) = read("03/04/24, 10:00 - Ada: n\n")
    assert record["created_at"] is None and record["time_known"] is False
    assert isinstance(notice, Notice) and "day_first=True" in notice.message
    ((record,), _) = read("03/04/24, 10:00 - Ada: n\n", day_first="no")
    assert (record["created_at"].month, record["created_at"].day) == (3, 4)
    with pytest.raises(InputError, match="day_first"):
        read("03/04/24, 10:00 - Ada: n\n", day_first="perhaps")


@pytest.mark.parametrize(
    "words",
    ["<Media omitted>", "<Medien ausgeschlossen>", "IMG-20240514-WA0001.jpg (file attached)",
     "\u200eimage omitted", "\u200e<attached: 0001-PHOTO.jpg>", "null", ""],
)  # fmt: skip
def test_what_has_no_words_is_no_post(read, words):
    records, others = read(f"14/05/24, 14:00 - Ada: {words}\n14/05/24, 14:01 - Bo: no\n")
    assert [r["author"] for r in records] == ["Bo"]
    assert not any(isinstance(item, Reject) for item in others)


@pytest.mark.parametrize(
    "words", ["This message was deleted", "\u200eYou deleted this message.",
              "Diese Nachricht wurde gelöscht."]
)  # fmt: skip
def test_deleted_messages_have_no_words(read, words):
    ((record,), _) = read(f"14/05/24, 14:00 - Ada: {words}\n")
    assert (record["text"], record["removed"], record["author"]) == (None, "deleted", "Ada")


def test_words_beside_a_picture_or_a_mark_stay(read):
    (edited, pictured), _ = read(
        "14/05/24, 14:00 - Ada: no <This message was edited>\n"
        "14/05/24, 14:00 - Ada: look \u200e<attached: 0001-PHOTO.jpg>\n"
    )
    assert (edited["text"], pictured["text"]) == ("no", "look")


def test_what_is_changed_in_a_group_is_nobodys_words(read):
    records, (_, notice, _) = read(
        '14/05/24, 14:00 - Ada changed the subject to "Trams: now"\n14/05/24, 14:00 - Bo: no\n'
    )
    assert len(records) == 1 and "1 messages of WhatsApp itself" in notice.message
