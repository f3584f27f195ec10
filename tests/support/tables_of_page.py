"""The tables of a report's page: what a cell says, and the number it is sorted by."""

from html.parser import HTMLParser

Cell = tuple[str, float | None]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[list[Cell]]] = {}
        self._rows: list[list[Cell]] | None = None
        self._body = self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if tag == "table":
            self._rows = self.tables.setdefault(str(own["id"]), [])
        elif tag == "tbody":
            self._body = True
        elif self._body and self._rows is not None:
            if tag == "tr":
                self._rows.append([])
            elif tag in ("th", "td"):
                value = own.get("data-value")
                self._rows[-1].append(("", None if value is None else float(value)))
                self._cell = True

    def handle_endtag(self, tag: str) -> None:
        self._body = self._body and tag != "tbody"
        self._cell = self._cell and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self._cell and self._rows:
            said, value = self._rows[-1][-1]
            self._rows[-1][-1] = (said + data.strip("\n"), value)


def tables_of(page: str) -> dict[str, list[list[Cell]]]:
    """Give the rows of each table by its id."""
    parser = _Tables()
    parser.feed(page)
    return parser.tables
