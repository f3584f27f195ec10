"""twitter-text's own conformance suite, every case of what we extract, and Unicode's emoji list."""

from pathlib import Path

import pytest
import yaml

from stancekit import text
from stancekit.text import Kind

SECTIONS = {
    "hashtags": 65,
    "hashtags_from_astral": 3,
    "hashtags_with_indices": 8,
    "mentions": 23,
    "mentions_with_indices": 3,
    "mentions_or_lists_with_indices": 5,
    "urls": 91,
    "urls_with_indices": 10,
    "urls_with_directional_markers": 2,
    "tco_urls_with_params": 5,
    "cashtags": 8,
    "cashtags_with_indices": 2,
}


def indices(section: str, post: str) -> object:
    """What we extract, in the shape the suite writes it."""
    what = section.replace("tco_", "").split("_")[0]
    if not section.endswith(("with_indices", "directional_markers")):
        return getattr(text, what)(post)
    key, kind = {
        "hashtags": ("hashtag", Kind.HASHTAG),
        "mentions": ("screen_name", Kind.MENTION),
        "urls": ("url", Kind.LINK),
        "cashtags": ("cashtag", Kind.CASHTAG),
    }[what]
    found = []
    for span in text.spans(post, kind):
        name, slash, slug = span.name.partition("/" if kind == Kind.MENTION else " ")
        found.append({key: name, "indices": [span.start, span.end]})
        if section == "mentions_or_lists_with_indices":
            found[-1]["list_slug"] = slash + slug
    return found


@pytest.fixture(scope="module")
def suite(shared_data: Path) -> dict[str, list[dict]]:
    path = shared_data / "archives/twitter-text-conformance/conformance/extract.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["tests"]


def test_the_suite_is_whole(suite: dict[str, list[dict]]) -> None:
    assert {name: len(suite[name]) for name in SECTIONS} == SECTIONS
    assert set(suite) - set(SECTIONS) == {"replies"}  # whom a post answers, its data say


@pytest.mark.parametrize("section", SECTIONS)
def test_every_case_passes(suite: dict[str, list[dict]], section: str) -> None:
    wrong = [
        (case["description"], case["text"], case["expected"], found)
        for case in suite[section]
        if (found := indices(section, case["text"])) != case["expected"]
    ]
    assert not wrong


@pytest.mark.slow
def test_every_fully_qualified_emoji_is_one_token(shared_data: Path) -> None:
    path = shared_data / "archives/tokenization/unicode-emoji/emoji-test.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    sequences = [
        "".join(chr(int(code, 16)) for code in line.split(";")[0].split())
        for line in lines
        if "; fully-qualified" in line
    ]
    assert len(sequences) > 3000
    assert [s for s in sequences if text.tokens(s) != [s]] == []
    # ... and in a row, each stays apart from the next
    joined = "".join(sequences)
    assert text.emojis(joined) == sequences
