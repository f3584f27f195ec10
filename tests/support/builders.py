"""Small invented X archives, and ways to write them down."""

import json
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

EPOCH = 1_288_834_974_657
NOON = datetime(2024, 5, 14, 12, 0, 0, tzinfo=timezone.utc)


def snowflake(moment: datetime = NOON, sequence: int = 0) -> str:
    return str((round(moment.timestamp() * 1000) - EPOCH << 22) + sequence)


def tweet(text: str, *, sequence: int = 0, moment: datetime = NOON, **changes: Any) -> dict:
    """One tweet as X writes it; ``text`` as it stands in the file, escaped."""
    post_id = changes.pop("id_str", snowflake(moment, sequence))
    return {
        "edit_info": {"initial": {"editTweetIds": [post_id]}},
        "id_str": post_id,
        "id": post_id,
        "created_at": moment.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "full_text": text,
        "lang": "en",
        "entities": {"hashtags": [], "urls": [], "user_mentions": [], "symbols": []},
        **changes,
    }


def script(variable: str, items: list, end: str = "") -> str:
    return f"window.{variable} = {json.dumps(items, ensure_ascii=False, indent=1)}{end}"


def tweets_js(items: list[dict], part: int = 0, *, wrapped: bool = True) -> str:
    rows = [{"tweet": item} for item in items] if wrapped else items
    return script(f"YTD.tweets.part{part}", rows)


ACCOUNT = script("YTD.account.part0", [{"account": {"username": "ada", "accountId": "7"}}])


def write_folder(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_zip(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path
