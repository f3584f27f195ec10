"""Keep a job in every worker's process, also in those that start in the middle of a run.

A plugin, not scattered data: data scattered to a worker that dies is lost if no other has it,
while the scheduler hands a plugin to every worker it ever sees.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

from stancekit.runs.cluster.work import Job

try:
    from distributed import WorkerPlugin, get_worker
except ImportError:  # without the extra the module can be looked at, and nothing of it is used
    WorkerPlugin = object


class JobPlugin(WorkerPlugin):  # type: ignore[misc]
    """Holds one job."""

    def __init__(self, name: str, job: Job) -> None:
        self.name = name
        self.job = job


@contextmanager
def handed_out(client: Any, job: Job) -> Iterator[str]:
    """Hand a job to all workers, now and later, and give the name under which they hold it."""
    name = f"stancekit-{uuid4().hex}"
    client.register_plugin(JobPlugin(name, job), name=name)
    try:
        yield name
    finally:
        with suppress(OSError):  # the scheduler may have gone
            client.unregister_worker_plugin(name)


def with_job(name: str, work: Callable[..., Any], *arguments: Any) -> Any:
    """Run in a worker: call `work` with the job held under `name`, and the arguments."""
    return work(get_worker().plugins[name].job, *arguments)
