"""What is to be found in the posts, counted from them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from storm import camps
from storm.town import END, GAP, MENTION, START, Post

HASHTAG = re.compile(r"#(\w+)")
NIGHT_LINE = "https://ost-courier.example/night-line"
SLOGAN = "nobody walks home alone"
Truth = dict[str, Any]


def of(posts: list[Post], gone: set[str], timeless: int) -> Truth:
    """Say what is true of the posts.

    Parameters
    ----------
    posts
        Those that were collected.
    gone
        The handles of deleted accounts.
    timeless
        How many posts lack their time.
    """
    return {
        "about": (
            "What is to be found in storm.csv.gz. All of it is invented. Times are UTC; an end is "
            "the end of the last hour. Accounts are counted once, deleted ones never. A storm "
            "lasts while an hour has a fifth of its best hour's posts, and ten. What is at a "
            "person: answers to their posts, quotes of them, posts that name them by the "
            "writer's own hand; not reposts, not names inherited from further up a thread."
        ),
        "posts": len(posts),
        "accounts": len(people(posts, gone)),
        "labels": dict(Counter(post.label for post in posts).most_common()),
        "kinds": dict(Counter(post.kind for post in posts).most_common()),
        "start": clock(START),
        "end": clock(END),
        "no_time": timeless,
        "deleted_authors": sum(post.author.handle in gone for post in posts),
        "gap": {"start": clock(GAP[0]), "end": clock(GAP[1])},
        "storms": storms(posts, gone),
        "links": [repeated(posts, gone, lambda p: NIGHT_LINE in p.text, NIGHT_LINE)],
        "phrases": [repeated(posts, gone, lambda p: words_of(p) == SLOGAN, SLOGAN)],
        "pileons": [
            pileon(posts, gone, "pileon_wren", "wren_talbeck", "captain_brell"),
            pileon(posts, gone, "pileon_joss", "joss_merrow", None),
        ],
        "controls": controls(posts, gone),
    }


def storms(posts: list[Post], gone: set[str]) -> list[Truth]:
    """Say which hashtags stormed."""
    blast, counter = (
        list(dict.fromkeys(tag[1:].lower() for tag in tags))
        for tags in (camps.BLAST, camps.COUNTER)
    )
    target = {"common_target": "mayor_haske"}
    told = [
        storm(posts, gone, blast) | target | {
            "planned": True, "announced": clock(of_part(posts, "announcement")[0].moment),
            "rival": counter[0], "majority": "supportive",
        },
        storm(posts, gone, counter) | target | {
            "planned": False, "rival": blast[0], "counter_storm_of": blast[0],
            "majority": "critical",
        },
        storm(posts, gone, ["moorhaven"]) | {
            "common_target": None, "planned": False, "rival": None, "majority": "neutral",
        },
    ]  # fmt: skip
    both = people(tagged(posts, blast), gone) & people(tagged(posts, counter), gone)
    for one in told[:2]:
        one["accounts_with_both"] = len(both)
    return told


def storm(posts: list[Post], gone: set[str], keys: list[str]) -> Truth:
    """Describe the use of a hashtag in all its spellings."""
    with_key = tagged(posts, keys)
    hours = Counter(hour(post.moment) for post in with_key)
    peak, most = max(hours.items(), key=lambda pair: pair[1])
    full = sorted(moment for moment, number in hours.items() if number >= max(10, most / 5))
    return {
        "key": keys[0],
        "variants": {
            key: sum(key in tags_of(post) for post in with_key) for key in keys[1:]
        },
        "posts": len(with_key),
        "reposts": sum(post.kind == "repost" for post in with_key),
        "accounts": len(people(with_key, gone)),
        "first_post": clock(with_key[0].moment),
        "start": clock(full[0]),
        "peak_hour": clock(peak),
        "peak_posts": most,
        "end": clock(full[-1] + timedelta(hours=1)),
        "labels": dict(Counter(post.label for post in with_key).most_common()),
    }  # fmt: skip


def repeated(posts: list[Post], gone: set[str], has: Callable[[Post], bool], key: str) -> Truth:
    """Describe what the blast repeats word for word; reposts are counted apart."""
    blast = [post for post in of_part(posts, "blast") if has(post)]
    own = [post for post in blast if post.kind != "repost"]
    return {
        "key": key,
        "posts": len(own),
        "reposts": len(blast) - len(own),
        "accounts": len(people(own, gone)),
    }


def pileon(
    posts: list[Post], gone: set[str], part: str, target: str, amplifier: str | None
) -> Truth:
    """Describe a pile-on."""
    there = [post for post in at_target(posts, target) if post.part == part]
    hostile = [post for post in there if post.label == "dog-piling"]
    crowd = people(hostile, gone)
    counted = {
        label: len(people((p for p in there if p.label == label), gone) - crowd)
        for label in ("supportive", "critical", "neutral")
    }
    shown = [post for post in of_part(posts, part) if post.author.handle == amplifier]
    joined = [post for post in hostile if post.author.handle != amplifier]
    return {
        "target": target,
        "level": "pile-on",
        "start": clock(joined[0].moment),
        "end": clock(joined[-1].moment),
        "hostile": len(crowd),
        "hostile_posts": len(hostile),
        "hostile_by_deleted": sum(post.author.handle in gone for post in hostile),
        "accounts": len(people(there, gone)),
        "supporters": counted["supportive"],
        "critics": counted["critical"],
        "neutral": counted["neutral"],
        "ways": dict(Counter(post.kind for post in there).most_common()),
        "amplifier": amplifier,
        "amplified": clock(shown[0].moment) if shown else None,
    }


def controls(posts: list[Post], gone: set[str]) -> list[Truth]:
    """Describe what must not be taken for a pile-on."""

    def control(what: str, target: str | None, level: str | None, *never: str) -> Truth:
        there = [post for post in at_target(posts, target or "") if post.part == what]
        there = there or of_part(posts, what)
        return {
            "what": what,
            "target": target,
            "level": level,
            "never": list(never),
            "posts": len(there),
            "accounts": len(people(there, gone)),
            "labels": dict(Counter(post.label for post in there).most_common()),
            "start": clock(there[0].moment),
            "end": clock(there[-1].moment),
        }

    heirs = [p for p in of_part(posts, "pileon_wren") if "tobit_arle" in p.chain[1:]]
    evening = [
        post
        for post in posts
        if camps.SEVEN - timedelta(hours=1) <= post.moment < camps.SEVEN + timedelta(hours=9)
    ]

    def politician(what: str, target: str, level: str, *never: str) -> Truth:
        there = at_target(evening, target)
        return {
            "what": what,
            "target": target,
            "level": level,
            "never": list(never),
            "posts": len(there),
            "accounts": len(people(there, gone)),
            "labels": dict(Counter(post.label for post in there).most_common()),
        }

    return [
        control("outage", "ost_transport", "critical storm", "hostile surge", "pile-on"),
        control("praise", "sel_dorrick", "surge", "critical storm", "hostile surge", "pile-on"),
        control("stalker", "pell_rides", "repeated hostility", "pile-on"),
        control("banter", None, None, "critical storm", "hostile surge", "pile-on"),
        control("match", None, None, "surge", "critical storm", "hostile surge", "pile-on"),
        control("bot", None, None, "storm"),
        control("gone", "[deleted]", None, "surge", "critical storm", "hostile surge", "pile-on"),
        {
            "what": "inherited",
            "target": "tobit_arle",
            "level": None,
            "never": ["surge", "critical storm", "hostile surge", "pile-on"],
            "posts": len(heirs),
            "accounts": len(people(heirs, gone)),
        },
        politician("mayor", "mayor_haske", "surge", "hostile surge", "pile-on"),
        politician("councillor", "vool_ward3", "critical storm", "pile-on"),
    ]


def at_target(posts: Iterable[Post], target: str) -> list[Post]:
    """Give the posts at somebody."""

    def is_at(post: Post) -> bool:
        if post.kind == "repost" or post.author.handle == target:
            return False
        answered = post.answered and post.answered.author.handle == target
        quoted = post.quoted and post.quoted.author.handle == target
        return bool(answered or quoted or target in MENTION.findall(post.text))

    return [post for post in posts if is_at(post)]


def of_part(posts: Iterable[Post], part: str) -> list[Post]:
    """Give the posts made for a part of the story."""
    return [post for post in posts if post.part == part]


def tags_of(post: Post) -> set[str]:
    """Give the hashtags of a post in lower case."""
    return {tag.lower() for tag in HASHTAG.findall(post.text)}


def tagged(posts: Iterable[Post], keys: Iterable[str]) -> list[Post]:
    """Give the posts with one of some hashtags."""
    wanted = set(keys)
    return [post for post in posts if tags_of(post) & wanted]


def words_of(post: Post) -> str:
    """Give the words alone: no hashtags, names, case, stops, nor what says that it is a repost."""
    text = re.sub(r"^RT @\w+: ", "", post.text)
    return " ".join(re.findall(r"[a-z]+", re.sub(r"[#@]\w+", "", text.lower())))


def people(posts: Iterable[Post], gone: set[str]) -> set[str]:
    """Give the accounts of posts, deleted ones left out."""
    return {post.author.handle for post in posts} - gone


def hour(moment: datetime) -> datetime:
    """Give the beginning of the hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def clock(moment: datetime) -> str:
    """Write a time."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
