import pytest

from stancekit.posts.removed import removal

GONE = {
    "[deleted]": "deleted",
    "[deleted by user]": "deleted",
    "[removed]": "removed",
    "[ Removed by Reddit ]": "removed",
    "[ Removed by Reddit in response to a copyright notice. ]": "removed",
    "[ Removed by reddit on account of violating the [content policy](/help/contentpolicy). ]":
        "removed",
    "This Post was deleted by the Post author. Learn more": "deleted",
    "This Tweet is from an account that no longer exists. Learn more": "deleted",
    "This Tweet is from a suspended account. Learn more": "removed",
    "This Tweet from @ada has been withheld in response to a report from the copyright holder.":
        "removed",
    "This Post is unavailable.": "removed",
    "N/A": "unavailable",
}  # fmt: skip


@pytest.mark.parametrize("text", GONE)
def test_notices_are_no_words(text):
    assert removal(text) == GONE[text] == removal(f" {text}\n")


@pytest.mark.parametrize(
    "text",
    [
        None, "", "[removed] is what they did to my post", "Removed by the moderators again",
        "[deleted] scenes", "This tweet is wrong", "This post no longer holds", "n/a for now",
        "This account of the tram is good", "[edit: removed by request] see above",
        "[deleted by user] said so [source]",
    ],
)  # fmt: skip
def test_words_about_notices_are_words(text):
    assert removal(text) is None
