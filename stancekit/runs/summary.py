"""What came of a run, in numbers and in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from textwrap import TextWrapper
from typing import Any, Final

from stancekit.labels import ClassName
from stancekit.model.language import SAY_SHARE
from stancekit.runs.part import Counts
from stancekit.runs.unread import Unread
from stancekit.show.cells import one_line, short, visible
from stancekit.show.tables import text_table

_WRAP: Final = TextWrapper(
    80, initial_indent="• ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
)
_BIASED: Final = (
    "Shares are raw counts of labels (classify and count). They lean towards the classes a "
    "model over-predicts: correct them with a hand-labelled sample before you report them."
)
_REPOSTS: Final = (
    "Reposts are the words of others and count in no share; in the output their `kind` is repost."
)
#: Sources of which the summary says what they brought.
FILES_SAID: Final = 8
#: Said of a run that put pseudonyms for people.
PSEUDONYMS: Final = (
    "Authors and those they mention have pseudonyms in every column, also where a text, a link or "
    "a word of the evidence names them; so have the files that source_ref tells. Keep the key "
    "apart from the output. Names that no column of the post tells, names shorter than five "
    "letters that stand in a text without a mark, words and post ids that are numbers are as they "
    "were, and can still tell who it was: leave out with select what you do not need. Other "
    "columns of your own, and the rows of rejects, are not written."
)


@dataclass(frozen=True)
class RunSummary:
    """What `label_archive` did.

    Attributes
    ----------
    posts, reposts
        Posts in the output, and how many of them are reposts.
    counts, repost_counts
        Posts, and reposts among them, per label.
    skipped
        Posts without a label, by reason.
    left_out
        Posts that filters (``only``, ``since``, ``until``, ``lang``) left out of the output, by
        reason.
    rejects
        Rows of the source that could not be read as posts.
    seconds
        Wall-clock time of this call.
    resumed
        Posts whose labels an interrupted run had already found.
    source, destination, rejects_file
        Paths; ``rejects_file`` is None when no row was rejected.
    unread, source_size
        What of the source could not be read, as `stancekit.runs.unread.Unread` counts it, and the
        bytes of the source; None if it is packed.
    files
        Of several sources, for each its posts, how many of them stood in an earlier one too
        (``again``; they are not in the output), and its rejects.
    model
        Name and start of the digest.
    notices
        What a reader of the labels should know.
    """

    posts: int
    reposts: int
    counts: Mapping[str, int]
    repost_counts: Mapping[str, int]
    skipped: Mapping[str, int]
    rejects: int
    seconds: float
    resumed: int
    source: str
    destination: str
    rejects_file: str | None
    model: str
    notices: Sequence[str] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    unread: Mapping[str, int] = field(default_factory=dict)
    source_size: int | None = None
    files: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether so much is lost that the command line ends with 1.

        That is: a file breaks off; more than 1% of the source's bytes are in parts of which nobody
        knows how many posts they held; or more than half of the rows are rejects.
        """
        rows = self.posts + sum(self.left_out.values()) + self.repeated
        lost = Unread(**self.unread).fails(self.source_size)
        return lost or self.rejects > rows

    @property
    def repeated(self) -> int:
        """Posts that stood in an earlier one of several sources, and are labelled once."""
        return sum(counts["again"] for counts in self.files.values())

    @property
    def labelled(self) -> int:
        """Posts that got a label."""
        return sum(self.counts.values())

    @property
    def shares(self) -> dict[str, float]:
        """Share of each label among labelled posts without reposts: raw, see the printed note."""
        own = self.own_counts
        return {label: n / max(sum(own.values()), 1) for label, n in own.items()}

    @property
    def own_counts(self) -> dict[str, int]:
        """Posts per label without reposts, which are the words of others."""
        return {label: n - self.repost_counts.get(label, 0) for label, n in self.counts.items()}

    def as_dict(self) -> dict[str, Any]:
        """Give all fields as plain values."""
        return asdict(self)

    def __str__(self) -> str:
        table = [f"  {line}" for line in text_table(rows(self), rule=True).split("\n")]
        told = [_WRAP.fill(remark) for remark in remarks(self)]
        return "\n".join([*heading(self), "", *table, "", *told])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


