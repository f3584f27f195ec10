from html import escape
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from stancekit.runs.as_read import as_read
from stancekit.runs.names_in_text import plain_name, replace_names

ANY = st.text(max_size=60) | st.text(st.sampled_from("aB%&#64;2540\\\\u_x@ \u00adﬁ＠é\u0301\ud83d"))
#: Ways to write a name, and codes that may then be laid over it and each other.
WRITTEN = (
    str.upper,
    "\u200b".join,
    lambda name: name.replace("_", "\\_"),
    lambda name: "".join(chr(ord(letter) + 0xFEE0) for letter in name),
)
CODES = (
    lambda name: "".join(f"%{byte:02X}" for byte in name.encode()),
    lambda name: "".join(f"&#{ord(letter)};" for letter in name),
    lambda name: "".join(f"&#x{ord(letter):x};" for letter in name),
    escape,
    lambda name: quote(name, safe=""),
)


@given(ANY)
def test_each_letter_that_is_read_knows_where_it_was_written(text):
    read = as_read(text)
    assert len(read.text) == len(read.starts) == len(read.ends)
    for start, end in zip(read.starts, read.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert list(read.starts) == sorted(read.starts)
    assert list(read.ends) == sorted(read.ends)


@given(ANY)
def test_where_there_is_no_name_nothing_changes(text):
    assert replace_names(text, None, (), {"nobodyatall": "x"}) == text


@given(st.sampled_from(WRITTEN), st.lists(st.sampled_from(CODES), max_size=3))
def test_a_name_is_found_however_it_is_written(way, codes):
    written = way("zzana_vale")
    for code in codes:
        written = code(written)
    known = {"zzana_vale": "NAME"}
    assert replace_names(f"so {written}, é", None, (), known) == "so NAME, é"


@given(ANY)
def test_a_plain_name_is_plain(name):
    once = plain_name(name)
    assert once == once.strip() == once.removeprefix("@")
    assert once.lower() == once or not once.isascii()
