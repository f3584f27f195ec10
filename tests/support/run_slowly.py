"""Label the source given as first argument, slowly, with two workers: to be killed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.support.fakes import slow

if __name__ == "__main__":
    from stancekit.runs import label_archive

    label_archive(sys.argv[1], sys.argv[2], model=slow(0.3), chunk_size=10, n_jobs=2)
