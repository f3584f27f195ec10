"""Put the gold annotations to the texts of a source, which you have got yourself.

    python data/annotations/join.py SOURCE FILE... [-o gold.csv]

    python data/annotations/join.py pstance PStance.zip -o gold-pstance.csv
    stancekit train gold-pstance.csv -o my-model

``gold.csv`` beside this file holds labels and no posts: they are other people's words, and
``data/README.md`` says where they are kept. A post is known by the digest of its text. Every cell
is tried as it stands and cleaned in the ways the annotated texts were, so that no column need be
named. A wrong match is as likely as one in 10^12 a cell and annotation.
"""

import argparse
import difflib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pandas as pd
from identity import candidates, plain, post_id
from rows import LINE, rows_of

from stancekit.errors import FormatError, InputError, StancekitError

GOLD = Path(__file__).parent / "gold.csv"
COLUMNS = ["id", "part", "source", "ref", "label", "confidence", "label_a", "label_b"]
OUT = ["id", "source", "ref", "part", "label", "confidence", "text", "found_by"]
#: Cells longer than this are no posts and are passed over; no annotated text has over 400.
LONGEST = 20_000


@dataclass(frozen=True)
class Joined:
    """Annotated posts with their texts.

    Attributes
    ----------
    posts : DataFrame
        ``id``, ``source``, ``ref``, ``part``, ``label``, ``confidence``, ``text`` as it was
        annotated, and ``found_by``: "text", or "ref" for a text that is not known to be the
        annotated one to the letter. Ready for `stancekit.train`.
    source : str
    wanted : int
        Annotations of the source.
    columns : mapping of str to int
        How many of the posts were found in which column.
    """

    posts: pd.DataFrame
    source: str
    wanted: int
    columns: Mapping[str, int]

    def __str__(self) -> str:
        found = len(self.posts)
        where = ", ".join(f"{name!r} ({n:,})" for name, n in list(self.columns.items())[:5])
        lines = [
            f"{self.source}: {found:,} of {self.wanted:,} annotations found "
            f"({found / self.wanted:.1%}), in column {where}"
        ]
        if by_ref := int((self.posts["found_by"] == "ref").sum()):
            lines.append(f"{by_ref:,} of them by their reference: their text may have changed")
        if missing := self.wanted - found:
            lines.append(f"{missing:,} not found: they may be in another of the source's files")
        return "\n".join(lines)


def join(
    source: str,
    files: Sequence[Path],
    *,
    text: str | None = None,
    ref: str | None = None,
    annotations: Path = GOLD,
) -> Joined:
    """Find the annotated posts of a source in its own files.

    Parameters
    ----------
    source : str
        Name of the source: see ``data/README.md``.
    files : sequence of Path
        The source's files as they were downloaded: CSV, TSV, JSON, JSON lines, Parquet or plain
        text, also in a zip, tar or gzip archive or in a folder.
    text : str, optional
        Look only in the column of this name.
    ref : str, optional
        Column with the references of the rows (ids of posts, for some sources). What the texts
        do not find is then found by it, with the text in the column `text`: for posts that were
        fetched again and differ by a character.
    annotations : Path
        A file like ``gold.csv``.

    Raises
    ------
    InputError
        If there is no such source, file or column, or nothing is found.
    FormatError
        If a file holds no table.
    """
    if ref is not None and text is None:
        raise InputError(f"ref={ref!r} needs text=: the column of the text to take")
    wanted = _of_source(read_annotations(annotations), source)
    ids, refs = frozenset(wanted["id"]), frozenset(wanted["ref"])
    found = _Found()
    for row in chain.from_iterable(map(rows_of, files)):
        found.seen.update(dict.fromkeys(row))
        for column, key, match in _matches(row, text, source, ids):
            if key not in found.by_id:
                found.by_id[key] = match
                found.columns[column] += 1
        if ref in row and text in row and row[ref] in refs:
            found.by_ref.setdefault(row[ref], plain(row[text]))
    found.check(text, ref)
    if not (found.by_id or found.by_ref):
        raise InputError(
            f"none of the {len(ids):,} annotations of {source!r} is in "
            f"{', '.join(map(str, files))} (columns {found.names}). Is it the file of this source "
            "(see data/README.md), with the texts in it and as they were published? Where a file "
            "holds only ids of posts, fetch the posts and name their columns: --ref id --text text"
        )
    posts = _with_texts(wanted, found)
    if changed := int((posts["found_by"] == "ref").sum()):
        found.columns[str(text)] += changed
    return Joined(posts, source, len(wanted), dict(found.columns.most_common()))


