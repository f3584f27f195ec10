"""The tests, with one thread of BLAS: a process runs on every core, and more would only wait."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported
