"""Beside each case stands a test with an invented file of its kind, which runs in a fresh clone."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

BESIDE = {
    "4cat-bluesky-replies": "posts/tools/test_fourcat.py::test_4cat_bluesky",
    "4cat-telegram-people":
        "posts/tools/test_fourcat.py::test_4cat_telegram_names_people_and_forwards",
    "4cat-truth-html": "posts/tools/test_fourcat.py::test_4cat_truth_social_html_is_read_as_words",
    "apify-camelcase-json": "posts/tables/test_tools.py::test_what_tools_write_is_understood",
    "broken-utf8-in-a-table":
        "posts/tables/test_mending.py::test_a_table_says_how_many_texts_were_mended",
    "community-archive-json":
        "posts/platforms/x/test_community.py::test_posts_are_the_owners_and_likes_are_not",
    "csv-open-quote":
        "posts/tables/test_csv_rows.py::test_a_mark_that_is_never_closed_costs_no_row",
    "csv-without-header":
        "posts/tables/test_delimited.py::test_a_table_without_a_header_keeps_its_first_post",
    "emoticons-glued-to-words": "text/test_segmentation.py::test_cases",
    "facebook-photos-first":
        "posts/json/test_sniffing.py::test_facebook_posts_that_begin_with_photos",
    "gab-nested-post":
        "posts/tables/test_columns.py::test_flags_inside_objects_tell_the_kind_of_dumps_of_gab",
    "instagram-comments-2021":
        "posts/platforms/meta/test_instagram.py::test_comments_of_earlier_years",
    "names-of-common-tools": "posts/tables/test_tools.py::test_what_tools_write_is_understood",
    "nodexl-two-header-rows":
        "posts/tables/test_names.py::test_two_rows_of_headings_and_mentions_that_are_no_replies",
    "rel-cr-line-ends":
        "runs/test_hostile_posts.py::test_a_table_with_the_line_ends_of_old_macs_is_read",
    "rel-csv-formulas": "runs/output/test_formulas.py::test_no_cell_starts_with_a_sign",
    "rel-csv-open-quote":
        "posts/tables/test_csv_rows.py::test_two_marks_many_rows_apart_do_not_merge_them",
    "rel-depth-1000":
        "runs/test_hostile_posts.py::test_values_deep_inside_one_another_cost_one_row_at_most",
    "rel-long-number":
        "runs/test_hostile_posts.py::test_numbers_of_any_length_cost_one_row_at_most",
    "rel-model-special-files":
        "model/saved/test_strangers.py::test_files_larger_than_any_model_are_refused",
    "rel-pseudonym-evidence":
        "runs/test_pseudonyms.py::test_a_name_that_has_a_pseudonym_in_the_text_is_in_no_other_column",
    "rel-pseudonym-rejects":
        "runs/test_pseudonyms.py::test_a_broken_document_is_told_without_a_word_of_it",
    "rel-surrogate-reject":
        "runs/test_hostile_posts.py::test_half_an_emoji_is_replaced_in_rejects_notices_and_names",
    "rel-terminal-escapes":
        "cli/test_terminal.py::test_names_of_files_and_columns_are_shown_in_a_summary",
    "rel-v2-wrong-type":
        "runs/test_hostile_posts.py::test_a_value_of_another_type_costs_one_row_at_most",
    "rtweet-csv": "posts/tables/test_tools.py::test_what_tools_write_is_understood",
    "snscrape-nested-user":
        "posts/tables/test_names.py::test_authors_replies_and_quotes_that_are_objects",
    "telegram-broken-json":
        "posts/json/test_walk.py::test_what_was_meant_beyond_doubt_is_mended",
    "text-functions-given-a-list": "text/test_given.py::test_many_posts_give_a_list_each",
    "threads-replies":
        "posts/platforms/meta/test_threads.py::test_replies_are_told_and_say_to_whom",
    "tiktok-long-first-section":
        "posts/json/test_sniffing.py::test_tiktok_with_a_long_first_section",
    "times-day-and-month-by-column":
        "posts/tables/test_clock.py::test_a_day_above_twelve_tells_the_order_of_the_column",
    "times-of-fourteen-digits": "posts/test_times.py::test_forms_of_one_moment",
    "times-with-zone-names": "posts/test_times.py::test_forms_of_one_moment",
    "train-labels-that-differ-by-case":
        "model/training/test_notices.py::test_spellings_of_one_label_are_one_class_and_named",
    "train-rows-without-a-label":
        "model/training/test_notices.py::test_rows_without_a_label_are_counted",
    "twint-csv": "posts/tables/test_tools.py::test_what_tools_write_is_understood",
    "ytdlp-info-json": "posts/platforms/youtube/test_comments.py::test_comments_and_answers",
    "zeeschuimer-x-without-legacy":
        "posts/tools/test_zeeschuimer.py::test_words_of_x_that_are_not_in_legacy_are_found",
}  # fmt: skip


@pytest.mark.parametrize("case", BESIDE)
def test_the_test_with_an_invented_file_is_there(case):
    path, name = BESIDE[case].split("::")
    assert re.search(rf"^def {name}\(", (TESTS / path).read_text("utf-8"), re.MULTILINE)


def test_every_case_is_tried_and_has_a_test_beside_it(cases):
    names = {folder.name for folder in cases.iterdir() if folder.is_dir()}
    here = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    tried = here.replace(Path(__file__).read_text("utf-8"), "")
    assert names == set(BESIDE)
    assert [name for name in names if name not in tried] == []
