"""The names of the models that come with stancekit."""

from typing import Final

FAST: Final = "fast"
DEFAULT: Final = "default"
ACCURATE: Final = "accurate"
#: From the fastest to the most accurate.
TIERS: Final = (FAST, DEFAULT, ACCURATE)
