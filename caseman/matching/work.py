"""A full run cut into blocks, and who does them: threads of this process unless told otherwise."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from caseman.matching.arrays import Int32s
from caseman.matching.encoded import Encoded, Ranked
from caseman.matching.processors import available

BLOCK = 256
"""Remains in one block: enough to share tables, few enough for a machine of little memory."""

Progress = Callable[[int, int], None]
"""Called with the number of remains done and of all; what it raises ends the run."""


@dataclass(frozen=True)
class Task:
    """A block of work: places of remains in the pool, and the reports excluded for each."""

    places: Int32s
    top_k: int
    skip: Sequence[Sequence[int]]


class Workers(Protocol):
    """Whoever does the blocks of a run."""

    def run(self, encoded: Encoded, tasks: Sequence[Task]) -> Iterator[tuple[Task, Ranked]]:
        """Yield each task with its result, in any order."""
        ...


def do(encoded: Encoded, task: Task) -> Ranked:
    """Do one block of work; the result depends on nothing else."""
    return encoded.best(encoded.block(task.places), task.top_k, task.skip)


@dataclass(frozen=True)
class Threads:
    """Threads of this process; without a number, one for each processor this process may use."""

    number: int | None = None

    def run(self, encoded: Encoded, tasks: Sequence[Task]) -> Iterator[tuple[Task, Ranked]]:
        """Yield each task with its result, in the order given."""
        encoded.warm()
        with ThreadPoolExecutor(self.number or available()) as executor:
            try:
                yield from zip(tasks, executor.map(partial(do, encoded), tasks), strict=True)
            finally:
                executor.shutdown(cancel_futures=True)
