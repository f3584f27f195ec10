"""From annotations to a number in a paper: read them, agree, train, evaluate, say how many."""

from stancekit.lazy import names_of

# Imported when asked for: who reads annotations needs no model.
_HOMES: dict[str, str] = {}
__all__: list[str] = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