@dataclass
class _Found:
    """What has been found so far; rows are looked at one by one and let go."""

    by_id: dict[str, str] = field(default_factory=dict)
    by_ref: dict[str, str] = field(default_factory=dict)
    columns: Counter[str] = field(default_factory=Counter)
    seen: dict[str, None] = field(default_factory=dict)

    @property
    def names(self) -> str:
        named = [repr(name) for name in self.seen if not name.startswith(f"{LINE} ")]
        return ", ".join(named[:30])

    def check(self, text: str | None, ref: str | None) -> None:
        for role, name in (("text", text), ("ref", ref)):
            if name is not None and name not in self.seen:
                raise InputError(f"no column {name!r} for {role}; there are {self.names}")


def _matches(
    row: Mapping[str, str], column: str | None, source: str, ids: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield column, id and text of each annotated post in a row."""
    for name, cell in row.items():
        if 1 < len(cell) < LONGEST and column in (None, name):
            for text in candidates(cell):
                if (key := post_id(source, text)) in ids:
                    yield name, key, text


def _with_texts(wanted: pd.DataFrame, found: _Found) -> pd.DataFrame:
    pairs = zip(wanted["id"], wanted["ref"], strict=True)
    texts = [found.by_id.get(key, found.by_ref.get(ref)) for key, ref in pairs]
    by = ["text" if key in found.by_id else "ref" for key in wanted["id"]]
    posts = wanted.assign(
        text=pd.array(texts, dtype="string"), found_by=pd.array(by, dtype="string")
    )
    return posts.loc[posts["text"].notna(), OUT].reset_index(drop=True)


def read_annotations(path: Path = GOLD) -> pd.DataFrame:
    """Read annotations without texts: strings, but for ``confidence`` (Int64).

    Raises
    ------
    InputError, FormatError
        If there is no such file, or it holds no annotations.
    """
    try:
        table = pd.read_csv(path, dtype="string", keep_default_na=False)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; leave it out for stancekit's own") from None
    except (OSError, ValueError) as error:
        raise FormatError(f"{path}: cannot be read as CSV: {error}") from error
    if missing := [name for name in COLUMNS if name not in table]:
        raise FormatError(
            f"{path}: these are no annotations: no column {', '.join(missing)}; there must be "
            f"{', '.join(COLUMNS)}"
        )
    table[["label_a", "label_b"]] = table[["label_a", "label_b"]].replace("", pd.NA)
    confidence = pd.to_numeric(table["confidence"], errors="coerce").astype("Int64")
    return table.assign(confidence=confidence)[COLUMNS]


def _of_source(table: pd.DataFrame, source: str) -> pd.DataFrame:
    wanted = table[table["source"] == source]
    if wanted.empty:
        names = sorted(table["source"].unique())
        close = difflib.get_close_matches(source, names, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise InputError(f"no source is called {source!r}{hint} There are: {', '.join(names)}")
    return wanted


def main() -> None:
    """Read the arguments, join, write; data to standard output or to -o, messages elsewhere."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", help="its name: see data/README.md")
    parser.add_argument("files", nargs="+", type=Path, help="as downloaded; zip, tar, gzip will do")
    parser.add_argument("-o", "--output", type=Path, help="CSV file to write, none that is there")
    parser.add_argument("--text", help="look in this column only; in all if not given")
    parser.add_argument("--ref", help="column of ids, for posts whose text has changed")
    parser.add_argument("--annotations", type=Path, default=GOLD, help="others than gold.csv")
    given = parser.parse_args()
    options = {"text": given.text, "ref": given.ref, "annotations": given.annotations}
    try:
        if given.output is not None and given.output.exists():
            raise InputError(f"{given.output}: is already there. Choose another name")
        joined = join(given.source, given.files, **options)
    except StancekitError as error:
        sys.exit(f"join.py: {error}")
    data = joined.posts.to_csv(index=False, lineterminator="\n").encode()
    if given.output is None:
        sys.stdout.buffer.write(data)
    else:
        given.output.parent.mkdir(parents=True, exist_ok=True)
        half = given.output.with_name(f"{given.output.name}.part")
        half.write_bytes(data)
        half.replace(given.output)
    print(joined, file=sys.stderr)


if __name__ == "__main__":
    main()
