"""Label a whole archive: read, classify, write, chunk by chunk, and go on after a stop."""

from stancekit.runs.archive import label_archive
from stancekit.runs.frame import label_frame
from stancekit.runs.output.cells import restore_cells
from stancekit.runs.summary import RunSummary

__all__ = ["RunSummary", "label_archive", "label_frame", "restore_cells"]
