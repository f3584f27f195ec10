"""The notebooks run from top to bottom, and their kept outputs show no machine's paths."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_is_one_for_each_use() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # those of Jupyter itself are not ours
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(FOLDER)}}
    NotebookClient(
        notebook, timeout=None, startup_timeout=600, kernel_name="python3", resources=where
    ).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_kept_short_and_with_clean_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    kinds = [output.output_type for cell in code for output in cell.outputs]

    assert len(notebook.cells) <= 10
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert kinds
    assert "error" not in kinds
    assert not [o for cell in code for o in cell.outputs if o.get("name") == "stderr"]
    assert not re.search(r"(?<![\w.])/(tmp|home|root|Users|private|var)/", path.read_text("utf-8"))
