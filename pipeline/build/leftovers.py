"""Memory that is free again, given back to the operating system."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Have the C library give back what it keeps of freed memory; between stages that is up to a third of all.

    Only glibc has a function for it (malloc_trim(3)); others keep less, and do nothing here.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
