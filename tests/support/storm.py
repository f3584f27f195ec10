"""A storm of posts about a tram nobody ever planned, as rows and as a file."""

import json
from pathlib import Path
from typing import Any


def posts(count: int) -> list[dict[str, Any]]:
    """Posts about a tram nobody ever planned."""
    words = ("=SUM of all trams", "@ana_vale you are right", "no tram, no peace 😀", "plain words")
    return [
        {
            "id": str(10**18 + number),
            "text": f"{words[number % 4]} {number}",
            "author_id": f"a{number % 7}",
            "created_at": f"2024-05-01T10:{number % 60:02d}:00Z",
            "kind": "repost" if number % 5 == 0 else "post",
            "hashtags": ["tram", "no,rd"] if number % 2 else [],
            **({"likes": number} if number >= 50 else {}),
        }
        for number in range(count)
    ]


def write_jsonl(path: Path, rows: list[Any]) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
