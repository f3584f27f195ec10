import pytest

from stancekit.posts.ids import as_id, rounded_id
from stancekit.posts.tables.cells import as_json, as_list, is_missing


@pytest.mark.parametrize("value", ["1.62E+18", "1,62E+18", "1.169246717864137e18", "1E+18", 1.6e18])
def test_rounded_ids_are_refused(value):
    with pytest.raises(ValueError, match="rounded"):
        as_id(value)
    assert rounded_id(["5", value]) == str(value)


def test_float_with_all_digits_is_refused_too():
    with pytest.raises(ValueError, match="rounded"):
        as_id("1169246717864136705.0")


def test_ids_that_end_in_zeros_after_fifteen_digits_are_rounded():
    ids = ["1169246717864130000", "1169246717864140000", "1269246717864140000"]
    assert rounded_id(ids) == ids[0]
    assert rounded_id([*ids, "1169246717864136705"]) is None


@pytest.mark.parametrize("value", ["1e45ab", "7e12", "t3_abc", "at://did:plc:abc/3k.e5", "abc.def"])
def test_ids_that_look_a_little_like_numbers_are_kept(value):
    assert as_id(value) == value


def test_small_floats_are_whole_numbers_written_by_pandas():
    assert as_id(42.0) == "42"
    assert as_id(float("nan")) is None


def test_missing_words_do_not_hide_real_ones():
    assert is_missing("NA") and is_missing("<NA>")
    assert not is_missing("Na ja") and not is_missing(0) and not is_missing([])


def test_lists_in_the_forms_exports_use():
    assert as_list("a b, c|d;e") == ["a", "b", "c", "d", "e"]
    assert as_list("['#tram', 'noord']") == ["tram", "noord"]
    assert as_list('[{"screen_name": "ada"}, {"x": 1}]') == ["ada"]
    assert as_list(7) is None


def test_json_of_what_is_beyond_it_is_whole_and_reads_the_same():
    assert as_json({"a": 2**70, "é": "\ud83d\ude8b"}) == '{"a":1180591620717411303424,"é":"🚋"}'
    assert as_json(["cut \ud83d"]) == '["cut \ufffd"]'
