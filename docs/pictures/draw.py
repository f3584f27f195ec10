"""Draw the pictures of the README and of the start page, from what the models say now.

    python docs/pictures/draw.py [NAME ...]

Every post in them is invented, and so are the people. An SVG has its own ground and follows the
reader's choice of light or dark.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd

import stancekit
from stancekit.show.palette import looks

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WIDTH = 760
LOOKS = dict(zip(stancekit.LABELS, looks(stancekit.LABELS), strict=True))
POSTS = [
    "Thank you for doing this, Mayor. My kids can finally cross the square.",
    "You promised a vote on this. There was no vote.",
    "lol look at this clown in her little sash 🤡",
    "Everybody send her a message, let's make sure she never shows her ugly face again",
    "Which streets close first? The map won't open on my phone.",
]
STYLE = """
text { font: 14px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
.small { font-size: 12px; } .faint { fill: #59636e; } .bold { font-weight: 600; }
.end { text-anchor: end; } .mid { text-anchor: middle; } .on { fill: #fff; font-weight: 600; }
.pale { fill: #111; font-weight: 600; }
.ground { fill: #ffffff; stroke: #d1d9e0; } .line { stroke: #d1d9e0; }
.ink { fill: #1f2328; stroke: #1f2328; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .faint { fill: #9198a1; } .on, .pale { fill: #111; }
  .ground { fill: #14181e; stroke: #3d444d; } .line { stroke: #3d444d; }
  .ink { fill: #e6edf3; stroke: #e6edf3; }
}
"""


def picture(title: str, height: int, parts: Sequence[str]) -> str:
    """Put parts on a ground, with a title for those who hear it read."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{escape(title)}">'
    )
    ground = (
        f'<rect class="ground" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>'
    )
    light, dark = (
        " ".join(f".{name} {{ fill: {look.on(at)}; }}" for name, look in LOOKS.items())
        for at in (False, True)
    )
    own = f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}"
    style = f"<style>{STYLE}{own}</style>"
    return "\n".join([head, f"<title>{escape(title)}</title>", style, ground, *parts, "</svg>\n"])


def text(x: float, y: float, said: str, kind: str = "") -> str:
    """Draw a line of text."""
    return f'<text x="{x:g}" y="{y:g}" class="{kind}">{escape(said)}</text>'


def bar(x: float, y: float, width: float, height: float, label: str, corner: int = 0) -> str:
    """Draw a bar in the colour of a label."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{corner}" '
        f'class="{label}"/>'
    )


def legend(x: float, y: float) -> list[str]:
    """Draw which colour is which label."""
    parts = []
    for label in LOOKS:
        parts += [bar(x, y - 10, 12, 12, label, 2), text(x + 17, y, label, "small")]
        x += 34 + 7 * len(label)
    return parts


def lines(post: str, length: int = 54) -> list[str]:
    """Break a post into lines."""
    done = [""]
    for word in post.split():
        if len(done[-1]) + len(word) >= length:
            done.append("")
        done[-1] = f"{done[-1]} {word}".strip()
    return done


def classified() -> str:
    """Draw posts, what they are labelled, and how sure that is."""
    found = stancekit.classify(POSTS)
    parts, y = [], 16
    for number, post in enumerate(POSTS):
        said, row = lines(post), found.iloc[number]
        middle = y + 12 + 9 * len(said)
        parts += [text(20, y + 22 + 18 * at, line) for at, line in enumerate(said)]
        label, x = str(row["label"]), 530.0
        parts.append(bar(420, middle - 12, 92, 24, label, 12))
        ground = "pale" if label == "neutral" else "on"
        parts.append(text(466, middle + 5, label, f"mid small {ground}"))
        for name in LOOKS:
            width = 160 * float(row[name])
            parts.append(bar(x, middle - 7, width, 14, name))
            x += width
        parts.append(text(738, middle + 5, f"{row['confidence']:.2f}", "end"))
        y += 24 + 18 * len(said)
        parts.append(f'<line class="line" x1="20" x2="740" y1="{y}" y2="{y}"/>')
    parts += [
        *legend(20, y + 25),
        text(738, y + 25, "probability of each label", "end small faint"),
    ]
    return picture(
        "Five invented posts, their labels, and the probability of each label", y + 42, parts
    )


def archive() -> str:
    """Draw the posts of the sample archive by week and label."""
    (posts,) = stancekit.posts.read_posts(ROOT / "data" / "sample" / "x-archive.zip")
    labelled = stancekit.label_frame(posts, text="text")
    own = labelled[(labelled["kind"] != "repost") & (labelled["lang"] == "en")]
    week = own["created_at"].dt.tz_convert(None).dt.to_period("W-SUN").dt.start_time
    counts = pd.crosstab(week, own["label"]).asfreq("7D", fill_value=0)
    floor, top = 220, 190 / counts.sum(axis=1).max()
    step, most = 690 / len(counts), int(counts.sum(axis=1).max())
    parts = [text(20, 28, "Posts a week", "bold"), *legend(360, 28)]
    for tick in range(10, most + 1, 10):
        y = floor - tick * top * 0.9
        parts.append(f'<line class="line" x1="44" x2="744" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(text(38, y + 4, str(tick), "end small faint"))
    for number, (day, row) in enumerate(counts.iterrows()):
        x, y = 50 + number * step, float(floor)
        for label in LOOKS:
            height = float(row.get(label, 0)) * top * 0.9
            y -= height
            parts.append(bar(x, y, step * 0.8, height, label))
        if number % max(1, len(counts) // 6) == 0:
            parts.append(text(x, floor + 20, f"{day:%d %b}".lstrip("0"), "small faint"))
    parts.append(f'<line class="line" x1="44" x2="744" y1="{floor}" y2="{floor}"/>')
    title = f"{len(own)} English posts of one invented account in 2024, by week and label"
    return picture(title, floor + 36, parts)


def trained() -> str:
    """Draw what a model of one's own scores, and the one that comes with stancekit beside it."""
    data = ROOT / "notebooks" / "data"
    annotations = stancekit.read_annotations(data / "ferry_label_studio.json")
    model = stancekit.train(annotations, name="yours", progress=False)
    found = stancekit.evaluate([model, "default"], pd.read_csv(data / "ferry_settled.csv"))
    yours, default = found.reports.values()
    rows = [
        ("your model, out of fold (600 posts)", model.report),
        ("your model, on 150 posts kept apart", yours),
        ("default, on the same 150", default),
    ]
    left, width = 320, 400
    parts = [text(20, 28, "Macro-F1, with 95 % intervals", "bold")]
    for number, (name, report) in enumerate(rows):
        y = 64 + 36 * number
        score = report.macro_f1
        low, high, at = score.low or 0.0, score.high or 1.0, left + width * score.value
        parts += [
            text(20, y + 5, name),
            f'<line class="line" x1="{left}" x2="{left + width}" y1="{y}" y2="{y}"/>',
            f'<line class="ink" stroke-width="3" x1="{left + width * low:.1f}" '
            f'x2="{left + width * high:.1f}" y1="{y}" y2="{y}"/>',
            f'<circle class="ink" cx="{at:.1f}" cy="{y}" r="6"/>',
            text(at, y - 11, f"{score.value:.2f}".lstrip("0"), "mid small"),
        ]
    parts += [
        text(left + width * tick / 10, 172, f"{tick / 10:.1f}", "mid small faint")
        for tick in range(0, 11, 2)
    ]
    return picture("Macro-F1 of a model trained on 600 invented posts, and of default", 190, parts)


PICTURES = {"classify": classified, "archive": archive, "train": trained}


def main(names: Sequence[str]) -> None:
    """Write those named, or all."""
    for name in names or PICTURES:
        (HERE / f"{name}.svg").write_text(PICTURES[name](), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