def summary_of(
    parts: Sequence[Counts],
    classes: Sequence[ClassName],
    notices: Sequence[str] = (),
    *,
    pseudonyms: bool = False,
    **known: Any,
) -> RunSummary:
    """Add up what was counted of the parts of a run, and say what must be known of them.

    Parameters
    ----------
    parts
        Counts of each part.
    classes
        All labels there are.
    notices
        What is known of the source.
    pseudonyms
        Whether pseudonyms were put for people.
    **known
        The other fields of `RunSummary`.
    """
    counts, names = sum(parts, Counts()), list(map(str, classes))
    promise = [PSEUDONYMS] if pseudonyms else []
    return RunSummary(
        posts=counts.rows,
        reposts=counts.reposts,
        counts={name: counts.labels.get(name, 0) for name in names},
        repost_counts={name: counts.repost_labels.get(name, 0) for name in names},
        skipped=dict(Counter(counts.reasons).most_common()),
        left_out=dict(Counter(counts.left_out).most_common()),
        notices=[*notices, *notices_of(counts, known["rejects"]), *promise],
        **known,
    )


def notices_of(counts: Counts, rejects: int = 0) -> list[str]:
    """Say what the posts themselves cannot be used for."""
    if counts.rows == 0 and counts.left_out:
        return ["No post of the source is what was asked for: the output has no rows."]
    if counts.rows == 0 and rejects:
        return ["No row of the source could be read as a post; the file of rejects says why."]
    if counts.rows == 0:
        return ["The source holds no posts: the output has no rows."]
    notices = []
    if counts.languages.share > SAY_SHARE:
        notices.append(str(counts.languages))
    if counts.rows > 1 and len(counts.authors) == 1:
        notices.append(
            "All posts are by one account: their labels stand, but a pile-on needs the posts of "
            "many, and a personal download does not hold the replies its owner received."
        )
    return notices


def heading(summary: RunSummary) -> list[str]:
    """Say what was labelled, from where to where, by which model: a line each."""
    fresh = summary.posts - summary.resumed
    speed = f"{fresh / max(summary.seconds, 0.001):,.0f} posts/s" if fresh else "no work left"
    lines = [
        f"{summary.labelled:,} of {summary.posts:,} posts labelled in {summary.seconds:,.1f} s "
        f"({speed})",
        f"  from   {visible(summary.source)}",
        *_files(summary),
        f"  to     {visible(summary.destination)}",
        f"  model  {visible(summary.model)}",
    ]
    if unread := Unread(**summary.unread):
        lines.insert(0, unread.told(summary.source_size))
    if summary.resumed:
        lines.insert(
            1 + bool(unread),
            f"  {summary.resumed:,} of them by an earlier run that was interrupted",
        )
    return lines


def _files(summary: RunSummary) -> list[str]:
    """Say what each of several sources brought, of many the first."""
    files, posts = summary.files, [counts["posts"] for counts in summary.files.values()]
    rows = [(short(name), f"{n:,}") for name, n in zip(files, posts, strict=True)][:FILES_SAID]
    besides = list(map(_besides, files.values()))[: len(rows)]
    if len(files) > len(rows):
        rows.append((f"{len(files) - len(rows):,} more", f"{sum(posts[len(rows) :]):,}"))
        besides.append("")
    lines = text_table(rows).split("\n") if rows else []
    return [f"         {line}{told}" for line, told in zip(lines, besides, strict=True)]


def _besides(counts: Mapping[str, int]) -> str:
    again, rejects = counts["again"], counts["rejects"]
    told = f" posts, {again:,} of them in an earlier file too" if again else " posts"
    if rejects:
        told += f", {rejects:,} {'reject' if rejects == 1 else 'rejects'}"
    return told


def rows(summary: RunSummary) -> list[tuple[str, ...]]:
    """Give a table of the labels, heading first."""
    shares, reposts = summary.shares, summary.repost_counts
    table: list[tuple[str, ...]] = [("label", "own posts", "share", "reposts")]
    table += [
        (label, f"{n:,}", f"{shares[label]:.1%}", f"{reposts.get(label, 0):,}")
        for label, n in summary.own_counts.items()
    ]
    table += [(f"no label: {reason}", f"{n:,}", "", "") for reason, n in summary.skipped.items()]
    if not summary.reposts:
        table = [("label", "posts", "share"), *(row[:3] for row in table[1:])]
    return table


def remarks(summary: RunSummary) -> list[str]:
    """Say what to keep in mind of the labels: a line each, however long."""
    told = []
    if summary.rejects_file:
        were = "row was" if summary.rejects == 1 else "rows were"
        told.append(f"{summary.rejects:,} {were} left out; each is in {summary.rejects_file}")
    if summary.left_out:
        reasons = ", ".join(f"{n:,} {reason}" for reason, n in summary.left_out.items())
        told.append(f"Left out as asked: {reasons}.")
    if summary.repeated:
        posts = "post stands" if summary.repeated == 1 else "posts stand"
        told.append(
            f"{summary.repeated:,} {posts} in an earlier file too, with the same id, author and "
            "text: labelled once."
        )
    told += summary.notices
    told.append(_BIASED)
    if summary.reposts:
        told.append(_REPOSTS)
    return [one_line(remark) for remark in told]
