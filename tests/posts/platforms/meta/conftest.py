import pytest

from stancekit.posts import read_records
from tests.support.builders import write_folder
from tests.support.reading import split
from tests.support.samples_social import broken


@pytest.fixture
def read(tmp_path):
    """Reads a download of these files, its text as broken as Meta writes it."""

    def read(files, **options):
        if not isinstance(files, dict):
            files = {"export.json": files}
        whole = {n: v if isinstance(v, str) else broken(v) for n, v in files.items()}
        return split(read_records(write_folder(tmp_path / "download", whole), **options))

    return read
