"""The blocks of a run on a Dask cluster; the extra `cluster` brings what it needs."""

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from importlib import import_module
from types import TracebackType
from typing import Any, Self

import click

from caseman.matching import Encoded, Ranked, Task, do

_WAITING = 30  # seconds for a scheduler to answer


class ClusterError(RuntimeError):
    """The cluster cannot be used or was lost; the message says why."""


class Cluster:
    """Workers behind a Dask scheduler. Blocks of a worker that dies are done by another one."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._dask = _distributed()
        self._client: Any = None

    def __enter__(self) -> Self:
        try:
            self._client = self._dask.Client(self._address, timeout=_WAITING, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            message = f"no Dask scheduler answers at {self._address} ({error})"
            raise ClusterError(message) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._client.close()

    def run(self, encoded: Encoded, tasks: Sequence[Task]) -> Iterator[tuple[Task, Ranked]]:
        """Yield each task with its result as it comes in."""
        encoded.warm()
        client = self._client
        # Every worker holds the tables, so that the loss of one loses nothing but its block.
        shared = client.scatter(encoded, broadcast=True)
        futures = {client.submit(do, shared, task, pure=False): task for task in tasks}
        done = self._dask.as_completed([*futures], loop=client.loop)
        for future in done:
            try:
                ranked = future.result()
            except (self._dask.KilledWorker, CancelledError, OSError) as error:
                message = f"the cluster at {self._address} was lost ({error})"
                raise ClusterError(message) from error
            yield futures.pop(future), ranked
            future.release()


def _distributed() -> Any:  # noqa: ANN401 - an optional library without types
    try:
        return import_module("distributed")
    except ImportError as error:
        message = "a scheduler needs Dask: pip install 'caseman[cluster]'"
        raise click.ClickException(message) from error
