"""Models of other packages, found by their entry points.

A package offers a model under a name::

    [project.entry-points."stancekit.models"]
    of-my-lab = "package_of_my_lab.model"

The module's folder is the folder of a saved model. The module itself is not imported.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from stancekit.errors import InputError

GROUP: Final = "stancekit.models"


def packaged(name: str) -> Path | None:
    """Return the folder of an installed model, or None if no package offers the name.

    Raises
    ------
    InputError
        If several packages do, or the package is broken.
    """
    found = list(entry_points(group=GROUP, name=name))
    if not found:
        return None
    if len(found) > 1:
        packages = ", ".join(sorted(point.dist.name for point in found if point.dist))
        raise InputError(f"several packages offer a model {name!r}: keep one of {packages}")
    try:
        spec = find_spec(found[0].module)
    except ModuleNotFoundError:
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise InputError(
            f"the package of the model {name!r} has no folder {found[0].module}: install it again"
        )
    return Path(next(iter(spec.submodule_search_locations)))
