"""``index.html`` at the site's root leads to the start page, which lies where its source lies."""

from pathlib import Path
from typing import Any

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>stancekit</title>
<meta http-equiv="refresh" content="0; url={start}"></head>
<body><a href="{start}">stancekit</a></body></html>
"""


def open_door(app: Any, failed: Exception | None) -> None:
    """Write the page that leads to the start page."""
    if failed is None and app.builder.format == "html":
        start = app.builder.get_target_uri(app.config.root_doc)
        Path(app.outdir, "index.html").write_text(PAGE.format(start=start), encoding="utf-8")


def setup(app: Any) -> dict[str, Any]:
    """Tell Sphinx of it."""
    app.connect("build-finished", open_door)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
