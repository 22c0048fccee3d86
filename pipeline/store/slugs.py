"""File names that every system takes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(1, 10))}
MAX_LENGTH = 80


def slug(text: str) -> str:
    """``text`` as a file name without suffix: lower case, NFC, words joined by ``-``, no name that Windows reserves."""
    folded = unicodedata.normalize("NFC", text).casefold()
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", folded))
    name = "-".join(words)[:MAX_LENGTH].strip("-") or "episode"
    return f"{name}-1" if name in _RESERVED else name


def unique(name: str, taken: Iterable[str]) -> str:
    """``name``, or ``name-2``, ``name-3``, … so that it differs from ``taken`` after NFC and casefolding."""
    used = {_fold(other) for other in taken}
    if _fold(name) not in used:
        return name
    number = 2
    while _fold(f"{name}-{number}") in used:
        number += 1
    return f"{name}-{number}"


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
