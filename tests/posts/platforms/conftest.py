import pytest

from stancekit.posts import read_records
from tests.support.reading import split


@pytest.fixture
def read(tmp_path):
    """Reads one export of this content, and gives its records and what else was said."""

    def read(content, **options):
        path = tmp_path / "export"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return split(read_records(path, **options))

    return read
