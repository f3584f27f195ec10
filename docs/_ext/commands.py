"""The directive ``commands``: every command, from what ``--help`` knows of it."""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from stancekit.cli.helping import options_of


def escaped(text: str) -> str:
    """Let text stand in Markdown as it is."""
    for sign in "\\|<>*_[]`":
        text = text.replace(sign, f"\\{sign}")
    return text


def told(help: str) -> Iterator[str]:  # noqa: A002 (what it is called)
    """Give a command's help: paragraphs, and what begins with a backspace as a block."""
    for paragraph in help.strip().split("\n\n"):
        if paragraph.startswith("\b\n"):
            yield from ["```text", *paragraph[2:].split("\n"), "```", ""]
        else:
            yield from [escaped(" ".join(paragraph.split())), ""]


def one(name: str, command: Any) -> Iterator[str]:
    """Give the part of one command."""
    called = f"stancekit {name}"
    context = command.make_context(called, [], resilient_parsing=True)
    pieces = " ".join([called, *command.collect_usage_pieces(context)])
    yield from [f"## {called}", "", "```text", pieces, "```", ""]
    yield from told(command.help or "")
    for heading, lines in options_of(command, context):
        yield from [f"| {heading} | |", "|---|---|"]
        for spelt, said in lines:
            name = spelt.replace("|", "\\|")
            yield f"| `{name}` | {escaped(said)} |"
        yield ""


def reference() -> Iterator[str]:
    """Give the whole reference as lines of Markdown."""
    import typer

    from stancekit.cli import app

    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        yield from one(name, command)


class Commands(SphinxDirective):
    """Put the reference where the directive stands."""

    def run(self) -> list[nodes.Node]:
        """Return its nodes."""
        return self.parse_text_to_nodes("\n".join(reference()), allow_section_headings=True)


def setup(app: Any) -> dict[str, Any]:
    """Tell Sphinx of it."""
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
