"""Compile numeric loops where Numba is installed; run the same code as plain Python elsewhere."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_F = TypeVar("_F", bound="Callable[..., object]")

try:
    import numba
except ImportError:  # the engine stays correct without a compiler, only slower
    IS_COMPILED = False
else:
    IS_COMPILED = True


def compiled(function: _F) -> _F:
    """Return *function* compiled to machine code and cached on disk, or unchanged without Numba."""
    if not IS_COMPILED:
        return function
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no directory to cache in, as on a read-only system: compile each time
        return cast("_F", numba.njit(nogil=True)(function))
    _stamp_with_package(made, Path(function.__code__.co_filename).parent)
    return cast("_F", made)


def _stamp_with_package(made: Any, folder: Path) -> None:  # noqa: ANN401 - Numba has no types
    """Let the cache lapse when any module of the package changes.

    Numba looks at the file of a function only. What a function calls is built into its machine
    code, so a change in another file would leave the old code, or code that crashes, in use.
    """
    cache_file = made._cache._cache_file  # noqa: SLF001 - there is no public way
    cache_file._source_stamp = (cache_file._source_stamp, _stamp(folder))  # noqa: SLF001
    cache_file._load_index = _or_nothing(cache_file._load_index)  # noqa: SLF001


def _or_nothing(load: Callable[[], dict[Any, str]]) -> Callable[[], dict[Any, str]]:
    """Let an index of an earlier version, which may name what is no more, count as none."""

    def load_or_nothing() -> dict[Any, str]:
        try:
            return load()
        except (AttributeError, ImportError):
            return {}

    return load_or_nothing


@lru_cache
def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, time of change and size of every module in a folder."""
    found = [(path.name, path.stat()) for path in sorted(folder.glob("*.py"))]
    return tuple((name, status.st_mtime_ns, status.st_size) for name, status in found)
