"""The model card: what a model is, what it is worth, what it must not be used for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stancekit.model.saved.names import TIERS
from stancekit.scores.report import Report
from stancekit.surrogates import without_surrogates

_CARD = """\
# {name}

A stancekit model that gives each post one of the labels {classes}.

{facts}

## Scores

```
{report}
```
{notes}
## Use

```python
import stancekit

model = stancekit.load("{place}")
model.classify(["Well done, all of you!"])
```
{closing}"""

_CLOSING = """
A label says what a post does, as far as its words tell; it is made for studying collections of
posts, where its errors can be estimated and corrected. It is no ground for moderating or judging
a single person. Sarcasm is often missed; text from other places, times or languages than those of
the training data is labelled worse than the scores above say.
"""


def card(name: str, digest: str, report: Report, about: Mapping[str, Any]) -> str:
    """Write the card of a model, in Markdown."""
    notes = about.get("notes", "")
    written = _CARD.format(
        name=name,
        place=name if name in TIERS else "path/of/this/folder",
        classes=", ".join(f"**{label}**" for label in report.classes),
        facts="\n".join(f"- {fact}" for fact in _facts(digest, about)),
        report=str(report),
        notes=f"\n{notes}\n" if notes else "",
        closing="" if "## Intended use" in notes else _CLOSING,  # said there already
    )
    return without_surrogates(written)


def _facts(digest: str, about: Mapping[str, Any]) -> Iterator[str]:
    yield f"digest: `{digest}`"
    per_label = ", ".join(f"{name} {n:,}" for name, n in about.get("posts_per_label", {}).items())
    extra = (
        f"; learnt too, not scored on: {about['extra_posts']:,}" if about.get("extra_posts") else ""
    )
    yield f"trained on {about.get('posts', 0):,} posts ({per_label}){extra}"
    if "training_data" in about:
        yield f"digest of all training data: `{about['training_data']}`"
    named = (("seed", "seed"), ("strength", "regularisation C ="))
    settings = [f"{name} {about[key]}" for key, name in named if key in about]
    versions = [f"{name} {version}" for name, version in about.get("versions", {}).items()]
    if settings or versions:
        yield "; ".join([*settings, ", ".join(versions)]).rstrip("; ")
