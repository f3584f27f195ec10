"""Give work to the workers of Dask, and take what they give back.

A run travels as a plugin, not as scattered data: data scattered to a worker that dies is lost if
no other has it, while the scheduler hands a plugin to every worker it ever sees.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from uuid import uuid4

from stancekit.errors import RunError
from stancekit.extras import extra
from stancekit.runs.cluster.connect import versions
from stancekit.runs.run import Run

try:
    from distributed import WorkerPlugin, get_worker
except ImportError:  # without the extra the module can be looked at, and nothing of it is used
    WorkerPlugin = object

Result = TypeVar("Result")


class RunPlugin(WorkerPlugin):  # type: ignore[misc]
    """Holds a run, and the versions of who asked for it."""

    def __init__(self, name: str, run: Run) -> None:
        self.name = name
        self.run = run
        self.versions = versions()


@contextmanager
def handed_out(client: Any, run: Run) -> Iterator[str]:
    """Hand a run to all workers, now and later, and give the name under which they hold it."""
    name = f"stancekit-{uuid4().hex}"
    client.register_plugin(RunPlugin(name, run), name=name)
    try:
        yield name
    finally:
        with suppress(OSError):  # the scheduler may have gone
            client.unregister_worker_plugin(name)


def with_run(name: str, work: Callable[..., Result], *arguments: Any) -> Result:
    """Run in a worker: call `work` with the run held under `name`, and the arguments."""
    held: RunPlugin = get_worker().plugins[name]
    if (here := versions()) != held.versions:
        raise RunError(
            f"a worker that joined has other versions ({here}) than the client ({held.versions}). "
            "Install the same on both."
        )
    return work(held.run, *arguments)


def mapped(
    client: Any, work: Callable[..., Result], arguments: Sequence[tuple[Any, ...]]
) -> Iterator[Result]:
    """Yield results as they come; after the first failure nothing more is begun."""
    as_completed = extra("distributed", "dask").as_completed
    futures = [client.submit(work, *given, pure=False) for given in arguments]
    try:
        with explained():
            for future in as_completed(futures, loop=client.loop):
                yield future.result()
                future.release()
    finally:
        client.cancel(futures)


@contextmanager
def explained() -> Iterator[None]:
    """Say in plain words what Dask says of workers that keep dying."""
    distributed = extra("distributed", "dask")
    try:
        yield
    except distributed.scheduler.KilledWorker as error:
        raise RunError(
            f"workers died again and again over the same piece ({error}). They may lack memory: "
            "give each more, or a smaller chunk_size. Finished parts are kept: run the same again."
        ) from error
    except (distributed.comm.CommClosedError, CancelledError) as error:
        raise RunError(
            f"the Dask scheduler went away ({error}). Finished parts are kept: run the same again."
        ) from error
    except OSError as error:
        raise RunError(
            f"a worker could not read or write ({error}). Source and destination must lie where "
            "every worker finds them under the same name."
        ) from error
