"""Repositories: what is linked, lost, damaged or cut."""

from stancekit.posts import Reject, detect, read_records
from tests.support.samples_social import DID, POST, REPOST, car, skeet

BO = "at://did:plc:bo/app.bsky.feed.post/3kaa"


WHEN = "2024-05-14T12:00:00Z"


KEPT = {
    f"{POST}/3kaa": skeet("one"),
    f"{POST}/3kab": skeet("two"),
    f"{REPOST}/3kac": {"$type": REPOST, "subject": {"uri": BO}, "createdAt": WHEN},
    "app.bsky.feed.like/3kad": {"$type": "app.bsky.feed.like", "subject": {"uri": BO}},
}  # fmt: skip


def test_repository_gives_addresses_and_leaves_out_the_deleted(read):
    records, (notice,) = read(car(KEPT, (skeet("gone"),)))
    assert {r["id"]: r.get("text") for r in records} == {
        f"at://{DID}/{POST}/3kaa": "one",
        f"at://{DID}/{POST}/3kab": "two",
        f"at://{DID}/{REPOST}/3kac": None,
    }
    assert {r["author_id"] for r in records} == {DID}
    assert [r["repost_of"] for r in records if r["kind"] == "repost"] == [BO]
    assert "1 posts that were deleted" in notice.message and not notice.warning
    assert "1 records app.bsky.feed.like" in notice.message


def test_repository_that_lacks_a_part_of_its_tree_warns(read):
    _, others = read(car(KEPT, lose_node=True))
    assert "not whole" in others[0].message and others[0].warning


def test_damaged_block_is_a_reject_and_the_rest_is_read(read):
    raw = car(KEPT)
    records, (reject, _) = read(raw.replace(b"one", b"0ne"))
    assert "two" in [r.get("text") for r in records] and len(records) == 2
    assert isinstance(reject, Reject) and "hash" in reject.reason


def test_cut_repository_says_where(read):
    raw = car(KEPT)
    records, (reject, _) = read(raw[:-10])
    assert len(records) == 2 and "breaks off" in str(reject)


def test_folder_of_repositories(tmp_path):
    for name in ("a.car", "b.car"):
        (tmp_path / name).write_bytes(car(KEPT))
    (tmp_path / "notes.txt").write_text("x")
    assert detect(tmp_path).name == "bluesky-car"
    assert sum(isinstance(item, dict) for item in read_records(tmp_path)) == 6
