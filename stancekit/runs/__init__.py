"""Label a whole archive: read, classify, write, chunk by chunk, and go on after a stop."""

from typing import TYPE_CHECKING

from stancekit.lazy import names_of

if TYPE_CHECKING:
    from stancekit.runs.archive import label_archive as label_archive
    from stancekit.runs.cluster.on_dask import label_on_cluster as label_on_cluster
    from stancekit.runs.frame import label_frame as label_frame
    from stancekit.runs.output.formulas import restore_cells as restore_cells
    from stancekit.runs.output.read_back import read_labels as read_labels
    from stancekit.runs.summary import RunSummary as RunSummary

# Imported when asked for: who labels one text needs no readers and no workers.
_HOMES = {
    "RunSummary": "stancekit.runs.summary",
    "label_archive": "stancekit.runs.archive",
    "label_frame": "stancekit.runs.frame",
    "label_on_cluster": "stancekit.runs.cluster.on_dask",
    "read_labels": "stancekit.runs.output.read_back",
    "restore_cells": "stancekit.runs.output.formulas",
}
__all__ = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
