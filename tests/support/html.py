"""Read a fragment of HTML, and see that it is whole."""

from html.parser import HTMLParser


class Read(HTMLParser):
    """Tags, names of attributes, and texts of a fragment: all, and of each cell of its tables."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)
        if tag in ("th", "td"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "tags close in another order"

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if {"th", "td"} & set(self.open):
            self.cells[-1] += data


def read_html(fragment: str) -> Read:
    """Read it; a tag that is not closed, or is closed elsewhere, is a failure."""
    read = Read()
    read.feed(fragment)
    read.close()
    assert not read.open
    return read
