"""The blocks of a run on a Dask cluster; the extra `cluster` brings what it needs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from importlib import import_module
from types import TracebackType
from typing import Any, NoReturn, Self

import click

from caseman.matching import Encoded, Ranked, Task, do

_WAITING = 30  # seconds for a scheduler to answer
_LOSSES = 3  # times that one block may be lost with its worker


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
        # Every worker holds the tables, so that the loss of one loses nothing but its block.
        shared = self._client.scatter(encoded, broadcast=True)
        waiting = {self._submitted(shared, task): task for task in tasks}
        done = self._dask.as_completed([*waiting], loop=self._client.loop)
        losses = Counter[int]()
        for future in done:
            task = waiting.pop(future)
            ranked = self._result(future)
            if ranked is not None:
                yield task, ranked
                future.release()
                continue
            losses[id(task)] += 1
            if losses[id(task)] > _LOSSES:
                self._give_up("no worker keeps a block")
            again = self._submitted(shared, task)
            waiting[again] = task
            done.add(again)

    def _submitted(self, shared: Any, task: Task) -> Any:  # noqa: ANN401 - a library without types
        if self._client.status != "running":
            self._give_up("its scheduler is gone")
        return self._client.submit(do, shared, task, pure=False)

    def _result(self, future: Any) -> Ranked | None:  # noqa: ANN401 - a library without types
        """Return what a block gave; None when its worker died just before it was fetched."""
        try:
            ranked: Ranked = future.result()
        except CancelledError:
            return None
        except (self._dask.KilledWorker, OSError) as error:
            self._give_up(error)
        return ranked

    def _give_up(self, why: object) -> NoReturn:
        message = f"the cluster at {self._address} was lost ({why})"
        raise ClusterError(message)


def _distributed() -> Any:  # noqa: ANN401 - an optional library without types
    try:
        return import_module("distributed")
    except ImportError as error:
        message = "a scheduler needs Dask: pip install 'caseman[cluster]'"
        raise click.ClickException(message) from error
