"""The model card: what a model is, what it is worth, what it must not be used for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel

_CARD = """\
# {name}

A stancekit model that gives each post one of the labels {classes}.

- digest: `{digest}`
- trained on {posts:,} posts ({per_label}); digest of the training data `{data}`
- {training}

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

A label says what a post does, as far as its words tell; it is made for studying collections of
posts, where its errors can be estimated and corrected. It is no ground for moderating or judging
a single person. Sarcasm is often missed; text from other places, times or languages than those of
the training data is labelled worse than the scores above say.
"""

# Models that are loaded by their names.
_NAMED = ("default", "accurate", "cascade")


def card(model: StanceModel) -> str:
    """Write the card of a model, in Markdown."""
    about = model.about
    per_label = ", ".join(f"{name} {n:,}" for name, n in about.get("posts_per_label", {}).items())
    versions = ", ".join(f"{name} {v}" for name, v in about.get("versions", {}).items())
    named = (("seed", "seed"), ("strength", "regularisation C ="))
    settings = [f"{name} {about[key]}" for key, name in named if key in about]
    notes = about.get("notes", "")
    return _CARD.format(
        name=model.name,
        place=model.name if model.name in _NAMED else "path/of/this/folder",
        classes=", ".join(f"**{name}**" for name in model.classes),
        digest=model.digest,
        posts=about.get("posts", 0),
        per_label=per_label,
        data=about.get("training_data", "unknown"),
        training="; ".join(part for part in (*settings, versions) if part),
        report=str(model.report),
        notes=f"\n{notes}\n" if notes else "",
    )
