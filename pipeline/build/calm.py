"""Fewer walks of the garbage collector while an episode is made.

A render makes some hundred thousand small values that live to its end, and hardly a ring of them; looking through all
of them again and again for rings takes a fifth of the time of an edit.
"""

from __future__ import annotations

import gc
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

YOUNG = 50_000
"""New values after which the collector looks at them; Python's own number is 700 or 2,000."""

_lock = threading.Lock()
_inside = 0
_before = (0, 0, 0)


@contextmanager
def calm() -> Iterator[None]:
    """Let the collector wait for `YOUNG` values; blocks may lie in one another, and in several threads."""
    global _inside, _before
    with _lock:
        if not _inside:
            _before = gc.get_threshold()
            if 0 < _before[0] < YOUNG:  # 0: the caller has switched it off
                gc.set_threshold(YOUNG, *_before[1:])
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                gc.set_threshold(*_before)
