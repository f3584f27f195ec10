import json

import pytest

from stancekit.posts import Notice, read_records
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


OTHERS = {
    "cp1251": "Какой позор, мэр врёт всем нам. Спасибо врачам больницы за работу",
    "koi8-r": "Сегодня на площади собралось много людей, все требуют отставки мэра",
    "cp932": "市長の対応は本当にひどい。皆さん応援ありがとうございます",
    "gb18030": "市长的做法太可耻了。谢谢医生们的工作，今天广场上来了很多人",
    "big5": "市長的做法太可恥了。謝謝醫生們的工作，今天廣場上來了很多人",
    "euc-kr": "시장의 행동은 정말 부끄럽습니다. 의사 선생님들 감사합니다",
    "cp1253": "Ντροπή, ο δήμαρχος λέει πάλι ψέματα. Ευχαριστούμε τους γιατρούς",
    "cp1250": "Wstyd, burmistrz znów kłamie. Dziękuję lekarzom i pielęgniarkom",
    "iso8859-2": "Dziś było dużo ludzi, wszyscy żądają dymisji, a on śpi i kłamie",
    "cp1254": "Yazıklar olsun başkan, yine yalan söylüyor. Teşekkürler doktorlarımıza",
}


@pytest.mark.parametrize("encoding", OTHERS)
def test_other_languages_come_back(encoding):
    rows = [f'{number},someone_{number},"{OTHERS[encoding]} {number}"' for number in range(20)]
    table = "\r\n".join(["id,author,text", *rows])
    assert decode_head(table.encode(encoding)) == table


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Děkuji, Hanba, lžou. Příliš žluťoučký kůň úpěl"),
        ("cp1250", "Szégyen, megint hazudik. Köszönjük, őrült gyűlés"),
        ("cp1250", "Sramota, gradonačelnik opet laže. Hvala liječnicima, čuđenje"),
        ("cp1252", "Szene: größer, c’est déjà l’été, señor — más"),
    ],
)
def test_latin_languages_are_told_by_their_letters(encoding, text):
    assert decode_head(text.encode(encoding)) == text


def test_japanese_mail_is_all_ascii():
    table = "id,text\n1,市長の対応は本当にひどい\n"
    assert decode_head(table.encode("iso2022_jp")) == table


@pytest.mark.parametrize("layout", ["lines", "array", "object"])
def test_json_that_is_not_in_unicode_is_read_by_its_letters_and_told(tmp_path, layout):
    texts = ["Какой позор, мэр врёт всем нам", "Спасибо врачам больницы за работу"]
    rows = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    made = {
        "lines": "\n".join(json.dumps(row, ensure_ascii=False) for row in rows),
        "array": json.dumps(rows, ensure_ascii=False),
        "object": json.dumps({"data": rows}, ensure_ascii=False),
    }[layout]
    path = tmp_path / "posts.json"
    path.write_bytes(made.encode("cp1251"))
    items = list(read_records(path))
    assert [item["text"] for item in items if isinstance(item, dict)] == texts
    assert any("cp1251 (Cyrillic)" in str(item) for item in items if isinstance(item, Notice))


def test_a_line_of_json_with_bytes_of_windows_is_mended_and_counted(tmp_path):
    path = tmp_path / "posts.jsonl"
    line = json.dumps({"text": "déjà vu, été, naïve"}, ensure_ascii=False) + "\n"
    path.write_bytes(line.encode() * 5 + line.encode("cp1252"))
    items = list(read_records(path))
    assert {item["text"] for item in items if isinstance(item, dict)} == {"déjà vu, été, naïve"}
    assert any("1 item was not quite JSON" in str(item) for item in items)
