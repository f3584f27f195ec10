"""The page of a report: values to tables and charts, these into a template, all of it escaped."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from stancekit.reporting.findings import Findings
from stancekit.reporting.sections import sections
from stancekit.show.cells import escaped
from stancekit.show.palette import DARK_GROUND, LIGHT_GROUND, looks
from stancekit.surrogates import without_surrogates
from stancekit.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment

#: What a page may fetch: nothing, and run nothing but what it was written with.
_POLICY: Final = (
    "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def page(found: Findings) -> str:
    """Write a report as one HTML file that needs no other."""
    style, script = _part("page.css") + _colours(tuple(found.tally.labels)), _part("page.js")
    policy = _POLICY.format(style=_digest(style), script=_digest(script))
    written = (
        _environment()
        .get_template("page.html")
        .render(
            **sections(found),
            title=found.title,
            style=Markup(style),
            script=Markup(script),
            policy=policy,
            version=__version__,
        )
    )
    return without_surrogates(written)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_part),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: Any) -> Any:
    """Escape a text, its control characters made visible; what is escaped already stays."""
    return value if isinstance(value, Markup) else Markup(escaped(str(value)))


@cache
def _part(name: str) -> str:
    folder = resources.files("stancekit.reporting").joinpath("template")
    return folder.joinpath(name).read_text("utf-8")


def _digest(written: str) -> str:
    return b64encode(sha256(written.encode()).digest()).decode()


def _colours(labels: tuple[str, ...]) -> str:
    """Write the colours of the labels as the page's variables, for light and dark."""
    light, dark = (
        "".join(f"--c{place}:{look.on(on)};" for place, look in enumerate(looks(labels)[:6]))
        for on in (False, True)
    )
    return (
        f":root{{--ground:{LIGHT_GROUND};{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--ground:{DARK_GROUND};{dark}}}}}\n"
    )
