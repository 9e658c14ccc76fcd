"""How the loops are compiled: cached where a cache can be written, else anew in every session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(fastmath: bool | set[str] = False) -> Callable[[Callable[..., Any]], Any]:
    """Compile a loop when it is first called, without Python's lock.

    The compiled code is kept beside the source, or in the user's cache directory (`NUMBA_CACHE_DIR` names another). On
    an install where none of them can be written to, it is compiled again in every session.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        try:
            return njit(function, cache=True, nogil=True, fastmath=fastmath)
        except RuntimeError:  # no place for the cache
            return njit(function, nogil=True, fastmath=fastmath)

    return decorate
