"""Compile numeric loops where Numba is installed; run the same code as plain Python elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

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
        return cast("_F", numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # no directory to cache in, as on a read-only system: compile each time
        return cast("_F", numba.njit(nogil=True)(function))
