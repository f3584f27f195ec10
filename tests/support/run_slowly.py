"""Label SOURCE into OUT with two processes, to be killed: slowly, or up to a post until GO exists.

python -m tests.support.run_slowly SOURCE OUT [GO]
"""

import signal
import sys

from tests.support.fakes import slow, waiting

if __name__ == "__main__":
    from stancekit.runs import label_archive

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background has none
    source, out, *go = sys.argv[1:]
    model = waiting(go[0]) if go else slow(0.3)
    label_archive(source, out, model=model, chunk_size=10, n_jobs=2)
