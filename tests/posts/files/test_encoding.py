import pytest

from stancekit.posts.files.encoding import decode_head, detect_encoding

TEXT = "id,text\n1,café – ünï “quoted”\n" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_comes_back(encoding):
    head = TEXT.encode(encoding)
    assert head.decode(detect_encoding(head)).removeprefix("\ufeff") == TEXT
    assert decode_head(head).removeprefix("\ufeff") == TEXT


def test_old_mac_text():
    head = "id,text\r1,café déjà vu\r".encode("mac-roman")
    assert head.decode(detect_encoding(head)) == "id,text\r1,café déjà vu\r"


def test_character_cut_by_the_end_is_still_utf8():
    assert detect_encoding("tram 🚋".encode()[:-2]) == "utf-8"


def test_a_few_bad_bytes_do_not_unmake_utf8():
    assert detect_encoding("déjà vu, naïve".encode() + b" caf\xe9 noir") == "utf-8"
