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


WORDS = {
    "French": "c’était déjà l’été, la naïveté et le cœur",
    "German": "schöne Größe, über die Straße – für „alle“",
    "Spanish": "mañana el niño comió más, ¿también sí?",
    "Dutch": "coördinatie in België — één idee",
    "Italian": "perché è così, più città",
    "Swedish": "på väg över ån, går",
    "Portuguese": "não é coração, são ações",
    "Danish": "på øen, æble, går",
}


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("language", WORDS)
def test_windows_and_mac_tables_are_told_apart_by_their_words(language, newline):
    table = newline.join(["id,text", f"1,{WORDS[language]}", "2,no tram"])
    assert detect_encoding(table.encode("mac-roman")) == "mac-roman"
    if newline != "\r":
        assert detect_encoding(table.encode("cp1252")) == "cp1252"


def test_quotes_and_dashes_of_windows_are_no_letters_of_a_mac():
    table = "id,text\r\n1,don’t say “well”—it’s “fine”… 5 € – no™\r\n"
    assert detect_encoding(table.encode("cp1252")) == "cp1252"
