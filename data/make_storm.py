"""Make data/sample/storm.csv.gz, an invented evening of two hashtags, and what is true of it.

    python data/make_storm.py [FOLDER]

The same script writes the same rows every time: all chance comes from one seed. What is in
storm.csv.gz is then the same byte for byte; how gzip packs it hangs on the version of zlib.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
from pathlib import Path

from storm import camps, controls, pileons, quiet, truth
from storm.town import Post, Town

HERE = Path(__file__).parent / "sample"
SEED = 20_241_010
TIMELESS = 36
"""Posts whose time the collector lost; their ids still have it."""

LINK = re.compile(r"https://\S+")

COLUMNS = (
    "id", "created_at", "author", "author_id", "kind", "text", "conversation_id", "reply_to_id",
    "reply_chain", "quoted_id", "quoted_author", "repost_of", "urls",
)  # fmt: skip


def happen(seed: int = SEED) -> Town:
    """Let twelve days pass."""
    town = Town(seed)
    quiet.small_talk(town)
    quiet.public_life(town)
    quiet.bot(town)
    quiet.banter(town)
    controls.praise(town)
    controls.stalker(town)
    controls.gone(town)
    controls.outage(town)
    camps.match(town)
    camps.announcement(town)
    ours, theirs = camps.blast(town), camps.counter(town)
    camps.across(town, ours, theirs)
    camps.mayor_answers(town)
    camps.parody(town)
    pileons.on_wren(town)
    pileons.on_joss(town)
    return town


def row_of(post: Post, gone: set[str], timeless: set[int]) -> dict[str, str | int]:
    """Write a post as the collector does, which no longer knows deleted accounts."""

    def name(handle: str) -> str:
        return "[deleted]" if handle in gone else handle

    row: dict[str, str | int] = {
        "id": post.number,
        "created_at": f"{post.moment:%Y-%m-%dT%H:%M:%SZ}",
        "author": name(post.author.handle),
        "author_id": "" if post.author.handle in gone else post.author.number,
        "kind": post.kind,
        "text": post.text,
        "conversation_id": post.conversation,
        "reply_chain": " ".join(name(handle) for handle in post.chain),
        "urls": " ".join(LINK.findall(post.text)),
    }
    if post.number in timeless:
        row["created_at"] = ""
    if post.answered:
        row["reply_to_id"] = post.answered.number
    if post.quoted:
        row |= {"quoted_id": post.quoted.number, "quoted_author": name(post.quoted.author.handle)}
    if post.original:
        row["repost_of"] = post.original.number
    return row


def main(folder: Path = HERE) -> None:
    """Write the posts, what each is meant to be, and what is to be found in them."""
    town = happen()
    posts = town.kept()
    gone = {account.handle for account in town.gone}
    plain = [post for post in posts if post.part in {"town", "blast", "counter", "match"}]
    timeless = {post.number for post in town.dice.some(plain, TIMELESS)}
    rows = [row_of(post, gone, timeless) for post in posts]
    packed(folder / "storm.csv.gz", COLUMNS, rows)
    meant = [{"id": post.number, "label": post.label, "part": post.part} for post in posts]
    packed(folder / "storm_labels.csv.gz", ("id", "label", "part"), meant)
    told = truth.of(posts, gone, len(timeless))
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (folder / "storm_truth.json").write_text(text, "utf-8")


def packed(path: Path, columns: tuple[str, ...], rows: list[dict[str, str | int]]) -> None:
    """Write a gzipped CSV that does not say when or as what it was written."""
    lines = io.StringIO()
    table = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path.write_bytes(gzip.compress(lines.getvalue().encode(), 9, mtime=0))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
