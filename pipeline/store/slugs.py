"""File names that every system takes."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(1, 10))}
MAX_BYTES = 150
"""Of a name in UTF-8: file systems take 255, and endings are added."""


def slug(text: str) -> str:
    """``text`` as a file name without suffix: lower case, NFC, words joined by ``-``, no name that Windows reserves."""
    folded = fold(text)
    # letters, digits and the marks that belong to them: Thai and Devanagari words are cut apart without their marks
    words = ["".join(run) for kept, run in groupby(folded, lambda char: unicodedata.category(char)[0] in "LNM") if kept]
    name = "-".join(words).encode()[:MAX_BYTES].decode(errors="ignore").strip("-") or "episode"
    return f"{name}-1" if name in _RESERVED else name


def unique(name: str, taken: Iterable[str]) -> str:
    """``name``, or ``name-2``, ``name-3``, … so that it differs from ``taken`` after NFC and casefolding."""
    used = {fold(other) for other in taken}
    if fold(name) not in used:
        return name
    number = 2
    while fold(f"{name}-{number}") in used:
        number += 1
    return f"{name}-{number}"


def fold(name: str) -> str:
    """``name`` as file systems that fold case and normalise see it."""
    clean = name.encode(errors="replace").decode()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", clean).casefold())
