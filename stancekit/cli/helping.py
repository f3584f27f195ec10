"""What ``--help`` shows: commands and options under headings, in lines that any terminal shows.

Typer draws panels with rich, in which the options of `label` take four screens of 80 columns. Here
lines stay as they are; in a terminal headings are bold and names have a colour.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from typer.core import TyperCommand, TyperGroup

from stancekit.cli.screen import console, styled

#: What Typer calls a kind of value, and what people call it.
_KINDS: Final = {
    "str": "NAME",
    "list[str]": "NAME",
    "path": "FILE",
    "Path": "FILE",
    "list[Path]": "FILE",
    "int": "N",
    "int range": "N",
    "float": "NUMBER",
    "float range": "NUMBER",
}
_KIND: Final = re.compile(r" <([^>]+)>")
_NAMES: Final = re.compile(r"^  (?:-{1,2}[\w-]+(?:, | / )?)+|^  [a-z][\w-]*(?=  )")

Line = tuple[str, str]


def lines_of(param: Any, context: Any) -> Line | None:
    """Give an option's names with its value, and what is said of it.

    None for what is hidden.
    """
    record = param.get_help_record(context)
    if record is None:
        return None
    names, said = record
    if param.param_type_name == "argument":
        return _KIND.sub("", names), said.replace("  [required]", "")
    return _KIND.sub(lambda found: f" {_KINDS.get(found[1], found[1])}", names), said


def options_of(command: Any, context: Any) -> Iterator[tuple[str, list[Line]]]:
    """Give the arguments and options of a command under their headings."""
    sections: dict[str, list[Line]] = {"Arguments": [], "Options": []}
    for param in command.get_params(context):
        is_argument = param.param_type_name == "argument"
        heading = getattr(param, "rich_help_panel", None) or "Options"
        if line := lines_of(param, context):
            sections.setdefault("Arguments" if is_argument else heading, []).append(line)
    yield from ((heading, lines) for heading, lines in sections.items() if lines)


class _Helping:
    """Help under headings."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Name the arguments, without Typer's braces."""
        pieces = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        return [re.sub(r"\{(.*?)…?\}", r"\1", piece) for piece in pieces]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, and the commands of a group."""
        for heading, lines in options_of(self, ctx):
            with formatter.section(heading):
                formatter.write_dl(lines)
        if isinstance(self, TyperGroup):
            self.format_commands(ctx, formatter)

    def get_help(self, ctx: Any) -> str:
        """Give the whole, with styles where they are seen."""
        text: str = super().get_help(ctx)  # type: ignore[misc]
        return marked_up(text) if styled() else text


class OneCommand(_Helping, TyperCommand):
    """A command whose options stand under headings."""


class GroupOfCommands(_Helping, TyperGroup):
    """A group whose commands stand under headings."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, each with the first sentence of its help."""
        sections: dict[str, list[Line]] = {}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            if not command.hidden:
                said = command.get_short_help_str(200)
                sections.setdefault(command.rich_help_panel or "Commands", []).append((name, said))
        widest = max(len(name) for lines in sections.values() for name, _ in lines)
        for heading, lines in sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), said) for name, said in lines])


def marked_up(text: str) -> str:
    """Put styles to the lines of a help."""
    from rich.text import Text

    out = console()
    with out.capture() as captured:
        for line in text.split("\n"):
            shown = Text(line)
            if line.startswith("Usage:"):
                shown.stylize("bold", 0, 6)
            elif line.endswith(":") and not line.startswith(" "):
                shown.stylize("bold")
            elif names := _NAMES.match(line):
                shown.stylize("cyan", 2, names.end())
            elif line.startswith("  stancekit "):
                shown.stylize("green")
            out.print(shown, soft_wrap=True)
    return captured.get().rstrip("\n")
