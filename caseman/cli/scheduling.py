"""Who does a long run, what is said while it lasts, and what where it ends too early."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click

from caseman.cli.cluster import Cluster, ClusterError
from caseman.matching import Run

_EVERY = 5.0  # seconds between two words on how far a run is


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold back the search for garbage: millions of values are made here and none in a circle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Told:
    """Says now and then how far a run is, and knows it for the end."""

    def __init__(self) -> None:
        self.done, self.of = 0, 0
        self._next = time.monotonic() + _EVERY

    def __call__(self, done: int, of: int) -> None:
        self.done, self.of = done, of
        if time.monotonic() >= self._next:
            click.echo(f"{done} of {of} remains ranked", err=True)
            self._next = time.monotonic() + _EVERY

    def how_far(self, out: Path) -> str:
        return f"{self.done} of {self.of} remains had been ranked; {out} was not written"


@contextmanager
def scheduled(scheduler: str | None, out: Path) -> Iterator[Run]:
    """Yield how to do a run; whatever ends it early is said together with how far it came."""
    told = _Told()
    try:
        with uncollected(), nullcontext() if scheduler is None else Cluster(scheduler) as workers:
            yield Run(workers=workers, progress=told)
    except KeyboardInterrupt as error:
        message = f"stopped: {told.how_far(out)}"
        raise click.ClickException(message) from error
    except (ClusterError, MemoryError) as error:
        message = f"{str(error) or 'out of memory'}: {told.how_far(out)}"
        raise click.ClickException(message) from error
