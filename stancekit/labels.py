"""The four labels a post can get, in the order every table shows them."""

from typing import Final

SUPPORTIVE: Final = "supportive"
CRITICAL: Final = "critical"
DOG_PILING: Final = "dog-piling"
NEUTRAL: Final = "neutral"

#: The fixed order of the default model's classes.
LABELS: Final = (SUPPORTIVE, CRITICAL, DOG_PILING, NEUTRAL)
