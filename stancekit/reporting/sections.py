"""What stands in each section of a page, made of `Findings`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from stancekit.reporting import cells
from stancekit.reporting.cells import Cell, PageTable, records, table
from stancekit.reporting.charts.panels import panels
from stancekit.reporting.charts.shares import Bar, shares
from stancekit.reporting.charts.stacks import Stacks, stacked
from stancekit.reporting.charts.svg import COLOURS
from stancekit.reporting.counting.words import Distinguishing
from stancekit.reporting.event_sections import pileons_of
from stancekit.reporting.findings import Findings
from stancekit.reporting.marking import marked
from stancekit.reporting.storm_sections import storms_of
from stancekit.study.shares.result import CORRECTED


def sections(found: Findings) -> dict[str, Any]:
    """Give what the template asks for."""
    return {
        "lead": lead(found),
        "facts": facts(found),
        "labels": list(found.tally.labels),
        "shares": shares_of(found),
        "time": time_of(found),
        "storms": storms_of(found.storms),
        "pileons": pileons_of(found.pileons, found.episodes),
        "words": words_of(found),
        "used": used(found),
        "examples": examples_of(found),
        "trust": found.trust,
        "domains": domains(found),
        "model": found.model,
        "methods": methods_of(found),
        "missing": found.missing,
    }


def lead(found: Findings) -> str:
    """Say in a sentence what the page is of."""
    tally = found.tally
    said = f"{tally.posts:,} posts"
    if tally.accounts:
        said += f" of {tally.accounts:,} accounts"
    if tally.start is not None and tally.end is not None:
        said += f", {tally.start:%Y-%m-%d %H:%M} to {tally.end:%Y-%m-%d %H:%M} UTC"
    return said


def facts(found: Findings) -> list[tuple[str, str]]:
    """Say what was labelled, by what, and what was left out."""
    tally = found.tally
    rows = [("posts in the table", f"{tally.posts:,}"), ("with a label", f"{tally.labelled:,}")]
    rows += [(f"without a label: {why}", f"{n:,}") for why, n in tally.unlabelled.items()]
    rows += [
        ("reposts among them", f"{tally.reposts:,}"),
        ("accounts", f"{tally.accounts:,}" if tally.accounts else "not known"),
        ("posts without author", f"{tally.without_author:,}"),
        ("posts without time", f"{tally.without_time:,}"),
    ]
    rows += [("labelled by", f"{name} ({n:,} posts)") for name, n in tally.models.items()]
    rows += [("read from", f"{name} ({n:,} posts)") for name, n in tally.sources.items()]
    return rows


def shares_of(found: Findings) -> dict[str, Any]:
    """Draw the shares, and give the table behind."""
    tally, estimate = found.tally, found.shares
    bars = [Bar(name, share) for name, share in tally.shares.items()]
    head = ["label", "posts", "counted share"]
    rows = [
        [Cell(name, kind=f"text k{place % COLOURS}"), cells.whole(posts), cells.share(share)]
        for place, ((name, posts), share) in enumerate(
            zip(tally.labels.items(), tally.shares.values(), strict=True)
        )
    ]
    of, notes = "labelled posts", []
    if estimate is not None and CORRECTED in estimate.whole.found:
        own = dict(zip(map(str, estimate.labels), estimate.whole.found[CORRECTED], strict=True))
        worth = dict(zip(map(str, estimate.labels), estimate.whole.worth, strict=False))
        bars = [
            Bar(bar.name, bar.counted, one.share, one.low, one.high)
            if (one := own.get(bar.name))
            else bar
            for bar in bars
        ]
        head += ["corrected share", f"{estimate.level * 100:g}% interval", "worth checking"]
        for row, bar in zip(rows, bars, strict=True):
            more = worth.get(bar.name)
            row += [cells.share(bar.share), cells.between(bar.low, bar.high)]
            row.append(cells.whole(more) if more is not None else Cell(cells.NONE, kind="number"))
        notes = [
            f"Corrected with {estimate.whole.checked:,} posts that people checked, of "
            f"{estimate.whole.size:,.0f} {estimate.unit}.",
            *(f"{note[0].upper()}{note[1:]}." for note in estimate.notes if note),
        ]
        of = estimate.unit
    if tally.reposts:
        head += ["own posts", "their share"]
        for row, (name, share) in zip(rows, tally.own_shares.items(), strict=True):
            row += [cells.whole(tally.own[name]), cells.share(share)]
    return {
        "chart": shares(bars, of),
        "table": table("t-shares", "Posts by label", head, rows),
        "corrected": bool(notes),
        "notes": notes,
    }


def time_of(found: Findings) -> dict[str, Any] | None:
    """Draw the labels along the time; None where no post has one."""
    line = found.timeline
    if not len(line.start):
        return None
    frame = line.to_frame()
    stack = Stacks(line.start, line.width, line.counts, line.labels, "labelled posts")
    known, checked = (bool(frame[one].notna().any()) for one in ("model_low", "corrected"))
    head = ["from (UTC)", "label", "posts", "share", "95% by chance"]
    head += ["corrected"] if checked else []
    head += ["by the model’s errors"] if known else []
    rows = []
    for row in records(frame):
        if row.posts:
            own = [cells.when(row.start), cells.said(row.label), cells.whole(row.posts)]
            own += [cells.share(row.share), cells.between(row.low, row.high)]
            own += [cells.share(row.corrected)] if checked else []
            own += [cells.between(row.model_low, row.model_high)] if known else []
            rows.append(own)
    return {
        "every": line.every,
        "counts": stacked("timeline", stack, f"Labelled posts by {line.every}"),
        "shares": panels("shares-by-time", frame, line.labels, f"Shares by {line.every}"),
        "table": table("t-time", f"Labels by {line.every}", head, rows, filtered=True),
        "notes": line.notes,
        "known": known,
        "checked": checked,
    }


def words_of(found: Findings) -> dict[str, Any]:
    """Give the words, hashtags and emoji that tell the labels apart, label by label."""
    kinds = []
    for of, own in found.distinguishing.items():
        groups = [
            (place % COLOURS, name, word_table(own, of, place, name))
            for place, name in enumerate(found.tally.labels)
        ]
        kinds.append((of, groups))
    notes = next((own.notes for own in found.distinguishing.values()), ())
    return {"kinds": kinds, "notes": notes}


def word_table(found: Distinguishing, of: str, place: int, label: str) -> PageTable | None:
    """Give those of a label, None where there are none."""
    own = found.table[found.table["label"] == label]
    if own.empty:
        return None
    most = own["z"].max()
    rows = [
        [
            Cell(row.word, kind="text word"),
            cells.whole(row.accounts),
            cells.whole(row.others),
            cells.real(row.log_odds),
            Cell(f"{row.z:.1f}", row.z, f"number k{place % COLOURS}", float(row.z / most)),
        ]
        for row in records(own)
    ]
    head = [of.removesuffix("s"), "accounts", "others", "log-odds", "z"]
    return table(f"t-{of}-{place}", f"{of}: {label}", head, rows)


def used(found: Findings) -> list[tuple[str, PageTable, Sequence[str]]]:
    """Give the hashtags most used and the accounts most addressed."""
    parts: list[tuple[str, PageTable, Sequence[str]]] = []
    if found.hashtags is not None and len(found.hashtags.table):
        own = found.hashtags
        head = ["hashtag", "accounts", *own.table.columns[2:]]
        notes = ["Accounts that used it, and how many did in posts of each label; no reposts."]
        if own.sampled < 1:
            notes.append(f"Counted of a random {own.sampled:.3%} of the accounts.")
        made = table("t-hashtags", "Hashtags", head, _counted(own.table), filtered=True)
        parts.append(("Most used hashtags", made, notes))
    if found.addressed is not None and len(found.addressed.table):
        frame = found.addressed.table
        made = table("t-addressed", "Accounts", frame.columns, _counted(frame), filtered=True)
        notes = [f"{note[0].upper()}{note[1:]}." for note in found.addressed.notes]
        parts.append(("Most addressed accounts", made, notes))
    return parts


def _counted(frame: pd.DataFrame) -> Iterator[list[Cell]]:
    for name, *counts in frame.itertuples(index=False):
        yield [Cell(str(name), kind="text word"), *(cells.whole(int(one)) for one in counts)]


def examples_of(found: Findings) -> list[tuple[int, str, list[tuple[str, Markup]]]]:
    """Give each label's examples: confidence, and the text with its evidence marked."""
    groups = []
    for place, name in enumerate(found.tally.labels):
        own = [
            (cells.NONE if np.isnan(one.confidence) else f"{one.confidence:.2f}", marked(one))
            for one in found.examples
            if one.label == name
        ]
        if own:
            groups.append((place % COLOURS, name, own))
    return groups


def domains(found: Findings) -> PageTable | None:
    """Give the model's scores by domain, as its card has them."""
    if not found.trust.domains:
        return None
    head, *rows = found.trust.domains
    body = [[cells.said(row[0]), *(Cell(cell, kind="number") for cell in row[1:])] for row in rows]
    return table("t-domains", "Scores by domain", head, body)


def methods_of(found: Findings) -> Mapping[str, Any] | None:
    """Part the paragraph on methods into paragraph, limits and BibTeX."""
    if found.methods is None:
        return None
    paragraph, _, limits = found.methods.text.partition("\n\nLimits:\n\n")
    return {
        "paragraph": paragraph,
        "limits": [line.removeprefix("- ") for line in limits.splitlines() if line],
        "bibtex": found.methods.bibtex,
    }
