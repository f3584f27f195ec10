"""Find the workers: a scheduler that is there, or processes of this machine."""

import asyncio
import contextlib
import logging
import platform
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any, Final

from stancekit.errors import InputError, RunError
from stancekit.extras import extra
from stancekit.version import __version__

#: Seconds to wait for a scheduler, and for its first worker.
PATIENCE: Final = 20

#: What worker processes find in their environment. Dask's own choice has MALLOC_TRIM_THRESHOLD_
#: too, by which freed memory goes back to the system at once, to be asked for again by the next
#: array: labelling took 1.7 times as long.
ENVIRONMENT: Final = {"OMP_NUM_THREADS": 1, "MKL_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1}


def versions() -> dict[str, str]:
    """Give what must be alike on client and workers for tasks to arrive and labels to be the same.

    >>> sorted(versions())
    ['dask', 'distributed', 'python', 'stancekit']
    """
    python = ".".join(platform.python_version_tuple()[:2])
    dask = {name: version(name) for name in ("dask", "distributed")}
    return {"stancekit": __version__, "python": python, **dask}


@contextlib.contextmanager
def connected(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    """Give a Dask client whose workers can label.

    Parameters
    ----------
    scheduler
        Address of a scheduler; None starts processes here, which end with the block. They listen
        on 127.0.0.1 only, and there is no dashboard.
    workers
        How many processes to start; None for one per CPU core.

    Raises
    ------
    InputError
        If the libraries are missing, the scheduler cannot be reached, or client and workers are
        not of the same versions.
    """
    distributed = extra("distributed", "dask")
    with contextlib.ExitStack() as stack:
        address: Any = scheduler
        if scheduler is None:
            address = stack.enter_context(_local_cluster(distributed, workers))
        client = stack.enter_context(_client(distributed, address))
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise InputError(
                f"{scheduler or 'the local cluster'}: has no workers after {PATIENCE} s. Start "
                "some (dask worker ADDRESS)"
            ) from None
        check_versions(client, versions())
        yield client


def _local_cluster(distributed: Any, workers: int | None) -> Any:
    from joblib import cpu_count

    try:
        with extra("dask", "dask").config.set({"distributed.nanny.pre-spawn-environ": ENVIRONMENT}):
            return distributed.LocalCluster(
                host="127.0.0.1",
                n_workers=workers or int(cpu_count()),
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",  # where Dask answers for its health, in any case
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.ERROR,  # a worker slow to end is no news
            )
    except RuntimeError as error:
        raise RunError(
            f"the worker processes could not be started ({error}). In a script of your own, call "
            'label_on_cluster under if __name__ == "__main__": for the processes import the script.'
        ) from error


def _client(distributed: Any, address: Any) -> Any:
    try:
        if isinstance(address, str):  # a client that failed to connect fails again when it goes
            with ThreadPoolExecutor(1) as thread:  # here a loop may run already
                thread.submit(asyncio.run, _answers(distributed, address)).result()
        return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(
            f"{address}: no Dask scheduler can be reached there ({error or 'no answer'}). Check "
            "the address (tcp://HOST:8786), and that `dask scheduler` runs"
        ) from error


async def _answers(distributed: Any, address: str) -> None:
    keys = distributed.Security().get_connection_args("client")
    comm = await distributed.comm.connect(address, timeout=PATIENCE, **keys)
    await comm.close()


def check_versions(client: Any, here: Mapping[str, str]) -> None:
    """Refuse workers on which the labels could come out otherwise than `here`.

    Raises
    ------
    InputError
        Names them, and what differs.
    """
    for worker, there in client.run(versions, on_error="return").items():
        if isinstance(there, Exception):
            raise InputError(
                f"the worker {worker} cannot run stancekit ({there}): install stancekit "
                f"{__version__} with its extra dask on every worker"
            )
        unlike = [f"{name} {there.get(name)}, here {here[name]}" for name in here
                  if there.get(name) != here[name]]  # fmt: skip
        if unlike:
            raise InputError(
                f"the worker {worker} has other versions than this machine: {'; '.join(unlike)}. "
                "Install the same on both"
            )
