"""What was slow to count is remembered for a minute; what is quick is counted each time."""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, TypeVar

from caseman.permissions import Scope

SLOW_SECONDS = 0.05
KEPT_SECONDS = 60

T = TypeVar("T")


class Remembered:
    """Slow counts of one process, each under what was counted and for whom."""

    def __init__(self, *, slow: float = SLOW_SECONDS, kept: float = KEPT_SECONDS) -> None:
        self._slow = slow
        self._seconds = kept
        self._counts: dict[Hashable, tuple[float, Any]] = {}

    def get(self, what: str, scope: Scope, count: Callable[[], T]) -> T:
        """Return what ``count`` returned for the same question less than a minute ago, or now."""
        key = (what, scope.everything, scope.team_ids, scope.whole_operation_ids)
        until, value = self._counts.get(key, (0.0, None))
        begun = monotonic()
        if begun < until:
            return value  # type: ignore[no-any-return] # kept under its own key
        counted = count()
        if monotonic() - begun > self._slow:
            live = {each: kept for each, kept in self._counts.items() if begun < kept[0]}
            self._counts = {**live, key: (begun + self._seconds, counted)}
        return counted
