"""What was read from several files, put together: same posts by id or text, labels by spelling."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import MAX_CLASSES
from stancekit.model.training.spellings import as_meant, one_spelling
from stancekit.posts.limits import KINDS_SAID
from stancekit.posts.record import Notice
from stancekit.posts.table import TIME_DTYPE
from stancekit.posts.tables.values import quoted
from stancekit.study.annotations.mark import Asked, Mark, Part
from stancekit.study.annotations.tables import NAMELESS

COLUMNS: Final = ("item_id", "text", "annotator", "label", "time", "source_ref")
"""Columns of the table of annotations."""


def joined(
    parts: Sequence[Part], asked: Asked, label_map: Mapping[Any, Any] | None
) -> tuple[pd.DataFrame, list[Notice]]:
    """Put parts together as one table.

    Raises
    ------
    InputError
        If there is no label of a post, or it is not clear which question is meant.
    """
    notices = [Notice(part.name, part.format, warning=False) for part in parts]
    held = [part for part in parts if part.marks]
    if not held:
        raise _nothing(parts)
    _one_question(held, asked)
    name_of = _annotators(held)
    frames = []
    for part in held:
        frame = pd.DataFrame(part.marks, columns=[*Mark._fields], dtype=object)
        if part.name in name_of:
            frame["annotator"] = frame["annotator"].fillna(name_of[part.name])
        frame["by_row"] = part.by_row and part.name not in name_of and len(held) == 1
        frames.append(frame)
        part.marks = []
    table = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    _add_texts(table, parts)
    table, said = _with_items(table, parts)
    notices += said
    table, said = _with_labels(table, label_map)
    notices += said
    for part in parts:
        said_of = [f"{n:,} {what}" for what, n in part.left_out.most_common(KINDS_SAID) if n]
        said_of += [f"{part.spans:,} labels of parts of texts"] if part.spans else []
        if said_of:
            notices.append(Notice(part.name, f"left out: {', '.join(said_of)}", warning=False))
    who = table["annotator"].astype("string")
    table["annotator"] = who.mask(who.str.startswith(NAMELESS).fillna(False))
    table["time"] = pd.to_datetime(table["time"], utc=True).astype(TIME_DTYPE)
    table = table.rename(columns={"item": "item_id", "ref": "source_ref"})
    kinds = {name: "string" for name in COLUMNS if name != "time"}
    return table[[*COLUMNS]].astype(kinds).reset_index(drop=True), notices


def _nothing(parts: Sequence[Part]) -> InputError:
    spans = sum(part.spans for part in parts)
    name = parts[0].name if parts else "nothing"
    if spans:
        return InputError(
            f"{name}: holds {spans:,} labels of parts of texts (spans), and none of whole posts: a "
            "span is no label of its post. Label whole posts, or make a table of them yourself"
        )
    left = Counter[str]()
    for part in parts:
        left += part.left_out
    why = ", ".join(f"{count:,} {what}" for what, count in left.most_common(3))
    return InputError(
        f"{name}: there are no labels in it"
        + (f" (left out: {why})" if why else "")
        + ". Was it exported with the annotations? If a column holds them, say which: label='…'"
    )


def _one_question(parts: Sequence[Part], asked: Asked) -> None:
    """Keep one of the questions that a tool asked of each post."""
    questions = Counter(mark.question for part in parts for mark in part.marks)
    if asked.label and any(questions):
        wanted = set(asked.label)
        if not wanted & set(questions):
            raise InputError(f"no question {asked.label[0]!r}; there are {quoted(questions)}")
    elif len(questions) > 1:
        raise InputError(
            f"{parts[0].name}: more than one question was asked of each post: "
            f"{quoted(q for q, _ in questions.most_common())}; say which one holds the labels, as "
            f"in label={questions.most_common(1)[0][0]!r}"
        )
    else:
        return
    for part in parts:
        part.left_out["answers to other questions"] = sum(
            mark.question not in wanted for mark in part.marks
        )
        part.marks = [mark for mark in part.marks if mark.question in wanted]


def _annotators(parts: Sequence[Part]) -> dict[str, str]:
    """Name the annotator of each file that names none, where there are several files."""
    if len(parts) < 2:
        return {}
    bare = [p.name for p in parts if not any(mark.annotator for mark in p.marks)]
    paths = [PurePosixPath(name) for name in bare]
    stems = [path.stem for path in paths]
    if len(set(stems)) < len(stems):  # one file a folder
        stems = [path.parent.as_posix() for path in paths]
    alike = 0
    while len(stems) > 1 and len({stem[: alike + 1] for stem in stems}) == 1 and alike < 200:
        alike += 1
    cut = max(stems[0][:alike].rfind(sign) for sign in "_-. ") + 1 if stems else 0
    return {name: stem[cut:] or stem for name, stem in zip(bare, stems, strict=True)}


def _add_texts(table: pd.DataFrame, parts: Sequence[Part]) -> None:
    """Take the texts of posts from a file that has no labels, by id."""
    texts = {key: text for part in parts for key, text in part.texts.items()}
    if texts:
        table["text"] = table["text"].where(table["text"].notna(), table["item"].map(texts))


def _with_items(table: pd.DataFrame, parts: Sequence[Part]) -> tuple[pd.DataFrame, list[Notice]]:
    """Say which post each annotation is of: by id if ids hold, else by text, or by row."""
    notices = []
    text = table["text"].astype("string").str.split().str.join(" ")
    item = table["item"]
    known = item.notna() & text.notna()
    if known.any():
        texts = text[known].groupby(item[known]).nunique()
        several = int((texts > 1).sum())
        if several > 0.05 * len(texts):
            item = pd.Series(None, index=table.index, dtype=object)
            words = (
                f"{several:,} ids stand with several texts: they are not the ids of the posts. "
                "Posts are told by their text"
            )
            notices.append(Notice(parts[0].name, words, warning=len(parts) > 1))
    nowhere = item.isna() & text.isna()
    if nowhere.any() and not nowhere.all():
        words = f"left out: {int(nowhere.sum()):,} labels of no post: neither id nor text"
        notices.append(Notice(parts[0].name, words, warning=False))
        table, item, text = table[~nowhere], item[~nowhere], text[~nowhere]
    by_text = text.map({one: _key(one) for one in text.dropna().unique()})
    row = table["ref"].where(table["by_row"] | text.isna())
    item = item.where(item.notna(), row.where(row.notna(), by_text))
    return table.assign(item=item), notices


def _key(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"text-{digest[:12]}"


def _with_labels(
    table: pd.DataFrame, label_map: Mapping[Any, Any] | None
) -> tuple[pd.DataFrame, list[Notice]]:
    """Part several labels in a cell, bring spellings together, and map them."""
    posts = Counter(table["label"])
    if len(posts) > MAX_CLASSES and len(posts) > 0.1 * len(table):
        example = next(iter(posts))[:60]
        raise InputError(
            f"there are {len(posts):,} different labels on {len(table):,} rows, such as "
            f"{example!r}: that column holds texts, not labels. Name the right one, as in "
            "label='stance'"
        )
    parted = {name: own for name in posts if len(own := _parted(name, posts)) > 1}
    notices = []
    if parted:
        count = sum(posts[name] for name in parted)
        words = f"{count:,} cells hold several labels, such as {next(iter(parted))!r}"
        notices.append(Notice("labels", words, warning=False))
        table["label"] = [parted.get(name, [name]) for name in table["label"]]
        table = table.explode("label", ignore_index=True)
    posts = Counter(table["label"])
    if label_map is not None:
        table["label"] = table["label"].map(_mapped(posts, label_map))
        return table[table["label"].notna()], notices
    spelt = one_spelling(posts)
    if other := sorted(f"{name!r} as {own!r}" for name, own in spelt.items() if name != own):
        shown = ", ".join(other[:5]) + (" …" if len(other) > 5 else "")
        words = f"labels that differ in case, spaces or quotation marks are one: {shown}"
        notices.append(Notice("labels", words, warning=False))
        table["label"] = table["label"].map(spelt)
    said = ", ".join(f"{n!r} {c:,}" for n, c in Counter(table["label"]).most_common(KINDS_SAID))
    notices.append(Notice("labels", said, warning=False))
    if len(set(spelt.values())) == 1:
        words = "there is one label only: nothing can be learnt from it"
        notices.append(Notice("labels", words, warning=False))
    return table, notices


def _parted(name: str, posts: Mapping[str, int]) -> list[str]:
    """Part a cell at line ends; at other signs only if each part is a label of its own, too."""
    lines = [part.strip() for part in name.splitlines() if part.strip()]
    if len(lines) > 1:
        return lines
    for sign in ("#", "|", ";", ","):
        own = [part.strip() for part in name.split(sign)]
        if len(own) > 1 and all(part in posts for part in own):
            return own
    return [name]


def _mapped(posts: Mapping[str, int], label_map: Mapping[Any, Any]) -> dict[str, str | None]:
    meant = {as_meant(str(name)): new for name, new in label_map.items()}
    if lacking := [name for name in posts if as_meant(name) not in meant]:
        raise InputError(
            f"label_map lacks {quoted(sorted(lacking))}: give each its name, or None to leave it "
            "out"
        )
    new = {name: meant[as_meant(name)] for name in posts}
    return {name: None if one is None else str(one) for name, one in new.items()}
