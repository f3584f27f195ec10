"""Posts of invented evenings about an invented tram."""

import numpy as np
import pandas as pd

EVENING = pd.Timestamp("2026-05-04 20:00", tz="UTC")


def posts(
    count,
    tag="NoTram",
    *,
    start=EVENING,
    minutes=180,
    accounts=None,
    label="critical",
    kind="post",
    prefix="a",
    **columns,
):
    """Posts spread evenly over some minutes, an account each unless there are fewer."""
    step = pd.Timedelta(minutes=minutes) / count
    return pd.DataFrame(
        {
            "id": [f"{prefix}{tag}{n}" for n in range(count)],
            "text": [f"about it {n} #{tag}" for n in range(count)],
            "author": [f"{prefix}{n % (accounts or count)}" for n in range(count)],
            "created_at": [start + step * n for n in range(count)],
            "kind": kind,
            "label": label,
            **columns,
        }
    )


def quiet(days=7, per_hour=4):
    """Posts of other things, a few in every hour."""
    count = days * 24 * per_hour
    rng = np.random.default_rng(7)
    start = EVENING - pd.Timedelta(days=5)
    made = posts(count, "weather", start=start, minutes=days * 24 * 60, accounts=90, prefix="q")
    made["label"] = rng.choice(["neutral", "supportive", "critical"], count)
    return made


def together(*parts):
    return pd.concat(parts, ignore_index=True)
