"""What somebody at a terminal sees: colours, bars, panels. What is piped stays plain text.

Colours are those of blocks beside words, never of the words: they are read on dark ground and on
light. Texts come in as `rich.text.Text`, never as markup, and whatever a post or a file brought
along has been made `visible` before.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Final, TextIO

from stancekit.show.cells import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from stancekit.runs.summary import RunSummary

#: The hues of `stancekit.show.palette`, seen on any ground: nobody knows that of a terminal.
COLOURS: Final = {
    "supportive": "#2F86BD",
    "critical": "#D06A10",
    "dog-piling": "#B0578D",
    "neutral": "#8A8A8A",
}
_OTHER: Final = "#009E73"
#: Terminals that show no styles.
_PLAIN: Final = ("dumb", "unknown")
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
#: A line of an explanation that ends in a bar.
_BARRED: Final = re.compile(r"^  (\S.*?) +\d+%  (█+)$")


def styled(stream: TextIO | None = None) -> bool:
    """Whether a stream, or standard output, is a terminal that shows styles.

    Plain text is for all others: files, pipes, terminals called dumb, and who sets NO_COLOR.
    """
    stream = sys.stdout if stream is None else stream
    kind = os.environ.get("TERM", "" if os.name == "nt" else _PLAIN[0])
    return kind not in _PLAIN and not os.environ.get("NO_COLOR") and stream.isatty()


def console(stream: TextIO | None = None) -> Console:
    """Give a console that prints what it is given, and takes nothing for markup."""
    from rich.console import Console

    return Console(
        file=sys.stdout if stream is None else stream, markup=False, highlight=False, emoji=False
    )


def colour(label: str) -> str:
    """Give the colour of a label; labels of one's own have one together."""
    return COLOURS.get(label, _OTHER)


def bar(share: float, width: int) -> str:
    """Draw a share as a bar, to an eighth of a column.

    >>> bar(0.5, 5), bar(0.05, 10), bar(0.0, 10)
    ('██▌', '▌', '')
    """
    eighths = round(max(0.0, min(share, 1.0)) * width * 8)
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def marked(label: str) -> Text:
    """Give a label behind a block of its colour."""
    from rich.text import Text

    return Text.assemble(("■ ", colour(label)), label)


def show_summary(summary: RunSummary, stream: TextIO) -> None:
    """Show what a run did: its labels with bars, and what to keep in mind."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from stancekit.runs.summary import heading, remarks, rows

    out = console(stream)
    first, *others = heading(summary)
    out.print(Text(first, "bold"))
    for line in others:
        out.print(Text(line))
    head, *body = rows(summary)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(head[0])
    table.add_column("")
    for name in head[1:]:
        table.add_column(name, justify="right")
    shares = summary.shares
    most = max([*shares.values(), 0.01])
    for label, *cells in body:
        if label in shares:
            drawn = Text(bar(shares[label] / most, 24), colour(label))
            table.add_row(marked(visible(label)), drawn, *cells)
        else:
            table.add_row(Text(f"  {visible(label)}"), "", *cells)
    out.print(Padding(table, (1, 0, 1, 2)))
    for remark in remarks(summary):
        told = Table.grid(padding=(0, 1))
        told.add_row("•", Text(remark))
        out.print(told)


def show_explanation(lines: str) -> None:
    """Show an explanation, the bars of its labels in their colours."""
    from rich.text import Text

    out = console()
    for line in lines.split("\n"):
        shown = Text(line)
        if found := _BARRED.match(line):
            shown.stylize(colour(found[1]), found.start(2), found.end(2))
        out.print(shown, soft_wrap=True)


def show_markdown(text: str) -> None:
    """Show Markdown: no link is one, code stays on its ground."""
    from rich.markdown import CodeBlock, Markdown
    from rich.text import Text
    from rich.theme import Theme

    class Plain(CodeBlock):
        def __rich_console__(self, *_: object) -> Iterator[Text]:
            yield Text(str(self.text).rstrip())

    class Page(Markdown):
        elements: ClassVar[Any] = {**Markdown.elements, "fence": Plain, "code_block": Plain}

    out = console()
    with out.use_theme(Theme({"markdown.code": "bold"})):
        out.print(Page(text, hyperlinks=False))
